#include "services/cli/import/file_scan.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "services/base/bytes.h"
#include "services/cli/client/files.h"

namespace nhanrong::cli {
namespace {

constexpr std::size_t kBlockBytes = 1 << 20;

class Scanner {
 public:
  void Take(std::string_view block) {
    scan_.identity.append(AsBytes(Sha256(block)));
    for (const char c : block) TakeCharacter(c);
  }
  FileScan Scanned() && { return std::move(scan_); }

 private:
  void TakeCharacter(char c) {
    scan_.references |= before_ == '"' && c == '@';
    before_ = c;
    const bool blank = c == ' ' || c == '\t' || c == '\r';
    if (c == '\n') {
      at_line_start_ = true;
    } else if (at_line_start_ && !blank) {
      at_line_start_ = false;
      if (c != '#') ++scan_.lines;
    }
  }

  FileScan scan_;
  char before_ = '\n';
  bool at_line_start_ = true;
};

}  // namespace

absl::StatusOr<FileScan> ScanFile(const std::string& path) {
  const std::string what = "không đọc được / cannot read: " + path;
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return FileFault(errno, what);
  Scanner scanner;
  std::string block(kBlockBytes, '\0');
  ssize_t count = 0;
  int error = 0;
  do {
    count = ::read(fd, block.data(), block.size());
    error = count < 0 ? errno : 0;
    if (count > 0) scanner.Take({block.data(), static_cast<std::size_t>(count)});
  } while (count > 0 || error == EINTR);
  ::close(fd);
  if (error != 0) return FileFault(error, what);
  return std::move(scanner).Scanned();
}

}  // namespace nhanrong::cli

#include "services/cli/client/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace nhanrong::cli {
namespace {

constexpr mode_t kPrivateMode = 0600;

absl::Status WriteAndSync(int fd, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return absl::ErrnoToStatus(errno, path);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(fd) == 0 ? absl::OkStatus() : absl::ErrnoToStatus(errno, path);
}

absl::Status WriteTo(const std::string& path, std::string_view content, int flags) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, kPrivateMode);
  if (fd < 0) return absl::ErrnoToStatus(errno, path);
  const absl::Status written = WriteAndSync(fd, content, path);
  ::close(fd);
  return written;
}

absl::Status SyncFolderOf(const std::string& path) {
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return absl::ErrnoToStatus(errno, folder);
  const bool synced = ::fsync(fd) == 0;
  const int error = errno;
  ::close(fd);
  return synced ? absl::OkStatus() : absl::ErrnoToStatus(error, folder);
}

}  // namespace

absl::Status CreateFile(const std::string& path, std::string_view content) {
  const std::string temporary = path + ".tmp";
  if (absl::Status made = WriteTo(temporary, content, O_TRUNC); !made.ok()) return made;
  // link() fails where rename() would overwrite.
  const bool linked = ::link(temporary.c_str(), path.c_str()) == 0;
  const int error = errno;
  ::unlink(temporary.c_str());
  return linked ? SyncFolderOf(path) : absl::ErrnoToStatus(error, path);
}

absl::Status ReplaceFile(const std::string& path, std::string_view content) {
  const std::string temporary = path + ".tmp";
  if (absl::Status made = WriteTo(temporary, content, O_TRUNC); !made.ok()) return made;
  if (std::rename(temporary.c_str(), path.c_str()) != 0) return absl::ErrnoToStatus(errno, path);
  return SyncFolderOf(path);
}

absl::Status AppendFile(const std::string& path, std::string_view content) {
  if (absl::Status written = WriteTo(path, content, O_APPEND); !written.ok()) return written;
  return SyncFolderOf(path);
}

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return absl::NotFoundError("không đọc được / cannot read: " + path);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace nhanrong::cli

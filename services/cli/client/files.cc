#include "services/cli/client/files.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace nhanrong::cli {
namespace {

constexpr mode_t kPrivateMode = 0600;
// One read of a file: large enough that its cost does not matter.
constexpr std::size_t kReadBytes = 65'536;

absl::Status WriteAndSync(int fd, std::string_view content, const std::string& path) {
  while (!content.empty()) {
    const ssize_t written = ::write(fd, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FileFault(errno, path);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(fd) == 0 ? absl::OkStatus() : FileFault(errno, path);
}

absl::Status WriteTo(const std::string& path, std::string_view content, int flags) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, kPrivateMode);
  if (fd < 0) return FileFault(errno, path);
  absl::Status written = WriteAndSync(fd, content, path);
  ::close(fd);
  return written;
}

absl::Status CannotRead(const std::string& path) {
  const int error = errno;
  return FileFault(error, "không đọc được / cannot read: " + path);
}

absl::StatusOr<std::string> ReadToEnd(int fd, const std::string& path) {
  std::string content;
  std::array<char, kReadBytes> bytes;
  for (;;) {
    const ssize_t count = ::read(fd, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return CannotRead(path);
    if (count == 0) return content;
    content.append(bytes.data(), static_cast<std::size_t>(count));
  }
}

absl::Status SyncFolderOf(const std::string& path) {
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return FileFault(errno, folder);
  const bool synced = ::fsync(fd) == 0;
  const int error = errno;
  ::close(fd);
  return synced ? absl::OkStatus() : FileFault(error, folder);
}

}  // namespace

absl::Status FileFault(int error, const std::string& what) {
  const std::string message = what + ": " + std::strerror(error);
  switch (error) {
    case ENOENT:
      return absl::NotFoundError(message);
    case EEXIST:
      return absl::AlreadyExistsError(message);
    default:
      return absl::UnknownError(message);
  }
}

absl::Status CreateFile(const std::string& path, std::string_view content) {
  const std::string temporary = path + ".tmp";
  if (absl::Status made = WriteTo(temporary, content, O_TRUNC); !made.ok()) return made;
  // link() fails where rename() would overwrite.
  const bool linked = ::link(temporary.c_str(), path.c_str()) == 0;
  const int error = errno;
  ::unlink(temporary.c_str());
  return linked ? SyncFolderOf(path) : FileFault(error, path);
}

absl::Status ReplaceFile(const std::string& path, std::string_view content) {
  const std::string temporary = path + ".tmp";
  if (absl::Status made = WriteTo(temporary, content, O_TRUNC); !made.ok()) return made;
  if (std::rename(temporary.c_str(), path.c_str()) != 0) return FileFault(errno, path);
  return SyncFolderOf(path);
}

absl::Status AppendFile(const std::string& path, std::string_view content) {
  if (absl::Status written = WriteTo(path, content, O_APPEND); !written.ok()) return written;
  return SyncFolderOf(path);
}

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return CannotRead(path);
  absl::StatusOr<std::string> content = ReadToEnd(fd, path);
  ::close(fd);
  return content;
}

absl::StatusOr<std::string> ReadStandardInput() { return ReadToEnd(STDIN_FILENO, "stdin"); }

}  // namespace nhanrong::cli

#include "services/ledger/embedded/files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

namespace nhanrong::ledger {
namespace {

constexpr mode_t kFileMode = 0640;
constexpr mode_t kDirectoryMode = 0750;

absl::StatusOr<File> Open(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, kFileMode);
  if (descriptor < 0) return ErrnoStatus(errno, "open " + path);
  return File(descriptor);
}

}  // namespace

File::File(File&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

File& File::operator=(File&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

File::~File() {
  if (open()) ::close(descriptor_);
}

absl::Status Files::WriteAt(const File& file, std::string_view bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t written =
        ::pwrite(file.descriptor(), bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return ErrnoStatus(errno, "write to the log");
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return absl::OkStatus();
}

absl::Status Files::Sync(const File& file) {
  if (::fdatasync(file.descriptor()) != 0) return ErrnoStatus(errno, "fdatasync of the log");
  return absl::OkStatus();
}

absl::Status FailingFiles::WriteAt(const File& file, std::string_view bytes, std::uint64_t offset) {
  if (++calls_ != failing_call_) return Files::WriteAt(file, bytes, offset);
  (void)Files::WriteAt(file, bytes.substr(0, bytes.size() / 2), offset);
  return ErrnoStatus(ENOSPC, "write to the log");
}

absl::Status FailingFiles::Sync(const File& file) {
  if (++calls_ != failing_call_) return Files::Sync(file);
  return ErrnoStatus(EIO, "fdatasync of the log");
}

absl::Status ErrnoStatus(int error, const std::string& what) {
  return absl::ErrnoToStatus(error, what);
}

absl::StatusOr<File> OpenToRead(const std::string& path) { return Open(path, O_RDONLY); }

absl::StatusOr<File> OpenToWrite(const std::string& path) { return Open(path, O_RDWR); }

absl::StatusOr<File> CreateDurably(const std::string& directory, const std::string& name) {
  auto file = Open(directory + "/" + name, O_RDWR | O_CREAT | O_EXCL);
  if (!file.ok()) return file;
  if (absl::Status status = SyncDirectory(directory); !status.ok()) return status;
  return file;
}

absl::Status MakeDirectories(const std::string& path) {
  if (::mkdir(path.c_str(), kDirectoryMode) == 0) {
    return SyncDirectory(std::filesystem::path(path).parent_path().string());
  }
  if (errno == EEXIST) return absl::OkStatus();
  if (errno != ENOENT) return ErrnoStatus(errno, "mkdir " + path);
  const std::string parent = std::filesystem::path(path).parent_path().string();
  if (parent.empty() || parent == path) return ErrnoStatus(ENOENT, "mkdir " + path);
  if (absl::Status status = MakeDirectories(parent); !status.ok()) return status;
  return MakeDirectories(path);
}

absl::Status SyncDirectory(const std::string& path) {
  auto directory = Open(path.empty() ? "." : path, O_RDONLY | O_DIRECTORY);
  if (!directory.ok()) return directory.status();
  if (::fsync(directory->descriptor()) != 0) return ErrnoStatus(errno, "fsync " + path);
  return absl::OkStatus();
}

absl::StatusOr<std::uint64_t> SizeOf(const File& file) {
  struct stat status {};
  if (::fstat(file.descriptor(), &status) != 0) return ErrnoStatus(errno, "stat of a segment");
  return static_cast<std::uint64_t>(status.st_size);
}

absl::Status TruncateTo(const File& file, std::uint64_t bytes) {
  if (::ftruncate(file.descriptor(), static_cast<off_t>(bytes)) != 0 ||
      ::fsync(file.descriptor()) != 0) {
    return ErrnoStatus(errno, "truncate the torn tail of the log");
  }
  return absl::OkStatus();
}

absl::Status ReadAt(const File& file, std::uint64_t offset, std::size_t bytes, std::string& out) {
  out.resize(bytes);
  std::size_t done = 0;
  while (done < bytes) {
    const ssize_t got = ::pread(file.descriptor(), out.data() + done, bytes - done,
                                static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return ErrnoStatus(errno, "read of a segment");
    if (got == 0) break;
    done += static_cast<std::size_t>(got);
  }
  out.resize(done);
  return absl::OkStatus();
}

absl::StatusOr<File> LockDirectory(const std::string& path) {
  auto directory = Open(path, O_RDONLY | O_DIRECTORY);
  if (!directory.ok()) return directory;
  if (::flock(directory->descriptor(), LOCK_EX | LOCK_NB) == 0) return directory;
  if (errno != EWOULDBLOCK) return ErrnoStatus(errno, "lock " + path);
  return absl::FailedPreconditionError(
      "the log in " + path + " is open already; stop the other process that serves this ledger");
}

}  // namespace nhanrong::ledger

// The few calls of the operating system that the log makes, behind a seam for failures.
//
// The real ones are in Files(); a test gives FailingFiles, which makes the n-th write or sync fail
// as a full or dying disk does. Calls block on the disk. Thread-safe.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace nhanrong::ledger {

// Owns a file descriptor.
class File {
 public:
  File() = default;
  explicit File(int descriptor) : descriptor_(descriptor) {}
  File(File&& other) noexcept;
  File& operator=(File&& other) noexcept;
  ~File();
  int descriptor() const { return descriptor_; }
  bool open() const { return descriptor_ >= 0; }

 private:
  int descriptor_ = -1;
};

class Files {
 public:
  virtual ~Files() = default;
  // Writes all of `bytes` at `offset`.
  virtual absl::Status WriteAt(const File& file, std::string_view bytes, std::uint64_t offset);
  // fdatasync: what was written, and the length needed to read it, are on the disk.
  virtual absl::Status Sync(const File& file);
};

// Fails one call, by its number among all calls from 1 on, and then works again, which is worse
// than a disk that stays broken.
class FailingFiles final : public Files {
 public:
  // A failed write leaves half of its bytes behind.
  explicit FailingFiles(int failing_call) : failing_call_(failing_call) {}
  absl::Status WriteAt(const File& file, std::string_view bytes, std::uint64_t offset) override;
  absl::Status Sync(const File& file) override;
  int calls() const { return calls_; }

 private:
  const int failing_call_;
  std::atomic<int> calls_ = 0;
};

// What errno says about `what`: kUnavailable, kNotFound, kAlreadyExists, kResourceExhausted ...
absl::Status ErrnoStatus(int error, const std::string& what);

absl::StatusOr<File> OpenToRead(const std::string& path);
absl::StatusOr<File> OpenToWrite(const std::string& path);
// kAlreadyExists if it exists. Its name is durable when this returns.
absl::StatusOr<File> CreateDurably(const std::string& directory, const std::string& name);
// Makes `path` and what is missing above it, durably; no error if it is there.
absl::Status MakeDirectories(const std::string& path);
absl::Status SyncDirectory(const std::string& path);
absl::StatusOr<std::uint64_t> SizeOf(const File& file);
// Durably.
absl::Status TruncateTo(const File& file, std::uint64_t bytes);
// Replaces `out` by `bytes` bytes at `offset`; fewer only at the end of the file.
absl::Status ReadAt(const File& file, std::uint64_t offset, std::size_t bytes, std::string& out);
// An exclusive lock (flock) as long as the returned file is open; kFailedPrecondition if another
// process, or another opening in this one, has it.
absl::StatusOr<File> LockDirectory(const std::string& path);

}  // namespace nhanrong::ledger

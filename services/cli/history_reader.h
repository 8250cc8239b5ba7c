// Reads or follows a ledger across breaks of the connection, without a gap and without a double.
//
// The place is kept in memory and, when asked, in a resume file that is written after the entry has
// been handed over: a kill between the two repeats that one entry at the next start, and only it;
// who must not see it twice looks at its position. Blocks.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/cli/client/backoff.h"
#include "services/cli/client/client.h"

namespace nhanrong::cli {

// The last position handed over, in a file of its own.
class ResumeFile {
 public:
  // The file may be absent. INVALID_ARGUMENT when it is of another ledger.
  static absl::StatusOr<ResumeFile> Open(const std::string& path, const std::string& ledger);
  ResumeFile(ResumeFile&& other) noexcept;
  ResumeFile& operator=(ResumeFile&&) = delete;
  ~ResumeFile();

  std::optional<std::uint64_t> last() const { return last_; }
  // One write of fixed length over the old one: a kill leaves the one or the other.
  absl::Status Save(std::uint64_t position);

 private:
  ResumeFile(int fd, std::string ledger) : fd_(fd), ledger_(std::move(ledger)) {}
  int fd_;
  std::string ledger_;
  std::optional<std::uint64_t> last_;
};

struct HistoryOptions {
  v1::HistoryRange range;
  // Read only.
  std::uint64_t commits_max = 0;
  bool follow = false;
  BackoffPolicy backoff;
};

class HistoryReader {
 public:
  // A failure stops the reading.
  using OnEntry = std::function<absl::Status(const v1::HistoryEntry&)>;

  HistoryReader(const Client& client, HistoryOptions options, ResumeFile* resume, Sleep sleep);
  // OK at the end of a Read; a Follow goes on until a failure.
  Failure Run(const OnEntry& on_entry);

 private:
  Failure Once(const OnEntry& on_entry, bool& progress);
  bool Hand(const v1::HistoryEntry& entry, const OnEntry& on_entry);
  void GoOnAfter(std::uint64_t position);

  const Client& client_;
  HistoryOptions options_;
  ResumeFile* resume_;
  Sleep sleep_;
  std::uint64_t handed_ = 0;
  std::optional<std::uint64_t> last_;
  absl::Status local_;
};

}  // namespace nhanrong::cli

// The accepted commits of a log in order, with their exact bytes; voids are left out.
//
// Judges every record by the rule, as each reader does, and so holds heads and ids in memory. One
// thread. A log that cannot be reached is asked again for kAwayLimit; then kUnavailable. What the
// rule stops at is kDataLoss.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ledger/admission/admission.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

// A broker that restarts is back in less; who waits longer should be told.
inline constexpr absl::Duration kAwayLimit = absl::Seconds(60);

class CommitStream {
 public:
  struct One {
    Position position;
    std::string bytes;
  };

  // From the log's beginning; `log` must outlive this.
  explicit CommitStream(Log& log) : log_(log) {}

  // The next commit whose record lies before `end`; absent: there is none.
  absl::StatusOr<std::optional<One>> Next(Place end);

  const Admission& admission() const { return admission_; }
  // Where the next record is read.
  Place place() const { return place_; }
  std::uint64_t voids() const { return voids_; }

 private:
  // The record at place_, or one behind it where the engine left places empty.
  absl::Status Load();
  // Once; kUnavailable: nothing yet.
  absl::Status TryToLoad();

  Log& log_;
  Admission admission_;
  std::unique_ptr<LogReader> reader_;
  std::vector<LogRecord> batch_;
  std::size_t batch_given_ = 0;
  Place place_;
  std::uint64_t voids_ = 0;
};

}  // namespace nhanrong::ledger

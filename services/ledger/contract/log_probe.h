// A small language for tests of a log: append and wait, read so many, collect what `done` said.
//
// Every wait has a deadline (kProbeDeadline) and fails the test by a status when it is over.
// AppendProbe is thread-safe and must outlive the calls of `done` it waits for; the rest is called
// from one thread.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

// Far above what any engine needs, on a machine that compiles at the same time.
inline constexpr absl::Duration kProbeDeadline = absl::Seconds(60);

// Collects what `done` said, one entry for each append, in the order in which `done` was called.
class AppendProbe {
 public:
  struct Outcome {
    std::size_t append;  // the number that Done() was given
    absl::StatusOr<Place> place;
  };

  // A callback for one append; `append` is any number the test wants to see again.
  AppendDone Done(std::size_t append);
  // What was called when `count` calls have come, or when the deadline is over.
  std::vector<Outcome> Wait(std::size_t count, absl::Duration deadline = kProbeDeadline);
  std::size_t called() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Outcome> outcomes_;
};

// Appends one record and waits for its place.
absl::StatusOr<Place> AppendAndWait(Log& log, std::string record,
                                    absl::Duration deadline = kProbeDeadline);

// Appends all, then waits for all; the first failure if there is one, else the places.
absl::StatusOr<std::vector<Place>> AppendAllAndWait(Log& log,
                                                    const std::vector<std::string>& records);

// Reads until `count` records have come; kDeadlineExceeded with how many came otherwise.
absl::StatusOr<std::vector<LogRecord>> ReadRecords(LogReader& reader, std::size_t count,
                                                   std::size_t records_max_a_call = 1'000);

// A new reader at `from`, and `count` records of it.
absl::StatusOr<std::vector<LogRecord>> ReadFrom(Log& log, Place from, std::size_t count);

std::vector<std::string> BytesOf(const std::vector<LogRecord>& records);

// "r0", "r1" ...
std::vector<std::string> NumberedRecords(std::size_t count, std::string_view prefix = "r");

}  // namespace nhanrong::ledger

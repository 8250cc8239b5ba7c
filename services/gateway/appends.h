// What a gateway has given to its log, and what the log said of it.
//
// Thread-safe; its lock is held alone, so the log may call from any thread. One sweeper waits for
// failures; a success says nothing here, since the follower reads the record.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"

namespace nhanrong::gateway {

class Appends {
 public:
  // Record by leaf hash, with what went wrong.
  using Failures = std::vector<std::pair<std::string, absl::Status>>;

  void Began();
  void Ended(const std::string& leaf, const absl::Status& status);
  // Waits for failures, at most so long, and takes them; `failures` is empty when none came. False:
  // stopped.
  bool Take(absl::Duration limit, Failures& failures);
  // Returns when the log has said something of every append, as it does in bounded time.
  void Stop();

 private:
  absl::Mutex mutex_;
  std::size_t outstanding_ ABSL_GUARDED_BY(mutex_) = 0;
  Failures failures_ ABSL_GUARDED_BY(mutex_);
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
};

// The last record that the log would not have, until it takes another one. Under the ledger's lock.
class Refusal {
 public:
  void Said(const absl::Status& status);
  void Forget() { status_ = absl::OkStatus(); }
  // OK when nothing was refused lately: it may be that nobody has tried since.
  absl::Status lately() const;

 private:
  absl::Status status_;
  std::chrono::steady_clock::time_point at_;
};

}  // namespace nhanrong::gateway

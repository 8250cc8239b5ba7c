// Who waits for a number of commits, and until when. One thread for the deadlines.
//
// Threads: safe. Deadlines are of the system's clock: they bound how long a caller waits, and leave
// no trace in any row. Callbacks run without a lock held.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <thread>
#include <utility>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"

namespace nhanrong::projector {

class Waiters {
 public:
  using Done = std::function<void(bool reached)>;

  explicit Waiters(std::uint64_t commits);
  // Ends all waits with false.
  ~Waiters();
  Waiters(const Waiters&) = delete;
  Waiters& operator=(const Waiters&) = delete;

  // Calls `done` exactly once; before it returns where the answer is known already.
  void Add(std::uint64_t commits, absl::Time deadline, Done done);
  void Reached(std::uint64_t commits);
  // Nothing more will be reached.
  void Stop();
  std::uint64_t commits() const;

 private:
  // The number keeps waiters of one deadline apart.
  using DeadlineKey = std::pair<absl::Time, std::uint64_t>;
  struct Waiter {
    std::uint64_t commits;
    Done done;
  };

  void RunTimer();
  // Removes the waiter and hands out its callback.
  Done Take(const DeadlineKey& key) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  mutable absl::Mutex mutex_;
  absl::CondVar changed_;  // the first deadline, or ending_
  std::uint64_t commits_ ABSL_GUARDED_BY(mutex_);
  bool stopped_ ABSL_GUARDED_BY(mutex_) = false;
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::uint64_t next_number_ ABSL_GUARDED_BY(mutex_) = 0;
  std::map<DeadlineKey, Waiter> by_deadline_ ABSL_GUARDED_BY(mutex_);
  std::set<std::pair<std::uint64_t, DeadlineKey>> by_commits_ ABSL_GUARDED_BY(mutex_);
  std::jthread timer_;
};

}  // namespace nhanrong::projector

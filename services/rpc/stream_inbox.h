// What became of a stream's submissions, until the stream tells its client.
//
// Outcomes come from any thread; the stream runs on the thread of its completion queue, which the
// inbox wakes by an alarm. Shared by the stream and by the callbacks of its submissions, which may
// outlive it: after Close nothing is kept and nobody is woken.
#pragma once

#include <grpc/support/time.h>
#include <grpcpp/alarm.h>
#include <grpcpp/grpcpp.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "services/gateway/outcome.h"
#include "services/rpc/completion_tag.h"

namespace nhanrong::rpc {

// A submission of a stream: which one it is to its client.
struct StreamItem {
  std::uint64_t sequence = 0;
  std::uint32_t index = 0;
  std::string submission_id;
  std::size_t bytes = 0;
};

struct KnownOutcome {
  StreamItem item;
  gateway::Outcome outcome;
};

class StreamInbox {
 public:
  // `woken` comes out of `queue` after a Put or Wake, once for all that came meanwhile.
  StreamInbox(grpc::ServerCompletionQueue& queue, Tag& woken) : queue_(queue), woken_(woken) {}

  void Put(KnownOutcome known) {
    absl::MutexLock lock(&mutex_);
    if (closed_) return;
    known_.push_back(std::move(known));
    Ring();
  }
  void Wake() {
    absl::MutexLock lock(&mutex_);
    if (!closed_) Ring();
  }

  // On the queue's thread.
  void Woken() {
    absl::MutexLock lock(&mutex_);
    ringing_ = false;
  }
  std::vector<KnownOutcome> Take() {
    absl::MutexLock lock(&mutex_);
    return std::exchange(known_, {});
  }
  // True: `woken` will come no more.
  bool Close() {
    absl::MutexLock lock(&mutex_);
    closed_ = true;
    known_.clear();
    if (ringing_) alarm_.Cancel();  // its event comes now
    return !ringing_;
  }

 private:
  void Ring() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_) {
    if (std::exchange(ringing_, true)) return;
    // Not by the time of day: if that were set back in this moment, the stream would sleep as long.
    alarm_.Set(&queue_, gpr_now(GPR_CLOCK_MONOTONIC), &woken_);
  }

  grpc::ServerCompletionQueue& queue_;
  Tag& woken_;
  absl::Mutex mutex_;
  bool closed_ ABSL_GUARDED_BY(mutex_) = false;
  bool ringing_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<KnownOutcome> known_ ABSL_GUARDED_BY(mutex_);
  grpc::Alarm alarm_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace nhanrong::rpc

// Reads the answers of closed submissions again, from the log itself.
//
// One thread of its own, a bounded queue and a bounded cache of whole blocks of commits, so that an
// import sent again reads the log once, in order.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <list>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/ledger/follower/ledger_follower.h"

namespace nhanrong::gateway {

class ClosedAnswers {
 public:
  using Done = std::function<void(absl::StatusOr<ledger::Commit>)>;

  explicit ClosedAnswers(const ledger::LedgerFollower& follower);
  ~ClosedAnswers();

  // Calls `done` from the own thread with the commit (its running hash is not set).
  // kResourceExhausted, at once, when the queue is full.
  void Get(Position position, Done done);

 private:
  using Block = std::vector<ledger::LedgerFollower::StoredCommit>;
  void Run();
  absl::StatusOr<ledger::Commit> Find(Position position);

  const ledger::LedgerFollower& follower_;
  absl::Mutex mutex_;
  std::deque<std::pair<Position, Done>> queue_ ABSL_GUARDED_BY(mutex_);
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  // The own thread alone.
  absl::flat_hash_map<std::uint64_t, Block> blocks_;
  std::list<std::uint64_t> block_age_;
  std::jthread thread_;
};

}  // namespace nhanrong::gateway

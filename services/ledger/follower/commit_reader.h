// The accepted commits of a followed ledger in order, with their exact bytes, at the caller's pace.
//
// Reads the log once more, behind the follower: a slow caller keeps nobody waiting and nothing
// piles up in memory. One thread; the follower and its log must outlive it.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "services/ledger/follower/ledger_follower.h"

namespace nhanrong::ledger {

class CommitReader {
 public:
  using StoredCommit = LedgerFollower::StoredCommit;

  CommitReader(const LedgerFollower& follower, Position from)
      : follower_(follower), next_(from.value()) {}

  // Up to `commits_max` commits that the follower has folded by now; empty: none yet. Blocks on the
  // log. After an error the next call goes on at the same place.
  absl::StatusOr<std::vector<StoredCommit>> Read(std::size_t commits_max);
  // Position of the commit that Read gives next.
  std::uint64_t next() const { return next_; }

 private:
  absl::Status ReadBytes(const std::vector<std::uint64_t>& places,
                         std::vector<StoredCommit>& commits);

  const LedgerFollower& follower_;
  std::uint64_t next_;
  std::unique_ptr<LogReader> reader_;  // stands behind the last commit given; null: to be opened
};

}  // namespace nhanrong::ledger

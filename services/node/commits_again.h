// The accepted commits of a followed ledger once more, for read models that go back. One thread;
// the follower must outlive it. Blocks on the log.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "services/ledger/follower/commit_reader.h"
#include "services/projector/commit_source.h"

namespace nhanrong::node {

class CommitsAgain final : public projector::CommitSource {
 public:
  explicit CommitsAgain(const ledger::LedgerFollower& follower) : follower_(follower) {}

  absl::StatusOr<Hash> SeekTo(Position position) override;
  // kDataLoss: a record that was accepted cannot be read any more.
  absl::StatusOr<std::vector<projector::Commit>> Next(std::size_t commits_max) override;

 private:
  const ledger::LedgerFollower& follower_;
  std::optional<ledger::CommitReader> reader_;
  Hash running_{};
};

}  // namespace nhanrong::node

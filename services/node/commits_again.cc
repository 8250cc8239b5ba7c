#include "services/node/commits_again.h"

#include <algorithm>
#include <string>
#include <utility>

#include "services/base/check.h"

namespace nhanrong::node {
namespace {

// Between two running hashes that the follower keeps: read at once.
constexpr std::size_t kChainedAtOnce = 256;

}  // namespace

absl::StatusOr<Hash> CommitsAgain::SeekTo(Position position) {
  const auto kept = follower_.RunningNotAfter(position);
  running_ = kept.running;
  reader_.emplace(follower_, Position(kept.commits));
  while (reader_->next() < position.value()) {
    const std::size_t missing = position.value() - reader_->next();
    const auto commits = Next(std::min(missing, kChainedAtOnce));
    if (!commits.ok()) return commits.status();
    if (commits->empty()) return absl::OutOfRangeError("the ledger does not reach so far");
  }
  return running_;
}

absl::StatusOr<std::vector<projector::Commit>> CommitsAgain::Next(std::size_t commits_max) {
  NR_CHECK(reader_.has_value(), "SeekTo comes first");
  auto stored = reader_->Read(commits_max);
  if (!stored.ok()) return stored.status();
  std::vector<projector::Commit> commits;
  commits.reserve(stored->size());
  for (const auto& one : *stored) {
    const Hash leaf = LeafHash(one.bytes);
    running_ = ChainHash(running_, leaf);
    projector::Commit commit{one.position, one.recorded_at, leaf, running_, {}};
    if (!commit.record.ParseFromString(one.bytes)) {
      return absl::DataLossError("commit " + std::to_string(one.position.value()) +
                                 " cannot be read any more");
    }
    commits.push_back(std::move(commit));
  }
  return commits;
}

}  // namespace nhanrong::node

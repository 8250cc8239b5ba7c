#include "services/gateway/closed_answers.h"

#include <utility>

namespace nhanrong::gateway {
namespace {

// Commits read from the log at once: an import's batch, about half a megabyte.
constexpr std::uint64_t kBlockCommits = 500;
// Blocks kept: about 16 MB.
constexpr std::size_t kBlocksMax = 32;
// Questions waiting: as many as a gateway holds submissions (kPendingMax).
constexpr std::size_t kQueueMax = 20'000;

absl::StatusOr<ledger::Commit> Parse(const ledger::LedgerFollower::StoredCommit& stored) {
  ledger::Commit commit;
  commit.position = stored.position;
  commit.recorded_at = stored.recorded_at;
  commit.leaf = LeafHash(stored.bytes);
  if (!commit.record.ParseFromString(stored.bytes)) {
    return absl::DataLossError("a commit that was folded does not parse any more");
  }
  return commit;
}

}  // namespace

ClosedAnswers::ClosedAnswers(const ledger::LedgerFollower& follower)
    : follower_(follower), thread_([this] { Run(); }) {}

ClosedAnswers::~ClosedAnswers() {
  absl::MutexLock lock(&mutex_);
  stopping_ = true;
}

void ClosedAnswers::Get(Position position, Done done) {
  {
    absl::MutexLock lock(&mutex_);
    if (queue_.size() < kQueueMax) {
      queue_.emplace_back(position, std::move(done));
      return;
    }
  }
  done(absl::ResourceExhaustedError("too many repeated submissions at once"));
}

void ClosedAnswers::Run() {
  for (;;) {
    std::pair<Position, Done> question;
    {
      absl::MutexLock lock(&mutex_);
      const auto ready = [this] { return stopping_ || !queue_.empty(); };
      mutex_.Await(absl::Condition(&ready));
      if (queue_.empty()) return;
      question = std::move(queue_.front());
      queue_.pop_front();
    }
    question.second(Find(question.first));
  }
}

absl::StatusOr<ledger::Commit> ClosedAnswers::Find(Position position) {
  const std::uint64_t number = position.value() / kBlockCommits;
  const std::uint64_t within = position.value() % kBlockCommits;
  if (const auto kept = blocks_.find(number); kept != blocks_.end()) {
    return Parse(kept->second[within]);
  }
  auto block = follower_.ReadCommits(Position(number * kBlockCommits), kBlockCommits);
  if (!block.ok()) return block.status();
  if (block->size() <= within) return absl::UnavailableError("the commit is not folded yet");
  auto commit = Parse((*block)[within]);
  if (block->size() == kBlockCommits) {  // the last, growing one is read each time
    blocks_.emplace(number, *std::move(block));
    block_age_.push_back(number);
    if (block_age_.size() > kBlocksMax) {
      blocks_.erase(block_age_.front());
      block_age_.pop_front();
    }
  }
  return commit;
}

}  // namespace nhanrong::gateway

#include "services/feed/ledger_feed.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <random>
#include <utility>

#include "absl/cleanup/cleanup.h"
#include "absl/time/clock.h"
#include "services/base/check.h"
#include "services/feed/schema.h"

namespace nhanrong::feed {
namespace {

// Commits that are published at once: some hundred kilobytes, at most 32 MB.
constexpr std::size_t kBatchCommits = 500;
// How long a feed that has everything waits before it looks whether the seat is still its own.
constexpr absl::Duration kNewsWait = absl::Milliseconds(500);
constexpr absl::Duration kSeatWait = absl::Seconds(1);
constexpr absl::Duration kFollowerWait = absl::Milliseconds(200);
// For this process to read what another one has published already.
constexpr absl::Duration kCatchUpLimit = absl::Seconds(10);
// Messages looked at from the end of the topic; more only if none of them is ours.
constexpr std::size_t kLastMessages = 1'000;
// Pause after a fault, doubled up to the maximum, with up to half of it as jitter.
constexpr absl::Duration kBackoffMin = absl::Milliseconds(100);
constexpr absl::Duration kBackoffMax = absl::Seconds(5);

absl::Duration WithJitter(absl::Duration pause) {
  thread_local std::minstd_rand random(std::random_device{}());
  return pause / 2 + pause * std::uniform_real_distribution<double>(0, 0.5)(random);
}

// Trying again is of no use, or would do harm. Wrong settings and missing rights can be mended
// while it tries.
bool IsFinal(const absl::Status& status) {
  return absl::IsDataLoss(status) || absl::IsInternal(status) || absl::IsAlreadyExists(status);
}

// The highest place, not the newest: a process that lost the seat may have repeated older ones.
absl::StatusOr<std::optional<PublishedPlace>> HighestOf(const std::vector<std::string>& values,
                                                        std::string_view ledger_id,
                                                        const std::string& topic) {
  std::optional<PublishedPlace> last;
  for (const std::string& value : values) {
    auto place = PlaceOf(value);
    if (!place) continue;  // a stranger's
    if (place->ledger_id != ledger_id) {
      return absl::DataLossError(topic + " holds events of another ledger");
    }
    if (!last || place->place > last->place) last = std::move(place);
  }
  return last;
}

}  // namespace

LedgerFeed::LedgerFeed(std::string ledger, ledger::LedgerFollower& follower, EventTopics& topics,
                       Audience audience)
    : ledger_(std::move(ledger)), follower_(follower), topics_(topics), audience_(audience) {}

void LedgerFeed::Start() {
  NR_CHECK(!thread_.joinable(), "a feed starts once");
  thread_ = std::jthread([this] { Run(); });
}

void LedgerFeed::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    if (waiting_on_ != nullptr) waiting_on_->Interrupt();
  }
  if (thread_.joinable()) thread_.join();
}

bool LedgerFeed::stopping() const {
  absl::MutexLock lock(&mutex_);
  return stopping_;
}

void LedgerFeed::SetState(FeedState state, absl::Status fault) {
  absl::MutexLock lock(&mutex_);
  if (state != status_.state) moved_at_ = absl::Now();
  status_.state = state;
  status_.fault = std::move(fault);
}

void LedgerFeed::Run() {
  absl::Duration pause = kBackoffMin;
  while (!stopping()) {
    const std::uint64_t before = status().published;
    absl::Status fault = Session();
    if (stopping()) break;
    if (status().published != before) pause = kBackoffMin;
    const bool final = IsFinal(fault) || ledger::IsFinal(follower_.status());
    // A lost seat is no fault of anybody.
    if (!absl::IsAborted(fault)) spdlog::error("feed of {}: {}", ledger_, fault.ToString());
    SetState(final ? FeedState::kStopped : FeedState::kWaiting, std::move(fault));
    if (final) return;
    absl::MutexLock lock(&mutex_);
    mutex_.AwaitWithTimeout(absl::Condition(&stopping_), WithJitter(pause));
    pause = std::min(pause * 2, kBackoffMax);
  }
}

absl::Status LedgerFeed::Session() {
  if (absl::Status there = AwaitFollower(); !there.ok()) return there;
  auto topic = topics_.Open(ledger_);
  if (!topic.ok()) return topic.status();
  {
    absl::MutexLock lock(&mutex_);
    if (stopping_) return absl::CancelledError("stopping");
    waiting_on_ = topic->get();
  }
  const absl::Cleanup forget = [this] {
    absl::MutexLock lock(&mutex_);
    waiting_on_ = nullptr;
  };
  absl::Status status = (*topic)->PublishSchema(PublishedSchema());
  Id128 id{};
  {
    absl::MutexLock lock(&follower_.mutex());
    id = *follower_.admission().ledger_id();
  }
  const CommitPublisher publisher(ledger_, id, audience_);
  while (status.ok() && !stopping()) {
    const auto seated = (*topic)->HoldsSeat(kSeatWait);
    if (!seated.ok()) return seated.status();
    if (*seated) {
      status = PublishWhileSeated(**topic, publisher);
    } else {
      SetState(FeedState::kStandingBy);
    }
  }
  return status;
}

// Until the log was read to its end and holds a genesis.
absl::Status LedgerFeed::AwaitFollower() {
  while (!stopping()) {
    absl::Status following = follower_.status();
    if (ledger::IsFinal(following)) return following;
    if (follower_.WaitCaughtUp(kFollowerWait) && follower_.WaitCommits(1, kFollowerWait)) {
      return absl::OkStatus();
    }
  }
  return absl::CancelledError("stopping");
}

absl::Status LedgerFeed::PublishWhileSeated(EventTopic& topic, const CommitPublisher& publisher) {
  auto last = LastPublished(topic, publisher);
  if (!last.ok()) return last.status();
  ledger::CommitReader reader(follower_, Position(last->has_value() ? (**last).position : 0));
  SetState(FeedState::kPublishing);
  spdlog::info("feed of {}: publishing from position {} on", ledger_, reader.next());
  while (!stopping()) {
    const auto seated = topic.HoldsSeat(absl::ZeroDuration());
    if (!seated.ok() || !*seated) return seated.status();
    if (absl::Status some = PublishSome(topic, publisher, reader, *last); !some.ok()) return some;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::optional<EventPlace>> LedgerFeed::LastPublished(
    EventTopic& topic, const CommitPublisher& publisher) {
  for (std::size_t count = kLastMessages;; count *= 10) {
    const auto values = topic.LastValues(count);
    if (!values.ok()) return values.status();
    const auto last = HighestOf(*values, publisher.ledger_id(), topics_.NameOf(ledger_));
    if (!last.ok()) return last.status();
    if (*last) {
      if (absl::Status same = CheckSameHistory(**last); !same.ok()) return same;
      return (*last)->place;
    }
    if (values->size() < count) return std::optional<EventPlace>();
  }
}

absl::Status LedgerFeed::CheckSameHistory(const PublishedPlace& last) {
  const std::uint64_t position = last.place.position;
  if (!follower_.WaitCommits(position + 1, kCatchUpLimit)) {
    return absl::UnavailableError(topics_.NameOf(ledger_) + " holds an event at position " +
                                  std::to_string(position) + ", this ledger only " +
                                  std::to_string(follower_.counters().commits) +
                                  " commits: it is not read that far yet, or it has lost its tail");
  }
  const auto commits = follower_.ReadCommits(Position(position), 1);
  if (!commits.ok()) return commits.status();
  const Hash leaf = LeafHash(commits->front().bytes);
  if (AsBytes(leaf) == last.leaf_hash) return absl::OkStatus();
  return absl::DataLossError(topics_.NameOf(ledger_) +
                             " is the feed of another history: at position " +
                             std::to_string(position) + " it has another commit");
}

absl::Status LedgerFeed::PublishSome(EventTopic& topic, const CommitPublisher& publisher,
                                     ledger::CommitReader& reader,
                                     std::optional<EventPlace>& last) {
  follower_.WaitCommits(reader.next() + 1, kNewsWait);
  const auto commits = reader.Read(kBatchCommits);
  if (!commits.ok()) return commits.status();
  // Somebody else who can read on may have the seat.
  if (commits->empty()) {
    if (absl::Status following = follower_.status(); ledger::IsFinal(following)) return following;
  }
  CommitMessages batch;
  for (const auto& commit : *commits) {
    auto some = publisher.MessagesOf(commit, last);
    if (!some.ok()) return some.status();
    std::move(some->messages.begin(), some->messages.end(), std::back_inserter(batch.messages));
    batch.withheld += some->withheld;
  }
  if (!batch.messages.empty()) {
    if (absl::Status published = topic.Publish(batch.messages); !published.ok()) return published;
  }
  const std::uint64_t head = follower_.counters().commits;
  absl::MutexLock lock(&mutex_);
  if (!commits->empty() || reader.next() >= head) moved_at_ = absl::Now();
  status_.commits = reader.next();
  status_.behind = head - reader.next();
  status_.published += batch.messages.size();
  status_.withheld += batch.withheld;
  return absl::OkStatus();
}

FeedStatus LedgerFeed::status() const {
  const std::uint64_t head = follower_.counters().commits;
  absl::MutexLock lock(&mutex_);
  FeedStatus now = status_;
  if (now.state == FeedState::kPublishing) now.behind = std::max(head, now.commits) - now.commits;
  return now;
}

absl::Status LedgerFeed::readiness() const {
  const FeedStatus now = status();
  absl::MutexLock lock(&mutex_);
  switch (now.state) {
    case FeedState::kStarting:
      return absl::UnavailableError("the feed is starting");
    case FeedState::kStandingBy:
      return absl::OkStatus();
    case FeedState::kWaiting:
    case FeedState::kStopped:
      return absl::IsAborted(now.fault) ? absl::OkStatus() : now.fault;
    case FeedState::kPublishing:
      if (now.behind == 0 || absl::Now() - moved_at_ < kStallLimit) return absl::OkStatus();
      return absl::UnavailableError("the feed is behind by " + std::to_string(now.behind) +
                                    " commits and does not move");
  }
  return absl::OkStatus();
}

std::string LedgerFeed::Describe() const {
  const FeedStatus now = status();
  const std::string name = "feed " + topics_.NameOf(ledger_) + ": ";
  if (const absl::Status ready = readiness(); !ready.ok()) {
    return name + std::string(ready.message());
  }
  if (now.state != FeedState::kPublishing) return name + "standing by, another process publishes";
  return name + "publishing, behind by " + std::to_string(now.behind);
}

}  // namespace nhanrong::feed

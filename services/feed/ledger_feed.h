// Publishes the accepted events of one ledger to its topic: in order, without a gap, at least once.
//
// Where it stands is read from the topic itself, so there is nothing to keep beside it: after a
// crash between a publish and its answer the same messages come again, equal to the first ones. One
// thread of its own. The broker's pace is its own: a slow one keeps no submission waiting, and what
// is not published yet lies in the ledger, not in memory. Faults: a broker that is away is tried
// again for ever; a topic that holds another history stops the feed, with a clear word.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/feed/commit_messages.h"
#include "services/feed/event_topic.h"
#include "services/ledger/follower/commit_reader.h"
#include "services/ledger/follower/ledger_follower.h"

namespace nhanrong::feed {

// A feed that is behind and has not moved for so long is stuck: longer than a broker's restart.
inline constexpr absl::Duration kStallLimit = absl::Seconds(30);

enum class FeedState {
  kStarting,
  kStandingBy,  // another process publishes
  kPublishing,
  kWaiting,  // after a fault, before the next try
  kStopped,  // for good
};

struct FeedStatus {
  FeedState state = FeedState::kStarting;
  absl::Status fault;           // of kWaiting and kStopped
  std::uint64_t commits = 0;    // of the ledger, handled; known while publishing
  std::uint64_t behind = 0;     // commits that are not; known while publishing
  std::uint64_t published = 0;  // messages, by this process
  std::uint64_t withheld = 0;   // events that may not be told, met by this process
};

class LedgerFeed {
 public:
  // `follower` and `topics` must outlive the feed.
  LedgerFeed(std::string ledger, ledger::LedgerFollower& follower, EventTopics& topics,
             Audience audience);
  ~LedgerFeed() { Stop(); }
  LedgerFeed(const LedgerFeed&) = delete;
  LedgerFeed& operator=(const LedgerFeed&) = delete;

  void Start();
  // Idempotent; returns when the thread has ended.
  void Stop() ABSL_LOCKS_EXCLUDED(mutex_);

  FeedStatus status() const ABSL_LOCKS_EXCLUDED(mutex_);
  // OK while it publishes and moves, or stands by.
  absl::Status readiness() const ABSL_LOCKS_EXCLUDED(mutex_);
  // One line for people.
  std::string Describe() const;

 private:
  void Run();
  // From opening the topic to the first fault.
  absl::Status Session();
  absl::Status AwaitFollower();
  absl::Status PublishWhileSeated(EventTopic& topic, const CommitPublisher& publisher);
  // Where the topic ends, checked against the ledger. Absent: nothing is published yet.
  absl::StatusOr<std::optional<EventPlace>> LastPublished(EventTopic& topic,
                                                          const CommitPublisher& publisher);
  absl::Status CheckSameHistory(const PublishedPlace& last);
  absl::Status PublishSome(EventTopic& topic, const CommitPublisher& publisher,
                           ledger::CommitReader& reader, std::optional<EventPlace>& last);
  void SetState(FeedState state, absl::Status fault = absl::OkStatus());
  bool stopping() const;

  const std::string ledger_;
  ledger::LedgerFollower& follower_;
  EventTopics& topics_;
  const Audience audience_;

  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  EventTopic* waiting_on_ ABSL_GUARDED_BY(mutex_) = nullptr;  // to be interrupted by Stop
  FeedStatus status_ ABSL_GUARDED_BY(mutex_);
  absl::Time moved_at_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();

  std::jthread thread_;  // last member: ends before the state that it uses
};

}  // namespace nhanrong::feed

#include "services/feed/ledger_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "absl/time/clock.h"
#include "services/feed/feed_test_kit.h"
#include "services/feed/memory/memory_topic.h"
#include "services/feed/schema.h"

namespace nhanrong::feed {
namespace {

using ::testing::HasSubstr;

constexpr absl::Duration kSoon = absl::Seconds(20);

std::string HeaderOf(const EventMessage& message, const std::string& name) {
  for (const auto& [key, value] : message.headers) {
    if (key == name) return value;
  }
  return {};
}

// What a consumer keeps: a message above the highest that it has seen. Fails where one is missing:
// `ce_previous` names the message before.
std::vector<EventMessage> Consumed(const std::vector<EventMessage>& topic) {
  std::vector<EventMessage> kept;
  std::optional<EventPlace> highest;
  for (const EventMessage& message : topic) {
    const auto place = PlaceOf(message.value);
    if (!place || (highest && place->place <= *highest)) continue;
    EXPECT_EQ(HeaderOf(message, "ce_previous"), kept.empty() ? "" : HeaderOf(kept.back(), "ce_id"));
    highest = place->place;
    kept.push_back(message);
  }
  return kept;
}

class LedgerFeedTest : public ::testing::Test {
 protected:
  std::unique_ptr<LedgerFeed> Feed(Audience audience = Audience::kInternal) {
    auto feed = std::make_unique<LedgerFeed>("made-up", ledger_.follower(), topics_, audience);
    feed->Start();
    return feed;
  }
  static bool AwaitState(const LedgerFeed& feed, FeedState state) {
    const absl::Time deadline = absl::Now() + kSoon;
    while (feed.status().state != state && absl::Now() < deadline) {
      absl::SleepFor(absl::Milliseconds(5));
    }
    return feed.status().state == state;
  }
  // Messages of the whole ledger by now: the genesis and what was committed.
  bool AwaitAll(std::size_t events) { return topics_.WaitMessages(events, kSoon); }

  MadeUpLedger ledger_;
  MemoryTopics topics_;
};

TEST_F(LedgerFeedTest, PublishesWhatIsThereAndWhatComesInOrder) {
  ledger_.Commits(3);
  ledger_.Void();
  ledger_.Refusal();
  const auto feed = Feed();
  ASSERT_TRUE(AwaitAll(4));
  ledger_.Commit({v1::CLASSIFICATION_PUBLIC, v1::CLASSIFICATION_PERSONAL});
  ASSERT_TRUE(AwaitAll(5));
  const auto kept = Consumed(topics_.messages());
  ASSERT_EQ(kept.size(), 5u);
  EXPECT_EQ(HeaderOf(kept.back(), "ce_id"), "5.0");
  EXPECT_EQ(topics_.schemas().size(), 1u);
  feed->Stop();
  EXPECT_EQ(feed->status().published, 5u);
  EXPECT_EQ(feed->status().withheld, 1u);
}

TEST_F(LedgerFeedTest, GoesOnWhereTheTopicEnds) {
  ledger_.Commits(3);
  Feed().reset();
  {
    const auto feed = Feed();
    ASSERT_TRUE(AwaitAll(4));
  }
  ledger_.Commits(2);
  const auto feed = Feed();
  ASSERT_TRUE(AwaitAll(6));
  feed->Stop();
  EXPECT_EQ(topics_.messages().size(), 6u) << "no doubles without a fault";
}

TEST_F(LedgerFeedTest, ABatchThatFailedInTheMiddleLosesNothing) {
  constexpr std::size_t kFaults = 30, kEach = 10;
  std::mt19937 random(std::random_device{}());
  const auto feed = Feed();
  for (std::size_t faults = 0; faults < kFaults; ++faults) {
    topics_.FailNextPublishAfter(std::uniform_int_distribution<std::size_t>(0, kEach)(random));
    ledger_.Commits(kEach);
    ASSERT_TRUE(topics_.WaitFailed(kSoon));
    const std::size_t all = 1 + (faults + 1) * kEach;
    ASSERT_TRUE(AwaitAll(all));
    EXPECT_EQ(Consumed(topics_.messages()).size(), all);
  }
}

TEST_F(LedgerFeedTest, StandsByWhileAnotherHasTheSeat) {
  topics_.GiveSeat(false);
  ledger_.Commits(1);
  const auto feed = Feed();
  ASSERT_TRUE(AwaitState(*feed, FeedState::kStandingBy));
  EXPECT_TRUE(feed->readiness().ok());
  EXPECT_THAT(feed->Describe(), HasSubstr("standing by"));
  EXPECT_TRUE(topics_.messages().empty());
  topics_.GiveSeat(true);
  EXPECT_TRUE(AwaitAll(2));
}

TEST_F(LedgerFeedTest, ALateDoubleOfAnotherProcessDoesNotSetItBack) {
  ledger_.Commits(4);
  Feed().reset();
  {
    const auto feed = Feed();
    ASSERT_TRUE(AwaitAll(5));
  }
  const auto before = topics_.messages();
  topics_.AddForeign(before[1]);
  topics_.AddForeign(before[2]);
  ledger_.Commits(1);
  const auto feed = Feed();
  ASSERT_TRUE(AwaitAll(8));
  feed->Stop();
  EXPECT_EQ(topics_.messages().size(), 8u) << "it went on behind the highest, not the newest";
  EXPECT_EQ(Consumed(topics_.messages()).size(), 6u);
}

TEST_F(LedgerFeedTest, StrangersInTheTopicAreLookedThrough) {
  ledger_.Commits(2);
  {
    const auto feed = Feed();
    ASSERT_TRUE(AwaitAll(3));
  }
  for (int i = 0; i < 1'500; ++i) topics_.AddForeign({"", {}, "garbage"});
  ledger_.Commits(1);
  const auto feed = Feed();
  ASSERT_TRUE(AwaitAll(1'504));
  EXPECT_EQ(Consumed(topics_.messages()).size(), 4u);
}

TEST_F(LedgerFeedTest, DoesNotWriteToTheFeedOfAnotherHistory) {
  MadeUpLedger other;
  other.Commit({v1::CLASSIFICATION_INTERNAL});
  std::optional<EventPlace> last;
  const CommitPublisher publisher("made-up", other.id(), Audience::kInternal);
  topics_.AddForeign(publisher.MessagesOf(other.At(1), last)->messages[0]);
  ledger_.Commits(1);
  const auto feed = Feed();
  ASSERT_TRUE(AwaitState(*feed, FeedState::kStopped));
  EXPECT_THAT(feed->Describe(), HasSubstr("another history"));
  EXPECT_FALSE(feed->readiness().ok());
  EXPECT_EQ(topics_.messages().size(), 1u);
}

TEST_F(LedgerFeedTest, DoesNotWriteToTheFeedOfAnotherLedger) {
  std::optional<EventPlace> last;
  const CommitPublisher publisher("made-up", Id128{9}, Audience::kInternal);
  topics_.AddForeign(publisher.MessagesOf(ledger_.At(0), last)->messages[0]);
  const auto feed = Feed();
  ASSERT_TRUE(AwaitState(*feed, FeedState::kStopped));
  EXPECT_THAT(feed->Describe(), HasSubstr("another ledger"));
}

TEST_F(LedgerFeedTest, WhoMayNotReadOnPublishesWhatHeReadAndLeavesTheSeat) {
  ledger_.Commits(2);
  const auto feed = Feed();
  ASSERT_TRUE(AwaitAll(3));
  ledger_.SwitchRuleVersion(ledger::kRuleVersionKnown + 1);
  ASSERT_TRUE(AwaitState(*feed, FeedState::kStopped));
  EXPECT_THAT(feed->Describe(), HasSubstr("version 2 of the admission rule"));
  EXPECT_FALSE(feed->readiness().ok());
  EXPECT_EQ(Consumed(topics_.messages()).size(), 4u);
}

TEST_F(LedgerFeedTest, StopsTwiceWithoutHarmAndWhileItWaits) {
  topics_.GiveSeat(false);
  const auto feed = Feed();
  ASSERT_TRUE(AwaitState(*feed, FeedState::kStandingBy));
  feed->Stop();
  feed->Stop();
}

}  // namespace
}  // namespace nhanrong::feed

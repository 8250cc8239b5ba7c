// The topics of a feed on a real broker.
#include "services/feed/kafka/kafka_event_topics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "services/base/bytes.h"
#include "services/base/ids.h"
#include "services/ledger/kafka/kafka_admin.h"
#include "services/ledger/kafka/test_broker.h"
#include "services/ledger/kafka/topic_settings.h"

namespace nhanrong::feed {
namespace {

using ledger::TestBroker;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Longer than a session of the group.
constexpr absl::Duration kSeatLimit = absl::Seconds(30);

ledger::KafkaLogOptions OptionsOf(const std::string& bootstrap) {
  return {.bootstrap_servers = bootstrap,
          .topic_prefix = "feed-" + ToHex(RandomBytes(6)) + ".",
          .single_broker = true};
}

std::vector<EventMessage> Numbered(int from, int count) {
  std::vector<EventMessage> messages;
  for (int i = from; i < from + count; ++i) {
    messages.push_back({"key", {{"ce_id", std::to_string(i)}}, std::to_string(i)});
  }
  return messages;
}

class KafkaEventTopicsTest : public ::testing::Test {
 protected:
  std::unique_ptr<EventTopic> Open(const std::string& instance = "") {
    auto topic = KafkaEventTopics(options_, instance).Open("made-up");
    EXPECT_TRUE(topic.ok()) << topic.status();
    return topic.ok() ? *std::move(topic) : nullptr;
  }
  std::unique_ptr<EventTopic> OpenSeated() {
    auto topic = Open();
    EXPECT_TRUE(*topic->HoldsSeat(kSeatLimit));
    return topic;
  }
  void GivenTopic(const std::string& name, int partitions, const std::string& policy) {
    auto settings = ledger::TopicSettings(/*single_broker=*/true);
    for (auto& setting : settings) {
      if (setting.name == "cleanup.policy") setting.value = policy;
    }
    auto admin = ledger::KafkaAdmin::Make(options_);
    ASSERT_TRUE(admin->CreateTopic(options_.topic_prefix + name, partitions, 1, settings).ok());
  }
  void ExpectRefused(const std::string& name, const std::string& what) {
    const auto topic = KafkaEventTopics(options_, "").Open("made-up");
    EXPECT_TRUE(absl::IsFailedPrecondition(topic.status())) << topic.status();
    EXPECT_THAT(std::string(topic.status().message()),
                AllOf(HasSubstr(options_.topic_prefix + name), HasSubstr(what)));
  }

  const ledger::KafkaLogOptions options_ = OptionsOf(TestBroker::SharedBootstrap());
};

TEST_F(KafkaEventTopicsTest, RefusesATopicOfSeveralPartitions) {
  GivenTopic("made-up.events", 2, "delete");
  ExpectRefused("made-up.events", "partitions is 2, must be 1");
}

TEST_F(KafkaEventTopicsTest, RefusesATopicThatDropsEvents) {
  GivenTopic("made-up.events", 1, "compact");
  ExpectRefused("made-up.events", "cleanup.policy is compact, must be delete");
}

TEST_F(KafkaEventTopicsTest, RefusesSchemasThatAreForgotten) {
  GivenTopic("made-up.schemas", 1, "delete");
  ExpectRefused("made-up.schemas", "cleanup.policy is delete, must be compact");
}

TEST_F(KafkaEventTopicsTest, GivesBackTheLastMessagesInOrder) {
  const auto topic = OpenSeated();
  EXPECT_THAT(*topic->LastValues(10), IsEmpty());
  ASSERT_TRUE(topic->Publish(Numbered(0, 3'000)).ok());
  EXPECT_THAT(*topic->LastValues(3), ElementsAre("2997", "2998", "2999"));
  EXPECT_EQ(topic->LastValues(10'000)->size(), 3'000u);
}

TEST_F(KafkaEventTopicsTest, ASchemaIsThereOnceHoweverOftenItIsPublished) {
  const Schema schema{"urn:x", "descriptors"};
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(Open()->PublishSchema(schema).ok());
  auto admin = ledger::KafkaAdmin::Make(options_);
  EXPECT_EQ(admin->Bounds(options_.topic_prefix + "made-up.schemas")->end, Place(1));
}

TEST_F(KafkaEventTopicsTest, OneHasTheSeatAndTheNextGetsItWhenThatOneGoes) {
  auto first = OpenSeated();
  const auto second = Open();
  std::atomic<bool> done = false;
  // Both must go on asking while the group sorts itself out.
  std::jthread asking([&] {
    while (!done) (void)first->HoldsSeat(absl::Milliseconds(100));
  });
  int held_by_second = 0;
  for (int i = 0; i < 80; ++i) held_by_second += *second->HoldsSeat(absl::Milliseconds(100));
  const bool one_alone = *first->HoldsSeat(absl::ZeroDuration()) != (held_by_second > 0);
  done = true;
  asking.join();
  EXPECT_TRUE(one_alone);
  if (held_by_second == 0) {
    first.reset();
    EXPECT_TRUE(*second->HoldsSeat(kSeatLimit));
  }
}

TEST_F(KafkaEventTopicsTest, AProcessWithTheNameOfAnotherTakesItsSeatAndThatOneIsTold) {
  const auto first = Open("name");
  ASSERT_TRUE(*first->HoldsSeat(kSeatLimit));
  const auto second = Open("name");
  EXPECT_TRUE(*second->HoldsSeat(kSeatLimit));
  absl::Status told;
  for (int i = 0; i < 300 && told.ok(); ++i) {
    told = first->HoldsSeat(absl::Milliseconds(100)).status();
  }
  EXPECT_TRUE(absl::IsAlreadyExists(told)) << told;
  EXPECT_THAT(std::string(told.message()), HasSubstr("the same instance name"));
}

TEST_F(KafkaEventTopicsTest, WithoutTheSeatNothingIsPublished) {
  const auto first = OpenSeated();
  const auto second = Open();
  EXPECT_TRUE(absl::IsAborted(second->Publish(Numbered(0, 1))));
  EXPECT_THAT(*first->LastValues(1), IsEmpty());
}

TEST(KafkaEventTopicsRestartTest, ABrokerThatRestartsDuringAPublishLosesNothing) {
  TestBroker broker;
  const auto topics = KafkaEventTopics(OptionsOf(broker.bootstrap()), "one");
  auto topic = *KafkaEventTopics(topics).Open("made-up");
  ASSERT_TRUE(*topic->HoldsSeat(kSeatLimit));
  ASSERT_TRUE(topic->Publish(Numbered(0, 100)).ok());
  broker.Kill();
  std::jthread starting([&] { broker.Start(); });
  const absl::Status published = topic->Publish(Numbered(100, 5'000));
  starting.join();
  // The group may have taken the seat away meanwhile: then a first part is there.
  const auto values = topic->LastValues(10'000);
  ASSERT_TRUE(values.ok()) << values.status();
  for (std::size_t i = 0; i < values->size(); ++i) ASSERT_EQ((*values)[i], std::to_string(i));
  EXPECT_TRUE(published.ok() ? values->size() == 5'100 : absl::IsAborted(published)) << published;
}

TEST_F(KafkaEventTopicsTest, AnInterruptedPublishReturns) {
  const auto topic = OpenSeated();
  topic->Interrupt();
  EXPECT_TRUE(absl::IsCancelled(topic->Publish(Numbered(0, 1))));
  EXPECT_FALSE(*topic->HoldsSeat(absl::Minutes(1)));
}

}  // namespace
}  // namespace nhanrong::feed

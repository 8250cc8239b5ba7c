// The consumer that judges the feed notices what a feed must not do.
#include "tests/feed/consumer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/base/ids.h"
#include "services/feed/commit_messages.h"
#include "services/feed/feed_test_kit.h"
#include "services/feed/kafka/kafka_event_topics.h"
#include "services/feed/kafka/kafka_publisher.h"
#include "services/feed/schema.h"
#include "services/ledger/kafka/test_broker.h"

namespace nhanrong::feed_out {
namespace {

using feed::EventMessage;
using ::testing::HasSubstr;

class ConsumerTest : public ::testing::Test {
 protected:
  // Messages of so many commits, as a feed that starts behind the genesis would publish them.
  std::vector<EventMessage> Messages(int count) {
    ledger_.Commits(count);
    const feed::CommitPublisher publisher("made-up", ledger_.id(), feed::Audience::kInternal);
    std::optional<feed::EventPlace> last;
    std::vector<EventMessage> messages;
    for (int i = 1; i <= count; ++i) {
      auto made = publisher.MessagesOf(ledger_.At(static_cast<std::uint64_t>(i)), last);
      messages.push_back(made->messages.at(0));
    }
    return messages;
  }

  // What the consumer says of a topic with these.
  Consumed Judge(const std::vector<EventMessage>& messages) {
    auto topic = topics_.Open("made-up");
    EXPECT_TRUE(topic.ok()) << topic.status();
    const absl::Status described = (*topic)->PublishSchema(feed::PublishedSchema());
    EXPECT_TRUE(described.ok()) << described;
    auto publisher = feed::KafkaPublisher::Make(options_, topics_.NameOf("made-up"));
    const absl::Status published = (*publisher)->Publish(messages, [] { return absl::OkStatus(); });
    EXPECT_TRUE(published.ok()) << published;
    return Consume(options_.bootstrap_servers, options_.topic_prefix, "made-up");
  }

  const ledger::KafkaLogOptions options_{.bootstrap_servers = ledger::TestBroker::SharedBootstrap(),
                                         .topic_prefix = "judge-" + ToHex(RandomBytes(6)) + ".",
                                         .single_broker = true};
  feed::KafkaEventTopics topics_{options_, ""};
  feed::MadeUpLedger ledger_;
};

TEST_F(ConsumerTest, TakesWhatAFeedMayDo) {
  const auto m = Messages(4);
  const Consumed consumed = Judge({m[0], m[1], m[2], m[1], m[2], m[3]});
  EXPECT_EQ(consumed.exit, 0) << consumed.why;
  EXPECT_EQ(consumed.events, 4u);
  EXPECT_EQ(consumed.doubles, 2u);
}

TEST_F(ConsumerTest, NoticesAGap) {
  const auto m = Messages(3);
  const Consumed consumed = Judge({m[0], m[2]});
  EXPECT_NE(consumed.exit, 0);
  EXPECT_THAT(consumed.why, HasSubstr("3.0 follows 2.0: something is missing"));
}

TEST_F(ConsumerTest, NoticesDisorder) {
  const auto m = Messages(3);
  const Consumed consumed = Judge({m[0], m[2], m[1]});
  EXPECT_NE(consumed.exit, 0);
}

TEST_F(ConsumerTest, NoticesADoubleThatDiffers) {
  auto m = Messages(2);
  EventMessage other = m[0];
  other.value += std::string("\x08\x07", 2);
  const Consumed consumed = Judge({m[0], m[1], other});
  EXPECT_NE(consumed.exit, 0);
  EXPECT_THAT(consumed.why, HasSubstr("1.0 came twice and differs"));
}

TEST_F(ConsumerTest, NoticesHeadersThatDoNotFitTheData) {
  auto m = Messages(1);
  for (auto& [name, value] : m[0].headers) {
    if (name == "ce_subject") value = "model/other";
  }
  EXPECT_THAT(Judge(m).why, HasSubstr("headers and data differ"));
}

}  // namespace
}  // namespace nhanrong::feed_out

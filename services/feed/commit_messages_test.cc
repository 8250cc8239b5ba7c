#include "services/feed/commit_messages.h"

#include <gmock/gmock.h>
#include <google/protobuf/descriptor.pb.h>
#include <google/protobuf/dynamic_message.h>
#include <gtest/gtest.h>

#include <map>

#include "nhanrong/v1/published_event.pb.h"
#include "services/feed/exact_events.h"
#include "services/feed/feed_test_kit.h"
#include "services/feed/schema.h"

namespace nhanrong::feed {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
constexpr auto kPublic = v1::CLASSIFICATION_PUBLIC;
constexpr auto kInternal = v1::CLASSIFICATION_INTERNAL;
constexpr auto kPersonal = v1::CLASSIFICATION_PERSONAL;

class CommitMessagesTest : public ::testing::Test {
 protected:
  // Of the newest commit.
  CommitMessages Messages(Audience audience = Audience::kInternal) {
    const CommitPublisher publisher("made-up", ledger_.id(), audience);
    auto made = publisher.MessagesOf(ledger_.At(ledger_.writer().commits() - 1), last_);
    EXPECT_TRUE(made.ok()) << made.status();
    return *std::move(made);
  }
  static std::map<std::string, std::string> HeadersOf(const EventMessage& message) {
    return {message.headers.begin(), message.headers.end()};
  }
  static std::vector<std::string> Ids(const CommitMessages& made) {
    std::vector<std::string> ids;
    for (const EventMessage& message : made.messages) ids.push_back(HeadersOf(message)["ce_id"]);
    return ids;
  }

  MadeUpLedger ledger_;
  std::optional<EventPlace> last_;
};

TEST_F(CommitMessagesTest, AnEventIsACloudEventWithItsPlaceInTheLedger) {
  ledger_.Commit({kPublic, kPublic});
  const auto made = Messages();
  ASSERT_THAT(made.messages, SizeIs(2));
  auto headers = HeadersOf(made.messages[1]);
  EXPECT_EQ(made.messages[1].key, "model/1-1");
  EXPECT_EQ(headers["ce_specversion"], "1.0");
  EXPECT_EQ(headers["ce_id"], "1.1");
  EXPECT_EQ(headers["ce_previous"], "1.0");
  EXPECT_EQ(headers["ce_source"], "/nhanrong/made-up/0102030405060708090a0b0c0d0e0f10");
  EXPECT_EQ(headers["ce_type"], "nhanrong.v1.ModelSubmitted");
  EXPECT_EQ(headers["ce_subject"], "model/1-1");
  EXPECT_EQ(headers["ce_time"], "1970-01-01T00:16:40.000000Z");
  EXPECT_EQ(headers["ce_position"], "1");
  EXPECT_EQ(headers["ce_index"], "1");
  EXPECT_EQ(headers["ce_eventid"], "event-1-1");
  EXPECT_EQ(headers["content-type"], "application/protobuf");
  EXPECT_EQ(headers["ce_dataschema"], PublishedSchema().uri);
}

TEST_F(CommitMessagesTest, TheValueHoldsTheBytesOfTheEventAsRecorded) {
  // An unknown field in front of known ones, which no serialiser would write in this order.
  v1::Record record;
  record.ParseFromString(
      ledger::RecordKit(ledger_.writer(), "odd").Writes("model/odd", {}).Bytes());
  const v1::Event event = record.events().events(0);
  const std::string odd = std::string("\xf2\x3f\x03new", 6) + event.SerializeAsString();
  record.clear_events();
  std::string bytes = record.SerializeAsString();
  const auto sized = [](char tag1, char tag2, const std::string& inner) {
    std::string out(1, tag1);
    if (tag2 != 0) out += tag2;
    return out + static_cast<char>(inner.size()) + inner;
  };
  bytes += sized('\xa2', '\x01', sized('\x0a', 0, odd));
  ledger_.AppendBytes(bytes);
  const auto made = Messages();
  ASSERT_THAT(made.messages, SizeIs(1));
  EXPECT_TRUE(made.messages[0].value.ends_with(odd));
  v1::PublishedEvent published;
  ASSERT_TRUE(published.ParseFromString(made.messages[0].value));
  EXPECT_EQ(published.event().stream(), "model/odd");
  EXPECT_EQ(published.position(), 1u);
  EXPECT_EQ(published.events_in_commit(), 1u);
  EXPECT_EQ(published.leaf_hash(), AsBytes(LeafHash(bytes)));
}

TEST_F(CommitMessagesTest, WhatTheAudienceMayNotReadIsWithheld) {
  ledger_.Commit({kPublic, kInternal, kPersonal, v1::CLASSIFICATION_SENSITIVE, kPublic,
                  v1::CLASSIFICATION_UNSPECIFIED});
  const auto internal = Messages(Audience::kInternal);
  EXPECT_THAT(Ids(internal), ElementsAre("1.0", "1.1", "1.4", "1.5"));
  EXPECT_EQ(internal.withheld, 2u);
  last_.reset();
  const auto open = Messages(Audience::kPublic);
  EXPECT_THAT(Ids(open), ElementsAre("1.0", "1.4"));
  EXPECT_EQ(HeadersOf(open.messages[1])["ce_previous"], "1.0") << "withheld is no break";
}

TEST_F(CommitMessagesTest, AClassificationThatALaterVersionAddsIsWithheld) {
  ledger_.Commit({static_cast<v1::Classification>(9)});
  EXPECT_THAT(Messages().messages, IsEmpty());
}

TEST_F(CommitMessagesTest, RefusalsAreNotPublished) {
  ledger_.Refusal();
  EXPECT_THAT(Messages().messages, IsEmpty());
  EXPECT_FALSE(last_.has_value());
}

TEST_F(CommitMessagesTest, GoesOnInTheMiddleOfACommit) {
  ledger_.Commit({kPublic, kPublic, kPublic});
  last_ = EventPlace{1, 0};
  EXPECT_THAT(Ids(Messages()), ElementsAre("1.1", "1.2"));
  EXPECT_THAT(Messages().messages, IsEmpty());
}

TEST_F(CommitMessagesTest, TheSameCommitGivesTheSameMessages) {
  ledger_.Commit({kPublic, kInternal});
  const auto first = Messages();
  last_.reset();
  const auto again = Messages();
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(first.messages[i].value, again.messages[i].value);
    EXPECT_EQ(first.messages[i].headers, again.messages[i].headers);
  }
}

TEST(ExactEventsTest, TheLastAnswerOnTheWireCounts) {
  v1::Record yes, no;
  yes.mutable_events()->add_events()->set_stream("a");
  no.mutable_refusal()->add_rules()->set_rule("r");
  const std::string y = yes.SerializeAsString(), n = no.SerializeAsString();
  EXPECT_THAT(*ExactEvents(y), SizeIs(1));
  EXPECT_THAT(*ExactEvents(y + n), IsEmpty());
  EXPECT_THAT(*ExactEvents(y + n + y + y), SizeIs(2));
  EXPECT_FALSE(ExactEvents("\xa2\x01\x7f").has_value()) << "longer than it is";
}

TEST(SchemaTest, ReadsAPublishedEventWithoutOurCode) {
  google::protobuf::FileDescriptorSet set;
  ASSERT_TRUE(set.ParseFromString(PublishedSchema().descriptors));
  google::protobuf::DescriptorPool pool;
  for (const auto& file : set.file()) ASSERT_NE(pool.BuildFile(file), nullptr) << file.name();
  google::protobuf::DynamicMessageFactory factory(&pool);
  const auto* published = pool.FindMessageTypeByName("nhanrong.v1.PublishedEvent");
  ASSERT_NE(published, nullptr);
  EXPECT_NE(pool.FindMessageTypeByName("nhanrong.v1.ModelRegistered"), nullptr);
  v1::PublishedEvent event;
  event.mutable_event()->set_stream("model/x");
  const std::unique_ptr<google::protobuf::Message> read(factory.GetPrototype(published)->New());
  ASSERT_TRUE(read->ParseFromString(event.SerializeAsString()));
  EXPECT_THAT(read->ShortDebugString(), HasSubstr("model/x"));
}

}  // namespace
}  // namespace nhanrong::feed

#include "services/ledger/kafka/topic_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nhanrong::ledger {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TopicDescription Good(bool single_broker) {
  TopicDescription description{.partitions = 1, .replicas = TopicReplicas(single_broker)};
  for (const auto& setting : TopicSettings(single_broker)) {
    description.settings[setting.name] = setting.value;
  }
  return description;
}

TEST(TopicSettingsTest, WhatWeCreateIsWhatWeAccept) {
  EXPECT_EQ(CheckTopic("t", Good(false), false), absl::OkStatus());
  EXPECT_EQ(CheckTopic("t", Good(true), true), absl::OkStatus());
}

TEST(TopicSettingsTest, EveryWrongSettingIsNamedWithWhatItIsAndMustBe) {
  for (const bool single_broker : {false, true}) {
    for (const auto& setting : TopicSettings(single_broker)) {
      auto wrong = Good(single_broker);
      wrong.settings[setting.name] = "0";
      const auto status = CheckTopic("t", wrong, single_broker);
      EXPECT_TRUE(absl::IsFailedPrecondition(status)) << setting.name;
      EXPECT_THAT(std::string(status.message()), HasSubstr(setting.name + " is 0, must be "));
      EXPECT_THAT(std::string(status.message()),
                  HasSubstr("--add-config " + setting.name + "=" + setting.value));
    }
  }
}

TEST(TopicSettingsTest, SeveralWrongSettingsAreNamedAtOnce) {
  auto wrong = Good(false);
  wrong.settings["retention.ms"] = "604800000";
  wrong.settings["cleanup.policy"] = "compact";
  wrong.partitions = 3;
  const std::string message(CheckTopic("t", wrong, false).message());
  EXPECT_THAT(message, HasSubstr("partitions is 3, must be 1"));
  EXPECT_THAT(message, HasSubstr("cleanup.policy=delete,retention.ms=-1"));
}

TEST(TopicSettingsTest, ASettingTheClusterDoesNotNameIsWrong) {
  auto wrong = Good(false);
  wrong.settings.erase("retention.ms");
  EXPECT_THAT(std::string(CheckTopic("t", wrong, false).message()),
              HasSubstr("retention.ms is unknown"));
}

TEST(TopicSettingsTest, ATopicOfOneReplicaNeedsToBeCalledSingleBroker) {
  const std::string message(CheckTopic("t", Good(true), false).message());
  EXPECT_THAT(message, HasSubstr("replication factor is 1, must be at least 3"));
  EXPECT_THAT(message, HasSubstr("--single-broker"));
  EXPECT_THAT(message, HasSubstr("min.insync.replicas is 1, must be at least 2"));
}

TEST(TopicSettingsTest, MoreThanWhatIsNeededIsAccepted) {
  auto more = Good(false);
  more.replicas = 5;
  more.settings["min.insync.replicas"] = "3";
  more.settings["max.message.bytes"] = "10000000";
  more.settings["segment.bytes"] = "1000";
  EXPECT_EQ(CheckTopic("t", more, false), absl::OkStatus());
}

}  // namespace
}  // namespace nhanrong::ledger

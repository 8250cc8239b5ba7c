// What a topic must be so that it keeps the promises of a log, as one table: it makes topics and
// judges them. Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "absl/status/status.h"

namespace nhanrong::ledger {

// A batch of the producer, and so what a topic must take: librdkafka's and Kafka's default.
inline constexpr int kBatchBytesMax = 1'000'000;

struct TopicSetting {
  enum class Rule { kEqual, kAtLeast };
  std::string name;
  std::string value;
  Rule rule;
};

// Three brokers, of which two have a record before it is acknowledged; or one that flushes it.
std::vector<TopicSetting> TopicSettings(bool single_broker);
// The same, but of the messages of one key only the newest stays.
std::vector<TopicSetting> CompactedTopicSettings(bool single_broker);
int TopicReplicas(bool single_broker);

// A topic as its cluster describes it.
struct TopicDescription {
  int partitions = 0;
  int replicas = 0;
  std::map<std::string, std::string> settings = {};
};

// kFailedPrecondition names everything that is wrong: what it is, what it must be, how to mend it.
absl::Status CheckTopic(const std::string& topic, const TopicDescription& description,
                        const std::vector<TopicSetting>& settings, bool single_broker);
// With TopicSettings.
absl::Status CheckTopic(const std::string& topic, const TopicDescription& description,
                        bool single_broker);

}  // namespace nhanrong::ledger

#include "services/ledger/kafka/topic_settings.h"

#include <charconv>
#include <cstdint>
#include <optional>

#include "services/ledger/admission/admission.h"

namespace nhanrong::ledger {
namespace {

std::optional<std::int64_t> Number(const std::string& text) {
  std::int64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

bool Fulfils(const TopicSetting& setting, const std::string& value) {
  switch (setting.rule) {
    case TopicSetting::Rule::kEqual:
      return value == setting.value;
    case TopicSetting::Rule::kAtLeast:
      return Number(value) >= Number(setting.value);
  }
  return false;
}

}  // namespace

std::vector<TopicSetting> TopicSettings(bool single_broker) {
  using enum TopicSetting::Rule;
  std::vector<TopicSetting> settings = {
      {"cleanup.policy", "delete", kEqual},  // compaction would drop records
      {"retention.ms", "-1", kEqual},
      {"retention.bytes", "-1", kEqual},
      {"unclean.leader.election.enable", "false", kEqual},
      // Kafka's default: a batch and its headers.
      {"max.message.bytes", "1048588", kAtLeast},
      {"compression.type", "producer", kEqual},  // brokers keep the bytes they got
      {"message.timestamp.type", "CreateTime", kEqual},
      // ADMISSION rule 13: one writer whose clock is ahead would take the ledger's time with it,
      // and stop every other one. Kafka 3.6 or later.
      {"message.timestamp.after.max.ms", std::to_string(absl::ToInt64Milliseconds(kClockSkewMax)),
       kEqual},
      {"min.insync.replicas", single_broker ? "1" : "2", kAtLeast},
  };
  if (single_broker) settings.push_back({"flush.messages", "1", kEqual});
  return settings;
}

std::vector<TopicSetting> CompactedTopicSettings(bool single_broker) {
  std::vector<TopicSetting> settings = TopicSettings(single_broker);
  for (TopicSetting& setting : settings) {
    if (setting.name == "cleanup.policy") setting.value = "compact";
  }
  return settings;
}

int TopicReplicas(bool single_broker) { return single_broker ? 1 : 3; }

absl::Status CheckTopic(const std::string& topic, const TopicDescription& description,
                        bool single_broker) {
  return CheckTopic(topic, description, TopicSettings(single_broker), single_broker);
}

absl::Status CheckTopic(const std::string& topic, const TopicDescription& description,
                        const std::vector<TopicSetting>& settings, bool single_broker) {
  std::string wrong;
  std::string mend;
  if (description.partitions != 1) {
    wrong += " partitions is " + std::to_string(description.partitions) +
             ", must be 1 (a ledger has one order; move it to a new topic);";
  }
  const int replicas = TopicReplicas(single_broker);
  if (description.replicas < replicas) {
    wrong += " replication factor is " + std::to_string(description.replicas) +
             ", must be at least " + std::to_string(replicas) +
             " (kafka-reassign-partitions, or say --single-broker if there is only one);";
  }
  for (const TopicSetting& setting : settings) {
    const auto found = description.settings.find(setting.name);
    const std::string value = found == description.settings.end() ? "unknown" : found->second;
    if (Fulfils(setting, value)) continue;
    wrong += " " + setting.name + " is " + value + ", must be " +
             (setting.rule == TopicSetting::Rule::kAtLeast ? "at least " : "") + setting.value +
             ";";
    mend += (mend.empty() ? "" : ",") + setting.name + "=" + setting.value;
  }
  if (wrong.empty()) return absl::OkStatus();
  std::string message = "topic " + topic + " cannot keep the promises of a log:" + wrong;
  if (!mend.empty()) {
    message += " mend with: kafka-configs --alter --entity-type topics --entity-name " + topic +
               " --add-config " + mend;
  }
  return absl::FailedPreconditionError(message);
}

}  // namespace nhanrong::ledger

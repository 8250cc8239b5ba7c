// Topics of a feed on Apache Kafka: <prefix><ledger>.events and <prefix><ledger>.schemas.
//
// Thread-safe; each topic that is opened belongs to one thread, but for Interrupt. Blocks on the
// brokers, at most for the deadlines of services/ledger/kafka, and in Publish while they are away.
#pragma once

#include <memory>
#include <string>

#include "services/feed/event_topic.h"
#include "services/ledger/kafka/kafka_log.h"

namespace nhanrong::feed {

class KafkaEventTopics final : public EventTopics {
 public:
  // `instance`: see KafkaSeat.
  KafkaEventTopics(ledger::KafkaLogOptions options, std::string instance)
      : options_(std::move(options)), instance_(std::move(instance)) {}

  absl::StatusOr<std::unique_ptr<EventTopic>> Open(std::string_view ledger) override;
  std::string NameOf(std::string_view ledger) const override {
    return options_.topic_prefix + std::string(ledger) + ".events";
  }
  std::string SchemasNameOf(std::string_view ledger) const {
    return options_.topic_prefix + std::string(ledger) + ".schemas";
  }

 private:
  const ledger::KafkaLogOptions options_;
  const std::string instance_;
};

}  // namespace nhanrong::feed

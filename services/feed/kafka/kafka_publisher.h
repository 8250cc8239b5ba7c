// Writes batches of messages to one topic in order and without a gap: an idempotent producer that
// ends at the first thing that goes wrong.
//
// One thread. After a failure it must be thrown away: what is still under way is then dropped, and
// no message lands behind one that did not.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>

#include "services/feed/event_topic.h"
#include "services/ledger/kafka/kafka_client.h"

namespace nhanrong::feed {

class KafkaPublisher {
 public:
  static absl::StatusOr<std::unique_ptr<KafkaPublisher>> Make(
      const ledger::KafkaLogOptions& options, const std::string& topic);
  ~KafkaPublisher();
  KafkaPublisher(const KafkaPublisher&) = delete;
  KafkaPublisher& operator=(const KafkaPublisher&) = delete;

  // Until all are durable, or `go_on` is not OK, which is asked about ten times a second.
  absl::Status Publish(std::span<const EventMessage> messages,
                       const std::function<absl::Status()>& go_on);

 private:
  KafkaPublisher() = default;
  absl::Status Send(const EventMessage& message);
  void DropAll();

  struct Outstanding {
    std::size_t messages = 0;
    absl::Status failed;
  };
  Outstanding outstanding_;
  ledger::RdClient client_;
  ledger::RdTopic topic_;
};

}  // namespace nhanrong::feed

#include "services/feed/kafka/kafka_event_topics.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include "absl/time/clock.h"
#include "services/feed/kafka/kafka_publisher.h"
#include "services/feed/kafka/kafka_seat.h"
#include "services/ledger/kafka/kafka_admin.h"
#include "services/ledger/kafka/kafka_reader.h"
#include "services/ledger/kafka/topic_settings.h"

namespace nhanrong::feed {
namespace {

using ledger::KafkaAdmin;
using ledger::TopicSetting;

// For messages that are known to be there.
constexpr absl::Duration kReadBackDeadline = absl::Seconds(10);
constexpr std::size_t kReadAtOnce = 1'000;

// Makes the topic, or checks the one that is there.
absl::Status EnsureTopic(KafkaAdmin& admin, const std::string& topic,
                         const std::vector<TopicSetting>& settings, bool single_broker) {
  const auto found = admin.Describe(topic);
  if (found.ok()) return CheckTopic(topic, *found, settings, single_broker);
  if (!absl::IsNotFound(found.status())) return found.status();
  const absl::Status made =
      admin.CreateTopic(topic, /*partitions=*/1, ledger::TopicReplicas(single_broker), settings);
  // Another feed may have made it in the same moment.
  return absl::IsAlreadyExists(made) ? absl::OkStatus() : made;
}

class KafkaEventTopic final : public EventTopic {
 public:
  KafkaEventTopic(ledger::KafkaLogOptions options, std::string events, std::string schemas,
                  KafkaAdmin admin, std::unique_ptr<KafkaPublisher> publisher,
                  std::unique_ptr<KafkaSeat> seat)
      : options_(std::move(options)),
        events_(std::move(events)),
        schemas_(std::move(schemas)),
        admin_(std::move(admin)),
        publisher_(std::move(publisher)),
        seat_(std::move(seat)) {}

  absl::Status PublishSchema(const Schema& schema) override {
    const auto known = Values(schemas_, std::nullopt);
    if (!known.ok()) return known.status();
    if (std::find(known->begin(), known->end(), schema.descriptors) != known->end()) {
      return absl::OkStatus();
    }
    auto publisher = KafkaPublisher::Make(options_, schemas_);
    if (!publisher.ok()) return publisher.status();
    const EventMessage message = {
        schema.uri,
        {{"content-type",
          R"(application/protobuf; messageType="google.protobuf.FileDescriptorSet")"}},
        schema.descriptors};
    return (*publisher)->Publish({&message, 1}, [this] { return MayGoOn(); });
  }

  absl::StatusOr<bool> HoldsSeat(absl::Duration wait) override {
    const absl::Time deadline = absl::Now() + wait;
    for (;;) {
      const absl::Duration left = std::max(deadline - absl::Now(), absl::ZeroDuration());
      const bool held = seat_->Held(std::min(left, kSlice));
      if (!seat_->status().ok()) return seat_->status();
      if (interrupted_) return false;
      if (held || left == absl::ZeroDuration()) return held;
    }
  }

  absl::StatusOr<std::vector<std::string>> LastValues(std::size_t count) override {
    return Values(events_, count);
  }

  absl::Status Publish(std::span<const EventMessage> messages) override {
    return publisher_->Publish(messages, [this] {
      if (absl::Status status = MayGoOn(); !status.ok()) return status;
      if (seat_->Held(absl::ZeroDuration())) return absl::OkStatus();
      return absl::AbortedError("another process publishes now");
    });
  }

  void Interrupt() override { interrupted_ = true; }

 private:
  static constexpr absl::Duration kSlice = absl::Milliseconds(100);

  absl::Status MayGoOn() const {
    return interrupted_ ? absl::CancelledError("interrupted") : absl::OkStatus();
  }

  // The last `count` messages of a topic; absent: all.
  absl::StatusOr<std::vector<std::string>> Values(const std::string& topic,
                                                  std::optional<std::size_t> count) {
    std::vector<std::string> values;
    const auto bounds = admin_.Bounds(topic);
    if (!bounds.ok()) return bounds.status();
    const std::uint64_t there = bounds->end.value() - bounds->first.value();
    const Place from(bounds->end.value() - std::min<std::uint64_t>(there, count.value_or(there)));
    if (from == bounds->end) return values;
    auto reader = ledger::KafkaReader::Make(options_, topic, from);
    if (!reader.ok()) return reader.status();
    const absl::Time deadline = absl::Now() + kReadBackDeadline;
    for (Place next = from; next < bounds->end;) {
      auto batch = (*reader)->Read(kReadAtOnce, kSlice);
      if (!batch.ok()) return batch.status();
      if (absl::Status status = MayGoOn(); !status.ok()) return status;
      if (batch->empty() && absl::Now() > deadline) {
        return absl::UnavailableError("topic " + topic + " cannot be read back now");
      }
      for (ledger::LogRecord& record : *batch) {
        next = record.place.next();
        values.push_back(std::move(record.bytes));
      }
    }
    return values;
  }

  const ledger::KafkaLogOptions options_;
  const std::string events_;
  const std::string schemas_;
  KafkaAdmin admin_;
  const std::unique_ptr<KafkaPublisher> publisher_;
  const std::unique_ptr<KafkaSeat> seat_;
  std::atomic<bool> interrupted_ = false;
};

}  // namespace

absl::StatusOr<std::unique_ptr<EventTopic>> KafkaEventTopics::Open(std::string_view ledger) {
  const bool single = options_.single_broker;
  std::string events = NameOf(ledger);
  std::string schemas = SchemasNameOf(ledger);
  auto admin = KafkaAdmin::Make(options_);
  if (!admin.ok()) return admin.status();
  absl::Status status = EnsureTopic(*admin, events, ledger::TopicSettings(single), single);
  if (status.ok()) {
    status = EnsureTopic(*admin, schemas, ledger::CompactedTopicSettings(single), single);
  }
  if (!status.ok()) return status;
  auto publisher = KafkaPublisher::Make(options_, events);
  if (!publisher.ok()) return publisher.status();
  auto seat = KafkaSeat::Make(options_, events, instance_);
  if (!seat.ok()) return seat.status();
  return std::make_unique<KafkaEventTopic>(options_, std::move(events), std::move(schemas),
                                           std::move(*admin), std::move(*publisher),
                                           std::move(*seat));
}

}  // namespace nhanrong::feed

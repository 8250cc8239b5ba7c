#include "services/ledger/kafka/kafka_log.h"

#include <algorithm>
#include <utility>

#include "services/base/check.h"
#include "services/ledger/kafka/kafka_admin.h"
#include "services/ledger/kafka/kafka_producer.h"
#include "services/ledger/kafka/kafka_reader.h"
#include "services/ledger/kafka/topic_settings.h"

namespace nhanrong::ledger {
namespace {

absl::Status NoLedgerName(std::string_view name) {
  return absl::InvalidArgumentError("'" + std::string(name) + "' is no ledger name");
}

class KafkaLog final : public Log {
 public:
  KafkaLog(KafkaLogOptions options, std::string topic, std::shared_ptr<SeenLog> seen,
           KafkaAdmin admin, std::unique_ptr<KafkaProducer> producer)
      : options_(std::move(options)),
        topic_(std::move(topic)),
        seen_(std::move(seen)),
        admin_(std::move(admin)),
        producer_(std::move(producer)) {}

  void Append(std::string record, AppendDone done) override {
    NR_CHECK(producer_ != nullptr, "a log that is open for reading alone takes no records");
    producer_->Append(std::move(record), std::move(done));
  }

  absl::StatusOr<std::unique_ptr<LogReader>> OpenReader(Place from) override {
    const auto bounds = Bounds();
    if (!bounds.ok()) return bounds.status();
    if (from < bounds->first || from > bounds->end) {
      return absl::DataLossError("topic " + topic_ + " has places " +
                                 std::to_string(bounds->first.value()) + " to " +
                                 std::to_string(bounds->end.value()) + ", not " +
                                 std::to_string(from.value()) + ", which was asked for");
    }
    return KafkaReader::Make(options_, topic_, from, seen_);
  }

  absl::StatusOr<LogBounds> Bounds() override { return admin_.Bounds(topic_); }

  absl::Status Writable() const override {
    return producer_ == nullptr ? absl::OkStatus() : producer_->Writable();
  }

 private:
  const KafkaLogOptions options_;
  const std::string topic_;
  const std::shared_ptr<SeenLog> seen_;  // with the producer and the readers
  KafkaAdmin admin_;
  // Null: for reading alone. Must be the last field: it ends first.
  const std::unique_ptr<KafkaProducer> producer_;
};

}  // namespace

KafkaLogStore::KafkaLogStore(KafkaLogOptions options) : options_(std::move(options)) {}
KafkaLogStore::~KafkaLogStore() = default;

absl::StatusOr<KafkaAdmin*> KafkaLogStore::Admin() {
  const std::lock_guard lock(mutex_);
  if (admin_ == nullptr) {
    auto admin = KafkaAdmin::Make(options_);
    if (!admin.ok()) return admin.status();
    admin_ = std::make_unique<KafkaAdmin>(*std::move(admin));
  }
  return admin_.get();
}

std::string KafkaLogStore::TopicOf(std::string_view name) const {
  return options_.topic_prefix + std::string(name);
}

absl::Status KafkaLogStore::Create(std::string_view name) {
  if (!IsLedgerName(name)) return NoLedgerName(name);
  if (options_.read_only) {
    return absl::FailedPreconditionError("this process reads ledgers only; a gateway makes them");
  }
  const auto admin = Admin();
  if (!admin.ok()) return admin.status();
  return (*admin)->CreateTopic(TopicOf(name), /*partitions=*/1,
                               TopicReplicas(options_.single_broker),
                               TopicSettings(options_.single_broker));
}

absl::StatusOr<std::unique_ptr<Log>> KafkaLogStore::Open(std::string_view name) {
  if (!IsLedgerName(name)) return NoLedgerName(name);
  const std::string topic = TopicOf(name);
  auto admin = KafkaAdmin::Make(options_);
  if (!admin.ok()) return admin.status();
  const auto description = admin->Describe(topic);
  if (!description.ok()) return description.status();
  absl::Status status = CheckTopic(topic, *description, options_.single_broker);
  if (!status.ok()) return status;
  auto seen = std::make_shared<SeenLog>();
  if (options_.read_only) {
    return std::make_unique<KafkaLog>(options_, topic, std::move(seen), std::move(*admin), nullptr);
  }
  auto producer = KafkaProducer::Make(options_, topic, "/nhanrong/" + std::string(name), seen);
  if (!producer.ok()) return producer.status();
  return std::make_unique<KafkaLog>(options_, topic, std::move(seen), std::move(*admin),
                                    std::move(*producer));
}

absl::StatusOr<std::vector<std::string>> KafkaLogStore::List() {
  const auto admin = Admin();
  if (!admin.ok()) return admin.status();
  const auto topics = (*admin)->Topics();
  if (!topics.ok()) return topics.status();
  std::vector<std::string> names;
  for (const std::string& topic : *topics) {
    if (topic.rfind(options_.topic_prefix, 0) != 0) continue;
    const std::string name = topic.substr(options_.topic_prefix.size());
    if (IsLedgerName(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<std::string> KafkaLogStore::WeakerGuarantee() const {
  if (!options_.single_broker) return std::nullopt;
  return "one Kafka broker without replicas: an acknowledged record is flushed to its disk and "
         "survives a crash or a power cut, but not the loss of that disk";
}

}  // namespace nhanrong::ledger

#include "services/feed/kafka/kafka_publisher.h"

#include <librdkafka/rdkafka.h>

#include <utility>
#include <vector>

#include "services/ledger/kafka/topic_settings.h"

namespace nhanrong::feed {
namespace {

// Looks this often whether it should go on; a delivery ends the wait at once.
constexpr int kPollMs = 100;
// Messages that librdkafka holds: two batches of the feed, however many events their commits have.
constexpr int kQueueMessagesMax = 100'000;
constexpr int kQueueKilobytesMax = 64 * 1024;

ledger::RdProperties PublisherProperties() {
  return {
      {"enable.idempotence", "true"},
      {"acks", "all"},
      // A message whose time is over would be left out and the next one sent: none is ever over.
      {"message.timeout.ms", "0"},
      {"enable.gapless.guarantee", "true"},
      {"max.in.flight.requests.per.connection", "1"},
      {"queue.buffering.max.ms", "0"},
      {"queue.buffering.max.messages", std::to_string(kQueueMessagesMax)},
      {"queue.buffering.max.kbytes", std::to_string(kQueueKilobytesMax)},
      {"batch.size", std::to_string(ledger::kBatchBytesMax)},
      {"message.max.bytes", std::to_string(ledger::kBatchBytesMax)},
      {"delivery.report.only.error", "false"},
      {"retry.backoff.ms", "50"},
  };
}

rd_kafka_vu_t Value(const std::string& bytes) {
  rd_kafka_vu_t field{};
  field.vtype = RD_KAFKA_VTYPE_VALUE;
  field.u.mem.ptr = const_cast<char*>(bytes.data());  // copied, as F_COPY says
  field.u.mem.size = bytes.size();
  return field;
}

rd_kafka_vu_t Key(const std::string& bytes) {
  rd_kafka_vu_t field = Value(bytes);
  field.vtype = RD_KAFKA_VTYPE_KEY;
  return field;
}

rd_kafka_vu_t Header(const std::pair<std::string, std::string>& header) {
  rd_kafka_vu_t field{};
  field.vtype = RD_KAFKA_VTYPE_HEADER;
  field.u.header.name = header.first.c_str();
  field.u.header.val = header.second.data();
  field.u.header.size = static_cast<ssize_t>(header.second.size());
  return field;
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaPublisher>> KafkaPublisher::Make(
    const ledger::KafkaLogOptions& options, const std::string& topic) {
  std::unique_ptr<KafkaPublisher> publisher(new KafkaPublisher());
  auto client = ledger::MakeClient(
      ledger::RdKind::kProducer, options, PublisherProperties(), [&](rd_kafka_conf_t* conf) {
        rd_kafka_conf_set_opaque(conf, &publisher->outstanding_);
        rd_kafka_conf_set_dr_msg_cb(
            conf, [](rd_kafka_t*, const rd_kafka_message_t* message, void* opaque) {
              auto& outstanding = *static_cast<Outstanding*>(opaque);
              --outstanding.messages;
              if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR || !outstanding.failed.ok()) return;
              outstanding.failed = ledger::StatusOfKafka(message->err, "publish");
            });
      });
  if (!client.ok()) return client.status();
  publisher->client_ = std::move(*client);
  publisher->topic_.reset(rd_kafka_topic_new(publisher->client_.get(), topic.c_str(), nullptr));
  return publisher;
}

KafkaPublisher::~KafkaPublisher() {
  if (client_) DropAll();
}

void KafkaPublisher::DropAll() {
  while (outstanding_.messages > 0) {
    rd_kafka_purge(client_.get(), RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_poll(client_.get(), kPollMs);
  }
}

absl::Status KafkaPublisher::Send(const EventMessage& message) {
  rd_kafka_vu_t topic{};
  topic.vtype = RD_KAFKA_VTYPE_RKT;
  topic.u.rkt = topic_.get();
  rd_kafka_vu_t partition{};
  partition.vtype = RD_KAFKA_VTYPE_PARTITION;
  partition.u.i32 = 0;
  rd_kafka_vu_t flags{};
  flags.vtype = RD_KAFKA_VTYPE_MSGFLAGS;
  flags.u.i = RD_KAFKA_MSG_F_COPY;
  std::vector<rd_kafka_vu_t> fields = {topic, partition, flags, Key(message.key),
                                       Value(message.value)};
  for (const auto& header : message.headers) fields.push_back(Header(header));
  rd_kafka_error_t* error = rd_kafka_produceva(client_.get(), fields.data(), fields.size());
  if (error == nullptr) {
    ++outstanding_.messages;
    return absl::OkStatus();
  }
  const int code = rd_kafka_error_code(error);
  rd_kafka_error_destroy(error);
  if (code == RD_KAFKA_RESP_ERR__QUEUE_FULL) return absl::ResourceExhaustedError("queue full");
  return ledger::StatusOfKafka(code, "publish");
}

absl::Status KafkaPublisher::Publish(std::span<const EventMessage> messages,
                                     const std::function<absl::Status()>& go_on) {
  std::size_t sent = 0;
  while (sent < messages.size() || outstanding_.messages > 0) {
    absl::Status status = outstanding_.failed;
    while (status.ok() && sent < messages.size()) {
      status = Send(messages[sent]);
      if (status.ok()) ++sent;
    }
    if (absl::IsResourceExhausted(status)) status = absl::OkStatus();  // room comes by polling
    if (status.ok()) status = go_on();
    if (!status.ok()) {
      DropAll();
      return status;
    }
    rd_kafka_poll(client_.get(), kPollMs);
  }
  return outstanding_.failed;
}

}  // namespace nhanrong::feed

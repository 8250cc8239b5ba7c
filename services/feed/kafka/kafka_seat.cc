#include "services/feed/kafka/kafka_seat.h"

#include <librdkafka/rdkafka.h>

namespace nhanrong::feed {
namespace {

// The least that brokers take by default (group.min.session.timeout.ms).
constexpr int kSessionMs = 6'000;
constexpr int kHeartbeatMs = 1'000;

ledger::RdProperties SeatProperties(const std::string& topic, const std::string& instance) {
  ledger::RdProperties properties = {
      {"group.id", "nhanrong-feed." + topic},
      {"session.timeout.ms", std::to_string(kSessionMs)},
      {"heartbeat.interval.ms", std::to_string(kHeartbeatMs)},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"auto.offset.reset", "latest"},
  };
  if (!instance.empty()) properties["group.instance.id"] = instance;
  return properties;
}

void OnRebalance(rd_kafka_t* client, rd_kafka_resp_err_t what,
                 rd_kafka_topic_partition_list_t* partitions, void* held) {
  const bool assign = what == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS;
  // An empty assignment is to be answered as such: the group waits for it.
  rd_kafka_assign(client, assign ? partitions : nullptr);
  const bool given = assign && partitions->cnt > 0;
  // The messages themselves are not wanted.
  if (given) rd_kafka_pause_partitions(client, partitions);
  *static_cast<bool*>(held) = given;
}

}  // namespace

absl::StatusOr<std::unique_ptr<KafkaSeat>> KafkaSeat::Make(const ledger::KafkaLogOptions& options,
                                                           const std::string& topic,
                                                           const std::string& instance) {
  std::unique_ptr<KafkaSeat> seat(new KafkaSeat());
  if (absl::Status joined = seat->Join(options, topic, instance); !joined.ok()) return joined;
  return seat;
}

absl::Status KafkaSeat::Join(const ledger::KafkaLogOptions& options, const std::string& topic,
                             const std::string& instance) {
  auto client = ledger::MakeClient(ledger::RdKind::kConsumer, options,
                                   SeatProperties(topic, instance), [this](rd_kafka_conf_t* conf) {
                                     rd_kafka_conf_set_opaque(conf, &held_);
                                     rd_kafka_conf_set_rebalance_cb(conf, OnRebalance);
                                   });
  if (!client.ok()) return client.status();
  client_ = std::move(*client);
  rd_kafka_poll_set_consumer(client_.get());
  const std::unique_ptr<rd_kafka_topic_partition_list_t, void (*)(rd_kafka_topic_partition_list_t*)>
      topics(rd_kafka_topic_partition_list_new(1), rd_kafka_topic_partition_list_destroy);
  rd_kafka_topic_partition_list_add(topics.get(), topic.c_str(), RD_KAFKA_PARTITION_UA);
  return ledger::StatusOfKafka(rd_kafka_subscribe(client_.get(), topics.get()), "join " + topic);
}

KafkaSeat::~KafkaSeat() {
  if (client_) rd_kafka_consumer_close(client_.get());
}

bool KafkaSeat::Held(absl::Duration wait) {
  rd_kafka_message_t* message = rd_kafka_consumer_poll(client_.get(), ledger::Milliseconds(wait));
  if (message != nullptr) {
    if (message->err == RD_KAFKA_RESP_ERR__FATAL) {
      held_ = false;
      failed_ = absl::AlreadyExistsError(
          "another process took the place of this one in the group of feeds: it has the same "
          "instance name (" +
          std::string(rd_kafka_message_errstr(message)) + ")");
    }
    rd_kafka_message_destroy(message);
  }
  return held_;
}

}  // namespace nhanrong::feed

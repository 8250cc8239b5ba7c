#include "services/ledger/kafka/kafka_producer.h"

#include <librdkafka/rdkafka.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/time/clock.h"
#include "services/base/bytes.h"
#include "services/ledger/admission/admission.h"
#include "services/ledger/kafka/topic_settings.h"

namespace nhanrong::ledger {
namespace {

// Records that may be under way: a third of a second at the fastest rate that was measured.
constexpr int kQueueRecordsMax = 131'072;
// Their bytes: what a broker (100 MB/s) takes in under a second.
constexpr int kQueueKilobytesMax = 64 * 1024;
// How often the statistics say whether the producer has its id; nothing else does. It costs about
// 30 us each time.
constexpr int kStatisticsIntervalMs = 100;
// The thread wakes up this often though nothing happens; a guard, not a latency.
constexpr int kPollSliceMs = 100;
// Between two new producers, for a cluster that fails each at once; the first comes at once.
constexpr absl::Duration kReplacePause = absl::Seconds(1);
constexpr std::size_t kErrorTextBytes = 512;

RdProperties ProducerProperties(const KafkaLogOptions& options) {
  RdProperties properties = {
      {"enable.idempotence", "true"},
      {"acks", "all"},
      // Group commit without a timer: a lone record leaves at once, and what comes while one
      // request is under way leaves together with the next.
      {"queue.buffering.max.ms", "0"},
      {"max.in.flight.requests.per.connection", "1"},
      {"batch.size", std::to_string(kBatchBytesMax)},
      {"message.max.bytes", std::to_string(kBatchBytesMax)},
      {"message.timeout.ms", std::to_string(Milliseconds(options.append_deadline))},
      {"request.timeout.ms", std::to_string(Milliseconds(options.append_deadline))},
      {"retry.backoff.ms", "50"},
      {"queue.buffering.max.messages", std::to_string(kQueueRecordsMax)},
      {"queue.buffering.max.kbytes", std::to_string(kQueueKilobytesMax)},
      {"delivery.report.only.error", "false"},  // places come with the reports
      {"statistics.interval.ms", std::to_string(kStatisticsIntervalMs)},
  };
  if (options.gapless) {
    // A record whose time is over would be left out, and the next one sent.
    properties["message.timeout.ms"] = "0";
    properties["enable.gapless.guarantee"] = "true";
  }
  return properties;
}

// What must be mended before the broker takes a record of ours; absent: nothing that we know.
std::optional<std::string> WhatToMend(rd_kafka_resp_err_t error) {
  switch (error) {
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
      return "the principal of this process has no right to write it (deploy/kafka/acls)";
    default:
      return std::nullopt;
  }
}

bool HasProducerId(std::string_view statistics) {
  const auto state = statistics.find("\"idemp_state\"");
  return state != std::string_view::npos &&
         statistics.substr(state, 40).find("Assigned") != std::string_view::npos;
}

}  // namespace

// Whether the broker takes what this process writes.
struct KafkaProducer::Standing {
  std::atomic<bool> refused = false;
  std::mutex mutex;
  absl::Status why;

  void Refused(absl::Status status) {
    const std::lock_guard lock(mutex);
    why = std::move(status);
    refused = true;
  }
  void Taken() {
    if (!refused) return;
    const std::lock_guard lock(mutex);
    why = absl::OkStatus();
    refused = false;
  }
};

// One record until the broker has answered; librdkafka points into its bytes.
struct KafkaProducer::UnderWay {
  std::string record;
  AppendDone done;
  std::string id;  // CloudEvents
  Connection* connection = nullptr;
  Place log_end;  // as it was seen when the record was sent
};

struct KafkaProducer::Connection {
  RdClient client;
  RdQueue main_queue;
  RdTopic topic;
  std::string topic_name;
  Standing* standing = nullptr;
  SeenLog* seen = nullptr;
  std::atomic<bool> has_id = false;
  std::atomic<std::size_t> under_way = 0;

  static void OnDelivery(rd_kafka_t*, const rd_kafka_message_t* message, void*) {
    const std::unique_ptr<UnderWay> append(static_cast<UnderWay*>(message->_private));
    --append->connection->under_way;
    if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      append->connection->standing->Taken();
      append->done(append->connection->WhereLanded(*append, message->offset));
    } else if (message->err == RD_KAFKA_RESP_ERR_INVALID_TIMESTAMP) {
      append->done(absl::FailedPreconditionError(
          "the clock of this process is more than " + absl::FormatDuration(kClockSkewMax) +
          " ahead of the broker's, or the broker's behind: the broker refused the record"));
    } else {
      append->done(append->connection->WhyFailed(message));
    }
  }
  absl::StatusOr<Place> WhereLanded(const UnderWay& append, std::int64_t offset) const {
    // Of a record that it got twice the broker may have forgotten the place.
    if (offset < 0) return append.log_end;
    const Place place(static_cast<std::uint64_t>(offset));
    if (!seen->Landed(place, append.log_end)) {
      return absl::UnavailableError("topic " + topic_name + " claims to hold the record at place " +
                                    std::to_string(place.value()) + ", where another one was read");
    }
    return place;
  }
  absl::Status WhyFailed(const rd_kafka_message_t* message) const {
    absl::Status unknown = absl::UnavailableError(
        std::string("kafka has not confirmed the record: ") + rd_kafka_err2str(message->err));
    const auto mend = WhatToMend(message->err);
    if (!mend) return unknown;
    absl::Status refused =
        absl::FailedPreconditionError("topic " + topic_name + " takes no record: " + *mend);
    standing->Refused(refused);
    // An earlier try may have got through, before a right was taken away.
    const bool surely = rd_kafka_message_status(message) == RD_KAFKA_MSG_STATUS_NOT_PERSISTED;
    return surely ? refused : unknown;
  }
  static int OnStatistics(rd_kafka_t*, char* json, std::size_t bytes, void* opaque) {
    static_cast<Connection*>(opaque)->has_id = HasProducerId({json, bytes});
    return 0;
  }
};

KafkaProducer::KafkaProducer(KafkaLogOptions options, std::string topic, std::string source,
                             std::shared_ptr<SeenLog> seen)
    : options_(std::move(options)),
      topic_(std::move(topic)),
      source_(std::move(source)),
      standing_(std::make_unique<Standing>()),
      seen_(std::move(seen)) {}

absl::StatusOr<std::unique_ptr<KafkaProducer>> KafkaProducer::Make(const KafkaLogOptions& options,
                                                                   const std::string& topic,
                                                                   const std::string& source,
                                                                   std::shared_ptr<SeenLog> seen) {
  std::unique_ptr<KafkaProducer> producer(
      new KafkaProducer(options, topic, source, std::move(seen)));
  auto connection = producer->Connect();
  if (!connection.ok()) return connection.status();
  producer->connection_ = std::move(*connection);
  // The first record of a topic that is not known yet would wait for up to a second.
  if (absl::Status status = producer->LearnTopic(); !status.ok()) return status;
  producer->thread_ =
      std::jthread([raw = producer.get()](const std::stop_token& stop) { raw->Run(stop); });
  if (absl::Status status = producer->WaitForId(); !status.ok()) return status;
  return producer;
}

// The thread finishes what is under way before it ends.
KafkaProducer::~KafkaProducer() = default;

absl::StatusOr<std::unique_ptr<KafkaProducer::Connection>> KafkaProducer::Connect() {
  auto connection = std::make_unique<Connection>();
  connection->topic_name = topic_;
  connection->standing = standing_.get();
  connection->seen = seen_.get();
  auto client = MakeClient(RdKind::kProducer, options_, ProducerProperties(options_),
                           [&](rd_kafka_conf_t* conf) {
                             rd_kafka_conf_set_opaque(conf, connection.get());
                             rd_kafka_conf_set_dr_msg_cb(conf, Connection::OnDelivery);
                             rd_kafka_conf_set_stats_cb(conf, Connection::OnStatistics);
                           });
  if (!client.ok()) return client.status();
  connection->client = std::move(*client);
  connection->main_queue.reset(rd_kafka_queue_get_main(connection->client.get()));
  connection->topic.reset(rd_kafka_topic_new(connection->client.get(), topic_.c_str(), nullptr));
  return connection;
}

absl::Status KafkaProducer::LearnTopic() {
  const rd_kafka_metadata_t* metadata = nullptr;
  const auto error = rd_kafka_metadata(connection_->client.get(), 0, connection_->topic.get(),
                                       &metadata, Milliseconds(kQuestionDeadline));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return StatusOfKafka(error, "topic " + topic_);
  rd_kafka_metadata_destroy(metadata);
  return absl::OkStatus();
}

absl::Status KafkaProducer::WaitForId() {
  std::unique_lock lock(mutex_);
  if (!ready_.wait_for(lock, absl::ToChronoMilliseconds(kProducerReadyDeadline),
                       [&] { return connection_->has_id || standing_->refused; })) {
    return absl::UnavailableError(
        "the cluster gave no producer id for topic " + topic_ +
        "; the principal needs IdempotentWrite, the brokers some seconds");
  }
  return standing_->refused ? absl::PermissionDeniedError(Writable().message()) : absl::OkStatus();
}

absl::Status KafkaProducer::Writable() const {
  const std::lock_guard lock(standing_->mutex);
  return standing_->why;
}

void KafkaProducer::Append(std::string record, AppendDone done) {
  auto append = std::make_unique<UnderWay>();
  append->record = std::move(record);
  append->done = std::move(done);
  absl::Status status;
  if (append->record.size() > kRecordBytesMax) {
    status =
        absl::InvalidArgumentError("a record has at most " + std::to_string(kRecordBytesMax) +
                                   " bytes, this one " + std::to_string(append->record.size()));
  } else {
    append->id = ToHex(AsBytes(LeafHash(append->record)));
  }
  const std::lock_guard lock(mutex_);
  if (status.ok()) status = Send(*append);
  if (status.ok()) {
    (void)append.release();  // OnDelivery has it
    return;
  }
  refusals_.push_back({std::move(append->done), std::move(status)});
  rd_kafka_queue_yield(connection_->main_queue.get());
}

absl::Status KafkaProducer::Send(UnderWay& append) {
  append.connection = connection_.get();
  append.log_end = seen_->end();
  ++connection_->under_way;
  // RD_KAFKA_V_HEADER and not _HEADERS: librdkafka keeps the ownership, also where it fails.
  const auto error = rd_kafka_producev(
      connection_->client.get(), RD_KAFKA_V_RKT(connection_->topic.get()), RD_KAFKA_V_PARTITION(0),
      RD_KAFKA_V_VALUE(append.record.data(), append.record.size()),
      RD_KAFKA_V_HEADER("ce_specversion", "1.0", -1),
      RD_KAFKA_V_HEADER("ce_type", "vn.nhanrong.record.v1", -1),
      RD_KAFKA_V_HEADER("ce_source", source_.c_str(), static_cast<ssize_t>(source_.size())),
      RD_KAFKA_V_HEADER("ce_id", append.id.c_str(), static_cast<ssize_t>(append.id.size())),
      RD_KAFKA_V_HEADER("content-type", "application/protobuf", -1), RD_KAFKA_V_OPAQUE(&append),
      RD_KAFKA_V_END);
  if (error == RD_KAFKA_RESP_ERR_NO_ERROR) return absl::OkStatus();
  --connection_->under_way;
  if (error == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
    return absl::ResourceExhaustedError("too many records are under way to kafka");
  }
  return absl::UnavailableError(std::string("kafka takes no records now: ") +
                                rd_kafka_err2str(error));
}

void KafkaProducer::FailForGood() {
  const std::lock_guard lock(mutex_);
  rd_kafka_test_fatal_error(connection_->client.get(),
                            RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, "a test says so");
}

void KafkaProducer::Run(const std::stop_token& stop) {
  // Only this thread replaces the connection, so it may read it without the lock.
  bool announced = false;
  while (!stop.stop_requested()) {
    rd_kafka_poll(connection_->client.get(), kPollSliceMs);
    if (!announced && connection_->has_id) {
      const std::lock_guard lock(mutex_);
      ready_.notify_all();
      announced = true;
    }
    AnswerRefusals();
    ReplaceIfFatal();
  }
  Finish(*connection_, options_.append_deadline);
  AnswerRefusals();
}

void KafkaProducer::AnswerRefusals() {
  std::vector<Refusal> refusals;
  {
    const std::lock_guard lock(mutex_);
    refusals.swap(refusals_);
  }
  for (Refusal& refusal : refusals) refusal.done(std::move(refusal.status));
}

void KafkaProducer::ReplaceIfFatal() {
  char text[kErrorTextBytes];
  const auto fatal = rd_kafka_fatal_error(connection_->client.get(), text, sizeof text);
  if (fatal == RD_KAFKA_RESP_ERR_NO_ERROR) return;
  if (const auto mend = WhatToMend(fatal)) {
    standing_->Refused(
        absl::FailedPreconditionError("topic " + topic_ + " takes no record: " + *mend));
    const std::lock_guard lock(mutex_);
    ready_.notify_all();
  }
  if (options_.gapless) return Finish(*connection_, absl::ZeroDuration());
  if (absl::Now() - replaced_ < kReplacePause) return;
  replaced_ = absl::Now();
  auto fresh = Connect();
  if (!fresh.ok()) {
    spdlog::error("no new producer for {}: {}", topic_, std::string(fresh.status().message()));
    return;  // appends are refused until the next round
  }
  spdlog::warn("new producer for {}, since the old one failed for good: {}", topic_, text);
  {
    const std::lock_guard lock(mutex_);
    connection_.swap(*fresh);
  }
  Finish(**fresh, absl::ZeroDuration());
}

void KafkaProducer::Finish(Connection& connection, absl::Duration grace) {
  rd_kafka_t* client = connection.client.get();
  const absl::Time deadline = absl::Now() + grace;
  while (connection.under_way > 0 && absl::Now() < deadline) rd_kafka_poll(client, kPollSliceMs);
  while (connection.under_way > 0) {
    rd_kafka_purge(client, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
    rd_kafka_poll(client, kPollSliceMs);
  }
}

}  // namespace nhanrong::ledger

#include "services/ledger/kafka/kafka_reader.h"

#include <librdkafka/rdkafka.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>

#include "absl/time/clock.h"

namespace nhanrong::ledger {
namespace {

// librdkafka 2.0.2 pauses for a second when its queue is full, so the queue holds more than what
// is folded in a second (200,000 records of 600 bytes).
constexpr int kReadAheadKilobytes = 128 * 1024;
constexpr int kReadAheadRecords = 1'000'000;
constexpr int kFetchBytesMax = 4 << 20;
// Read looks this often whether it was interrupted, in case the wake-up was lost.
constexpr absl::Duration kSlice = absl::Milliseconds(100);
constexpr std::size_t kBatchRecords = 1'000;

RdProperties ReaderProperties() {
  return {
      // Asked for by assign(); nothing joins it and nothing is committed to it.
      {"group.id", "nhanrong-readers"},
      {"enable.auto.commit", "false"},
      {"enable.auto.offset.store", "false"},
      {"auto.offset.reset", "error"},
      {"check.crcs", "true"},
      // A record counts where it stands, whatever a stranger's transaction says about it later:
      // else two readers might differ, and an open transaction would stop all.
      {"isolation.level", "read_uncommitted"},
      {"fetch.min.bytes", "1"},
      {"fetch.wait.max.ms", "500"},
      {"fetch.error.backoff.ms", "50"},
      {"max.partition.fetch.bytes", std::to_string(kFetchBytesMax)},
      {"queued.min.messages", std::to_string(kReadAheadRecords)},
      {"queued.max.messages.kbytes", std::to_string(kReadAheadKilobytes)},
      // A reader may rest as long as its user likes; the largest value there is.
      {"max.poll.interval.ms", "86400000"},
  };
}

}  // namespace

absl::StatusOr<std::unique_ptr<LogReader>> KafkaReader::Make(const KafkaLogOptions& options,
                                                             const std::string& topic, Place from,
                                                             std::shared_ptr<SeenLog> seen) {
  std::unique_ptr<KafkaReader> reader(new KafkaReader(topic, from, std::move(seen)));
  if (absl::Status status = reader->Start(options); !status.ok()) return status;
  return reader;
}

absl::Status KafkaReader::Start(const KafkaLogOptions& options) {
  auto client =
      MakeClient(RdKind::kConsumer, options, ReaderProperties(), [this](rd_kafka_conf_t* conf) {
        rd_kafka_conf_set_opaque(conf, &way_);
        rd_kafka_conf_set_error_cb(conf, [](rd_kafka_t*, int error, const char*, void* opaque) {
          if (error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
            static_cast<Way*>(opaque)->closed = true;
        });
        rd_kafka_conf_set_closesocket_cb(conf, [](int socket, void* opaque) {
          ++static_cast<Way*>(opaque)->losses;
          return ::close(socket);
        });
      });
  if (!client.ok()) return client.status();
  client_ = std::move(*client);
  rd_kafka_poll_set_consumer(client_.get());
  queue_.reset(rd_kafka_queue_get_consumer(client_.get()));
  const std::unique_ptr<rd_kafka_topic_partition_list_t, void (*)(rd_kafka_topic_partition_list_t*)>
      partitions(rd_kafka_topic_partition_list_new(1), rd_kafka_topic_partition_list_destroy);
  rd_kafka_topic_partition_list_add(partitions.get(), topic_.c_str(), 0)->offset =
      static_cast<std::int64_t>(next_.value());
  return StatusOfKafka(rd_kafka_assign(client_.get(), partitions.get()), "read topic " + topic_);
}

absl::StatusOr<std::vector<LogRecord>> KafkaReader::Read(std::size_t records_max,
                                                         absl::Duration wait) {
  const absl::Time deadline = absl::Now() + wait;
  std::vector<LogRecord> records;
  // The first record by poll: a batch call would wait for a full batch until its time is over.
  while (records.empty()) {
    if (interrupted_) return absl::CancelledError("the reader was interrupted");
    if (!failed_.ok()) return failed_;
    const absl::Duration left = std::max(deadline - absl::Now(), absl::ZeroDuration());
    rd_kafka_message_t* message =
        rd_kafka_consumer_poll(client_.get(), Milliseconds(std::min(left, kSlice)));
    if (message != nullptr) {
      Take(*message, records);
      rd_kafka_message_destroy(message);
      if (!trouble_.ok()) return std::exchange(trouble_, absl::OkStatus());
    } else if (way_.closed.exchange(false)) {
      return absl::UnavailableError("no broker of topic " + topic_ + " can be reached");
    } else if (left == absl::ZeroDuration()) {
      return records;
    }
  }
  TakeQueued(records_max, records);
  return records;
}

std::uint64_t KafkaReader::losses() const {
  return way_.losses + (seen_ == nullptr ? 0 : seen_->doubts());
}

void KafkaReader::TakeQueued(std::size_t records_max, std::vector<LogRecord>& records) {
  std::array<rd_kafka_message_t*, kBatchRecords> batch;
  while (records.size() < records_max && failed_.ok()) {
    const ssize_t count = rd_kafka_consume_batch_queue(
        queue_.get(), 0, batch.data(), std::min(batch.size(), records_max - records.size()));
    if (count <= 0) return;
    for (ssize_t i = 0; i < count; ++i) {
      Take(*batch[static_cast<std::size_t>(i)], records);
      rd_kafka_message_destroy(batch[static_cast<std::size_t>(i)]);
    }
  }
}

void KafkaReader::Take(const rd_kafka_message_t& message, std::vector<LogRecord>& records) {
  switch (message.err) {
    case RD_KAFKA_RESP_ERR_NO_ERROR: {
      const Place place(static_cast<std::uint64_t>(message.offset));
      if (place < next_ || !failed_.ok()) return;
      records.push_back(
          {place, std::string(static_cast<const char*>(message.payload), message.len)});
      next_ = place.next();
      if (seen_ != nullptr) seen_->Saw(place);
      return;
    }
    case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
    case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
      failed_ =
          absl::DataLossError("topic " + topic_ + " has no place " + std::to_string(next_.value()) +
                              ": it lost its tail, or its start, or is another topic");
      return;
    case RD_KAFKA_RESP_ERR__BAD_MSG:
      failed_ = absl::DataLossError("topic " + topic_ + " is damaged after place " +
                                    std::to_string(next_.value()) + ": " +
                                    rd_kafka_message_errstr(&message));
      return;
    default:
      // A broker is away, or there is no leader or no topic now: librdkafka tries again by itself,
      // and may find another topic of this name.
      ++way_.losses;
      trouble_ = StatusOfKafka(message.err, "reading topic " + topic_);
  }
}

void KafkaReader::Interrupt() {
  interrupted_ = true;
  rd_kafka_queue_yield(queue_.get());
}

}  // namespace nhanrong::ledger

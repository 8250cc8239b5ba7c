// Reads one topic of one partition from an offset on, alone: no group, no commit, no reset.
//
// librdkafka fetches ahead in its own threads, up to kReadAheadKilobytes, and connects again by
// itself; every connection that ends is a loss, and every doubt of SeenLog. One thread, but for
// Interrupt. An offset the broker does not have is kDataLoss and final.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "services/ledger/kafka/kafka_client.h"
#include "services/ledger/kafka/seen_log.h"
#include "services/ledger/log_engine.h"

struct rd_kafka_message_s;

namespace nhanrong::ledger {

class KafkaReader final : public LogReader {
 public:
  static absl::StatusOr<std::unique_ptr<LogReader>> Make(const KafkaLogOptions& options,
                                                         const std::string& topic, Place from,
                                                         std::shared_ptr<SeenLog> seen = nullptr);

  absl::StatusOr<std::vector<LogRecord>> Read(std::size_t records_max,
                                              absl::Duration wait) override;
  void Interrupt() override;
  std::uint64_t losses() const override;

 private:
  // To the brokers; told from librdkafka's threads.
  struct Way {
    std::atomic<std::uint64_t> losses = 0;
    std::atomic<bool> closed = false;  // the last broker went away, told once
  };

  KafkaReader(std::string topic, Place from, std::shared_ptr<SeenLog> seen)
      : topic_(std::move(topic)), seen_(std::move(seen)), next_(from) {}
  absl::Status Start(const KafkaLogOptions& options);
  // Keeps the record, or remembers what the message says in its place.
  void Take(const rd_kafka_message_s& message, std::vector<LogRecord>& records);
  void TakeQueued(std::size_t records_max, std::vector<LogRecord>& records);

  const std::string topic_;
  const std::shared_ptr<SeenLog> seen_;  // with the log and its other readers; may be null
  std::atomic<bool> interrupted_ = false;
  Way way_;

  Place next_;            // no record before it is given
  absl::Status failed_;   // final
  absl::Status trouble_;  // passing; told once
  RdClient client_;
  RdQueue queue_;
};

}  // namespace nhanrong::ledger

// Reads one topic of one partition from an offset on, alone: no group, no commit, no reset.
//
// librdkafka fetches ahead in its own threads, up to kReadAheadKilobytes. One thread, but for
// Interrupt. An offset the broker does not have is kDataLoss and final.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "services/ledger/kafka/kafka_client.h"
#include "services/ledger/log_engine.h"

struct rd_kafka_message_s;

namespace nhanrong::ledger {

class KafkaReader final : public LogReader {
 public:
  static absl::StatusOr<std::unique_ptr<LogReader>> Make(const KafkaLogOptions& options,
                                                         const std::string& topic, Place from);

  absl::StatusOr<std::vector<LogRecord>> Read(std::size_t records_max,
                                              absl::Duration wait) override;
  void Interrupt() override;

 private:
  KafkaReader(std::string topic, Place from) : topic_(std::move(topic)), next_(from) {}
  absl::Status Start(const KafkaLogOptions& options);
  // Keeps the record, or remembers what the message says in its place.
  void Take(const rd_kafka_message_s& message, std::vector<LogRecord>& records);
  void TakeQueued(std::size_t records_max, std::vector<LogRecord>& records);

  const std::string topic_;
  std::atomic<bool> interrupted_ = false;
  std::atomic<bool> unreachable_ = false;  // set when the last broker went away, told once

  Place next_;           // no record before it is given
  absl::Status failed_;  // final
  RdClient client_;
  RdQueue queue_;
};

}  // namespace nhanrong::ledger

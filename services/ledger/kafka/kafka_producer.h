// Appends to one topic: an idempotent producer, replaced by a new one when it fails for good.
//
// No copy is made of a record: its buffer belongs to the append until the broker has answered. One
// thread serves the answers and calls `done`. librdkafka gives up with a fatal error where it can
// no longer keep sequence numbers in order; then everything under way is unknown (kUnavailable), a
// new producer takes over, and what the old one sent may still appear: readers judge records, so a
// late one is void and not harmful. With `gapless` none takes over: everything later fails too.
// What the broker surely refused (rights, clock) is kFailedPrecondition and not unknown.
// Thread-safe; the destructor waits for what is under way, at most for the append deadline.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "services/ledger/kafka/kafka_client.h"
#include "services/ledger/kafka/seen_log.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

class KafkaProducer {
 public:
  // Blocks until the producer has its id, so that the first append does not wait for that; at most
  // kProducerReadyDeadline. kPermissionDenied: the principal may not write.
  static absl::StatusOr<std::unique_ptr<KafkaProducer>> Make(const KafkaLogOptions& options,
                                                             const std::string& topic,
                                                             const std::string& source,
                                                             std::shared_ptr<SeenLog> seen);
  ~KafkaProducer();
  KafkaProducer(const KafkaProducer&) = delete;
  KafkaProducer& operator=(const KafkaProducer&) = delete;

  // As Log::Append.
  void Append(std::string record, AppendDone done);

  // Not OK since the broker refused to take a record, until it takes one.
  absl::Status Writable() const;

  // For tests: what librdkafka does when it has lost its sequence numbers.
  void FailForGood();

 private:
  struct Connection;
  struct UnderWay;
  struct Standing;
  struct Refusal {
    AppendDone done;
    absl::Status status;
  };

  KafkaProducer(KafkaLogOptions options, std::string topic, std::string source,
                std::shared_ptr<SeenLog> seen);
  absl::StatusOr<std::unique_ptr<Connection>> Connect();
  absl::Status LearnTopic();
  absl::Status WaitForId();
  absl::Status Send(UnderWay& append);
  void Run(const std::stop_token& stop);
  void AnswerRefusals();
  void ReplaceIfFatal();
  // Answers all that is under way there, unknown where the broker did not.
  void Finish(Connection& connection, absl::Duration grace);

  const KafkaLogOptions options_;
  const std::string topic_;
  const std::string source_;  // CloudEvents
  const std::unique_ptr<Standing> standing_;
  const std::shared_ptr<SeenLog> seen_;  // with the log and its readers

  std::mutex mutex_;
  std::condition_variable ready_;
  std::unique_ptr<Connection> connection_;  // guarded by mutex_, as is the next; set by the thread
  std::vector<Refusal> refusals_;

  absl::Time replaced_ = absl::InfinitePast();  // of the thread alone

  std::jthread thread_;  // must be the last field
};

}  // namespace nhanrong::ledger

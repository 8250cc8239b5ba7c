// The log on Apache Kafka: one topic of one partition for each ledger, by librdkafka 2.0.2.
//
// Topic <topic_prefix><ledger>; a ledger's name has no dot, so <prefix>x.events is no ledger.
// Create makes the topic with the settings of topic_settings.h, Open refuses one that has others.
// Places are Kafka's offsets: increasing, and without gap as long as nobody uses transactions
// there.
//
// Create, Open, List, Bounds and OpenReader ask the cluster and block, at most for the deadlines
// below each; Append does not. Whom the cluster does not let in, or does not let write, is told at
// once (kPermissionDenied), as is who does not trust the cluster's certificate. A broker that goes
// away and comes back is nothing to do about: appends meanwhile get kUnavailable after
// kAppendDeadline, readers go on where they were. Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

class KafkaAdmin;

// After this long an append that no broker confirmed is unknown: longer than a leader's election
// (6 s by default), shorter than what a person waits.
inline constexpr absl::Duration kAppendDeadline = absl::Seconds(10);
// For each question to the cluster: topics, settings, bounds.
inline constexpr absl::Duration kQuestionDeadline = absl::Seconds(10);
// Until a new producer has its id; a broker that just started loads its state before it gives one.
inline constexpr absl::Duration kProducerReadyDeadline = absl::Seconds(30);

struct KafkaLogOptions {
  // host:port, comma-separated.
  std::string bootstrap_servers;
  std::string topic_prefix = "nhanrong.";
  // One broker without replicas, flushed at every write: see WeakerGuarantee.
  bool single_broker = false;
  // Passed to librdkafka, for TLS and SASL; only those that MayBeSet (kafka_security.h).
  std::map<std::string, std::string> properties = {};
  // Open needs no right to write, Create fails, and nobody may append.
  bool read_only = false;
  absl::Duration append_deadline = kAppendDeadline;
  // After an append that failed no later one of the same Log appears, for whoever appends records
  // that rest on each other without judging them: then appends wait for a broker without limit, and
  // a producer that failed for good is not replaced.
  bool gapless = false;
};

class KafkaLogStore final : public LogStore {
 public:
  explicit KafkaLogStore(KafkaLogOptions options);
  ~KafkaLogStore() override;

  absl::Status Create(std::string_view name) override;
  absl::StatusOr<std::unique_ptr<Log>> Open(std::string_view name) override;
  absl::StatusOr<std::vector<std::string>> List() override;
  std::optional<std::string> WeakerGuarantee() const override;

 private:
  std::string TopicOf(std::string_view name) const;
  absl::StatusOr<KafkaAdmin*> Admin();

  const KafkaLogOptions options_;
  std::mutex mutex_;
  std::unique_ptr<KafkaAdmin> admin_;  // made once under mutex_; then it stays
};

}  // namespace nhanrong::ledger

// Questions to a cluster about its topics. Each call blocks for at most kQuestionDeadline and
// answers kUnavailable when that is over, kPermissionDenied where the cluster and this process do
// not let each other in, or where a right is missing. Thread-safe.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "services/ledger/kafka/kafka_client.h"
#include "services/ledger/kafka/topic_settings.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

class KafkaAdmin {
 public:
  // Returns when a broker has answered.
  static absl::StatusOr<KafkaAdmin> Make(const KafkaLogOptions& options);
  ~KafkaAdmin();
  KafkaAdmin(KafkaAdmin&&) noexcept;
  KafkaAdmin& operator=(KafkaAdmin&&) = delete;

  // Returns when the topic can be used. kAlreadyExists, kFailedPrecondition (too few brokers).
  absl::Status CreateTopic(const std::string& topic, int partitions, int replicas,
                           const std::vector<TopicSetting>& settings);
  // kNotFound.
  absl::StatusOr<TopicDescription> Describe(const std::string& topic);
  absl::StatusOr<std::vector<std::string>> Topics();
  // First offset and end of partition 0. kNotFound.
  absl::StatusOr<LogBounds> Bounds(const std::string& topic);

  // Delete what a log must never lose; for tests of what readers say then.
  absl::Status DeleteRecordsBefore(const std::string& topic, Place first);
  absl::Status DeleteTopic(const std::string& topic);

 private:
  struct Troubles;

  KafkaAdmin();
  absl::Status Reach();
  absl::Status StatusOfError(int error, const std::string& what);
  absl::Status DescribePartitions(const std::string& topic, TopicDescription& description,
                                  bool& has_leader);
  absl::Status DescribeSettings(const std::string& topic, TopicDescription& description);
  absl::Status WaitUntilServed(const std::string& topic);

  std::unique_ptr<Troubles> troubles_;  // of the connections; outlives the client
  RdClient client_;
};

}  // namespace nhanrong::ledger

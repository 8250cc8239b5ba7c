#include "services/ledger/kafka/kafka_admin.h"

#include <librdkafka/rdkafka.h>

#include <algorithm>
#include <memory>
#include <mutex>
#include <string_view>
#include <utility>

#include "absl/time/clock.h"

namespace nhanrong::ledger {
namespace {

constexpr std::size_t kErrorTextBytes = 512;

template <typename T>
using Held = std::unique_ptr<T, void (*)(T*)>;

Held<rd_kafka_AdminOptions_t> OptionsFor(rd_kafka_t* client, rd_kafka_admin_op_t operation) {
  Held<rd_kafka_AdminOptions_t> options(rd_kafka_AdminOptions_new(client, operation),
                                        rd_kafka_AdminOptions_destroy);
  char text[kErrorTextBytes];
  const int deadline_ms = Milliseconds(kQuestionDeadline);
  rd_kafka_AdminOptions_set_request_timeout(options.get(), deadline_ms, text, sizeof text);
  if (operation == RD_KAFKA_ADMIN_OP_CREATETOPICS) {
    rd_kafka_AdminOptions_set_operation_timeout(options.get(), deadline_ms, text, sizeof text);
  }
  return options;
}

Held<rd_kafka_event_t> WaitForEvent(rd_kafka_queue_t* queue) {
  // The request has the deadline; the second one only guards against its not being kept.
  return {rd_kafka_queue_poll(queue, 2 * Milliseconds(kQuestionDeadline)), rd_kafka_event_destroy};
}

absl::Status StatusOfEvent(rd_kafka_event_t* event, const std::string& what) {
  if (event == nullptr) return absl::UnavailableError(what + ": no answer");
  return StatusOfKafka(rd_kafka_event_error(event), what);
}

// A broker that goes away in the middle of a handshake is an error of TLS as well; only these are
// one side's verdict on the other. Texts of OpenSSL 3, since an alert of TLS 1.3 comes as an error
// of the transport.
bool IsVerdictOfTls(std::string_view text) {
  constexpr std::string_view kVerdicts[] = {"verify failed", "SSL alert number",
                                            "wrong version number"};
  return std::any_of(std::begin(kVerdicts), std::end(kVerdicts), [&](std::string_view verdict) {
    return text.find(verdict) != std::string_view::npos;
  });
}

// Until librdkafka 2.6.1 (pull request 4895) the last message of SCRAM was not that of RFC 5802;
// brokers since Kafka 4.0 refuse it, whatever the password.
std::string HintOnScram(std::string_view refusal) {
  constexpr int kMended = 0x020601ff;
  if (rd_kafka_version() >= kMended || refusal.find("SCRAM") == std::string_view::npos) return {};
  return std::string("; librdkafka ") + rd_kafka_version_str() +
         " cannot do SCRAM with Kafka 4: use PLAIN (over TLS), or librdkafka 2.6.1";
}

}  // namespace

// Why connections failed, as librdkafka tells it while it is polled.
struct KafkaAdmin::Troubles {
  std::mutex mutex;
  std::string last;     // of any kind
  std::string refusal;  // one side does not let the other in: no try will mend that

  static void OnError(rd_kafka_t*, int error, const char* text, void* opaque) {
    if (error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) return;  // says no more than the one before
    auto& troubles = *static_cast<Troubles*>(opaque);
    const std::lock_guard lock(troubles.mutex);
    troubles.last = text;
    if (error == RD_KAFKA_RESP_ERR__AUTHENTICATION || IsVerdictOfTls(text)) {
      troubles.refusal = text;
    }
  }
};

KafkaAdmin::KafkaAdmin() : troubles_(std::make_unique<Troubles>()) {}
KafkaAdmin::~KafkaAdmin() = default;
KafkaAdmin::KafkaAdmin(KafkaAdmin&&) noexcept = default;

absl::StatusOr<KafkaAdmin> KafkaAdmin::Make(const KafkaLogOptions& options) {
  KafkaAdmin admin;
  // A consumer, since producers make topics by asking for them where a cluster allows that. Bounds
  // are those of every record, whatever anyone's transaction says.
  auto client = MakeClient(RdKind::kConsumer, options, {{"isolation.level", "read_uncommitted"}},
                           [&](rd_kafka_conf_t* conf) {
                             rd_kafka_conf_set_opaque(conf, admin.troubles_.get());
                             rd_kafka_conf_set_error_cb(conf, Troubles::OnError);
                           });
  if (!client.ok()) return client.status();
  admin.client_ = std::move(*client);
  if (absl::Status reached = admin.Reach(); !reached.ok()) return reached;
  return admin;
}

absl::Status KafkaAdmin::Reach() {
  // librdkafka tries for ever; a refusal is heard between two slices.
  constexpr absl::Duration kSlice = absl::Milliseconds(250);
  const absl::Time deadline = absl::Now() + kQuestionDeadline;
  for (;;) {
    const rd_kafka_metadata_t* metadata = nullptr;
    const auto error =
        rd_kafka_metadata(client_.get(), 0, nullptr, &metadata, Milliseconds(kSlice));
    if (error == RD_KAFKA_RESP_ERR_NO_ERROR) {
      rd_kafka_metadata_destroy(metadata);
      return absl::OkStatus();
    }
    absl::Status status = StatusOfError(error, "the Kafka cluster");
    if (!absl::IsUnavailable(status) || absl::Now() > deadline) return status;
  }
}

absl::Status KafkaAdmin::StatusOfError(int error, const std::string& what) {
  absl::Status status = StatusOfKafka(error, what);
  if (!absl::IsUnavailable(status)) return status;
  rd_kafka_poll(client_.get(), 0);
  const std::lock_guard lock(troubles_->mutex);
  if (!troubles_->refusal.empty()) {
    const std::string refusal = std::exchange(troubles_->refusal, {});
    return absl::PermissionDeniedError(
        "Kafka and this process do not let each other in: " + refusal + HintOnScram(refusal));
  }
  if (troubles_->last.empty()) return status;
  return absl::UnavailableError(std::string(status.message()) + " (" + troubles_->last + ")");
}

absl::Status KafkaAdmin::CreateTopic(const std::string& topic, int partitions, int replicas,
                                     const std::vector<TopicSetting>& settings) {
  char text[kErrorTextBytes];
  const Held<rd_kafka_NewTopic_t> wanted(
      rd_kafka_NewTopic_new(topic.c_str(), partitions, replicas, text, sizeof text),
      rd_kafka_NewTopic_destroy);
  if (!wanted) return absl::InvalidArgumentError("topic " + topic + ": " + text);
  for (const TopicSetting& setting : settings) {
    rd_kafka_NewTopic_set_config(wanted.get(), setting.name.c_str(), setting.value.c_str());
  }
  const std::string what = "create topic " + topic;
  const RdQueue queue(rd_kafka_queue_new(client_.get()));
  const auto options = OptionsFor(client_.get(), RD_KAFKA_ADMIN_OP_CREATETOPICS);
  rd_kafka_NewTopic_t* list[] = {wanted.get()};
  rd_kafka_CreateTopics(client_.get(), list, 1, options.get(), queue.get());
  const auto event = WaitForEvent(queue.get());
  if (absl::Status status = StatusOfEvent(event.get(), what); !status.ok()) return status;
  std::size_t count = 0;
  const auto* result = rd_kafka_event_CreateTopics_result(event.get());
  const auto* const* topics = rd_kafka_CreateTopics_result_topics(result, &count);
  for (std::size_t i = 0; i < count; ++i) {
    const char* why = rd_kafka_topic_result_error_string(topics[i]);
    absl::Status status = StatusOfKafka(rd_kafka_topic_result_error(topics[i]),
                                        why == nullptr ? what : what + " (" + why + ")");
    if (!status.ok()) return status;
  }
  return WaitUntilServed(topic);
}

absl::Status KafkaAdmin::WaitUntilServed(const std::string& topic) {
  constexpr absl::Duration kBetweenQuestions = absl::Milliseconds(20);
  const absl::Time deadline = absl::Now() + kQuestionDeadline;
  while (true) {
    // A broker is named as the leader a moment before it serves as one.
    TopicDescription description;
    bool has_leader = false;
    absl::Status status = DescribePartitions(topic, description, has_leader);
    if (status.ok() && has_leader) {
      status = Bounds(topic).status();
      if (status.ok()) return status;
    }
    if (!status.ok() && !absl::IsNotFound(status) && !absl::IsUnavailable(status)) return status;
    if (absl::Now() > deadline) {
      return absl::UnavailableError("topic " + topic + " was created but nobody serves it yet");
    }
    absl::SleepFor(kBetweenQuestions);
  }
}

absl::StatusOr<TopicDescription> KafkaAdmin::Describe(const std::string& topic) {
  TopicDescription description;
  bool has_leader = false;
  absl::Status status = DescribePartitions(topic, description, has_leader);
  if (status.ok()) status = DescribeSettings(topic, description);
  if (!status.ok()) return status;
  return description;
}

absl::Status KafkaAdmin::DescribePartitions(const std::string& topic, TopicDescription& description,
                                            bool& has_leader) {
  const std::string what = "describe topic " + topic;
  const RdTopic handle(rd_kafka_topic_new(client_.get(), topic.c_str(), nullptr));
  const rd_kafka_metadata_t* found = nullptr;
  const auto error =
      rd_kafka_metadata(client_.get(), 0, handle.get(), &found, Milliseconds(kQuestionDeadline));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return StatusOfError(error, what);
  const std::unique_ptr<const rd_kafka_metadata_t, void (*)(const rd_kafka_metadata_t*)> metadata(
      found, rd_kafka_metadata_destroy);
  if (metadata->topic_cnt != 1) return absl::NotFoundError(what);
  const rd_kafka_metadata_topic_t& described = metadata->topics[0];
  if (described.err != RD_KAFKA_RESP_ERR_NO_ERROR) return StatusOfKafka(described.err, what);
  if (described.partition_cnt < 1) return absl::NotFoundError(what);
  description.partitions = described.partition_cnt;
  description.replicas = described.partitions[0].replica_cnt;
  has_leader = described.partitions[0].leader >= 0;
  return absl::OkStatus();
}

absl::Status KafkaAdmin::DescribeSettings(const std::string& topic, TopicDescription& description) {
  const std::string what = "settings of topic " + topic;
  const Held<rd_kafka_ConfigResource_t> wanted(
      rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, topic.c_str()),
      rd_kafka_ConfigResource_destroy);
  const RdQueue queue(rd_kafka_queue_new(client_.get()));
  const auto options = OptionsFor(client_.get(), RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS);
  rd_kafka_ConfigResource_t* list[] = {wanted.get()};
  rd_kafka_DescribeConfigs(client_.get(), list, 1, options.get(), queue.get());
  const auto event = WaitForEvent(queue.get());
  if (absl::Status status = StatusOfEvent(event.get(), what); !status.ok()) return status;
  std::size_t count = 0;
  const auto* result = rd_kafka_event_DescribeConfigs_result(event.get());
  const auto* const* resources = rd_kafka_DescribeConfigs_result_resources(result, &count);
  if (count != 1) return absl::UnavailableError(what + ": no answer");
  absl::Status status = StatusOfKafka(rd_kafka_ConfigResource_error(resources[0]), what);
  if (!status.ok()) return status;
  const auto* const* entries = rd_kafka_ConfigResource_configs(resources[0], &count);
  for (std::size_t i = 0; i < count; ++i) {
    const char* value = rd_kafka_ConfigEntry_value(entries[i]);
    if (value != nullptr) description.settings[rd_kafka_ConfigEntry_name(entries[i])] = value;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> KafkaAdmin::Topics() {
  const rd_kafka_metadata_t* found = nullptr;
  const auto error =
      rd_kafka_metadata(client_.get(), 1, nullptr, &found, Milliseconds(kQuestionDeadline));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return StatusOfError(error, "list topics");
  std::vector<std::string> topics;
  for (int i = 0; i < found->topic_cnt; ++i) topics.emplace_back(found->topics[i].topic);
  rd_kafka_metadata_destroy(found);
  return topics;
}

absl::StatusOr<LogBounds> KafkaAdmin::Bounds(const std::string& topic) {
  std::int64_t low = 0, high = 0;
  const auto error = rd_kafka_query_watermark_offsets(client_.get(), topic.c_str(), 0, &low, &high,
                                                      Milliseconds(kQuestionDeadline));
  if (error != RD_KAFKA_RESP_ERR_NO_ERROR) return StatusOfError(error, "bounds of topic " + topic);
  return LogBounds{Place(static_cast<std::uint64_t>(low)), Place(static_cast<std::uint64_t>(high))};
}

absl::Status KafkaAdmin::DeleteRecordsBefore(const std::string& topic, Place first) {
  const std::string what = "delete records of topic " + topic;
  const Held<rd_kafka_topic_partition_list_t> offsets(rd_kafka_topic_partition_list_new(1),
                                                      rd_kafka_topic_partition_list_destroy);
  rd_kafka_topic_partition_list_add(offsets.get(), topic.c_str(), 0)->offset =
      static_cast<std::int64_t>(first.value());
  const Held<rd_kafka_DeleteRecords_t> wanted(rd_kafka_DeleteRecords_new(offsets.get()),
                                              rd_kafka_DeleteRecords_destroy);
  const RdQueue queue(rd_kafka_queue_new(client_.get()));
  const auto options = OptionsFor(client_.get(), RD_KAFKA_ADMIN_OP_DELETERECORDS);
  rd_kafka_DeleteRecords_t* list[] = {wanted.get()};
  rd_kafka_DeleteRecords(client_.get(), list, 1, options.get(), queue.get());
  const auto event = WaitForEvent(queue.get());
  return StatusOfEvent(event.get(), what);
}

absl::Status KafkaAdmin::DeleteTopic(const std::string& topic) {
  const Held<rd_kafka_DeleteTopic_t> wanted(rd_kafka_DeleteTopic_new(topic.c_str()),
                                            rd_kafka_DeleteTopic_destroy);
  const RdQueue queue(rd_kafka_queue_new(client_.get()));
  const auto options = OptionsFor(client_.get(), RD_KAFKA_ADMIN_OP_DELETETOPICS);
  rd_kafka_DeleteTopic_t* list[] = {wanted.get()};
  rd_kafka_DeleteTopics(client_.get(), list, 1, options.get(), queue.get());
  const auto event = WaitForEvent(queue.get());
  return StatusOfEvent(event.get(), "delete topic " + topic);
}

}  // namespace nhanrong::ledger

#include "services/ledger/kafka/kafka_client.h"

#include <librdkafka/rdkafka.h>
#include <spdlog/spdlog.h>
#include <syslog.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <string_view>

#include "services/base/bytes.h"
#include "services/base/ids.h"
#include "services/ledger/kafka/kafka_security.h"

namespace nhanrong::ledger {
namespace {

constexpr std::size_t kErrorTextBytes = 512;

// One name for all clients of this process: brokers show it in their logs and quotas.
const std::string& ClientId() {
  static const std::string id =
      "nhanrong-" + std::to_string(::getpid()) + "-" + ToHex(RandomBytes(4));
  return id;
}

void WriteLog(const rd_kafka_t* /*client*/, int level, const char* facility, const char* text) {
  // A broker that is away is a fault of the world that callers are told about: no error of ours.
  // FAIL is one attempt to connect, several a second; that all brokers are down comes once.
  const std::string_view about = facility;
  const bool known =
      about == "FAIL" ||
      (about == "CONFWARN" &&
       std::string_view(text).find("gapless.guarantee is experimental") != std::string_view::npos);
  const auto to = known                  ? spdlog::level::debug
                  : level <= LOG_CRIT    ? spdlog::level::err
                  : level <= LOG_WARNING ? spdlog::level::warn
                                         : spdlog::level::debug;
  spdlog::log(to, "kafka {}: {}", facility, text);
}

absl::Status CheckGiven(const RdProperties& given) {
  for (const auto& [name, value] : given) {
    if (MayBeSet(name)) continue;
    return absl::InvalidArgumentError("kafka property " + name +
                                      " is not for others to set, since promises rest on it; " +
                                      PropertiesThatMayBeSet() + " are");
  }
  return absl::OkStatus();
}

absl::Status SetAll(rd_kafka_conf_t* conf, const RdProperties& properties) {
  char text[kErrorTextBytes];
  for (const auto& [name, value] : properties) {
    if (rd_kafka_conf_set(conf, name.c_str(), value.c_str(), text, sizeof text) !=
        RD_KAFKA_CONF_OK) {
      return absl::InvalidArgumentError("kafka property " + name + ": " + text);
    }
  }
  return absl::OkStatus();
}

}  // namespace

void RdRelease::operator()(rd_kafka_s* client) const {
  // No consumer of ours is in a group, so there is none to leave.
  rd_kafka_destroy_flags(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
}
void RdRelease::operator()(rd_kafka_queue_s* queue) const { rd_kafka_queue_destroy(queue); }
void RdRelease::operator()(rd_kafka_topic_s* topic) const { rd_kafka_topic_destroy(topic); }

absl::StatusOr<RdClient> MakeClient(RdKind kind, const KafkaLogOptions& options,
                                    const RdProperties& properties,
                                    const std::function<void(rd_kafka_conf_s*)>& prepare) {
  if (absl::Status given = CheckGiven(options.properties); !given.ok()) return given;
  const std::unique_ptr<rd_kafka_conf_t, void (*)(rd_kafka_conf_t*)> conf(rd_kafka_conf_new(),
                                                                          rd_kafka_conf_destroy);
  const RdProperties common = {
      {"bootstrap.servers", options.bootstrap_servers},
      {"client.id", ClientId()},
      {"socket.nagle.disable", "true"},
      // A connection that swallows what is sent is given up after this; the default is a minute.
      {"socket.timeout.ms", std::to_string(Milliseconds(kQuestionDeadline))},
      // The log must go on soon after a broker is back; the defaults wait up to 10 s.
      {"reconnect.backoff.ms", "100"},
      {"reconnect.backoff.max.ms", "1000"},
      {"topic.metadata.refresh.fast.interval.ms", "100"},
  };
  for (const RdProperties* some : {&options.properties, &common, &properties}) {
    if (absl::Status status = SetAll(conf.get(), *some); !status.ok()) return status;
  }
  rd_kafka_conf_set_log_cb(conf.get(), WriteLog);
  if (prepare) prepare(conf.get());
  char text[kErrorTextBytes];
  rd_kafka_conf_t* given = rd_kafka_conf_dup(conf.get());
  rd_kafka_t* client = rd_kafka_new(
      kind == RdKind::kProducer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER, given, text, sizeof text);
  if (client == nullptr) {
    rd_kafka_conf_destroy(given);
    return absl::InvalidArgumentError(std::string("kafka client: ") + text);
  }
  return RdClient(client);
}

absl::Status StatusOfKafka(int error, const std::string& what) {
  const auto code = static_cast<rd_kafka_resp_err_t>(error);
  const std::string text = what + ": " + rd_kafka_err2str(code);
  switch (code) {
    case RD_KAFKA_RESP_ERR_NO_ERROR:
      return absl::OkStatus();
    case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS:
      return absl::AlreadyExistsError(text);
    case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART:
    case RD_KAFKA_RESP_ERR__UNKNOWN_TOPIC:
    case RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION:
      return absl::NotFoundError(text);
    case RD_KAFKA_RESP_ERR_INVALID_REPLICATION_FACTOR:
      return absl::FailedPreconditionError(
          text + "; a cluster has three brokers or more, or say --single-broker");
    case RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED:
    case RD_KAFKA_RESP_ERR_SASL_AUTHENTICATION_FAILED:
    case RD_KAFKA_RESP_ERR__AUTHENTICATION:
      return absl::PermissionDeniedError(text);
    default:  // librdkafka has over a hundred codes, and later brokers more: the world failed
      return absl::UnavailableError(text);
  }
}

int Milliseconds(absl::Duration duration) {
  constexpr std::int64_t kMost = std::numeric_limits<int>::max();
  return static_cast<int>(std::clamp<std::int64_t>(absl::ToInt64Milliseconds(duration), 0, kMost));
}

}  // namespace nhanrong::ledger

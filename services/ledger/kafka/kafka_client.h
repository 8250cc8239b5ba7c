// RAII holders of librdkafka's handles, one way to make a client, one way to read its errors.
//
// Only .cc files of this folder see librdkafka's header; here its types are names. Every client of
// a process has its client.id, and its log goes to spdlog.
#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/ledger/kafka/kafka_log.h"

struct rd_kafka_s;
struct rd_kafka_conf_s;
struct rd_kafka_queue_s;
struct rd_kafka_topic_s;

namespace nhanrong::ledger {

struct RdRelease {
  void operator()(rd_kafka_s* client) const;
  void operator()(rd_kafka_queue_s* queue) const;
  void operator()(rd_kafka_topic_s* topic) const;
};
using RdClient = std::unique_ptr<rd_kafka_s, RdRelease>;
using RdQueue = std::unique_ptr<rd_kafka_queue_s, RdRelease>;
using RdTopic = std::unique_ptr<rd_kafka_topic_s, RdRelease>;

enum class RdKind { kProducer, kConsumer };
using RdProperties = std::map<std::string, std::string>;

// `options.properties`, then what every client needs, then `properties`; `prepare` sets callbacks.
// kInvalidArgument names the property that is not to be set, or that librdkafka refuses. The client
// is not connected yet.
absl::StatusOr<RdClient> MakeClient(RdKind kind, const KafkaLogOptions& options,
                                    const RdProperties& properties,
                                    const std::function<void(rd_kafka_conf_s*)>& prepare = nullptr);

// A status for an error code of librdkafka or of a broker; OK for none.
absl::Status StatusOfKafka(int error, const std::string& what);

int Milliseconds(absl::Duration duration);

}  // namespace nhanrong::ledger

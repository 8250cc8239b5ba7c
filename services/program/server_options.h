// The flags of the server's commands, and what they make.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "services/base/bytes.h"
#include "services/certificates/watched_identity.h"
#include "services/feed/event_topic.h"
#include "services/ledger/log_engine.h"
#include "services/node/served_ledger.h"
#include "services/program/kafka_flags.h"

namespace CLI {
class App;
}

namespace nhanrong {

struct ServerFlags {
  std::string data_dir = "nhanrong-data";
  std::string listen = "127.0.0.1:7400";
  std::string http = "127.0.0.1:7480";
  std::string kafka;  // bootstrap servers; empty: the embedded log
  std::string topic_prefix = "nhanrong.";
  bool single_broker = false;
  KafkaFlags kafka_entry;
  std::string log_level = "info";
  // Of the feed of events: "public", "internal"; empty: there is none.
  std::string feed;
  std::string feed_instance;
  gateway::AgencyLimits limits;
  certificates::IdentityFiles tls;  // chain empty: no TLS
  bool tls_client_optional = false;
};

enum class ServerKind {
  kServe,  // all roles
  kRole,   // one that answers calls; roles apart from each other meet only in Kafka
  kFeed,   // publishes, answers no calls
};

void AddServerFlags(CLI::App& command, ServerFlags& flags, ServerKind kind);

// The engine that the flags choose; `writes`: else it only reads, and needs no right to write.
// kInvalidArgument: flags that do not fit together.
absl::StatusOr<std::unique_ptr<ledger::LogStore>> MakeLogStore(const ServerFlags& flags,
                                                               bool writes);

// Where events are published to; null: the flags want no feed. kInvalidArgument.
absl::StatusOr<std::unique_ptr<feed::EventTopics>> MakeEventTopics(const ServerFlags& flags);

// The identity that the flags name; null: no TLS. kInvalidArgument: flags that do not fit together,
// files that cannot be shown. `clock` must outlive it.
absl::StatusOr<std::unique_ptr<certificates::WatchedIdentity>> OpenIdentity(
    const ServerFlags& flags, const Clock& clock);

// The hash of the operator's token, which lies in <data_dir>/operator.token, mode 0600; made at the
// first start. Whoever can read the file may create ledgers here.
absl::StatusOr<Hash> OperatorToken(const std::string& data_dir);

}  // namespace nhanrong

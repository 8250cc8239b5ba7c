// The gRPC server: submissions, their streams and queries on asynchronous queues, history and
// administration synchronous, health and reflection on.
//
// Without TLS it binds to loopback only. With TLS a client's certificate may stand for a token.
// Threads: one per completion queue, and gRPC's own for the synchronous services. Stop is
// idempotent: no new calls, open ones get until the deadline.
#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/base/bytes.h"
#include "services/node/node.h"
#include "services/rpc/stream_options.h"
#include "services/rpc/tls_credentials.h"

namespace nhanrong::rpc {

struct ServerOptions {
  std::string listen;  // "127.0.0.1:7400"; port 0: a free one
  Hash operator_token;
  StreamPatience streams = {};
  // Null: no TLS, and so loopback only. Must outlive the server.
  const certificates::WatchedIdentity* identity = nullptr;
  ClientCertificate client_certificate = ClientCertificate::kRequired;
};

class Server {
 public:
  virtual ~Server() = default;
  virtual int port() const = 0;
  virtual StreamCounters stream_counters() const = 0;
  // Streams of submissions take nothing more, answer what they took, and end. Does not wait.
  virtual void EndStreams() = 0;
  virtual void Stop(absl::Time deadline) = 0;
};

// kInvalidArgument: an address that is not loopback, without TLS; kUnavailable: it is taken.
absl::StatusOr<std::unique_ptr<Server>> StartServer(node::Node& node, const ServerOptions& options);

}  // namespace nhanrong::rpc

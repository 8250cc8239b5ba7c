// What a running node tells of itself: samples for /metrics, and whether it is ready.
#pragma once

#include <vector>

#include "services/node/node.h"
#include "services/operations/operations_server.h"
#include "services/rpc/server.h"

namespace nhanrong {

// `server`: null before it listens. `identity`: null without TLS.
std::vector<operations::Sample> SamplesOf(node::Node& node, const rpc::Server* server,
                                          const certificates::WatchedIdentity* identity);
operations::Probe ProbeOf(node::Node& node, const certificates::WatchedIdentity* identity);

}  // namespace nhanrong

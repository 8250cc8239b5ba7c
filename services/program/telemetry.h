// What a running node tells of itself: samples for /metrics, and whether it is ready.
#pragma once

#include <vector>

#include "services/node/node.h"
#include "services/operations/operations_server.h"

namespace nhanrong {

std::vector<operations::Sample> SamplesOf(node::Node& node);
operations::Probe ProbeOf(node::Node& node);

}  // namespace nhanrong

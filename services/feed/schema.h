// The schema of published events: the descriptors of every message that may occur in one.
#pragma once

#include "services/feed/event_topic.h"

namespace nhanrong::feed {

// The same for every process of the same build. The name holds the hash, so another schema has
// another name.
const Schema& PublishedSchema();

}  // namespace nhanrong::feed

// Checks the right to read one ledger by one call, the same way for queries, history and
// administration.
#pragma once

#include <string_view>

#include "services/access/access.h"
#include "services/node/node.h"
#include "services/rpc/call.h"

namespace nhanrong::rpc {

struct Reader {
  access::Caller caller;
  v1::Classification reads_up_to = v1::CLASSIFICATION_PUBLIC;
};

// `unit_id`: what the call asks about; empty: the whole ledger. Takes the ledger's lock for a
// moment.
tl::expected<Reader, access::Denied> MayRead(node::ServedLedger& ledger, const Clock& clock,
                                             const gateway::National* national,
                                             const CallInfo& call, std::string_view rpc,
                                             std::string_view unit_id);

}  // namespace nhanrong::rpc

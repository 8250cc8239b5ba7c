// Checks the right to read one ledger by one call, the same way for queries, history and
// administration.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/access/access.h"
#include "services/node/node.h"
#include "services/rpc/call.h"
#include "services/rpc/reply_status.h"

namespace nhanrong::rpc {

struct Reader {
  access::Caller caller;
  v1::Classification reads_up_to = v1::CLASSIFICATION_PUBLIC;
};

// Why a call may not read: the caller is denied, or the ledger's log has not been folded
// to its end yet, so that it is not known who the caller is.
struct NoReading {
  std::optional<access::Denied> denied;
  std::string not_now;
};
google::rpc::Status StatusOf(const NoReading& why, Language language);

// `unit_id`: what the call asks about; empty: the whole ledger. Takes the ledger's lock for a
// moment.
tl::expected<Reader, NoReading> MayRead(node::ServedLedger& ledger, const Clock& clock,
                                        const gateway::National* national, const CallInfo& call,
                                        std::string_view rpc, std::string_view unit_id);

}  // namespace nhanrong::rpc

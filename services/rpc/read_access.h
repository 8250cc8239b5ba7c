// Checks the right to read one ledger by one call, the same way for queries, history and
// administration.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/access/access.h"
#include "services/node/node.h"
#include "services/query/query_scope.h"
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

// `unit_id`: what the call asks about; empty: the whole ledger; absent: a thing, whose unit is
// known when its rows are read (then `reads_up_to` is what the caller may read somewhere). Takes
// the ledger's lock for a moment.
tl::expected<Reader, NoReading> MayRead(node::ServedLedger& ledger, const Clock& clock,
                                        const gateway::National* national, const CallInfo& call,
                                        std::string_view rpc,
                                        const std::optional<std::string>& unit_id);

// What the caller may read by the call, on this map on this day. `caller`, `units` outlive it.
query::ReadsOf ReadsOn(const access::Caller& caller, std::string rpc, const query::UnitTree& units,
                       absl::CivilDay day);

}  // namespace nhanrong::rpc

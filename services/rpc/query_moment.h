// Fixes the moment that a query is about: which position of which ledger, which business day, which
// page.
#pragma once

#include <optional>
#include <string>

#include "absl/time/civil_time.h"
#include "google/rpc/status.pb.h"
#include "nhanrong/v1/query_service.pb.h"
#include "services/base/strong.h"
#include "services/node/node.h"
#include "services/rpc/call.h"
#include "tl/expected.hpp"

namespace nhanrong::rpc {

inline constexpr std::uint32_t kPageSizeDefault = 100;
inline constexpr std::uint32_t kPageSizeMax = 1'000;

struct Moment {
  // Commits of the ledger, and of `national`, that the answer is made from.
  std::uint64_t commits = 0;
  std::uint64_t national_commits = 0;
  absl::CivilDay effective_on;
};

// How far the clock of a caller may be ahead of ours.
inline constexpr absl::Duration kClockSkewMax = absl::Minutes(1);

// How many commits the read models must have folded before the query can be answered. Errors: a
// position or a time that the ledger does not have, or not yet (OUT_OF_RANGE, with what it has).
tl::expected<std::uint64_t, google::rpc::Status> CommitsNeeded(node::ServedLedger& ledger,
                                                               const Clock& clock,
                                                               const v1::QueryContext& context,
                                                               Language language);

// REQUIRES: the read models have folded CommitsNeeded. `national` may be null.
tl::expected<Moment, google::rpc::Status> MomentOf(node::ServedLedger& ledger,
                                                   node::ServedLedger* national, const Clock& clock,
                                                   const v1::QueryContext& context,
                                                   Language language);

v1::LedgerPosition PositionOf(node::ServedLedger& ledger, std::uint64_t commits);

}  // namespace nhanrong::rpc

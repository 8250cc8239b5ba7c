// Query of agencies: who submits to a ledger, who acts for them and with what rights, on the
// scope's day.
//
// Facts count from the day on which they are known to hold; grants, credentials and delegations
// that are revoked, or whose last day has passed, are not shown; suspended ones are, as such.
// Agencies that are suspended or closed are shown with that. An agency or an actor with a fact
// above what the asker may read is left out whole. Token hashes are never shown. Pure; faults:
// DATA_LOSS (a row does not parse), INVALID_ARGUMENT (a page outside the list).
#pragma once

#include "absl/status/statusor.h"
#include "nhanrong/v1/query_service.pb.h"
#include "projections/row_scan/row_scan.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

// Agencies by id, or the one that the request names. Its context is not looked at.
absl::StatusOr<Page<v1::AgencyEntry>> ListAgencies(const query::QueryScope& scope,
                                                   const v1::ListAgenciesRequest& request);

}  // namespace nhanrong::projections

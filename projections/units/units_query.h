// Query of units: those of a ledger on the scope's day, each with the name, code and parent of that
// day. Below which unit one lies is asked of the scope's map.
//
// Units that are not established on the day are left out; abolished ones can be asked for and are
// shown as on their last day. Classification does not matter here: the
// map of administrative units is public. Pure; faults: DATA_LOSS (a row does not parse),
// INVALID_ARGUMENT (a page outside the list).
#pragma once

#include "absl/status/statusor.h"
#include "nhanrong/v1/query_service.pb.h"
#include "projections/row_scan/row_scan.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

// Units for which every set filter of the request holds, by id; with `code`, all on one page. Its
// context is not looked at.
absl::StatusOr<Page<v1::UnitEntry>> ListUnits(const query::QueryScope& scope,
                                              const v1::ListUnitsRequest& request);
// The same over two ledgers: units of `national`, then the asking ledger's own, which begin on a
// page of theirs.
absl::StatusOr<Page<v1::UnitEntry>> ListWholeMap(const query::QueryScope& national,
                                                 const query::QueryScope& own,
                                                 const v1::ListUnitsRequest& request);

}  // namespace nhanrong::projections

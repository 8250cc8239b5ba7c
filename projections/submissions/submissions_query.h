// Query of submissions: what became of those of one agency and of those sent on its behalf, the
// newest first. By id only an agency's own are found.
//
// The asker is of that agency: who may ask is settled before. The day does not matter here, only
// what was recorded. Pure; faults: DATA_LOSS (a row does not parse), INVALID_ARGUMENT (a page
// outside the list).
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "nhanrong/v1/query_service.pb.h"
#include "projections/row_scan/row_scan.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

// Submissions for which every set filter of the request holds. Its context is not looked at.
absl::StatusOr<Page<v1::SubmissionEntry>> ListSubmissions(
    const query::QueryScope& scope, const std::string& agency_id,
    const v1::ListSubmissionsRequest& request);

}  // namespace nhanrong::projections

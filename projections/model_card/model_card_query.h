// Query of model_card: the timeline of one model as of the scope's rows, page by page.
#pragma once

#include <string_view>

#include "absl/status/statusor.h"
#include "nhanrong/v1/query_service.pb.h"
#include "projections/row_scan/row_scan.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

// The events of the model that the asker may read, the newest first; empty if there is no such
// model.
//
// Left out are facts that are not yet known to hold on the effective day. An entry stands as it was
// recorded, also when it was corrected to a later day: a timeline tells what was said, model_list
// what holds. If a correction moved it to an earlier day, it is shown from that day on. Corrections
// and annulments are shown when the entry that they name is. Pure; faults: DATA_LOSS (a row does
// not parse), INVALID_ARGUMENT (a page outside the list).
absl::StatusOr<Page<v1::TimelineEntry>> Timeline(const query::QueryScope& scope,
                                                 std::string_view model_id);

}  // namespace nhanrong::projections

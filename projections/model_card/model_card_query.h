// Query of model_card: the timeline of one model as of the scope's rows.
#pragma once

#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "nhanrong/v1/query_service.pb.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

// Entries of one answer; a page of a person's, far above what a model goes through
// (query_service.proto).
inline constexpr std::size_t kMaxTimelineEntries = 1'000;

// The newest kMaxTimelineEntries events of the model that the asker may read, in ledger order;
// empty if there is no such model.
//
// Left out are facts that are not yet known to hold on the effective day. An entry stands as it was
// recorded, also when it was corrected to a later day: a timeline tells what was said, model_list
// what holds. If a correction moved it to an earlier day, it is shown from that day on. Corrections
// and annulments are shown when the entry that they name is. Pure; fault: DATA_LOSS, a row does not
// parse.
absl::StatusOr<std::vector<v1::TimelineEntry>> Timeline(const query::QueryScope& scope,
                                                        std::string_view model_id);

}  // namespace nhanrong::projections

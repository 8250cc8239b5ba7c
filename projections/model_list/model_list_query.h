// Queries of model_list: models one by one, in pages and counted, as of the scope's rows, on its
// day.
//
// A model is there from the day on which its first definition is known to hold; definition and
// status are the last ones known to hold by that day. Models that the asker may not read are
// neither listed nor counted. Pure; faults: DATA_LOSS (a row does not parse), INVALID_ARGUMENT (a
// page outside the list).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "nhanrong/v1/query_service.pb.h"
#include "projections/row_scan/row_scan.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

// Absent: no such model on that day, or not for the asker.
absl::StatusOr<std::optional<v1::ModelSummary>> FindModel(const query::QueryScope& scope,
                                                          std::string_view model_id);

// Models for which every set filter holds, by id. `year` is the year of the beginning: a model that
// began in a phase of years or in an unknown year is in no year.
absl::StatusOr<Page<v1::ModelSummary>> ListModels(const query::QueryScope& scope,
                                                  const v1::ModelFilter& filter);

struct ModelCounts {
  std::uint64_t named_total = 0;
  // By key; empty without a dimension. Keys: enumerator names, the year ("2021"), the phase as
  // stated
  // ("2016/2020"), "DATE_PRECISION_UNKNOWN_YEAR", or the id of the unit of the definition, not
  // rolled up.
  std::vector<v1::CountRow> rows;
};

// Counts all models for which the filter holds; pages do not matter.
absl::StatusOr<ModelCounts> CountModels(const query::QueryScope& scope,
                                        const v1::ModelFilter& filter, v1::ModelDimension by);

}  // namespace nhanrong::projections

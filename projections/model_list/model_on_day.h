// A model on a day: what each span that is known to hold by then sets, the later one over the
// earlier.
#pragma once

#include <cstdint>
#include <optional>

#include "nhanrong/rows/v1/model_list.pb.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

// Spans of one row.
struct ModelOnDay {
  // Never null: the one that began it, and the last that set definition, unit, agency and status.
  const rows::v1::ModelSpan* begun = nullptr;
  const rows::v1::ModelSpan* described = nullptr;
  const rows::v1::ModelSpan* placed = nullptr;
  const rows::v1::ModelSpan* kept = nullptr;
  const rows::v1::ModelSpan* changed = nullptr;
  // Null: none. The status that is not SUSPENDED; the approval; the stewards, if the asker may read
  // them.
  const rows::v1::ModelSpan* standing = nullptr;
  const rows::v1::ModelSpan* approved = nullptr;
  const rows::v1::ModelSpan* stewards = nullptr;
  std::uint32_t definition_version = 0;
  std::uint32_t approved_version = 0;  // 0: no approval that the asker may know of

  v1::ModelStatus status() const;
};

// Absent: not begun by the effective day, or classified above what the asker may read.
std::optional<ModelOnDay> ModelOn(const rows::v1::ModelRow& row, const query::QueryScope& scope);

}  // namespace nhanrong::projections

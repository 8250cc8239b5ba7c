// Query of counted_figures: what sources count without naming, as of the scope's rows, on its day.
//
// A figure is there from the day on which it is known to hold. Figures that the asker may not read
// are not there: neither listed, nor added, nor as the whole of a share. Pure; fault: DATA_LOSS, a
// row does not parse.
#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "nhanrong/v1/query_service.pb.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

struct CountedFigures {
  // By figure id, each with its share and findings.
  std::vector<v1::CountedFigureRow> rows;
  // Sum of the rows that are part of no other row, directly or through figures that do not match.
  // Exact at the largest scale, with the weakest bound (quantity_math.h). Absent: no such row, or a
  // row that cannot be added (other unit, too large), which then says so in its findings.
  std::optional<v1::Quantity> total;
};

// Figures of the subject for which every set filter holds. A filter on something that a figure does
// not state does not hold: level, field or sector block left open, and always status and year of
// beginning.
absl::StatusOr<CountedFigures> ListCountedFigures(const query::QueryScope& scope,
                                                  v1::FigureSubject subject,
                                                  const v1::ModelFilter& filter);

}  // namespace nhanrong::projections

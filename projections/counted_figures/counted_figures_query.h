// Query of counted_figures: what sources count without naming, as of the scope's rows, on its day.
//
// A figure is there from the day on which it is known to hold. Figures that the asker may not read
// are not there: neither listed, nor added, nor as the whole of a share. Pure; faults: DATA_LOSS (a
// row does not parse), INVALID_ARGUMENT (a page outside the list).
#pragma once

#include "absl/status/statusor.h"
#include "nhanrong/v1/query_service.pb.h"
#include "projections/counted_figures/figure_total.h"
#include "projections/row_scan/row_scan.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

struct CountedFigures {
  // By figure id, each with its share and findings.
  Page<v1::CountedFigureRow> page;
  // Over all pages.
  FigureTotal total;
};

// Figures of the subject for which every set filter holds. A filter on something that a figure does
// not state does not hold: level, field or sector block left open, and always status, year of
// beginning, stewards and the model that others gave way to. `reads`: what the asker may read
// elsewhere, where the whole of a share may lie.
absl::StatusOr<CountedFigures> ListCountedFigures(const query::QueryScope& scope,
                                                  v1::FigureSubject subject,
                                                  const v1::ModelFilter& filter,
                                                  const query::ReadsOf& reads);

}  // namespace nhanrong::projections

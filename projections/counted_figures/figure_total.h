// The total of counted figures: only of those that surely count different things.
//
// What a figure counts is a unit with all below it, and the level, field and sector block that it
// states (left open: all). Two figures count different things only if one of their categories is
// stated and differs, or if both units are on the map and neither lies within the other. Pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "nhanrong/v1/query_service.pb.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

struct FigureTotal {
  // Exact at the largest scale, with the weakest bound (quantity_math.h); AT_LEAST also where a
  // figure that overlaps the added ones, or that sources dispute, was left out.
  std::optional<v1::Quantity> quantity;
  // Of every figure in it; absent: they state none.
  std::optional<v1::ReportingPeriod> period;
  // Why there are rows and no total.
  std::optional<v1::Violation> absent;
};

// Adds up `rows`; each that is not added gets a finding that says why (figure_findings.h), but for
// those that `is_part` knows to be parts of another row. In this order:
//   1. Several numbers for the same things and period: the one that says most is taken once; if
//      they contradict each other, none.
//   2. What another figure counts as well, in its period or another one, is not added; of the same
//      things in several periods the newest is taken.
//   3. What remains must be of one period and one unit of measure, or there is no total.
//   4. The largest first, each is added if it counts other things than all added so far.
FigureTotal TotalOf(const query::QueryScope& scope,
                    const std::function<bool(const std::string& figure_id)>& is_part,
                    std::vector<v1::CountedFigureRow>& rows);

}  // namespace nhanrong::projections

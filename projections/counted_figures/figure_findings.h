// What does not add up in a counted figure, in words of both languages. Pure, total.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "nhanrong/v1/errors.pb.h"
#include "nhanrong/v1/figure.pb.h"
#include "services/query/quantity_math.h"

namespace nhanrong::projections {

// The share of `whole` that `part` is: both quantities as stated, rounding HALF_UP, the population
// named by the stream of the whole. Absent: different units, or numbers that no ratio is made of.
std::optional<v1::Ratio> ShareOf(const v1::CountedFigure& part, const v1::CountedFigure& whole);

// `whole`: the figure that `figure` is part of, null when there is none. Rules:
//   figure.printed_share    the printed percentage is not the computed one, rounded half up at the
//   same
//                           decimals; says so when cutting off the decimals gives the printed one.
//                           Computed from figure and whole, without a whole from the integers
//                           behind the print.
//   figure.share_integers   these integers are not those of figure and whole
//   figure.part_of_whole    the part is larger than the whole
// Only exact numbers are compared: "hơn 20" of 33 agrees with any percentage.
std::vector<v1::Violation> FindingsOf(const v1::CountedFigure& figure,
                                      const v1::CountedFigure* whole);

// The figure could not be added to the total: figure.total.
v1::Violation NotAdded(const v1::CountedFigure& figure, query::SumError error);

// No source says whether the figure of a unit above counts the same things: figure.perhaps_counted.
v1::Violation PerhapsCounted(const v1::AdminUnitRef& outer);

}  // namespace nhanrong::projections

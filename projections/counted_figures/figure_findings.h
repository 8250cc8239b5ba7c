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

// What two numbers say of the same things. Bounds: EXACT is both at least and at most.
bool IsAtLeast(const v1::Quantity& quantity);
bool IsAtMost(const v1::Quantity& quantity);
// Whether both cannot be true: APPROX and weaker ones never contradict a stronger one.
// REQUIRES of all three: scales <= kMaxScale.
bool Contradict(const v1::Quantity& a, const v1::Quantity& b);
// Whether `a` is the better one to go by: the stronger bound, then the closer number. A strict
// order.
bool SaysMore(const v1::Quantity& a, const v1::Quantity& b);

// Why a figure is not in the total (figure_total.h), each under a rule of its own:
//   figure.total            another unit of measure, or too large
//   figure.counted_once     another source states the number of the same things
//   figure.disputed         sources contradict each other
//   figure.perhaps_counted  the figure of `outer` counts these as well, or may
//   figure.may_overlap      neither counts all of the other's things, but some may be the same
//   figure.other_period     the figure that counts these speaks of `period`
//   figure.total_period, figure.total_parts: why there is no total at all
v1::Violation NotAdded(const v1::CountedFigure& figure, query::SumError error);
v1::Violation CountedOnce(const v1::Quantity& taken);
v1::Violation Disputed();
v1::Violation PerhapsCounted(const v1::AdminUnitRef& outer);
v1::Violation LargerThanItsWhole(const v1::Quantity& part, const v1::Quantity& whole,
                                 const v1::AdminUnitRef& outer);
v1::Violation MayOverlap(const v1::AdminUnitRef& other);
v1::Violation OfOtherPeriod(const v1::ReportingPeriod& period);
v1::Violation SeveralPeriods();
v1::Violation OnlyParts();

}  // namespace nhanrong::projections

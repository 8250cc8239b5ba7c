// Exact arithmetic on quantities and ratios: integers only, nothing is rounded before it is
// printed.
//
// Pure, thread-safe, total: what cannot be computed is an absent or typed answer, never a wrong
// number.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "nhanrong/v1/values.pb.h"
#include "tl/expected.hpp"

namespace nhanrong::query {

// Most digits after the decimal comma, of a quantity and of a percentage (values.proto).
inline constexpr std::uint32_t kMaxScale = 4;

// What is known of a sum of two numbers. Knowledge only gets weaker, in this order:
//   EXACT < AT_LEAST, AT_MOST < APPROX < ORDER_OF_MAGNITUDE < UNSPECIFIED
// so AT_LEAST with EXACT is AT_LEAST (invariant I21), and AT_LEAST with AT_MOST, which bounds the
// sum on neither side, is APPROX.
v1::Bound CombineBounds(v1::Bound a, v1::Bound b);

enum class SumError { kUnitsDiffer, kTooLarge };

// The sum at the larger of the two scales, with the combined bound and no raw_text. Quantities of
// different units are not added. kTooLarge: outside 64 bits, or a scale above kMaxScale.
tl::expected<v1::Quantity, SumError> Sum(const v1::Quantity& a, const v1::Quantity& b);

// Whether a > b as numbers, whatever their units. REQUIRES: scales <= kMaxScale.
bool IsGreater(const v1::Quantity& a, const v1::Quantity& b);

// A percentage as printed: value 606 with one decimal is 60,6%.
struct Percent {
  std::int64_t value = 0;
  std::uint32_t decimals = 0;
  friend bool operator==(const Percent&, const Percent&) = default;
};

// numerator / denominator in percent, rounded once, at `decimals`. Absent, and printed "—": a
// denominator of 0 (invariant I13), a negative number, a scale above kMaxScale, more decimals than
// kMaxScale, a result outside 64 bits, and a rounding that is no rule (AS_PRINTED, UNSPECIFIED).
std::optional<Percent> PercentOf(const v1::Quantity& numerator, const v1::Quantity& denominator,
                                 std::uint32_t decimals, v1::Ratio::Rounding rounding);

// Vietnamese writes "60,6%", English "60.6%".
enum class DecimalMark : char { kComma = ',', kPoint = '.' };

// "13,9": digits, no unit. REQUIRES: scale <= kMaxScale.
std::string NumberText(const v1::Quantity& quantity, DecimalMark mark = DecimalMark::kComma);

// "60,6%"; "—" when absent.
std::string PercentText(const std::optional<Percent>& percent,
                        DecimalMark mark = DecimalMark::kComma);

// "60%", "60,6 %", "60.6%": digits, at most kMaxScale decimals, a percent sign. Absent: anything
// else.
std::optional<Percent> ParsePercent(std::string_view printed);

}  // namespace nhanrong::query

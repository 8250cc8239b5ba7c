#include "services/query/quantity_math.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>

#include "absl/strings/str_format.h"

namespace nhanrong::query {
namespace {

__extension__ using Wide = __int128;

constexpr std::array<std::int64_t, kMaxScale + 1> kPowersOfTen = {1, 10, 100, 1'000, 10'000};
// Digits of a percentage's whole part: more is no share of anything, and could overflow.
constexpr int kMaxPercentDigits = 9;

int Weakness(v1::Bound bound) {
  switch (bound) {
    case v1::BOUND_EXACT:
      return 0;
    case v1::BOUND_AT_LEAST:
    case v1::BOUND_AT_MOST:
      return 1;
    case v1::BOUND_APPROX:
      return 2;
    case v1::BOUND_ORDER_OF_MAGNITUDE:
      return 3;
    default:  // UNSPECIFIED, and bounds of a later contract
      return 4;
  }
}

bool FitsIn64Bits(Wide value) {
  return value >= std::numeric_limits<std::int64_t>::min() &&
         value <= std::numeric_limits<std::int64_t>::max();
}

// Below 10^19 * 10^4: far from overflow.
Wide AtScale(const v1::Quantity& quantity, std::uint32_t scale) {
  return Wide{quantity.value()} * kPowersOfTen[scale - quantity.scale()];
}

std::optional<Wide> RoundedQuotient(Wide dividend, Wide divisor, v1::Ratio::Rounding rounding) {
  const Wide quotient = dividend / divisor;
  const Wide twice_rest = 2 * (dividend % divisor);
  switch (rounding) {
    case v1::Ratio::ROUNDING_TRUNC:
      return quotient;
    case v1::Ratio::ROUNDING_HALF_UP:
      return quotient + (twice_rest >= divisor ? 1 : 0);
    case v1::Ratio::ROUNDING_HALF_EVEN: {
      const bool up = twice_rest > divisor || (twice_rest == divisor && quotient % 2 == 1);
      return quotient + (up ? 1 : 0);
    }
    default:
      return std::nullopt;
  }
}

std::string DecimalText(std::int64_t value, std::uint32_t decimals, DecimalMark mark) {
  if (decimals == 0) return absl::StrFormat("%d", value);
  const std::int64_t one = kPowersOfTen[decimals];
  const char* sign = value < 0 ? "-" : "";
  return absl::StrFormat("%s%d%c%0*d", sign, std::abs(value / one), static_cast<char>(mark),
                         static_cast<int>(decimals), std::abs(value % one));
}

// Takes the digits at the front of `text`.
std::string_view TakeDigits(std::string_view& text) {
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  const std::string_view digits = text.substr(0, end);
  text.remove_prefix(end);
  return digits;
}

}  // namespace

v1::Bound CombineBounds(v1::Bound a, v1::Bound b) {
  if (Weakness(a) != Weakness(b)) return Weakness(a) > Weakness(b) ? a : b;
  if (Weakness(a) == Weakness(v1::BOUND_UNSPECIFIED)) return v1::BOUND_UNSPECIFIED;
  return a == b ? a : v1::BOUND_APPROX;
}

tl::expected<v1::Quantity, SumError> Sum(const v1::Quantity& a, const v1::Quantity& b) {
  if (a.unit() != b.unit()) return tl::make_unexpected(SumError::kUnitsDiffer);
  const std::uint32_t scale = std::max(a.scale(), b.scale());
  if (scale > kMaxScale) return tl::make_unexpected(SumError::kTooLarge);
  const Wide sum = AtScale(a, scale) + AtScale(b, scale);
  if (!FitsIn64Bits(sum)) return tl::make_unexpected(SumError::kTooLarge);
  v1::Quantity made;
  made.set_value(static_cast<std::int64_t>(sum));
  made.set_scale(scale);
  made.set_unit(a.unit());
  made.set_bound(CombineBounds(a.bound(), b.bound()));
  return made;
}

bool IsGreater(const v1::Quantity& a, const v1::Quantity& b) {
  const std::uint32_t scale = std::max(a.scale(), b.scale());
  return AtScale(a, scale) > AtScale(b, scale);
}

std::optional<Percent> PercentOf(const v1::Quantity& numerator, const v1::Quantity& denominator,
                                 std::uint32_t decimals, v1::Ratio::Rounding rounding) {
  if (numerator.scale() > kMaxScale || denominator.scale() > kMaxScale) return std::nullopt;
  if (decimals > kMaxScale) return std::nullopt;
  if (numerator.value() < 0 || denominator.value() <= 0) return std::nullopt;
  const std::uint32_t scale = std::max(numerator.scale(), denominator.scale());
  // At most 10^19 * 10^4 * 10^2 * 10^4: below 2^127.
  const Wide dividend = AtScale(numerator, scale) * 100 * kPowersOfTen[decimals];
  const auto value = RoundedQuotient(dividend, AtScale(denominator, scale), rounding);
  if (!value || !FitsIn64Bits(*value)) return std::nullopt;
  return Percent{static_cast<std::int64_t>(*value), decimals};
}

std::string NumberText(const v1::Quantity& quantity, DecimalMark mark) {
  return DecimalText(quantity.value(), quantity.scale(), mark);
}

std::string PercentText(const std::optional<Percent>& percent, DecimalMark mark) {
  return percent ? DecimalText(percent->value, percent->decimals, mark) + "%" : "—";
}

std::optional<Percent> ParsePercent(std::string_view printed) {
  const std::string_view whole = TakeDigits(printed);
  std::string_view fraction;
  if (printed.starts_with(',') || printed.starts_with('.')) {
    printed.remove_prefix(1);
    fraction = TakeDigits(printed);
    if (fraction.empty() || fraction.size() > kMaxScale) return std::nullopt;
  }
  if (printed.starts_with(' ')) printed.remove_prefix(1);
  if (printed != "%" || whole.empty() || whole.size() > kMaxPercentDigits) return std::nullopt;
  Percent made{0, static_cast<std::uint32_t>(fraction.size())};
  for (const char digit : whole) made.value = made.value * 10 + (digit - '0');
  for (const char digit : fraction) made.value = made.value * 10 + (digit - '0');
  return made;
}

}  // namespace nhanrong::query

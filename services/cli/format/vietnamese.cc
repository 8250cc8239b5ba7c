#include "services/cli/format/vietnamese.h"

#include <algorithm>
#include <string>

#include "unicode/locid.h"
#include "unicode/numberformatter.h"
#include "unicode/unistr.h"

namespace nhanrong::cli {
namespace {

// Digits of a percentage after the comma.
constexpr int kPercentDigits = 1;
// Quantities have at most 4 digits after the comma (values.proto).
constexpr std::uint32_t kScaleMax = 4;

icu::Locale LocaleOf(Language language) {
  return icu::Locale(language == Language::kVietnamese ? "vi" : "en");
}

// Plain decimal text, "-13.9", for exact input to ICU.
std::string PlainDecimal(__int128 value, int scale) {
  const bool negative = value < 0;
  if (negative) value = -value;
  std::string digits;
  do {
    digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
    value /= 10;
  } while (value > 0);
  while (static_cast<int>(digits.size()) <= scale) digits.insert(digits.begin(), '0');
  if (scale > 0) digits.insert(digits.size() - scale, ".");
  return negative ? "-" + digits : digits;
}

std::string Format(const icu::number::UnlocalizedNumberFormatter& formatter,
                   const std::string& plain, Language language) {
  UErrorCode status = U_ZERO_ERROR;
  std::string text;
  const icu::number::FormattedNumber formatted =
      formatter.locale(LocaleOf(language)).formatDecimal(plain, status);
  formatted.toString(status).toUTF8String(text);
  return U_SUCCESS(status) ? text : plain;
}

std::string ExactText(__int128 value, int scale, Language language) {
  return Format(
      icu::number::NumberFormatter::with().precision(icu::number::Precision::fixedFraction(scale)),
      PlainDecimal(value, scale), language);
}

std::string_view BoundWord(v1::Bound bound, Language language) {
  switch (bound) {
    case v1::BOUND_AT_LEAST:
      return Pick(language, "hơn ", "at least ");
    case v1::BOUND_AT_MOST:
      return Pick(language, "không quá ", "at most ");
    case v1::BOUND_APPROX:
      return Pick(language, "khoảng ", "about ");
    case v1::BOUND_ORDER_OF_MAGNITUDE:
      return Pick(language, "cỡ ", "of the order of ");
    default:
      return "";
  }
}

struct MoneyUnit {
  int digits;  // 10^digits đồng
  std::string_view vi;
  std::string_view en;
};

MoneyUnit UnitOf(v1::Money::DisplayUnit unit) {
  switch (unit) {
    case v1::Money::DISPLAY_UNIT_THOUSAND:
      return {3, "nghìn đồng", "thousand VND"};
    case v1::Money::DISPLAY_UNIT_MILLION:
      return {6, "triệu đồng", "million VND"};
    case v1::Money::DISPLAY_UNIT_BILLION:
      return {9, "tỷ đồng", "billion VND"};
    default:
      return {0, "đồng", "VND"};
  }
}

__int128 PowerOfTen(int exponent) {
  __int128 power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

// Quotient of non-negative integers by the rule.
__int128 Divide(__int128 numerator, __int128 denominator, v1::Ratio::Rounding rounding) {
  const __int128 quotient = numerator / denominator;
  const __int128 twice_rest = 2 * (numerator % denominator);
  switch (rounding) {
    case v1::Ratio::ROUNDING_TRUNC:
      return quotient;
    case v1::Ratio::ROUNDING_HALF_EVEN:
      if (twice_rest == denominator) return quotient + quotient % 2;
      return quotient + (twice_rest > denominator ? 1 : 0);
    default:
      return quotient + (twice_rest >= denominator ? 1 : 0);
  }
}

// A share of something "at least" is itself bounded only when its denominator is exact.
v1::Bound BoundOf(const v1::Ratio& ratio) {
  const bool exact = ratio.denominator().bound() == v1::BOUND_EXACT;
  if (exact) return ratio.numerator().bound();
  return v1::BOUND_APPROX;
}

std::string PercentText(const v1::Ratio& ratio, v1::Ratio::Rounding rounding, Language language) {
  const v1::Quantity& top = ratio.numerator();
  const v1::Quantity& bottom = ratio.denominator();
  if (bottom.value() == 0) return "—";
  const __int128 hundred = PowerOfTen(2 + kPercentDigits);
  __int128 numerator =
      top.value() * PowerOfTen(static_cast<int>(std::min(bottom.scale(), kScaleMax))) * hundred;
  __int128 denominator =
      bottom.value() * PowerOfTen(static_cast<int>(std::min(top.scale(), kScaleMax)));
  const bool negative = (numerator < 0) != (denominator < 0);
  if (numerator < 0) numerator = -numerator;
  if (denominator < 0) denominator = -denominator;
  const __int128 shown = Divide(numerator, denominator, rounding);
  const std::string plain = PlainDecimal(negative ? -shown : shown, kPercentDigits);
  return std::string(BoundWord(BoundOf(ratio), language)) +
         Format(icu::number::NumberFormatter::with()
                    .unit(icu::NoUnit::percent())
                    .precision(icu::number::Precision::fixedFraction(kPercentDigits)),
                plain, language);
}

}  // namespace

std::string NumberText(std::int64_t value, Language language) {
  return ExactText(value, 0, language);
}

std::string DecimalText(std::int64_t value, std::uint32_t scale, Language language) {
  return ExactText(value, static_cast<int>(std::min(scale, kScaleMax)), language);
}

std::string QuantityText(const v1::Quantity& quantity, Language language) {
  std::string text(BoundWord(quantity.bound(), language));
  text += DecimalText(quantity.value(), quantity.scale(), language);
  if (!quantity.unit().empty()) text += " " + quantity.unit();
  return text;
}

std::string MoneyText(const v1::Money& money, Language language) {
  const MoneyUnit unit = UnitOf(money.display_unit());
  __int128 value = money.vnd();
  int scale = unit.digits;
  while (scale > 0 && value % 10 == 0) {
    value /= 10;
    --scale;
  }
  return std::string(BoundWord(money.bound(), language)) + ExactText(value, scale, language) + " " +
         std::string(Pick(language, unit.vi, unit.en));
}

std::string RatioText(const v1::Ratio& ratio, Language language) {
  if (ratio.denominator().value() == 0) return "—";
  if (ratio.rounding() == v1::Ratio::ROUNDING_AS_PRINTED) return ratio.printed();
  return PercentText(ratio, ratio.rounding(), language);
}

std::string ComputedRatioText(const v1::Ratio& ratio, Language language) {
  return PercentText(ratio, v1::Ratio::ROUNDING_HALF_UP, language);
}

}  // namespace nhanrong::cli

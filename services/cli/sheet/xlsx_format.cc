#include "services/cli/sheet/xlsx_format.h"

#include <cmath>

#include "services/base/clock.h"

namespace nhanrong::cli {
namespace {

// Integers up to 2^53 are exact in a double.
constexpr std::int64_t kExactMax = std::int64_t{1} << 53;
// Day 1 of a spreadsheet is 1900-01-01, and 1900 counts as a leap year: exact from March 1900 on.
constexpr absl::CivilDay kEpoch(1899, 12, 30);
constexpr absl::CivilDay kFirstExactDay(1900, 3, 1);
constexpr double kSecondsInDay = 86'400;
// With the mark of Vietnam, or a spreadsheet of another country puts the month first.
constexpr char kDayFormat[] = "[$-42A]dd/mm/yyyy";
constexpr char kTimeFormat[] = "[$-42A]dd/mm/yyyy hh:mm:ss";

bool IsExact(std::int64_t value) { return value <= kExactMax && value >= -kExactMax; }

// `text` shown as it is, whatever stands in it.
std::string Literal(const std::string& text) {
  if (text.empty()) return "";
  std::string literal = "\"";
  for (const char c : text) literal += c == '"' ? '\'' : c;
  return literal + "\"";
}

std::string Digits(std::uint32_t scale) {
  return scale == 0 ? "#,##0" : "#,##0." + std::string(scale, '0');
}

// What stands before and behind the figure in its text.
std::string Around(const std::string& text, const std::string& figure, const std::string& digits) {
  const std::size_t at = text.find(figure);
  if (at == std::string::npos) return digits;
  return Literal(text.substr(0, at)) + digits + Literal(text.substr(at + figure.size()));
}

struct ToNumber {
  Language language;
  using Result = std::optional<XlsxNumber>;

  Result operator()(std::monostate) const { return std::nullopt; }
  Result operator()(const std::string&) const { return std::nullopt; }
  Result operator()(const WholeNumber& count) const {
    if (!IsExact(count.value)) return std::nullopt;
    return XlsxNumber{static_cast<double>(count.value), Digits(0)};
  }
  Result operator()(const Ordinal& ordinal) const {
    if (ordinal.value > static_cast<std::uint64_t>(kExactMax)) return std::nullopt;
    return XlsxNumber{static_cast<double>(ordinal.value), "0"};
  }
  Result operator()(const v1::Quantity& quantity) const {
    if (!IsExact(quantity.value())) return std::nullopt;
    const std::string figure = DecimalText(quantity.value(), quantity.scale(), language);
    const double value =
        static_cast<double>(quantity.value()) / std::pow(10.0, static_cast<int>(quantity.scale()));
    return XlsxNumber{value,
                      Around(QuantityText(quantity, language), figure, Digits(quantity.scale()))};
  }
  // A share of integers is computed when it is shown, here too.
  Result operator()(const v1::Ratio& ratio) const {
    const v1::Quantity& top = ratio.numerator();
    const v1::Quantity& bottom = ratio.denominator();
    const bool exact = top.bound() == v1::BOUND_EXACT && bottom.bound() == v1::BOUND_EXACT;
    if (bottom.value() == 0 || !exact || top.scale() > 0 || bottom.scale() > 0) return std::nullopt;
    return XlsxNumber{static_cast<double>(top.value()) / static_cast<double>(bottom.value()),
                      "0.0%"};
  }
  Result operator()(const v1::BusinessDate& date) const {
    const Cell day = DayCell(date.value());
    if (!std::holds_alternative<absl::CivilDay>(day)) return std::nullopt;
    return (*this)(std::get<absl::CivilDay>(day));
  }
  Result operator()(absl::CivilDay day) const {
    if (day < kFirstExactDay) return std::nullopt;
    return XlsxNumber{static_cast<double>(day - kEpoch), kDayFormat};
  }
  Result operator()(absl::Time time) const {
    const absl::CivilSecond second = absl::ToCivilSecond(time, VietnamTimeZone());
    const absl::CivilDay day(second);
    if (day < kFirstExactDay) return std::nullopt;
    const auto of_day = static_cast<double>(second - absl::CivilSecond(day));
    return XlsxNumber{static_cast<double>(day - kEpoch) + of_day / kSecondsInDay, kTimeFormat};
  }
};

}  // namespace

std::optional<XlsxNumber> NumberOf(const Cell& cell, Language language) {
  return std::visit(ToNumber{language}, cell);
}

}  // namespace nhanrong::cli

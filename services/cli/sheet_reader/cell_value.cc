#include "services/cli/sheet_reader/cell_value.h"

#include <cmath>
#include <cstdio>

#include "absl/strings/numbers.h"
#include "absl/time/civil_time.h"
#include "services/base/text.h"

namespace nhanrong::cli {
namespace {

// Spreadsheets keep 15 significant digits: what stands beyond comes from binary fractions.
constexpr int kSignificantDigits = 15;
// Figures after the point that are written out; a quantity has at most 4.
constexpr int kFractionDigits = 12;
constexpr double kNumberMax = 1e15;
constexpr double kDayMax = 2'958'465;  // 9999-12-31

// "-13.9" for -13.9, "4945000000" for 4.945e9.
std::string PlainDecimal(double value) {
  char digits[64];
  std::snprintf(digits, sizeof digits, "%.*g", kSignificantDigits, value);
  std::string text = digits;
  // Only below a ten-thousandth: greater numbers than kNumberMax do not come here.
  if (text.find('e') == std::string::npos) return text == "-0" ? "0" : text;
  std::snprintf(digits, sizeof digits, "%.*f", kFractionDigits, value);
  text = digits;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

RawCell Text(std::string text) {
  if (text.empty()) return {};
  return {.kind = RawCell::Kind::kText, .text = std::move(text)};
}

// Serial numbers below 61 are of the days before 1 March 1900, one of which never was.
RawCell Day(double serial, const NumberFormat& format, bool epoch_1904) {
  RawCell cell;
  cell.kind = RawCell::Kind::kDate;
  cell.shows_day = format.shows_day;
  cell.shows_month = format.shows_month;
  cell.shows_year = format.shows_year;
  if (serial < 0 || serial > kDayMax) return {.kind = RawCell::Kind::kError, .text = "#DATE"};
  const auto days = static_cast<std::int64_t>(std::floor(serial));
  const absl::CivilDay epoch = epoch_1904  ? absl::CivilDay(1904, 1, 1)
                               : days < 60 ? absl::CivilDay(1899, 12, 31)
                                           : absl::CivilDay(1899, 12, 30);
  cell.text = absl::FormatCivilTime(epoch + days);
  return cell;
}

RawCell Number(const StoredCell& stored, const WorkbookParts& parts) {
  double value = 0;
  if (!absl::SimpleAtod(stored.value, &value)) return Text(stored.value);
  NumberFormat format;
  if (stored.style >= 0 && static_cast<std::size_t>(stored.style) < parts.styles.size()) {
    format = parts.styles[static_cast<std::size_t>(stored.style)];
  }
  if (format.date) return Day(value, format, parts.epoch_1904);
  if (format.percent) value *= 100;
  if (!(std::abs(value) < kNumberMax)) return {.kind = RawCell::Kind::kError, .text = "#NUM!"};
  return {.kind = RawCell::Kind::kNumber,
          .text = PlainDecimal(value),
          .before = format.before,
          .after = format.percent ? "%" + format.after : format.after};
}

RawCell Shared(const StoredCell& stored, const WorkbookParts& parts) {
  std::size_t index = 0;
  if (!absl::SimpleAtoi(stored.value, &index) || index >= parts.shared_texts.size()) {
    return {.kind = RawCell::Kind::kError, .text = "#TEXT"};
  }
  return Text(parts.shared_texts[index]);
}

}  // namespace

RawCell CellOf(const StoredCell& stored, const WorkbookParts& parts) {
  if (!stored.has_value || (stored.value.empty() && stored.has_formula && stored.type != "str")) {
    return stored.has_formula ? RawCell{.kind = RawCell::Kind::kFormula} : RawCell();
  }
  if (stored.type == "s") return Shared(stored, parts);
  if (stored.type == "inlineStr" || stored.type == "str") return Text(stored.value);
  if (stored.type == "b") {
    return {.kind = RawCell::Kind::kBoolean, .text = stored.value == "1" ? "TRUE" : "FALSE"};
  }
  if (stored.type == "e") return {.kind = RawCell::Kind::kError, .text = stored.value};
  if (stored.type == "d") {
    return {.kind = RawCell::Kind::kDate, .text = stored.value.substr(0, 10)};
  }
  return Number(stored, parts);
}

bool ParseCellName(std::string_view name, std::uint32_t& row, std::size_t& column) {
  std::size_t letters = 0;
  std::size_t number = 0;
  while (letters < name.size() && name[letters] >= 'A' && name[letters] <= 'Z' && letters < 4) {
    number = number * 26 + static_cast<std::size_t>(name[letters] - 'A' + 1);
    ++letters;
  }
  if (letters == 0 || !absl::SimpleAtoi(ToAbsl(name.substr(letters)), &row)) return false;
  column = number - 1;
  return true;
}

std::string ColumnName(std::size_t column) {
  std::string name;
  for (std::size_t number = column + 1; number > 0; number = (number - 1) / 26) {
    name.insert(name.begin(), static_cast<char>('A' + (number - 1) % 26));
  }
  return name;
}

}  // namespace nhanrong::cli

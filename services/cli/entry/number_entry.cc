#include "services/cli/entry/number_entry.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "services/cli/entry/decimal_entry.h"
#include "services/cli/format/vietnamese.h"

namespace nhanrong::cli {
namespace {

constexpr std::uint32_t kScaleMax = 4;

struct BoundWord {
  std::string_view word;
  v1::Bound bound;
};
// Longer ones before those that they begin with.
constexpr BoundWord kBoundWords[] = {
    {"hơn", v1::BOUND_AT_LEAST},
    {"trên", v1::BOUND_AT_LEAST},
    {"ít nhất", v1::BOUND_AT_LEAST},
    {"tối thiểu", v1::BOUND_AT_LEAST},
    {"không dưới", v1::BOUND_AT_LEAST},
    {"≥", v1::BOUND_AT_LEAST},
    {">=", v1::BOUND_AT_LEAST},
    {">", v1::BOUND_AT_LEAST},
    {"không quá", v1::BOUND_AT_MOST},
    {"nhiều nhất", v1::BOUND_AT_MOST},
    {"tối đa", v1::BOUND_AT_MOST},
    {"dưới", v1::BOUND_AT_MOST},
    {"≤", v1::BOUND_AT_MOST},
    {"<=", v1::BOUND_AT_MOST},
    {"<", v1::BOUND_AT_MOST},
    {"khoảng", v1::BOUND_APPROX},
    {"ước khoảng", v1::BOUND_APPROX},
    {"ước", v1::BOUND_APPROX},
    {"chừng", v1::BOUND_APPROX},
    {"gần", v1::BOUND_APPROX},
    {"xấp xỉ", v1::BOUND_APPROX},
    {"~", v1::BOUND_APPROX},
    {"cỡ", v1::BOUND_ORDER_OF_MAGNITUDE},
};

struct Magnitude {
  std::string_view words;
  std::int64_t value;
};
constexpr Magnitude kMagnitudes[] = {{"hàng chục", 10},
                                     {"hàng trăm", 100},
                                     {"hàng nghìn", 1'000},
                                     {"hàng ngàn", 1'000},
                                     {"hàng vạn", 10'000}};

struct Multiple {
  std::string_view word;
  int digits;
};
constexpr Multiple kMultiples[] = {{"nghìn tỷ", 12}, {"nghìn tỉ", 12}, {"ngàn tỷ", 12},
                                   {"tỷ", 9},        {"tỉ", 9},        {"triệu", 6},
                                   {"tr", 6},        {"nghìn", 3},     {"ngàn", 3}};

struct UnitWord {
  std::string_view written;
  std::string_view unit;
};
constexpr UnitWord kUnitWords[] = {{"m²", "m2"},    {"m³", "m3"},     {"km²", "km2"},
                                   {"đ", "đồng"},   {"₫", "đồng"},    {"vnd", "đồng"},
                                   {"vnđ", "đồng"}, {"đồng", "đồng"}, {"đồng việt nam", "đồng"}};

// Words are compared in any case; `text` is clean.
bool ConsumeWord(std::string_view& text, std::string_view word) {
  const std::string head = LowerCase(text.substr(0, word.size()));
  if (head != word) return false;
  const std::string_view rest = text.substr(word.size());
  const bool sign = static_cast<unsigned char>(word.back()) < 0x80 && !IsAsciiLetter(word.back());
  const bool ended = rest.empty() || rest.front() == ' ' || sign || word == "≥" || word == "≤";
  if (!ended) return false;
  text = rest;
  while (text.starts_with(' ')) text.remove_prefix(1);
  return true;
}

v1::Bound ConsumeBound(std::string_view& text) {
  for (const BoundWord& row : kBoundWords) {
    if (ConsumeWord(text, row.word)) return row.bound;
  }
  return v1::BOUND_EXACT;
}

std::string UnitOf(std::string_view written) {
  for (const UnitWord& row : kUnitWords) {
    if (LowerCase(written) == row.written) return std::string(row.unit);
  }
  return std::string(written);
}

int ConsumeMultiple(std::string_view& text) {
  for (const Multiple& row : kMultiples) {
    if (ConsumeWord(text, row.word)) return row.digits;
  }
  return 0;
}

// value / 10^scale × 10^digits, exact, with as few decimals as it takes.
std::optional<v1::Quantity> Scaled(const Decimal& decimal, int digits) {
  __int128 value = decimal.value;
  int scale = decimal.scale - digits;
  for (; scale < 0; ++scale) {
    value *= 10;
    if (value > INT64_MAX || value < INT64_MIN) return std::nullopt;
  }
  for (; digits > 0 && scale > 0 && value % 10 == 0; --scale) value /= 10;
  if (value > INT64_MAX || value < INT64_MIN || scale > static_cast<int>(kScaleMax)) {
    return std::nullopt;
  }
  v1::Quantity quantity;
  quantity.set_value(static_cast<std::int64_t>(value));
  quantity.set_scale(static_cast<std::uint32_t>(scale));
  return quantity;
}

Understood<Decimal> FigureOf(const RawCell& cell, std::string_view& text, bool has_unit,
                             NumberStyle style) {
  for (const Magnitude& row : kMagnitudes) {
    if (ConsumeWord(text, row.words)) return Decimal{row.value, 0};
  }
  // A number of the spreadsheet is shown with ',' before its decimals and without groups.
  if (cell.kind == RawCell::Kind::kNumber) style = NumberStyle::kVietnamese;
  return ConsumeDecimal(text, style, has_unit);
}

// Words of a unit: "triệu đồng" is six more figures of "đồng".
struct Unit {
  explicit Unit(std::string_view words) {
    digits = ConsumeMultiple(words);
    unit = UnitOf(words);
  }
  int digits = 0;
  std::string unit;
};

Understood<v1::Quantity> Assemble(const Decimal& figure, std::string_view rest,
                                  const NumberContext& context) {
  const Unit in_cell(rest);
  const Unit column(context.unit);
  const bool cell_says = in_cell.digits > 0 || !in_cell.unit.empty();
  const bool differ = cell_says && !context.unit.empty() &&
                      (in_cell.digits != column.digits || in_cell.unit != column.unit);
  const Unit& unit = cell_says ? in_cell : column;
  if (differ) {
    return NotUnderstood("đơn vị trong ô (" + std::string(rest) + ") khác cột đơn vị tính (" +
                             context.unit + "): giữ một đơn vị",
                         "the cell's unit (" + std::string(rest) +
                             ") is not that of the column beside it (" + context.unit + ")");
  }
  std::string_view only_multiple = unit.unit;
  if (unit.unit.empty() || ConsumeMultiple(only_multiple) > 0) {
    return NotUnderstood("thiếu đơn vị tính: viết cùng số, ví dụ \"30.996 công\"",
                         "no unit: write it with the number, e.g. \"30.996 công\"");
  }
  auto quantity = Scaled(figure, unit.digits);
  if (!quantity) {
    return NotUnderstood("số quá lớn, hoặc quá 4 chữ số thập phân",
                         "the number is too large, or has more than 4 decimals");
  }
  quantity->set_unit(unit.unit);
  return *quantity;
}

// What the source wrote, where it says more than number and unit. From a number and the unit of the
// column beside it the same text is made whether the number was a figure or text.
std::string RawText(const v1::Quantity& quantity, const Decimal& figure, std::string_view rest,
                    const std::string& entry, const std::string& column_unit) {
  if (rest.empty() && !column_unit.empty()) {
    v1::Quantity printed = quantity;
    printed.set_value(figure.value);
    printed.set_scale(static_cast<std::uint32_t>(figure.scale));
    printed.set_unit(column_unit);
    const std::string text = QuantityText(printed, Language::kVietnamese);
    return text == QuantityText(quantity, Language::kVietnamese) ? "" : text;
  }
  return QuantityText(quantity, Language::kVietnamese) == entry ? "" : entry;
}

}  // namespace

Understood<v1::Quantity> ParseQuantity(const RawCell& cell, const NumberContext& context) {
  if (cell.kind == RawCell::Kind::kDate) {
    return NotUnderstood(
        "ô là ngày, không phải số: bảng tính đã tự đổi; định dạng ô là văn bản rồi nhập lại",
        "the cell is a date, not a number: the spreadsheet changed it; format the cell as text");
  }
  const auto shown = ShownText(cell);
  if (!shown) return tl::unexpected(shown.error());
  const std::string entry = shown->value_or("");
  const NumberContext clean = {context.style, CleanText(context.unit)};
  std::string_view text = entry;
  v1::Bound bound = ConsumeBound(text);
  const bool is_magnitude = LowerCase(text).starts_with("hàng ");
  const bool has_unit = HasUnit(text) || !clean.unit.empty();
  const auto figure = FigureOf(cell, text, has_unit, clean.style);
  if (!figure) return tl::unexpected(figure.error());
  if (is_magnitude) bound = v1::BOUND_ORDER_OF_MAGNITUDE;
  auto quantity = Assemble(*figure, text, clean);
  if (!quantity) return quantity;
  quantity->set_bound(bound);
  quantity->set_raw_text(RawText(*quantity, *figure, text, entry, clean.unit));
  return quantity;
}

std::string QuantityEcho(const v1::Quantity& quantity) {
  const std::string shown = QuantityText(quantity, Language::kVietnamese);
  if (quantity.raw_text().empty() || quantity.raw_text() == shown) return "";
  return quantity.raw_text() + " = " + shown;
}

}  // namespace nhanrong::cli

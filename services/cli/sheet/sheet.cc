#include "services/cli/sheet/sheet.h"

#include <utility>

namespace nhanrong::cli {
namespace {

struct ToText {
  Language language;

  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(const std::string& text) const { return text; }
  std::string operator()(const WholeNumber& count) const {
    return NumberText(count.value, language);
  }
  std::string operator()(const Ordinal& ordinal) const { return std::to_string(ordinal.value); }
  std::string operator()(const v1::Quantity& quantity) const {
    return QuantityText(quantity, language);
  }
  std::string operator()(const v1::Ratio& ratio) const {
    return ComputedRatioText(ratio, language);
  }
  std::string operator()(const v1::BusinessDate& date) const { return DateText(date, language); }
  std::string operator()(absl::CivilDay day) const {
    return IsoDateText(absl::FormatCivilTime(day), language);
  }
  std::string operator()(absl::Time time) const { return TimeText(time, language); }
};

}  // namespace

Cell DayCell(const std::string& iso) {
  absl::CivilDay day;
  if (iso.size() == 10 && absl::ParseCivilTime(iso, &day)) return day;
  return iso;
}

std::string CellText(const Cell& cell, Language language) {
  return std::visit(ToText{language}, cell);
}

std::string ReportText(const Report& report, Language language) {
  std::string text;
  for (const Sheet& sheet : report.sheets) {
    Table table(sheet.columns);
    for (const std::vector<Cell>& row : sheet.rows) {
      std::vector<std::string> cells;
      cells.reserve(row.size());
      for (const Cell& cell : row) cells.push_back(CellText(cell, language));
      table.Add(std::move(cells));
    }
    text += table.Text();
    if (sheet.gap_after) text += "\n";
  }
  for (const std::string& note : report.notes) text += note + "\n";
  return text;
}

}  // namespace nhanrong::cli

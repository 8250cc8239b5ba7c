#include "services/cli/format/table.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "services/base/check.h"
#include "unicode/uchar.h"
#include "unicode/utf8.h"

namespace nhanrong::cli {
namespace {

// Columns of a cell before it folds: three such cells fit on a wide terminal.
constexpr std::size_t kCellWidthMax = 56;
constexpr std::string_view kGap = "  ";
constexpr std::string_view kRule = "─";

std::size_t WidthOf(UChar32 c) {
  switch (u_charType(c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
      return 0;
    default:
      break;
  }
  const int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// Lines of a cell: at its own line ends, and at spaces where it is too wide.
std::vector<std::string> Fold(const std::string& cell) {
  std::vector<std::string> lines(1);
  std::size_t begin = 0;
  while (begin <= cell.size()) {
    const std::size_t end = std::min(cell.find_first_of(" \n", begin), cell.size());
    const std::string word = cell.substr(begin, end - begin);
    std::string& line = lines.back();
    if (!line.empty() && DisplayWidth(line) + 1 + DisplayWidth(word) > kCellWidthMax) {
      lines.push_back(word);
    } else {
      line += (line.empty() ? "" : " ") + word;
    }
    if (end < cell.size() && cell[end] == '\n') lines.emplace_back();
    begin = end + 1;
  }
  return lines;
}

std::string Padded(const std::string& text, std::size_t width, Column::Align align) {
  const std::string blanks(width - std::min(width, DisplayWidth(text)), ' ');
  return align == Column::Align::kRight ? blanks + text : text + blanks;
}

void AppendLine(std::string& out, std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  out += line + "\n";
}

}  // namespace

std::size_t DisplayWidth(std::string_view utf8) {
  const char* bytes = utf8.data();
  const auto length = static_cast<std::int32_t>(utf8.size());
  std::size_t width = 0;
  for (std::int32_t i = 0; i < length;) {
    UChar32 c = 0;
    U8_NEXT(bytes, i, length, c);
    width += c < 0 ? 1 : WidthOf(c);
  }
  return width;
}

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::Add(std::vector<std::string> cells) {
  NR_CHECK(cells.size() == columns_.size(), "a row has one cell for each column");
  rows_.push_back(std::move(cells));
}

namespace {

using Lines = std::vector<std::string>;
using Row = std::vector<Lines>;

std::vector<std::size_t> WidthsOf(const std::vector<Row>& rows, std::size_t columns) {
  std::vector<std::size_t> widths(columns, 0);
  for (const Row& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      for (const std::string& line : row[c]) widths[c] = std::max(widths[c], DisplayWidth(line));
    }
  }
  return widths;
}

std::string RuleOf(const std::vector<std::size_t>& widths) {
  std::string rule;
  for (std::size_t c = 0; c < widths.size(); ++c) {
    if (c > 0) rule += kGap;
    for (std::size_t i = 0; i < widths[c]; ++i) rule += kRule;
  }
  return rule;
}

void AppendRow(const Row& row, const std::vector<std::size_t>& widths,
               const std::vector<Column>& columns, std::string& out) {
  std::size_t height = 0;
  for (const Lines& lines : row) height = std::max(height, lines.size());
  for (std::size_t h = 0; h < height; ++h) {
    std::string line;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      if (c > 0) line += kGap;
      line += Padded(h < row[c].size() ? row[c][h] : "", widths[c], columns[c].align);
    }
    AppendLine(out, std::move(line));
  }
}

}  // namespace

std::string Table::Text() const {
  std::vector<Row> rows(1);
  for (const Column& column : columns_) rows[0].push_back(Fold(column.title));
  for (const auto& cells : rows_) {
    Row& row = rows.emplace_back();
    for (const std::string& cell : cells) row.push_back(Fold(cell));
  }
  const std::vector<std::size_t> widths = WidthsOf(rows, columns_.size());
  std::string out;
  AppendRow(rows[0], widths, columns_, out);
  AppendLine(out, RuleOf(widths));
  for (std::size_t r = 1; r < rows.size(); ++r) AppendRow(rows[r], widths, columns_, out);
  return out;
}

}  // namespace nhanrong::cli

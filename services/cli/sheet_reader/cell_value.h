// A cell of a worksheet as RawCell: from its type, its style and its stored text.
//
// Pure.
#pragma once

#include <string>
#include <string_view>

#include "services/cli/sheet_reader/raw_sheet.h"
#include "services/cli/sheet_reader/workbook_parts.h"

namespace nhanrong::cli {

// A <c> element.
struct StoredCell {
  std::string type;  // "s", "inlineStr", "str", "b", "e", "d", "n" or empty
  int style = 0;
  std::string value;  // of <v>, or the inline text
  bool has_value = false;
  bool has_formula = false;
};

RawCell CellOf(const StoredCell& stored, const WorkbookParts& parts);

// "BC12" is row 12, column 54 (from 0). False: no reference.
bool ParseCellName(std::string_view name, std::uint32_t& row, std::size_t& column);
// "BC" for 54.
std::string ColumnName(std::size_t column);

}  // namespace nhanrong::cli

// How a typed cell becomes a number of a spreadsheet, with the number format that shows the rest.
//
// Pure. "hơn 141 mô hình" is the number 141 with the format "hơn "#,##0" mô hình": it can be added
// up, and says no more than its source.
#pragma once

#include <optional>
#include <string>

#include "services/cli/sheet/sheet.h"

namespace nhanrong::cli {

struct XlsxNumber {
  double value = 0;
  std::string format;
};

// Absent: the cell is text, or no number of a spreadsheet holds it exactly.
std::optional<XlsxNumber> NumberOf(const Cell& cell, Language language);

}  // namespace nhanrong::cli

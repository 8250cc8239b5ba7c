// CSV as spreadsheets of Vietnam open it: UTF-8 with byte order mark, ';' between cells, CR LF.
//
// Pure. Text that a spreadsheet would run as a formula gets an apostrophe before it, and loses it
// again when it is read: what went out comes back as it was.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/cli/sheet/sheet.h"

namespace nhanrong::cli {

inline constexpr std::string_view kCsvMark = "\xEF\xBB\xBF";
inline constexpr char kCsvSeparator = ';';

// Whether a spreadsheet could take the text for a formula: it begins with '=', '+', '-', '@', tab
// or line break, after any apostrophes, and is more than a number.
bool LooksLikeFormula(std::string_view text);
std::string GuardFormula(std::string_view text);
// Takes away what GuardFormula put there.
std::string_view UnguardFormula(std::string_view text);

// One line of cells that are text already, with quotes where they are needed.
std::string CsvLine(const std::vector<std::string>& cells, char separator = kCsvSeparator);
// One line of typed cells, guarded; a negative number stays a number.
std::string CsvRow(const std::vector<Cell>& cells, Language language);

}  // namespace nhanrong::cli

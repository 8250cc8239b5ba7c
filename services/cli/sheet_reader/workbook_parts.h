// What a worksheet's rows need to be read: shared texts, number formats, where the sheets lie.
//
// Faults: INVALID_ARGUMENT, damaged or beyond a limit.
#pragma once

#include <string>
#include <vector>

#include "services/cli/sheet_reader/number_format.h"
#include "services/cli/sheet_reader/package.h"

namespace nhanrong::cli {

// Bytes of all shared texts of a workbook.
inline constexpr std::size_t kSharedTextBytesMax = 96 << 20;
// Cell styles; programs allow 65,000.
inline constexpr std::size_t kStylesMax = 65'536;

struct SheetPart {
  std::string name;
  std::string part;  // "xl/worksheets/sheet1.xml"
  bool hidden = false;
};

struct WorkbookParts {
  std::vector<SheetPart> sheets;
  std::vector<std::string> shared_texts;
  // By the style index of a cell.
  std::vector<NumberFormat> styles;
  // Day 0 is 1904-01-01 (old Macintosh files).
  bool epoch_1904 = false;
};

absl::StatusOr<WorkbookParts> ReadWorkbookParts(const Package& package);

}  // namespace nhanrong::cli

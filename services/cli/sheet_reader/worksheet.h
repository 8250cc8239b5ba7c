// The rows of one worksheet, pulled from its part piece by piece.
//
// The part is read twice: once to its end for what stands behind the rows (merged cells) and to see
// that it is whole, then for the rows. Faults: INVALID_ARGUMENT.
#pragma once

#include <memory>

#include "services/cli/sheet_reader/raw_sheet.h"
#include "services/cli/sheet_reader/workbook_parts.h"

namespace nhanrong::cli {

// Merged areas of a sheet; more are decoration.
inline constexpr std::size_t kMergedAreasMax = 20'000;

// Package and parts outlive the sheet.
absl::StatusOr<std::unique_ptr<RawSheet>> OpenWorksheet(const Package& package,
                                                        const WorkbookParts& parts,
                                                        const SheetPart& sheet);

}  // namespace nhanrong::cli

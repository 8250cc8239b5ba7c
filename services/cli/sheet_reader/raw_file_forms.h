// The two forms of OpenRawFile. Faults as there.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "services/cli/sheet_reader/raw_sheet.h"

namespace nhanrong::cli {

absl::StatusOr<std::unique_ptr<RawFile>> OpenCsv(std::string_view bytes);
absl::StatusOr<std::unique_ptr<RawFile>> OpenXlsx(const std::string& path);

}  // namespace nhanrong::cli

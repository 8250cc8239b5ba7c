// Templates as files: an empty one to fill in, and rows that come back to be mended.
//
// A file stands whole under its name or not at all. Faults: as XlsxBook; a file's own for CSV.
#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "services/cli/templates/header.h"

namespace nhanrong::cli {

// By the ending: .csv or .xlsx. ALREADY_EXISTS rather than overwrite what somebody may have filled
// in; INVALID_ARGUMENT for another ending.
absl::Status WriteTemplate(const Template& form, const std::string& path, Language language);

struct ReturnedRow {
  RawRow raw;
  std::string reason;
};
// The rows in the columns of the file that they came in, with the reason in one more at the end.
absl::Status WriteReturned(const Header& header, const std::vector<ReturnedRow>& rows,
                           FileForm file_form, char separator, const std::string& path,
                           Language language);
// "a.tra-lai.xlsx" for "a.xlsx", "a.tra-lai-2.xlsx" for that one; the first name that is free.
std::string ReturnedPath(const std::string& path);

}  // namespace nhanrong::cli

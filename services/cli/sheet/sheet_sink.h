// Where tables go, row by row, so that a table may be longer than memory: CSV or XLSX.
//
// Not thread-safe. After a failure nothing more is written; Finish makes the file, whole or not at
// all (CSV to standard output excepted).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/cli/sheet/sheet.h"

namespace nhanrong::cli {

class SheetSink {
 public:
  virtual ~SheetSink() = default;
  // Begins a table with the name and columns of `head`; its rows are not looked at.
  virtual absl::Status Begin(const Sheet& head) = 0;
  virtual absl::Status Row(const std::vector<Cell>& cells) = 0;
  // What is to be said about the tables. At most once, after the last row.
  virtual absl::Status Notes(const std::vector<std::string>& notes) = 0;
  virtual absl::Status Finish() = 0;
};

// Where CSV goes: its bytes, its notes (they are no rows), and what makes it final.
struct CsvTarget {
  std::function<absl::Status(std::string_view)> write;
  std::function<absl::Status(std::string_view)> note;
  std::function<absl::Status()> finish = [] { return absl::OkStatus(); };
};
// Tables one below the other, an empty line between them.
std::unique_ptr<SheetSink> MakeCsvSink(CsvTarget target, Language language);

// A worksheet for each table and one for the notes. Bounded memory: rows lie in a temporary file
// until Finish. UNKNOWN when the file cannot be made, OUT_OF_RANGE beyond a worksheet's 1,048,576
// rows.
absl::StatusOr<std::unique_ptr<SheetSink>> MakeXlsxSink(const std::string& path, Language language);

absl::Status WriteReport(const Report& report, SheetSink& sink);

}  // namespace nhanrong::cli

// One spreadsheet through the row import, with progress on standard error.
//
// Blocks. Needs nothing beside the file: what was sent before is asked of the service, so the same
// file may be imported again, from any machine and after any kill. Rows that are not recorded come
// back in a file of the same form.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "services/cli/import/journal.h"
#include "services/cli/program.h"
#include "services/cli/row_import/row_stream.h"
#include "services/cli/sheet/sheet.h"

namespace nhanrong::cli {

struct SheetImportOptions {
  std::string ledger;
  // Name of the template; empty: by the header.
  std::string form;
  // Of the worksheet; empty: the one that has a header.
  std::string sheet;
  RowOptions rows;
  ImportOptions import;
};

struct SheetImportResult {
  const Template* form = nullptr;
  ImportCounts counts;
  // Of the accepted ones.
  std::uint64_t corrected = 0;
  // Of the repeated ones: recorded and corrected since.
  std::uint64_t superseded = 0;
  // With check_only: rows that would be sent.
  std::uint64_t checked = 0;
  // What a person should know about how the file was read.
  std::vector<std::string> remarks;
  // Why the run stopped before the end; OK: it did not.
  Failure stopped;
  ExitCode exit = ExitCode::kOk;
  // Where the rows stand that came back; empty: none did.
  std::string returned_path;
};

// Whether a file is a spreadsheet (by its ending, or a ZIP by content) and not NDJSON.
bool IsSheetFile(const std::string& path);

using TellOutcome = std::function<absl::Status(const Template&, const RowOutcome&)>;
// A fault of the file is a status: then nothing was sent.
absl::StatusOr<SheetImportResult> ImportSheet(const Session& session, const std::string& path,
                                              const SheetImportOptions& options,
                                              const TellOutcome& tell);

// Rows of a table of outcomes: row, outcome, position, what was understood, what is wrong, id.
Sheet OutcomeHead(Language language);
std::vector<Cell> OutcomeRow(const Template& form, const RowOutcome& outcome, Language language);

}  // namespace nhanrong::cli

// One file through the importer with progress on standard error: `import` and `demo` use it.
#pragma once

#include <string>

#include "services/cli/import/importer.h"
#include "services/cli/import/journal.h"
#include "services/cli/senders.h"

namespace nhanrong::cli {

struct ImportFileOptions {
  ImportDefaults defaults;
  ImportOptions import;
  // Calls one after another instead of a stream, as behind a proxy that knows no streams.
  bool calls = false;
  bool resume = false;
};

struct ImportFileResult {
  ImportCounts counts;
  // The highest position that an accepted line has: give it to a query as min_position.
  std::uint64_t last_position = 0;
  // Why the run stopped before the end; OK: it did not.
  Failure stopped;
  // Of the worst line, or of what stopped the run.
  ExitCode exit = ExitCode::kOk;
  // Where refused and malformed lines stand, when there are any.
  std::string refused_path;
};

// Lines that name a sender are sent as `senders` says, those of one sender after those of another.
// A local fault (file cannot be read) is a status.
absl::StatusOr<ImportFileResult> ImportFile(Senders& senders, Language language,
                                            const std::string& file,
                                            const ImportFileOptions& options);

}  // namespace nhanrong::cli

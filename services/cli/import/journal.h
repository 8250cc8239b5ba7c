// What an import leaves beside its file: FILE.refused.ndjson, and with --resume FILE.progress.
//
// After a kill at any point, a resumed import goes on behind the last line that FILE.progress
// names, and FILE.refused.ndjson is cut back to what stood there then: nothing is lost or listed
// twice. Lines sent after that are sent again with the same ids. A line that was not decided
// because its sender may not send it is never finished: FILE.progress stays before the first such
// line, so that a resumed run with the right token sends it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/cli/client/errors.h"
#include "services/cli/import/references.h"

namespace nhanrong::cli {

struct ImportCounts {
  std::uint64_t accepted = 0;
  std::uint64_t repeated = 0;
  std::uint64_t refused = 0;
  // Malformed, or not valid by the service.
  std::uint64_t invalid = 0;
  std::uint64_t done() const { return accepted + repeated + refused + invalid; }
  friend bool operator==(const ImportCounts&, const ImportCounts&) = default;
};

// Adds one answer; the exit code that it alone would give.
ExitCode Count(const v1::SubmitOutcome& outcome, ImportCounts& counts);

// How far a run came.
struct ImportProgress {
  // The last line with an answer, 0 at the beginning.
  std::uint64_t line = 0;
  std::uint64_t refused_bytes = 0;
  ImportCounts counts;
  ExitCode worst = ExitCode::kOk;
};

class ImportJournal {
 public:
  // Begins anew, or with `resume` behind what an earlier run of the same content finished (another
  // content begins anew: ids make that harmless).
  static absl::StatusOr<ImportJournal> Open(const std::string& file, std::string_view content,
                                            bool resume);

  // Adds the answers of the next lines, durably when resuming is on. UNAUTHENTICATED or
  // PERMISSION_DENIED, with the words of the server, when the sender is not known or may send none
  // of these lines: the run must end, nobody decides its lines.
  absl::Status Add(const AnsweredBatch& batch, Language language);

  // The last line that has an answer, 0 at the beginning.
  std::uint64_t line() const { return now_.line; }
  const ImportCounts& counts() const { return now_.counts; }
  ExitCode worst() const { return now_.worst; }
  const std::string& refused_path() const { return refused_path_; }

 private:
  absl::Status Load();
  absl::Status Save() const;

  std::string progress_path_;
  std::string refused_path_;
  std::string content_sha256_;
  bool resume_ = false;
  ImportProgress now_;
  // What a resumed run goes on from: now_, until a line is denied.
  ImportProgress finished_;
  bool denied_ = false;
};

}  // namespace nhanrong::cli

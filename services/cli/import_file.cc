#include "services/cli/import_file.h"

#include <algorithm>

#include "services/cli/client/files.h"
#include "services/cli/import/stream_sender.h"
#include "services/cli/progress_line.h"

namespace nhanrong::cli {
absl::StatusOr<ImportFileResult> ImportFile(const Session& session, const std::string& file,
                                            const ImportFileOptions& options) {
  const absl::StatusOr<std::string> content = ReadWholeFile(file);
  if (!content.ok()) return content.status();
  absl::StatusOr<ImportJournal> journal = ImportJournal::Open(file, *content, options.resume);
  if (!journal.ok()) return journal.status();

  ImportReader reader(*content, options.defaults, journal->line());
  References references;
  Importer importer(
      [&](const v1::SubmitManyRequest& request, v1::SubmitManyResponse* response) {
        return session.client->Call(request, response);
      },
      options.import, references, SystemRandomUnit(), SystemSleep());
  ImportFileResult result;
  if (HasReferences(*content)) {
    references.KeepEvents();
    if (journal->line() > 0) {
      result.stopped = importer.Recall(*content, options.defaults, journal->line());
    }
  }
  ProgressLine progress(CountLines(*content), journal->counts().done(), session.language);
  const auto on_batch = [&](const AnsweredBatch& batch) {
    for (const AnsweredLine& answered : batch) {
      result.last_position =
          std::max<std::uint64_t>(result.last_position, answered.outcome.accepted().position());
    }
    absl::Status added = journal->Add(batch, session.language);
    progress.Show(journal->counts());
    return added;
  };
  // In order, one stream keeps the server busy; several calls at once do not keep the order.
  StreamSender sender([&] { return session.client->OpenSubmitStream(); },
                      {.frame_lines = options.import.batch_lines,
                       .report_lines = options.import.batch_lines,
                       .backoff = options.import.backoff},
                      references, SystemRandomUnit(), SystemSleep());
  if (Ok(result.stopped)) {
    result.stopped = options.import.in_flight == 1 ? sender.Run(reader, on_batch)
                                                   : importer.Run(reader, on_batch);
  }
  progress.End();
  result.counts = journal->counts();
  result.exit = Ok(result.stopped) ? journal->worst() : ExitCodeOf(result.stopped);
  if (result.counts.refused + result.counts.invalid > 0) {
    result.refused_path = journal->refused_path();
  }
  return result;
}

}  // namespace nhanrong::cli

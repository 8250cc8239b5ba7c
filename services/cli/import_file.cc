#include "services/cli/import_file.h"

#include <algorithm>

#include "services/cli/client/files.h"
#include "services/cli/import/named_lines.h"
#include "services/cli/import/stream_sender.h"
#include "services/cli/progress_line.h"

namespace nhanrong::cli {
namespace {

// One file on its way.
class FileImport {
 public:
  FileImport(Senders& senders, Language language, const ImportFileOptions& options,
             std::string_view content, ImportJournal& journal)
      : senders_(senders),
        language_(language),
        options_(options),
        content_(content),
        journal_(journal),
        progress_(CountLines(content), journal.counts().done(), language) {}

  ImportFileResult Run() {
    ImportReader reader(content_, options_.defaults, journal_.line());
    if (HasReferences(content_)) {
      references_.KeepEvents();
      if (journal_.line() > 0) result_.stopped = Recall();
    }
    if (Ok(result_.stopped)) {
      result_.stopped = senders_.SendAll(
          reader, [&](const Session& own, LineSource& run) { return Send(own, run); });
    }
    progress_.End();
    result_.counts = journal_.counts();
    result_.exit = Ok(result_.stopped) ? journal_.worst() : ExitCodeOf(result_.stopped);
    if (result_.counts.refused + result_.counts.invalid > 0) {
      result_.refused_path = journal_.refused_path();
    }
    return result_;
  }

 private:
  // In order, one stream keeps the server busy; several calls at once do not keep the order.
  Failure Send(const Session& own, LineSource& run) {
    const auto on_batch = [this](const AnsweredBatch& batch) { return Keep(batch); };
    if (options_.calls || options_.import.in_flight > 1) return Calls(own).Run(run, on_batch);
    StreamSender sender([&] { return own.client->OpenSubmitStream(); },
                        {.frame_lines = options_.import.batch_lines,
                         .report_lines = options_.import.batch_lines,
                         .backoff = options_.import.backoff},
                        references_, SystemRandomUnit(), SystemSleep());
    return sender.Run(run, on_batch);
  }

  Importer Calls(const Session& own) {
    return Importer(
        [&own](const v1::SubmitManyRequest& request, v1::SubmitManyResponse* response) {
          return own.client->Call(request, response);
        },
        options_.import, references_, SystemRandomUnit(), SystemSleep());
  }

  Failure Recall() {
    NamedLines named(content_, options_.defaults, journal_.line());
    return senders_.SendAll(named, [&](const Session& own, LineSource& run) {
      return Calls(own).Run(run, [](const AnsweredBatch&) { return absl::OkStatus(); });
    });
  }

  absl::Status Keep(const AnsweredBatch& batch) {
    for (const AnsweredLine& answered : batch) {
      result_.last_position =
          std::max<std::uint64_t>(result_.last_position, answered.outcome.accepted().position());
    }
    const absl::Status added = journal_.Add(batch, language_);
    progress_.Show(journal_.counts());
    return added;
  }

  Senders& senders_;
  const Language language_;
  const ImportFileOptions& options_;
  const std::string_view content_;
  ImportJournal& journal_;
  References references_;
  ProgressLine progress_;
  ImportFileResult result_;
};

}  // namespace

absl::StatusOr<ImportFileResult> ImportFile(Senders& senders, Language language,
                                            const std::string& file,
                                            const ImportFileOptions& options) {
  const absl::StatusOr<std::string> content = ReadWholeFile(file);
  if (!content.ok()) return content.status();
  absl::StatusOr<ImportJournal> journal = ImportJournal::Open(file, *content, options.resume);
  if (!journal.ok()) return journal.status();
  return FileImport(senders, language, options, *content, *journal).Run();
}

}  // namespace nhanrong::cli

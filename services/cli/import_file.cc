#include "services/cli/import_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "services/cli/client/files.h"
#include "services/cli/import/file_scan.h"
#include "services/cli/import/line_stream.h"
#include "services/cli/import/named_lines.h"
#include "services/cli/import/stream_sender.h"
#include "services/cli/progress_line.h"

namespace nhanrong::cli {
namespace {

// One file on its way.
class FileImport {
 public:
  FileImport(Senders& senders, Language language, const ImportFileOptions& options,
             const FileScan& scan, ImportJournal& journal)
      : senders_(senders),
        language_(language),
        options_(options),
        scan_(scan),
        journal_(journal),
        progress_(scan.lines, journal.counts().done(), language) {}

  ImportFileResult Run(const std::string& file, int descriptor) {
    LineStream lines(descriptor, options_.defaults, journal_.line());
    if (scan_.references) {
      references_.KeepEvents();
      if (journal_.line() > 0) result_.stopped = Recall(file);
    }
    if (Ok(result_.stopped)) {
      result_.stopped = senders_.SendAll(
          lines, [&](const Session& own, LineSource& run) { return Send(own, run); });
    }
    if (Ok(result_.stopped) && !lines.fault().empty()) {
      result_.stopped = MakeFailure(absl::StatusCode::kUnknown, file + ": " + lines.fault());
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

  // The one case in which the whole file is held.
  Failure Recall(const std::string& file) {
    const absl::StatusOr<std::string> content = ReadWholeFile(file);
    if (!content.ok()) {
      return MakeFailure(content.status().code(), std::string(content.status().message()));
    }
    NamedLines named(*content, options_.defaults, journal_.line());
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
  const FileScan& scan_;
  ImportJournal& journal_;
  References references_;
  ProgressLine progress_;
  ImportFileResult result_;
};

}  // namespace

absl::StatusOr<ImportFileResult> ImportFile(Senders& senders, Language language,
                                            const std::string& file,
                                            const ImportFileOptions& options) {
  const absl::StatusOr<FileScan> scan = ScanFile(file);
  if (!scan.ok()) return scan.status();
  absl::StatusOr<ImportJournal> journal = ImportJournal::Open(file, scan->identity, options.resume);
  if (!journal.ok()) return journal.status();
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return FileFault(errno, file);
  const auto result = FileImport(senders, language, options, *scan, *journal).Run(file, descriptor);
  ::close(descriptor);
  return result;
}

}  // namespace nhanrong::cli

#include "services/cli/import_file.h"

#include <unistd.h>

#include <algorithm>

#include "services/base/clock.h"
#include "services/cli/client/files.h"
#include "services/cli/format/vietnamese.h"

namespace nhanrong::cli {
namespace {

// Nothing is shown of what is done within this time.
constexpr absl::Duration kQuietTime = absl::Seconds(2);
// How often the line is drawn anew, on a terminal and in a log.
constexpr absl::Duration kRedrawTerminal = absl::Milliseconds(200);
constexpr absl::Duration kRedrawLog = absl::Seconds(5);

// "1.200/5.000, nhận 1.190, lặp 0, từ chối 4, lỗi 6, 240/giây", drawn over itself on a terminal.
class ProgressLine {
 public:
  ProgressLine(std::uint64_t total, std::uint64_t already, Language language)
      : terminal_(::isatty(STDERR_FILENO) == 1),
        total_(total),
        already_(already),
        language_(language),
        start_(clock_.Now()),
        drawn_(start_) {}

  void Show(const ImportCounts& counts) {
    const absl::Time now = clock_.Now();
    if (now - start_ < kQuietTime) return;
    if (shown_ && now - drawn_ < (terminal_ ? kRedrawTerminal : kRedrawLog)) return;
    drawn_ = now;
    shown_ = true;
    PrintError((terminal_ ? "\r\x1b[K" : "") + Text(counts, now) + (terminal_ ? "" : "\n"));
  }
  void End() {
    if (shown_ && terminal_) PrintError("\n");
  }

 private:
  std::string Number(std::uint64_t value) const {
    return NumberText(static_cast<std::int64_t>(value), language_);
  }
  std::string Text(const ImportCounts& counts, absl::Time now) const {
    const double seconds = absl::ToDoubleSeconds(now - start_);
    const auto rate =
        static_cast<std::uint64_t>(static_cast<double>(counts.done() - already_) / seconds);
    const auto item = [&](std::string_view vi, std::string_view en, std::uint64_t value) {
      return ", " + std::string(Pick(language_, vi, en)) + " " + Number(value);
    };
    return Number(counts.done()) + "/" + Number(total_) +
           item("nhận", "accepted", counts.accepted) + item("lặp", "repeated", counts.repeated) +
           item("từ chối", "refused", counts.refused) + item("lỗi", "invalid", counts.invalid) +
           ", " + Number(rate) + std::string(Pick(language_, "/giây", "/s"));
  }

  SystemClock clock_;
  bool terminal_;
  std::uint64_t total_;
  // Done by an earlier run: not part of the rate.
  std::uint64_t already_;
  Language language_;
  absl::Time start_;
  absl::Time drawn_;
  bool shown_ = false;
};

}  // namespace

absl::StatusOr<ImportFileResult> ImportFile(const Session& session, const std::string& file,
                                            const ImportFileOptions& options) {
  const absl::StatusOr<std::string> content = ReadWholeFile(file);
  if (!content.ok()) return content.status();
  absl::StatusOr<ImportJournal> journal = ImportJournal::Open(file, *content, options.resume);
  if (!journal.ok()) return journal.status();

  ImportReader reader(*content, options.defaults, journal->line());
  Importer importer(
      [&](const v1::SubmitManyRequest& request, v1::SubmitManyResponse* response) {
        return session.client->Call(request, response);
      },
      options.import, SystemRandomUnit(), SystemSleep());
  ImportFileResult result;
  if (HasReferences(*content)) {
    importer.KeepEvents();
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
    const absl::Status added = journal->Add(batch, session.language);
    progress.Show(journal->counts());
    return added;
  };
  if (Ok(result.stopped)) result.stopped = importer.Run(reader, on_batch);
  progress.End();
  result.counts = journal->counts();
  result.exit = Ok(result.stopped) ? journal->worst() : ExitCodeOf(result.stopped);
  if (result.counts.refused + result.counts.invalid > 0) {
    result.refused_path = journal->refused_path();
  }
  return result;
}

}  // namespace nhanrong::cli

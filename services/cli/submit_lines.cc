#include "services/cli/submit_lines.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/cli/client/json.h"
#include "services/cli/import/journal.h"
#include "services/cli/import/line_stream.h"
#include "services/cli/import/stream_sender.h"
#include "services/cli/progress_line.h"

namespace nhanrong::cli {
namespace {

// What a program that writes line by line gets soon; more only comes together when it is there.
constexpr std::size_t kFrameLines = 500;

// The file, or standard input.
class Input {
 public:
  explicit Input(const std::string& file)
      : own_(file != "-"),
        descriptor_(own_ ? ::open(file.c_str(), O_RDONLY | O_CLOEXEC) : STDIN_FILENO) {}
  ~Input() {
    if (own_ && descriptor_ >= 0) ::close(descriptor_);
  }
  Input(const Input&) = delete;
  Input& operator=(const Input&) = delete;
  int descriptor() const { return descriptor_; }

 private:
  const bool own_;
  const int descriptor_;
};

v1::StreamOutcome OutcomeOf(const AnsweredLine& answered) {
  v1::StreamOutcome told;
  told.set_sequence(answered.line.number);
  told.set_submission_id(answered.line.submission.submission_id());
  if (answered.outcome.has_accepted()) {
    *told.mutable_accepted() = answered.outcome.accepted();
  } else {
    *told.mutable_error() = answered.outcome.error();
  }
  return told;
}

std::string SummaryText(const ImportCounts& counts, Language language) {
  const auto item = [&](std::string_view vi, std::string_view en, std::uint64_t value) {
    return absl::StrCat(std::string(Pick(language, vi, en)), " ",
                        NumberText(static_cast<std::int64_t>(value), language));
  };
  return absl::StrCat(item("Nhận", "Accepted", counts.accepted), ", ",
                      item("lặp", "repeated", counts.repeated), ", ",
                      item("từ chối", "refused", counts.refused), ", ",
                      item("không hợp lệ", "invalid", counts.invalid), "\n");
}

std::string BreakText(const Failure& why, absl::Duration wait, Language language) {
  return absl::StrCat(
      std::string(Pick(language, "Luồng bị ngắt, nối lại sau ", "The stream broke, again in ")),
      absl::ToInt64Milliseconds(wait), " ms: ", FailureLine(why, language));
}

}  // namespace

std::string OutcomeLine(const v1::StreamOutcome& outcome, Language language) {
  const auto word = [language](std::string_view vi, std::string_view en) {
    return std::string(Pick(language, vi, en));
  };
  std::string text = absl::StrCat(word("dòng ", "line "), outcome.sequence(), ": ");
  if (outcome.has_accepted()) {
    absl::StrAppend(&text,
                    outcome.accepted().repeated() ? word("đã nhận từ trước", "accepted before")
                                                  : word("đã ghi sổ", "recorded"),
                    word(", vị trí ", ", position "), outcome.accepted().position());
  } else {
    absl::StrAppend(&text, FailureLine(outcome.error(), language));
  }
  if (!outcome.submission_id().empty()) absl::StrAppend(&text, ", ", outcome.submission_id());
  return text + "\n";
}

int SubmitLines(Senders& senders, const Session& session, const std::string& file,
                const ImportDefaults& defaults) {
  const Input input(file);
  if (input.descriptor() < 0) {
    return Fail(absl::NotFoundError("không đọc được / cannot read: " + file));
  }
  LineStream lines(input.descriptor(), defaults);
  References references;
  references.KeepEvents();
  ProgressLine progress(0, 0, session.language);
  ImportCounts counts;
  ExitCode worst = ExitCode::kOk;
  const auto on_batch = [&](const AnsweredBatch& batch) {
    std::string text;
    for (const AnsweredLine& answered : batch) {
      worst = std::max(worst, Count(answered.outcome, counts));
      const v1::StreamOutcome outcome = OutcomeOf(answered);
      text += session.json ? JsonLine(outcome) : OutcomeLine(outcome, session.language);
    }
    progress.Show(counts);
    return Print(text) ? absl::OkStatus() : absl::DataLossError("không ghi được / cannot write");
  };
  const Failure stopped = senders.SendAll(lines, [&](const Session& own, LineSource& run) {
    StreamSender sender(
        [&] { return own.client->OpenSubmitStream(); },
        {.frame_lines = kFrameLines, .report_lines = kFrameLines, .report_soon = true}, references,
        SystemRandomUnit(), SystemSleep());
    sender.ReportBreaksTo([&](const Failure& why, absl::Duration wait) {
      progress.Say(BreakText(why, wait, session.language));
    });
    return sender.Run(run, on_batch);
  });
  progress.End();
  if (!Ok(stopped)) return Fail(stopped, session.language);
  if (!lines.fault().empty()) return Fail(absl::UnknownError(file + ": " + lines.fault()));
  PrintError(SummaryText(counts, session.language));
  return static_cast<int>(worst);
}

}  // namespace nhanrong::cli

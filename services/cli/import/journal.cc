#include "services/cli/import/journal.h"

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <system_error>

#include "services/base/bytes.h"
#include "services/cli/client/files.h"

namespace nhanrong::cli {
namespace {

constexpr std::string_view kProgressHeader = "nhanrong-import-1";

// The reason as a comment above the line, so that the file can be mended and imported as it is.
std::string RefusedText(const AnsweredLine& answered, Language language) {
  return "# " + std::string(Pick(language, "dòng ", "line ")) +
         std::to_string(answered.line.number) + ": " +
         FailureLine(answered.outcome.error(), language) + "\n" + answered.line.text + "\n";
}

bool Is(const Failure& failure, absl::StatusCode code) {
  return failure.code() == static_cast<int>(code);
}

// Nobody decided about the line: who sent it may not.
bool IsDenied(const AnsweredLine& answered) {
  return Is(answered.outcome.error(), absl::StatusCode::kUnauthenticated) ||
         Is(answered.outcome.error(), absl::StatusCode::kPermissionDenied);
}

// Why no line of such a batch can be expected to be decided; OK: some are.
absl::Status Denied(const AnsweredBatch& batch, Language language) {
  const auto denied = std::find_if(batch.begin(), batch.end(), IsDenied);
  if (denied == batch.end()) return absl::OkStatus();
  const Failure& failure = denied->outcome.error();
  const bool all = std::all_of(batch.begin(), batch.end(), [](const AnsweredLine& answered) {
    return IsDenied(answered) || Is(answered.outcome.error(), absl::StatusCode::kInvalidArgument);
  });
  if (!all && !Is(failure, absl::StatusCode::kUnauthenticated)) return absl::OkStatus();
  return absl::Status(static_cast<absl::StatusCode>(failure.code()),
                      std::string(Pick(language, "dòng ", "line ")) +
                          std::to_string(denied->line.number) + ": " +
                          FailureLine(failure, language));
}

}  // namespace

ExitCode Count(const v1::SubmitOutcome& outcome, ImportCounts& counts) {
  if (outcome.has_accepted()) {
    ++(outcome.accepted().repeated() ? counts.repeated : counts.accepted);
    return ExitCode::kOk;
  }
  const ExitCode code = ExitCodeOf(outcome.error());
  ++(code == ExitCode::kInvalid ? counts.invalid : counts.refused);
  return code;
}

absl::StatusOr<ImportJournal> ImportJournal::Open(const std::string& file, std::string_view content,
                                                  bool resume) {
  ImportJournal journal;
  journal.progress_path_ = file + ".progress";
  journal.refused_path_ = file + ".refused.ndjson";
  journal.content_sha256_ = ToHex(AsBytes(Sha256(content)));
  journal.resume_ = resume;
  if (resume) {
    if (absl::Status loaded = journal.Load(); !loaded.ok()) return loaded;
  }
  std::error_code error;
  // A folder that cannot be written is no fault as long as there is nothing to write.
  if (journal.now_.refused_bytes > 0) {
    std::filesystem::resize_file(journal.refused_path_, journal.now_.refused_bytes, error);
  } else if (std::filesystem::exists(journal.refused_path_, error)) {
    std::filesystem::remove(journal.refused_path_, error);
  }
  if (error) return absl::UnknownError(journal.refused_path_ + ": " + error.message());
  return journal;
}

absl::Status ImportJournal::Load() {
  const absl::StatusOr<std::string> text = ReadWholeFile(progress_path_);
  if (!text.ok()) return absl::OkStatus();
  std::istringstream in(*text);
  std::string header;
  std::string sha256;
  int worst = 0;
  ImportProgress read;
  in >> header >> sha256 >> read.line >> read.refused_bytes >> read.counts.accepted >>
      read.counts.repeated >> read.counts.refused >> read.counts.invalid >> worst;
  if (!in || header != kProgressHeader) {
    return absl::InvalidArgumentError(progress_path_ + ": không đọc được / cannot be understood");
  }
  if (sha256 != content_sha256_) return absl::OkStatus();
  read.worst = static_cast<ExitCode>(worst);
  now_ = finished_ = read;
  return absl::OkStatus();
}

absl::Status ImportJournal::Add(const AnsweredBatch& batch, Language language) {
  std::string refused;
  for (const AnsweredLine& answered : batch) {
    denied_ |= IsDenied(answered);
    now_.worst = std::max(now_.worst, Count(answered.outcome, now_.counts));
    if (answered.outcome.has_error()) {
      const std::string text = RefusedText(answered, language);
      now_.refused_bytes += text.size();
      refused += text;
    }
    now_.line = answered.line.number;
    if (!denied_) finished_ = now_;
  }
  if (!refused.empty()) {
    if (absl::Status added = AppendFile(refused_path_, refused); !added.ok()) return added;
  }
  if (resume_) {
    if (absl::Status saved = Save(); !saved.ok()) return saved;
  }
  return Denied(batch, language);
}

absl::Status ImportJournal::Save() const {
  std::ostringstream out;
  out << kProgressHeader << '\n'
      << content_sha256_ << '\n'
      << finished_.line << ' ' << finished_.refused_bytes << '\n'
      << finished_.counts.accepted << ' ' << finished_.counts.repeated << ' '
      << finished_.counts.refused << ' ' << finished_.counts.invalid << '\n'
      << static_cast<int>(finished_.worst) << '\n';
  return ReplaceFile(progress_path_, out.str());
}

}  // namespace nhanrong::cli

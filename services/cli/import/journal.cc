#include "services/cli/import/journal.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
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
  if (journal.refused_bytes_ == 0) {
    std::filesystem::remove(journal.refused_path_, error);
  } else {
    std::filesystem::resize_file(journal.refused_path_, journal.refused_bytes_, error);
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
  ImportJournal read;
  in >> header >> sha256 >> read.line_ >> read.refused_bytes_ >> read.counts_.accepted >>
      read.counts_.repeated >> read.counts_.refused >> read.counts_.invalid >> worst;
  if (!in || header != kProgressHeader) {
    return absl::InvalidArgumentError(progress_path_ + ": không đọc được / cannot be understood");
  }
  if (sha256 != content_sha256_) return absl::OkStatus();
  line_ = read.line_;
  refused_bytes_ = read.refused_bytes_;
  counts_ = read.counts_;
  worst_ = static_cast<ExitCode>(worst);
  return absl::OkStatus();
}

absl::Status ImportJournal::Add(const AnsweredBatch& batch, Language language) {
  std::string refused;
  for (const AnsweredLine& answered : batch) {
    worst_ = std::max(worst_, Count(answered.outcome, counts_));
    if (answered.outcome.has_error()) refused += RefusedText(answered, language);
    line_ = answered.line.number;
  }
  if (!refused.empty()) {
    if (absl::Status appended = AppendRefused(refused); !appended.ok()) return appended;
  }
  return resume_ ? Save() : absl::OkStatus();
}

absl::Status ImportJournal::AppendRefused(std::string_view text) {
  if (absl::Status appended = AppendFile(refused_path_, text); !appended.ok()) return appended;
  refused_bytes_ += text.size();
  return absl::OkStatus();
}

absl::Status ImportJournal::Save() const {
  std::ostringstream out;
  out << kProgressHeader << '\n'
      << content_sha256_ << '\n'
      << line_ << ' ' << refused_bytes_ << '\n'
      << counts_.accepted << ' ' << counts_.repeated << ' ' << counts_.refused << ' '
      << counts_.invalid << '\n'
      << static_cast<int>(worst_) << '\n';
  return ReplaceFile(progress_path_, out.str());
}

}  // namespace nhanrong::cli

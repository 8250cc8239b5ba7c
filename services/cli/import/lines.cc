#include "services/cli/import/lines.h"

#include <utility>

#include "services/base/ids.h"
#include "services/cli/client/json.h"
#include "services/cli/import/sent_line.pb.h"

namespace nhanrong::cli {
namespace {

// Version 4, drawn once: the namespace of ids made from lines.
constexpr std::string_view kLineNamespace = "5b1f6f0e-0d0c-4b6e-9a55-7d1a4c1c9e42";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kBlanks = " \t\r";

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

bool IsContent(std::string_view trimmed) { return !trimmed.empty() && trimmed.front() != '#'; }

std::string ReferenceIn(const v1::Command& command) {
  const std::string& event_id = command.has_correct_fact() ? command.correct_fact().event_id()
                                                           : command.annul_fact().event_id();
  return event_id.rfind('@', 0) == 0 ? event_id.substr(1) : "";
}

// Whether the first key of the object is "as": no submission has such a field.
bool NamesItsSender(std::string_view text) {
  constexpr std::string_view kKey = "\"as\"";
  if (text.empty() || text.front() != '{') return false;
  const std::size_t key = text.find_first_not_of(kBlanks, 1);
  return key != std::string_view::npos && text.substr(key, kKey.size()) == kKey;
}

absl::Status ParseSubmission(ImportLine& line) {
  if (!NamesItsSender(line.text)) return ParseJson(line.text, &line.submission);
  SentLine sent;
  if (absl::Status parsed = ParseJson(line.text, &sent); !parsed.ok()) return parsed;
  line.sender = sent.as();
  line.submission = std::move(*sent.mutable_submission());
  return absl::OkStatus();
}

void Parse(const ImportDefaults& defaults, ImportLine& line) {
  if (line.text.size() > kLineBytesMax) {
    line.problem = "dòng dài hơn 1 MiB / line longer than 1 MiB";
    return;
  }
  if (const absl::Status parsed = ParseSubmission(line); !parsed.ok()) {
    line.problem = std::string(parsed.message());
    return;
  }
  v1::Submission& submission = line.submission;
  if (submission.ledger().empty()) submission.set_ledger(defaults.ledger);
  if (submission.channel() == v1::INGEST_CHANNEL_UNSPECIFIED) {
    submission.set_channel(defaults.channel);
  }
  if (submission.submission_id().empty()) {
    submission.set_submission_id(StableSubmissionId(submission.ledger(), line.text));
  }
  if (submission.ledger().empty()) {
    line.problem = "thiếu ledger (hoặc --ledger) / no ledger (or --ledger)";
  } else if (submission.command().kind_case() == v1::Command::KIND_NOT_SET) {
    line.problem = "thiếu command / no command";
  }
  line.refers_to = ReferenceIn(submission.command());
}

}  // namespace

std::string StableSubmissionId(std::string_view ledger, std::string_view line) {
  static const Id128 name_space = *ParseUuid(kLineNamespace);
  return Uuid5(name_space, std::string(ledger) + "\n" + std::string(line));
}

ImportReader::ImportReader(std::string_view content, ImportDefaults defaults,
                           std::uint64_t after_line)
    : rest_(content), defaults_(std::move(defaults)), after_line_(after_line) {
  if (rest_.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    rest_.remove_prefix(kByteOrderMark.size());
  }
}

std::optional<std::string_view> ImportReader::NextText() {
  if (rest_.empty()) return std::nullopt;
  const std::size_t end = rest_.find('\n');
  const std::string_view text = rest_.substr(0, end);
  rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  ++number_;
  return text;
}

std::optional<ImportLine> LineOf(std::string_view text, std::uint64_t number,
                                 const ImportDefaults& defaults) {
  const std::string_view trimmed = Trim(text);
  if (!IsContent(trimmed)) return std::nullopt;
  ImportLine line;
  line.number = number;
  line.text = std::string(trimmed);
  Parse(defaults, line);
  return line;
}

std::optional<ImportLine> ImportReader::Next() {
  while (const auto text = NextText()) {
    if (number_ <= after_line_) continue;
    if (auto line = LineOf(*text, number_, defaults_)) return line;
  }
  return std::nullopt;
}

}  // namespace nhanrong::cli

#include "services/cli/client/errors.h"

#include <algorithm>

#include "google/rpc/error_details.pb.h"

namespace nhanrong::cli {
namespace {

struct CodeRow {
  absl::StatusCode code;
  ExitCode exit;
  bool retryable;
  std::string_view vi;
  std::string_view en;
};

constexpr CodeRow kCodes[] = {
    {absl::StatusCode::kInvalidArgument, ExitCode::kInvalid, false,
     "Dữ liệu không hợp lệ; chưa ghi gì vào sổ", "Invalid input; nothing was recorded"},
    {absl::StatusCode::kFailedPrecondition, ExitCode::kRefused, false,
     "Bị từ chối theo quy tắc nghiệp vụ", "Refused by a domain rule"},
    {absl::StatusCode::kOutOfRange, ExitCode::kInvalid, false, "Ngoài phạm vi", "Out of range"},
    {absl::StatusCode::kUnauthenticated, ExitCode::kNotAllowed, false,
     "Chưa xác thực: thiếu thẻ truy cập hoặc thẻ không còn hiệu lực",
     "Not authenticated: the token is missing or no longer in force"},
    {absl::StatusCode::kPermissionDenied, ExitCode::kNotAllowed, false, "Không được phép",
     "Not allowed"},
    {absl::StatusCode::kAlreadyExists, ExitCode::kConflict, false, "Đã tồn tại với nội dung khác",
     "Already exists with another content"},
    {absl::StatusCode::kAborted, ExitCode::kConflict, false, "Xung đột", "Conflict"},
    {absl::StatusCode::kNotFound, ExitCode::kNotFound, false, "Không tìm thấy", "Not found"},
    {absl::StatusCode::kUnavailable, ExitCode::kUnavailable, true,
     "Máy chủ không trả lời; chưa rõ kết quả, hãy gửi lại cùng mã",
     "The server does not answer; the outcome is unknown, send the same id again"},
    {absl::StatusCode::kDeadlineExceeded, ExitCode::kUnavailable, true,
     "Quá thời hạn chờ; chưa rõ kết quả, hãy gửi lại cùng mã",
     "Deadline exceeded; the outcome is unknown, send the same id again"},
    {absl::StatusCode::kResourceExhausted, ExitCode::kUnavailable, true,
     "Máy chủ đang quá tải, hãy gửi lại sau", "The server is full, send again later"},
    {absl::StatusCode::kCancelled, ExitCode::kUnavailable, false, "Đã hủy", "Cancelled"},
    {absl::StatusCode::kUnimplemented, ExitCode::kUsage, false, "Máy chủ không có chức năng này",
     "The server does not offer this"},
};

constexpr CodeRow kOther = {absl::StatusCode::kInternal, ExitCode::kInternal, false, "Lỗi hệ thống",
                            "Internal fault"};

const CodeRow& RowOf(const Failure& failure) {
  for (const CodeRow& row : kCodes) {
    if (static_cast<int>(row.code) == failure.code()) return row;
  }
  return kOther;
}

template <typename T>
std::optional<T> Find(const Failure& failure) {
  T message;
  for (const auto& any : failure.details()) {
    if (any.Is<T>() && any.UnpackTo(&message)) return message;
  }
  return std::nullopt;
}

void AddStandardViolations(const Failure& failure, v1::ErrorDetail& detail) {
  if (const auto bad = Find<google::rpc::BadRequest>(failure)) {
    for (const auto& from : bad->field_violations()) {
      v1::Violation* to = detail.add_violations();
      to->set_field(from.field());
      to->set_wrong_vi(from.description());
      to->set_wrong_en(from.description());
    }
  }
  if (const auto precondition = Find<google::rpc::PreconditionFailure>(failure)) {
    for (const auto& from : precondition->violations()) {
      v1::Violation* to = detail.add_violations();
      to->set_field(from.subject());
      to->set_rule(from.type());
      to->set_wrong_vi(from.description());
      to->set_wrong_en(from.description());
    }
  }
}

struct ViolationWords {
  std::string where;  // field, rule
  std::string wrong;
  std::string right;  // with the actual state; may be empty
};

ViolationWords WordsOf(const v1::Violation& violation, Language language) {
  ViolationWords words;
  words.where = violation.field();
  if (!violation.rule().empty()) {
    words.where += (words.where.empty() ? "[" : " [") + violation.rule() + "]";
  }
  words.wrong = Pick(language, violation.wrong_vi(), violation.wrong_en());
  words.right = Pick(language, violation.right_vi(), violation.right_en());
  if (!violation.actual().empty()) {
    if (!words.right.empty()) words.right += "; ";
    words.right += std::string(Pick(language, "hiện là ", "actually ")) + violation.actual();
  }
  return words;
}

}  // namespace

Failure MakeFailure(absl::StatusCode code, const std::string& message) {
  Failure failure;
  failure.set_code(static_cast<int>(code));
  failure.set_message(message);
  return failure;
}

bool IsRetryable(const Failure& failure) { return RowOf(failure).retryable; }

std::optional<absl::Duration> RetryDelay(const Failure& failure) {
  const auto info = Find<google::rpc::RetryInfo>(failure);
  if (!info || !info->has_retry_delay()) return std::nullopt;
  return absl::Seconds(info->retry_delay().seconds()) +
         absl::Nanoseconds(info->retry_delay().nanos());
}

v1::ErrorDetail DetailOf(const Failure& failure) {
  v1::ErrorDetail detail = Find<v1::ErrorDetail>(failure).value_or(v1::ErrorDetail());
  if (detail.violations().empty()) AddStandardViolations(failure, detail);
  return detail;
}

std::string CodeName(const Failure& failure) {
  return absl::StatusCodeToString(static_cast<absl::StatusCode>(failure.code()));
}

ExitCode ExitCodeOf(const Failure& failure) {
  return Ok(failure) ? ExitCode::kOk : RowOf(failure).exit;
}

std::string FailureText(const Failure& failure, Language language) {
  const CodeRow& row = RowOf(failure);
  const v1::ErrorDetail detail = DetailOf(failure);
  std::string text(Pick(language, row.vi, row.en));
  text += " (" + CodeName(failure) + ")";
  if (!failure.message().empty() && detail.violations().empty()) text += ": " + failure.message();
  text += "\n";
  for (const v1::Violation& violation : detail.violations()) {
    const ViolationWords words = WordsOf(violation, language);
    text += "  • " + words.where + "\n";
    text += "    " + std::string(Pick(language, "sai:  ", "wrong: ")) + words.wrong + "\n";
    if (words.right.empty()) continue;
    text += "    " + std::string(Pick(language, "đúng: ", "right: ")) + words.right + "\n";
  }
  if (detail.has_refusal_position()) {
    text += std::string(Pick(language, "  Lần từ chối được ghi ở sổ ",
                             "  The refusal is recorded in ledger ")) +
            detail.ledger() + std::string(Pick(language, ", vị trí ", ", position ")) +
            std::to_string(detail.refusal_position()) + "\n";
  }
  return text;
}

std::string FailureLine(const Failure& failure, Language language) {
  const v1::ErrorDetail detail = DetailOf(failure);
  std::string line = CodeName(failure);
  if (detail.violations().empty()) line += ": " + failure.message();
  for (const v1::Violation& violation : detail.violations()) {
    const ViolationWords words = WordsOf(violation, language);
    line += "; " + words.where + ": " + words.wrong;
    if (!words.right.empty()) line += " → " + words.right;
  }
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

}  // namespace nhanrong::cli

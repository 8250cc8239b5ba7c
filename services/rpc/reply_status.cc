#include "services/rpc/reply_status.h"

#include <cmath>
#include <utility>
#include <variant>
#include <vector>

#include "absl/time/time.h"
#include "google/rpc/error_details.pb.h"
#include "nhanrong/v1/errors.pb.h"
#include "services/domain/rules/rules.h"
#include "services/gateway/gateway_limits.h"
#include "services/rpc/call.h"

namespace nhanrong::rpc {
namespace {

using absl::StatusCode;

constexpr char kDomain[] = "nhanrong";

std::string Say(Language language, const std::string& vi, const std::string& en) {
  return language == Language::kVietnamese ? vi : en;
}

using Metadata = std::vector<std::pair<std::string, std::string>>;

google::rpc::Status Make(StatusCode code, const std::string& reason, const std::string& message,
                         const Metadata& metadata = {}) {
  google::rpc::Status status;
  status.set_code(static_cast<int>(code));
  status.set_message(message);
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain(kDomain);
  for (const auto& [key, value] : metadata) (*info.mutable_metadata())[key] = value;
  status.add_details()->PackFrom(info);
  return status;
}

std::string Sentence(const v1::Violation& violation, Language language) {
  const std::string wrong = Say(language, violation.wrong_vi(), violation.wrong_en());
  const std::string right = Say(language, violation.right_vi(), violation.right_en());
  return right.empty() ? wrong : wrong + " → " + right;
}

std::string FieldAndSentence(const v1::Violation& violation, Language language) {
  const std::string sentence = Sentence(violation, language);
  return violation.field().empty() ? sentence : violation.field() + ": " + sentence;
}

v1::ErrorDetail DetailOf(const domain::Violations& violations) {
  v1::ErrorDetail detail;
  for (const domain::Violation& violation : violations) {
    *detail.add_violations() = domain::Words(violation);
  }
  return detail;
}

google::rpc::BadRequest BadRequestOf(const v1::ErrorDetail& detail, Language language) {
  google::rpc::BadRequest bad;
  for (const v1::Violation& violation : detail.violations()) {
    auto& field = *bad.add_field_violations();
    field.set_field(violation.field());
    field.set_description(Sentence(violation, language));
  }
  return bad;
}

google::rpc::PreconditionFailure PreconditionOf(const v1::ErrorDetail& detail, Language language) {
  google::rpc::PreconditionFailure failure;
  for (const v1::Violation& violation : detail.violations()) {
    auto& broken = *failure.add_violations();
    broken.set_type(violation.rule());
    broken.set_subject(violation.field());
    broken.set_description(Sentence(violation, language));
  }
  return failure;
}

struct InTwoLanguages {
  const char* vi;
  const char* en;
};

InTwoLanguages WordsOf(access::Denial denial) {
  switch (denial) {
    case access::Denial::kTokenMissing:
      return {"Thiếu mã truy cập (authorization: Bearer <mã>) hoặc chứng thư số của hệ thống",
              "no token (authorization: Bearer <token>) and no client certificate of a system"};
    case access::Denial::kTokenUnknown:
      return {"Mã truy cập không có trong sổ cái này", "this ledger does not know the token"};
    case access::Denial::kTokenRevoked:
      return {"Mã truy cập đã bị thu hồi", "the token has been revoked"};
    case access::Denial::kTokenSuspended:
      return {"Mã truy cập đang bị tạm dừng", "the token is suspended"};
    case access::Denial::kAgencySuspended:
      return {"Cơ quan gửi, hoặc cơ quan được thay mặt, đang bị tạm dừng",
              "the agency that sends, or that it is sent for, is suspended"};
    case access::Denial::kAgencyClosed:
      return {"Cơ quan gửi, hoặc cơ quan được thay mặt, đã chấm dứt hoạt động",
              "the agency that sends, or that it is sent for, is closed"};
    case access::Denial::kTokenExpired:
      return {"Mã truy cập đã hết hạn", "the token has expired"};
    case access::Denial::kCertificateUnknown:
      return {"Chứng thư số này chưa được cấp cho hệ thống nào trong sổ cái",
              "the key of this client certificate is the credential of no system of the ledger"};
    case access::Denial::kCertificateRevoked:
      return {"Chứng thư số này đã bị thu hồi trong sổ cái",
              "the credential of this client certificate has been revoked"};
    case access::Denial::kCertificateSuspended:
      return {"Chứng thực bằng chứng thư số này đang tạm dừng trong sổ cái",
              "the credential of this client certificate is suspended"};
    case access::Denial::kCertificateExpired:
      return {"Chứng thực bằng chứng thư số này đã hết hạn trong sổ cái",
              "the credential of this client certificate has expired"};
    case access::Denial::kRoleMissing:
      return {"Không có vai trò nào đang hiệu lực cho phép việc này",
              "no grant in force has a role that may do this"};
    case access::Denial::kGrantSuspended:
      return {"Quyền cho phép việc này đang bị tạm dừng",
              "the grant that allows this is suspended"};
    case access::Denial::kGrantNotInForce:
      return {"Quyền được nêu (grant_id) không còn hoặc chưa có hiệu lực",
              "the grant that is named (grant_id) is not in force"};
    case access::Denial::kOutOfScope:
      return {"Đơn vị nằm ngoài phạm vi được giao",
              "the unit lies outside the scope of the grants"};
    case access::Denial::kDelegationMissing:
      return {"Phải nêu ủy quyền (delegation_id) đang hiệu lực để thay mặt cơ quan đó",
              "name a delegation in force (delegation_id) to act on behalf of that agency"};
    case access::Denial::kDelegationUnknown:
      return {"Người gửi không được giao ủy quyền này (delegation_id)",
              "the delegation that is named was never given to the caller"};
    case access::Denial::kDelegationRevoked:
      return {"Ủy quyền này đã bị thu hồi", "the delegation has been revoked"};
    case access::Denial::kDelegationExpired:
      return {"Ủy quyền này đã hết hạn", "the delegation has expired"};
    case access::Denial::kDelegationNotForCommand:
      return {"Ủy quyền này không gồm lệnh đó", "the delegation does not cover this command"};
    case access::Denial::kDelegationOutOfScope:
      return {"Đơn vị nằm ngoài phạm vi của ủy quyền",
              "the unit lies outside the scope of the delegation"};
    case access::Denial::kDelegationOfDelegation:
      return {"Người ủy quyền chỉ có quyền do được ủy quyền, nên không được ủy quyền lại",
              "the principal has the right only by a delegation himself, and cannot lend it"};
    case access::Denial::kPrincipalNotEntitled:
      return {"Bên ủy quyền hiện không có quyền làm việc này ở đơn vị đó",
              "the principal has no right to this, or not for this unit, at the moment"};
    case access::Denial::kClassificationAbove:
      return {"Mức bảo mật của dữ liệu cao hơn quyền đọc được giao",
              "the answer is classified above what the grants may read"};
  }
  return {"", ""};
}

struct LimitWords {
  const char* reason;
  InTwoLanguages words;
};

LimitWords WordsOf(gateway::Limit limit) {
  using gateway::Limit;
  switch (limit) {
    case Limit::kGatewaySubmissions:
      return {"OVERLOADED",
              {"số việc máy chủ đang giữ cho sổ cái này",
               "submissions that this server holds for the ledger"}};
    case Limit::kGatewayBytes:
      return {"OVERLOADED",
              {"số byte máy chủ đang giữ cho sổ cái này",
               "bytes that this server holds for the ledger"}};
    case Limit::kLogQueue:
      return {"OVERLOADED", {"bản ghi đang chờ ghi đĩa", "records that wait for the ledger's log"}};
    case Limit::kWaitingQueries:
      return {"OVERLOADED", {"câu hỏi đang chờ trả lời", "queries that wait for their answer"}};
    case Limit::kAgencyRate:
      return {"AGENCY_RATE",
              {"số việc mỗi giây của cơ quan này", "submissions a second of this agency"}};
    case Limit::kAgencyBytes:
      return {"AGENCY_BYTES",
              {"số byte mỗi giây của cơ quan này", "bytes a second of this agency"}};
    case Limit::kAgencyInFlight:
      return {"AGENCY_IN_FLIGHT",
              {"số việc chưa trả lời của cơ quan này", "unanswered submissions of this agency"}};
  }
  return {"", {"", ""}};
}

std::string NumberOf(double value) { return std::to_string(std::llround(value)); }

void AddRetry(google::rpc::Status& status, absl::Duration delay) {
  google::rpc::RetryInfo retry;
  const std::int64_t ms = absl::ToInt64Milliseconds(delay);
  retry.mutable_retry_delay()->set_seconds(ms / 1'000);
  retry.mutable_retry_delay()->set_nanos(static_cast<int>(ms % 1'000 * 1'000'000));
  status.add_details()->PackFrom(retry);
}

struct ToStatus {
  Language language;

  google::rpc::Status operator()(const v1::Accepted&) const { return {}; }

  google::rpc::Status operator()(const gateway::Refused& refused) const {
    v1::ErrorDetail detail = DetailOf(refused.violations);
    detail.set_ledger(refused.ledger);
    detail.set_refusal_position(refused.position.value());
    google::rpc::Status status =
        Make(StatusCode::kFailedPrecondition, "REFUSED",
             Say(language, "Bị từ chối theo quy tắc nghiệp vụ, đã ghi vào sổ cái tại vị trí ",
                 "refused by a domain rule, recorded in the ledger at position ") +
                 std::to_string(refused.position.value()));
    status.add_details()->PackFrom(PreconditionOf(detail, language));
    status.add_details()->PackFrom(detail);
    return status;
  }

  google::rpc::Status operator()(const gateway::Invalid& invalid) const {
    const v1::ErrorDetail detail = DetailOf(invalid.violations);
    google::rpc::Status status = Make(
        StatusCode::kInvalidArgument, "INVALID",
        Say(language, "Dữ liệu chưa hợp lệ, chưa ghi gì: ", "not valid, nothing was recorded: ") +
            FieldAndSentence(detail.violations(0), language));
    status.add_details()->PackFrom(BadRequestOf(detail, language));
    status.add_details()->PackFrom(detail);
    return status;
  }

  google::rpc::Status operator()(const gateway::Conflict& conflict) const {
    return Make(StatusCode::kAlreadyExists, "SUBMISSION_ID_USED",
                Say(language, "Mã submission_id này đã dùng cho nội dung khác, tại vị trí ",
                    "this submission_id was used with another content, at position ") +
                    std::to_string(conflict.position.value()));
  }

  google::rpc::Status operator()(const access::Denied& denied) const {
    return StatusOf(denied, language);
  }

  google::rpc::Status operator()(const gateway::Overloaded& overloaded) const {
    const LimitWords limit = WordsOf(overloaded.limit);
    std::string what = Say(language, limit.words.vi, limit.words.en);
    Metadata metadata = {{"limit", std::string(gateway::LimitName(overloaded.limit))}};
    if (overloaded.value > 0) {
      metadata.emplace_back("value", NumberOf(overloaded.value));
      what += Say(language, ", tối đa ", ", at most ") + NumberOf(overloaded.value);
    }
    google::rpc::Status status =
        Make(StatusCode::kResourceExhausted, limit.reason,
             Say(language, "Đã tới giới hạn, chưa ghi gì; hãy gửi lại sau: ",
                 "at a limit, nothing was written; send again later: ") +
                 what,
             metadata);
    AddRetry(status, overloaded.retry_after);
    return status;
  }

  google::rpc::Status operator()(const gateway::Unavailable& unavailable) const {
    google::rpc::Status status = Make(StatusCode::kUnavailable, "NOT_NOW",
                                      Say(language, "Tạm thời chưa phục vụ được, chưa ghi gì: ",
                                          "not available now, nothing was written: ") +
                                          unavailable.why);
    AddRetry(status, gateway::kRetryAfter);
    return status;
  }

  google::rpc::Status operator()(const gateway::Unknown& unknown) const {
    google::rpc::Status status =
        Make(StatusCode::kUnavailable, "OUTCOME_UNKNOWN",
             Say(language, "Chưa biết kết quả: hãy gửi lại với cùng submission_id để biết. ",
                 "the outcome is unknown: send the same submission_id again to learn it. ") +
                 unknown.why);
    AddRetry(status, gateway::kRetryAfter);
    return status;
  }
};

}  // namespace

google::rpc::Status StatusOf(const gateway::Outcome& outcome, Language language) {
  return std::visit(ToStatus{language}, outcome);
}

google::rpc::Status StatusOf(const access::Denied& denied, Language language) {
  const InTwoLanguages words = WordsOf(denied.denial);
  const StatusCode code = access::IsUnauthenticated(denied.denial) ? StatusCode::kUnauthenticated
                                                                   : StatusCode::kPermissionDenied;
  return Make(code, std::string(access::DenialReason(denied.denial)),
              Say(language, words.vi, words.en));
}

google::rpc::Status StatusOf(const absl::Status& status, const std::string& reason) {
  return Make(status.code(), reason, std::string(status.message()));
}

google::rpc::Status EndOf(StreamEnd end, Language language) {
  switch (end) {
    case StreamEnd::kReconnect: {
      google::rpc::Status status = Make(
          StatusCode::kUnavailable, "RECONNECT",
          Say(language,
              "Máy chủ đang dừng: mở luồng khác và gửi lại, cùng mã, những việc chưa được trả lời",
              "the server is stopping: open another stream and send what was not answered "
              "again, under the same ids"));
      AddRetry(status, gateway::kRetryAfter);
      return status;
    }
    case StreamEnd::kIdle:
      return Make(StatusCode::kUnavailable, "STREAM_IDLE",
                  Say(language, "Luồng không có việc nào đã lâu: mở luồng khác khi có việc",
                      "nothing was sent for a long time: open another stream when there is"));
    case StreamEnd::kTooMany: {
      google::rpc::Status status =
          Make(StatusCode::kResourceExhausted, "TOO_MANY_STREAMS",
               Say(language, "Máy chủ đang mở đủ số luồng gửi: hãy thử lại sau",
                   "as many submission streams are open as there may be: try again later"));
      AddRetry(status, gateway::kRetryAfter);
      return status;
    }
  }
  return {};
}

google::rpc::Status InvalidField(const std::string& field, const std::string& wrong_vi,
                                 const std::string& wrong_en, const std::string& right_vi,
                                 const std::string& right_en, Language language) {
  v1::ErrorDetail detail;
  v1::Violation& violation = *detail.add_violations();
  violation.set_field(field);
  violation.set_rule("request.field");
  violation.set_wrong_vi(wrong_vi);
  violation.set_wrong_en(wrong_en);
  violation.set_right_vi(right_vi);
  violation.set_right_en(right_en);
  google::rpc::Status status =
      Make(StatusCode::kInvalidArgument, "INVALID", field + ": " + Sentence(violation, language));
  status.add_details()->PackFrom(BadRequestOf(detail, language));
  status.add_details()->PackFrom(detail);
  return status;
}

}  // namespace nhanrong::rpc

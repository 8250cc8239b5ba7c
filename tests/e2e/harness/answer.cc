#include "tests/e2e/harness/answer.h"

#include <ostream>

#include "absl/status/status.h"
#include "google/rpc/error_details.pb.h"

namespace nhanrong::e2e {
namespace {

template <typename Violations, typename FieldOf>
void Collect(const Violations& violations, FieldOf field_of, std::vector<std::string>& fields) {
  for (const auto& violation : violations) fields.push_back(field_of(violation));
}

}  // namespace

Answer AnswerOf(const google::rpc::Status& status) {
  Answer answer;
  answer.status = status;
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  google::rpc::PreconditionFailure failure;
  for (const google::protobuf::Any& detail : status.details()) {
    if (detail.UnpackTo(&info)) {
      answer.reason = info.reason();
    } else if (detail.UnpackTo(&bad)) {
      Collect(
          bad.field_violations(), [](const auto& one) { return one.field(); },
          answer.standard_fields);
    } else if (detail.UnpackTo(&failure)) {
      Collect(
          failure.violations(), [](const auto& one) { return one.subject(); },
          answer.standard_fields);
    } else {
      detail.UnpackTo(&answer.detail);
    }
  }
  return answer;
}

Submitted SubmittedOf(const v1::SubmitOutcome& outcome) {
  return {AnswerOf(outcome.error()), outcome.accepted()};
}

std::string Outline(const Answer& answer) {
  const auto code = static_cast<absl::StatusCode>(answer.status.code());
  std::string outline = absl::StatusCodeToString(code);
  if (!answer.reason.empty()) outline += " " + answer.reason;
  return outline;
}

std::vector<std::string> Rules(const Answer& answer) {
  std::vector<std::string> rules;
  for (const v1::Violation& violation : answer.detail.violations()) {
    rules.push_back(violation.rule());
  }
  return rules;
}

std::vector<std::string> Findings(const Answer& answer) {
  std::vector<std::string> findings;
  for (const v1::Violation& violation : answer.detail.violations()) {
    findings.push_back(violation.field() + " " + violation.rule());
  }
  return findings;
}

// Streams that say what rests on what: they come with whatever names another stream.
constexpr std::string_view kUses = "reserved/use/";

std::vector<std::string> Events(const Submitted& answer) {
  std::vector<std::string> types;
  for (const v1::AcceptedEvent& event : answer.accepted.events()) {
    if (event.stream().starts_with(kUses)) continue;
    types.push_back(event.type().substr(event.type().rfind('.') + 1));
  }
  return types;
}

void PrintTo(const Answer& answer, std::ostream* out) {
  *out << Outline(answer) << " \"" << answer.status.message() << "\"";
  for (const std::string& finding : Findings(answer)) *out << ", " << finding;
}

void PrintTo(const Submitted& answer, std::ostream* out) {
  PrintTo(static_cast<const Answer&>(answer), out);
  for (const std::string& event : Events(answer)) *out << ", " << event;
}

}  // namespace nhanrong::e2e

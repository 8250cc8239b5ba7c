// What a call was answered: a value or a typed error with its details decoded.
#pragma once

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "google/rpc/status.pb.h"
#include "nhanrong/v1/errors.pb.h"
#include "nhanrong/v1/submission_service.pb.h"

namespace nhanrong::e2e {

struct Answer {
  google::rpc::Status status;  // code 0: OK
  std::string reason;          // of ErrorInfo
  v1::ErrorDetail detail;

  bool ok() const { return status.code() == 0; }
  // Fields of BadRequest, subjects of PreconditionFailure.
  std::vector<std::string> standard_fields;
};

template <typename Response>
struct Answered : Answer {
  Response value;
};

struct Submitted : Answer {
  v1::Accepted accepted;
};

Answer AnswerOf(const google::rpc::Status& status);
Submitted SubmittedOf(const v1::SubmitOutcome& outcome);

// "FAILED_PRECONDITION REFUSED"; "OK".
std::string Outline(const Answer& answer);
// Names of the broken rules, and "field rule" of each, in the order of the answer.
std::vector<std::string> Rules(const Answer& answer);
std::vector<std::string> Findings(const Answer& answer);
// Types of the accepted events without their package: "ModelRegistered"; not of those that only say
// what rests on what ("reserved/use/…").
std::vector<std::string> Events(const Submitted& answer);

// Accepted with exactly these events.
template <typename... T>
auto Accepts(const T&... types) {
  return ::testing::AllOf(::testing::ResultOf(Outline, "OK"),
                          ::testing::ResultOf(Events, ::testing::ElementsAre(types...)));
}
// Refused by exactly these rules of the domain; the refusal is recorded.
template <typename... T>
auto Refuses(const T&... rules) {
  return ::testing::AllOf(
      ::testing::ResultOf(Outline, "FAILED_PRECONDITION REFUSED"),
      ::testing::ResultOf(Rules, ::testing::UnorderedElementsAre(std::string(rules)...)));
}
// Denied or failed: "PERMISSION_DENIED ROLE_MISSING".
inline auto Fails(const std::string& outline) { return ::testing::ResultOf(Outline, outline); }

void PrintTo(const Answer& answer, std::ostream* out);
void PrintTo(const Submitted& answer, std::ostream* out);

}  // namespace nhanrong::e2e

#include "services/cli/client/errors.h"

#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"

namespace nhanrong::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr Language kVi = Language::kVietnamese;
constexpr Language kEn = Language::kEnglish;

// A status as a server would send it, through bytes.
Failure Refused() {
  Failure failure = MakeFailure(absl::StatusCode::kFailedPrecondition, "refused");
  v1::ErrorDetail detail;
  v1::Violation* violation = detail.add_violations();
  violation->set_field("command.submit_model.model_id");
  violation->set_rule("model.state");
  violation->set_wrong_vi("mô hình đã trình");
  violation->set_wrong_en("the model has been submitted");
  violation->set_right_vi("chỉ trình mô hình ở trạng thái nháp");
  violation->set_right_en("only a draft can be submitted");
  violation->set_actual("SUBMITTED");
  detail.set_ledger("dong-thap");
  detail.set_refusal_position(0);
  failure.add_details()->PackFrom(detail);
  Failure parsed;
  parsed.ParseFromString(failure.SerializeAsString());
  return parsed;
}

TEST(FailureText, SaysFieldWrongRightAndWhereTheRefusalStands) {
  const std::string vi = FailureText(Refused(), kVi);
  EXPECT_THAT(vi, HasSubstr("command.submit_model.model_id [model.state]"));
  EXPECT_THAT(vi, HasSubstr("sai:  mô hình đã trình"));
  EXPECT_THAT(vi, HasSubstr("đúng: chỉ trình mô hình ở trạng thái nháp; hiện là SUBMITTED"));
  EXPECT_THAT(vi, HasSubstr("sổ dong-thap, vị trí 0"));
  const std::string en = FailureText(Refused(), kEn);
  EXPECT_THAT(en, HasSubstr("wrong: the model has been submitted"));
  EXPECT_THAT(en, Not(HasSubstr("mô hình")));
}

TEST(FailureText, FallsBackToStandardDetails) {
  Failure failure = MakeFailure(absl::StatusCode::kInvalidArgument, "bad");
  google::rpc::BadRequest bad;
  bad.add_field_violations()->set_field("submission.ledger");
  bad.mutable_field_violations(0)->set_description("required");
  failure.add_details()->PackFrom(bad);
  EXPECT_THAT(FailureText(failure, kEn), HasSubstr("submission.ledger"));
  EXPECT_THAT(FailureText(failure, kEn), HasSubstr("required"));
}

TEST(FailureText, WithoutDetailsKeepsTheMessage) {
  EXPECT_THAT(FailureText(MakeFailure(absl::StatusCode::kUnavailable, "no route"), kVi),
              HasSubstr("no route"));
}

TEST(FailureLine, IsOneLine) {
  EXPECT_THAT(FailureLine(Refused(), kVi), Not(HasSubstr("\n")));
  EXPECT_THAT(FailureLine(Refused(), kVi), HasSubstr("FAILED_PRECONDITION; command.submit_model"));
}

TEST(ExitCodeOf, FollowsTheTable) {
  const auto code = [](absl::StatusCode status) { return ExitCodeOf(MakeFailure(status, "")); };
  EXPECT_EQ(ExitCodeOf(Failure()), ExitCode::kOk);
  EXPECT_EQ(code(absl::StatusCode::kFailedPrecondition), ExitCode::kRefused);
  EXPECT_EQ(code(absl::StatusCode::kInvalidArgument), ExitCode::kInvalid);
  EXPECT_EQ(code(absl::StatusCode::kUnauthenticated), ExitCode::kNotAllowed);
  EXPECT_EQ(code(absl::StatusCode::kPermissionDenied), ExitCode::kNotAllowed);
  EXPECT_EQ(code(absl::StatusCode::kUnavailable), ExitCode::kUnavailable);
  EXPECT_EQ(code(absl::StatusCode::kAlreadyExists), ExitCode::kConflict);
  EXPECT_EQ(code(absl::StatusCode::kNotFound), ExitCode::kNotFound);
  EXPECT_EQ(code(absl::StatusCode::kDataLoss), ExitCode::kInternal);
}

TEST(IsRetryable, OnlyWhereTheOutcomeIsUnknownOrTheServerIsFull) {
  EXPECT_TRUE(IsRetryable(MakeFailure(absl::StatusCode::kUnavailable, "")));
  EXPECT_TRUE(IsRetryable(MakeFailure(absl::StatusCode::kDeadlineExceeded, "")));
  EXPECT_TRUE(IsRetryable(MakeFailure(absl::StatusCode::kResourceExhausted, "")));
  EXPECT_FALSE(IsRetryable(Refused()));
  EXPECT_FALSE(IsRetryable(MakeFailure(absl::StatusCode::kInternal, "")));
}

TEST(RetryDelay, IsWhatTheServerAsks) {
  Failure failure = MakeFailure(absl::StatusCode::kResourceExhausted, "");
  EXPECT_FALSE(RetryDelay(failure).has_value());
  google::rpc::RetryInfo info;
  info.mutable_retry_delay()->set_seconds(2);
  info.mutable_retry_delay()->set_nanos(500'000'000);
  failure.add_details()->PackFrom(info);
  EXPECT_EQ(RetryDelay(failure), absl::Milliseconds(2500));
}

}  // namespace
}  // namespace nhanrong::cli

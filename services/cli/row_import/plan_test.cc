#include "services/cli/row_import/plan.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace nhanrong::cli {
namespace {

using Kind = RowPlan::Kind;

// A story of one row: what was sent about it, and what is to be done with it now.
class PlanTest : public testing::Test {
 protected:
  v1::Submission Row(const std::string& summary, const std::string& reason = "") {
    v1::Submission submission;
    v1::ModelDefinition& definition =
        *submission.mutable_command()->mutable_register_model()->mutable_definition();
    definition.set_name("Trồng rau");
    definition.set_summary(summary);
    submission.mutable_occurred_on()->set_value("2021-05-05");
    submission.set_reason(reason);
    return submission;
  }
  RowIdentity Identity(const v1::Submission& row) { return IdentityOf(form_, "cơ quan", row); }

  RowPlan Plan(const v1::Submission& row, bool retry = false) {
    return PlanRow(form_, Identity(row), row, before_, retry);
  }
  // Sends what the plan says; the newest comes first.
  void Sent(const v1::Submission& row, bool accepted, bool retry = false) {
    const RowPlan plan = Plan(row, retry);
    v1::SubmissionEntry entry;
    entry.set_submission_id(plan.submission.submission_id());
    entry.set_correlation_id(plan.submission.correlation_id());
    entry.set_causation_id(plan.submission.causation_id());
    entry.set_position(100 + before_.size());
    if (accepted) {
      entry.add_events()->set_event_id("sự kiện " + std::to_string(before_.size()));
      entry.mutable_events(0)->set_stream("model/X");
    } else {
      entry.add_refused()->set_rule("quy tắc");
    }
    before_.insert(before_.begin(), entry);
  }

  const Template& form_ = *FindTemplate("model-registration");
  std::vector<v1::SubmissionEntry> before_;
};

TEST_F(PlanTest, ANewRowIsSentUnderIdsOfItsOwn) {
  const RowPlan plan = Plan(Row("a"));
  EXPECT_EQ(plan.kind, Kind::kSend);
  const RowIdentity identity = Identity(Row("a"));
  EXPECT_EQ(plan.submission.correlation_id(), identity.row);
  EXPECT_EQ(plan.submission.command().register_model().model_id(), identity.stream_id);
  EXPECT_EQ(plan.submission.submission_id(), Plan(Row("a")).submission.submission_id());
  EXPECT_LE(plan.submission.correlation_id().size(), 64u);
  EXPECT_LE(plan.submission.causation_id().size(), 64u);
}

TEST_F(PlanTest, TheSameRowAgainIsDone) {
  Sent(Row("a"), true);
  EXPECT_EQ(Plan(Row("a")).kind, Kind::kRepeated);
  EXPECT_EQ(Plan(Row("a")).position, 100u);
  EXPECT_EQ(Plan(Row("a", "lý do thêm sau")).kind, Kind::kRepeated);
}

TEST_F(PlanTest, AnotherContentIsACorrectionAndNeedsAReason) {
  Sent(Row("a"), true);
  EXPECT_EQ(Plan(Row("b")).kind, Kind::kNeedsReason);
  const RowPlan plan = Plan(Row("b", "gõ nhầm"));
  EXPECT_EQ(plan.kind, Kind::kCorrect);
  const v1::CorrectFact& correction = plan.submission.command().correct_fact();
  EXPECT_EQ(correction.stream(), "model/X");
  EXPECT_EQ(correction.event_id(), "sự kiện 0");
  EXPECT_EQ(correction.replacement().model_registered().definition().summary(), "b");
  EXPECT_EQ(correction.occurred_on().value(), "2021-05-05");
  EXPECT_FALSE(plan.submission.has_occurred_on());
}

TEST_F(PlanTest, ACorrectionOfACorrectionNamesTheFirstEvent) {
  Sent(Row("a"), true);
  Sent(Row("b", "một"), true);
  EXPECT_EQ(Plan(Row("b")).kind, Kind::kRepeated);
  EXPECT_EQ(Plan(Row("c", "hai")).submission.command().correct_fact().event_id(), "sự kiện 0");
}

TEST_F(PlanTest, TheOldFileChangesNothingUnlessItGivesAReason) {
  Sent(Row("a"), true);
  Sent(Row("b", "một"), true);
  EXPECT_EQ(Plan(Row("a")).kind, Kind::kSuperseded);
  EXPECT_EQ(Plan(Row("a", "bản đầu mới đúng")).kind, Kind::kCorrect);
  Sent(Row("a", "bản đầu mới đúng"), true);
  EXPECT_EQ(Plan(Row("a")).kind, Kind::kRepeated);
  // And once more, with the same words as before.
  EXPECT_EQ(Plan(Row("b", "một")).kind, Kind::kCorrect);
}

TEST_F(PlanTest, WhatWasRefusedIsSentAgainOnlyWhenAskedOrChanged) {
  Sent(Row("a"), false);
  EXPECT_EQ(Plan(Row("a")).kind, Kind::kRefusedBefore);
  EXPECT_EQ(Plan(Row("a")).refused.size(), 1u);
  const RowPlan again = Plan(Row("a"), true);
  EXPECT_EQ(again.kind, Kind::kSend);
  EXPECT_NE(again.submission.submission_id(), before_[0].submission_id());
  EXPECT_EQ(Plan(Row("b")).kind, Kind::kSend);
  EXPECT_EQ(Plan(Row("a", "ghi muộn")).kind, Kind::kSend);
}

TEST_F(PlanTest, RetryRaisesTheAttemptOfRefusedRowsOnly) {
  Sent(Row("a"), true);
  EXPECT_EQ(Plan(Row("a"), true).kind, Kind::kRepeated);
  before_.clear();
  Sent(Row("a"), false);
  Sent(Row("a"), false, true);
  EXPECT_NE(before_[0].submission_id(), before_[1].submission_id());
  Sent(Row("a"), true, true);
  EXPECT_EQ(Plan(Row("a"), true).kind, Kind::kRepeated);
}

}  // namespace
}  // namespace nhanrong::cli

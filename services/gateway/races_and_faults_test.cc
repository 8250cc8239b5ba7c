// What the log and other gateways may do to a gateway.
#include <utility>

#include "services/gateway/gateway_test_kit.h"

namespace nhanrong::gateway {
namespace {

TEST_F(LedgerGatewayTest, LostRaceIsDecidedAgainOnTheFoldedState) {
  Accepted(Establish(unit_, "Nước Mẫu"));
  TestGateway second(store_, clock_);
  ASSERT_TRUE(second.follower.WaitCommits(2, kSoon));
  control().Hold();
  auto a = first_->Send(Rename(unit_, "Tên A"));
  AwaitPending(1);
  auto b = second.Send(Rename(unit_, "Tên B"));
  AwaitPending(2);
  control().Resume();
  EXPECT_EQ(As<v1::Accepted>(std::move(a)).events(0).revision(), 1u);
  EXPECT_EQ(As<v1::Accepted>(std::move(b)).events(0).revision(), 2u);
  EXPECT_EQ(second.gateway->counters().races_lost, 1u);
}

// A province that is being annulled while a commune below it is established elsewhere.
class AnnulledGroundTest : public LedgerGatewayTest {
 protected:
  void SetUp() override {
    LedgerGatewayTest::SetUp();
    Accepted(Establish(unit_, "Nước Mẫu"));
    established_ = Accepted(Below(unit_, province_, v1::UNIT_LEVEL_PROVINCE)).events(0).event_id();
    second_ = std::make_unique<TestGateway>(store_, clock_);
    ASSERT_TRUE(second_->follower.WaitCommits(3, kSoon));
  }
  static v1::Submission Below(const std::string& parent, const std::string& unit,
                              v1::UnitLevel level) {
    v1::Submission submission = Establish(unit, "Đơn vị mẫu");
    auto& command = *submission.mutable_command()->mutable_establish_unit();
    command.set_level(level);
    command.set_parent_unit_id(parent);
    return submission;
  }
  v1::Submission Commune() { return Below(province_, RandomUlid(kStart), v1::UNIT_LEVEL_COMMUNE); }
  v1::Submission Annulment() {
    v1::Submission submission = Submission();
    auto& command = *submission.mutable_command()->mutable_annul_fact();
    command.set_stream("unit/" + province_);
    command.set_event_id(established_);
    return submission;
  }
  // Both are decided on the same state; `first` comes first in the log. Their outcomes.
  template <typename A, typename B>
  std::pair<A, B> Race(const v1::Submission& first, const v1::Submission& second) {
    control().Hold();
    auto a = first_->Send(first);
    AwaitPending(1);
    auto b = second_->Send(second);
    AwaitPending(2);
    control().Resume();
    A outcome_of_a = As<A>(std::move(a));
    return {std::move(outcome_of_a), As<B>(std::move(b))};
  }

  const std::string province_ = RandomUlid(kStart);
  std::string established_;
  std::unique_ptr<TestGateway> second_;
};

TEST_F(AnnulledGroundTest, WhatCameToRestOnItFirstVoidsTheAnnulment) {
  const auto refused = Race<v1::Accepted, Refused>(Commune(), Annulment()).second;
  ASSERT_EQ(refused.violations.size(), 1u);
  EXPECT_EQ(refused.violations[0].rule, "correction.breaks_other");
  EXPECT_EQ(second_->gateway->counters().races_lost, 1u);
}

TEST_F(AnnulledGroundTest, TheAnnulmentThatCameFirstVoidsWhatWasToRestOnIt) {
  const auto refused = Race<v1::Accepted, Refused>(Annulment(), Commune()).second;
  ASSERT_EQ(refused.violations.size(), 1u);
  EXPECT_EQ(refused.violations[0].rule, "unit.unknown");
  EXPECT_EQ(second_->gateway->counters().races_lost, 1u);
}

TEST_F(LedgerGatewayTest, CopyThroughAnotherGatewayGetsTheOneAnswer) {
  TestGateway second(store_, clock_);
  const v1::Submission submission = Establish(unit_, "Nước Mẫu");
  control().Hold();
  auto a = first_->Send(submission);
  auto b = second.Send(submission);
  AwaitPending(2);
  control().Resume();
  EXPECT_EQ(As<v1::Accepted>(std::move(a)).position(), 1u);
  EXPECT_EQ(As<v1::Accepted>(std::move(b)).position(), 1u);
  EXPECT_TRUE(first_->follower.WaitCommits(2, kSoon));
  EXPECT_EQ(Commits(), 2u);
}

TEST_F(LedgerGatewayTest, LateRefusalDoesNotUndoWhatWasAccepted) {
  Accepted(Establish(unit_, "Nước Mẫu"));
  TestGateway second(store_, clock_);
  v1::Submission submission = Rename(unit_, "Tên Mới");
  submission.set_expected_revision(0);
  control().Hold();
  auto a = first_->Send(submission);
  AwaitPending(1);
  auto other = second.Send(Rename(unit_, "Tên Khác"));
  AwaitPending(2);
  control().Resume();
  EXPECT_EQ(As<v1::Accepted>(std::move(a)).position(), 2u);
  EXPECT_EQ(As<v1::Accepted>(std::move(other)).position(), 3u);
  EXPECT_TRUE(Accepted(submission).repeated());
}

TEST_F(LedgerGatewayTest, FalseTimeOutIsUnknownAndTheRepeatLearnsTheTruth) {
  const v1::Submission submission = Establish(unit_, "Nước Mẫu");
  control().Hold();
  auto answer = first_->Send(submission);
  AwaitPending(1);
  control().TimeOut(control().Pending()[0].number);
  As<Unknown>(std::move(answer));
  control().Resume();
  ASSERT_TRUE(first_->follower.WaitCommits(2, kSoon));
  EXPECT_TRUE(Accepted(submission).repeated());
  EXPECT_EQ(Commits(), 2u);
}

TEST_F(LedgerGatewayTest, LostAppendIsUnknownAndTheRepeatDoesIt) {
  const v1::Submission submission = Establish(unit_, "Nước Mẫu");
  control().Hold();
  auto answer = first_->Send(submission);
  AwaitPending(1);
  control().DropAll();
  As<Unknown>(std::move(answer));
  control().Resume();
  EXPECT_FALSE(Accepted(submission).repeated());
}

TEST_F(LedgerGatewayTest, RecordThatAppearsTwiceIsDoneOnce) {
  control().Hold();
  auto answer = first_->Send(Establish(unit_, "Nước Mẫu"));
  AwaitPending(1);
  control().Duplicate(control().Pending()[0].number);
  As<v1::Accepted>(std::move(answer));
  control().Resume();
  Accepted(Rename(unit_, "Tên Mới"));
  EXPECT_EQ(Commits(), 3u);
  EXPECT_EQ(first_->follower.counters().void_records, 1u);
}

TEST_F(LedgerGatewayTest, DeadlineThatPassesIsUnknown) {
  control().Hold();
  auto answer = first_->Send(Establish(unit_, "Nước Mẫu"), kProof, absl::Milliseconds(50));
  As<Unknown>(std::move(answer));
  control().Resume();
}

TEST_F(LedgerGatewayTest, GatewayWhoseClockIsBehindTheLedgerDoesNotWrite) {
  Accepted(Establish(unit_, "Nước Mẫu"));
  clock_.Set(kStart);
  const auto why = As<Unavailable>(first_->Send(Rename(unit_, "Tên Mới")));
  EXPECT_NE(why.why.find("clock"), std::string::npos);
  EXPECT_FALSE(first_->gateway->readiness().ok());
  clock_.Set(kStart + absl::Hours(2));
  EXPECT_TRUE(first_->gateway->readiness().ok());
}

TEST_F(LedgerGatewayTest, LogThatCannotBeReadTakesNothing) {
  control().SetReachable(false);
  const absl::Time limit = absl::Now() + kSoon;
  while (first_->follower.status().ok() && absl::Now() < limit) std::this_thread::yield();
  As<Unavailable>(first_->Send(Establish(unit_, "Nước Mẫu")));
  control().SetReachable(true);
}

TEST_F(LedgerGatewayTest, DecisionThatDidNotSeeTheRevocationIsVoidAndDecidedAgain) {
  TestGateway second(store_, clock_);
  v1::Submission establish = Establish(unit_, "Nước Mẫu");
  control().Hold();
  const std::string actor = Administrator();
  v1::Submission grant = Submission();
  grant.clear_occurred_on();
  auto& role = *grant.mutable_command()->mutable_grant_role();
  role.set_actor_id(actor);
  role.set_role(v1::ROLE_AUDITOR);
  role.set_reads_up_to(v1::CLASSIFICATION_INTERNAL);
  auto changed = first_->Send(grant);
  AwaitPending(1);
  auto late = second.Send(establish);
  AwaitPending(2);
  control().Resume();
  As<v1::Accepted>(std::move(changed));
  EXPECT_EQ(As<v1::Accepted>(std::move(late)).position(), 2u);
  EXPECT_EQ(second.gateway->counters().races_lost, 1u) << "the grant stream is always read";
}

}  // namespace
}  // namespace nhanrong::gateway

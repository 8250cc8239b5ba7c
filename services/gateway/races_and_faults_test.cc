// What the log and other gateways may do to a gateway.
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
  auto answer = first_->Send(Establish(unit_, "Nước Mẫu"), kToken, absl::Milliseconds(50));
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

// A rule version is switched on through a gateway that knows it; one that does not stops there.
#include "services/gateway/gateway_test_kit.h"

namespace nhanrong::gateway {
namespace {

class RuleVersionTest : public LedgerGatewayTest {
 protected:
  static v1::Submission Switch(std::uint32_t version) {
    v1::Submission submission = Submission();
    submission.mutable_command()->mutable_switch_rule_version()->set_version(version);
    submission.clear_occurred_on();
    return submission;
  }
  v1::Record NewestRecord(const TestGateway& gateway) {
    const auto commits =
        gateway.follower.ReadCommits(Position(gateway.follower.counters().commits - 1), 1);
    v1::Record record;
    EXPECT_TRUE(commits.ok() && record.ParseFromString(commits->front().bytes));
    return record;
  }
  void AwaitStop(TestGateway& gateway) {
    const absl::Time limit = absl::Now() + kSoon;
    while (!ledger::IsFinal(gateway.follower.status()) && absl::Now() < limit) {
      std::this_thread::yield();
    }
  }
};

TEST_F(RuleVersionTest, AGatewayThatDoesNotKnowAVersionDoesNotSwitchItOnAndTheIdStaysOpen) {
  const v1::Submission submission = Switch(2);
  const auto invalid = As<Invalid>(first_->Send(submission));
  EXPECT_EQ(invalid.violations[0].rule, "ledger.rule_version_unknown");
  EXPECT_EQ(invalid.violations[0].field, "command.switch_rule_version.version");
  EXPECT_EQ(invalid.violations[0].actual, "1");
  EXPECT_EQ(Commits(), 1u);
  TestGateway newer(store_, clock_, 2);
  EXPECT_EQ(As<v1::Accepted>(newer.Send(submission)).position(), 1u);
}

TEST_F(RuleVersionTest, AStrangerIsNotToldWhichVersionsAProgramKnows) {
  const auto denied = As<access::Denied>(first_->Send(Switch(2), access::TokenProof({})));
  EXPECT_EQ(denied.denial, access::Denial::kTokenUnknown);
}

TEST_F(RuleVersionTest, TheRecordOfTheSwitchSaysItToTheRuleAndLaterOnesAreOfTheNewVersion) {
  TestGateway newer(store_, clock_, 2);
  As<v1::Accepted>(newer.Send(Establish(unit_, "Nước Mẫu")));
  EXPECT_EQ(NewestRecord(newer).rule_version(), 1u);
  EXPECT_EQ(NewestRecord(newer).switches_on_rule_version(), 0u);
  As<v1::Accepted>(newer.Send(Switch(2)));
  EXPECT_EQ(NewestRecord(newer).rule_version(), 1u);
  EXPECT_EQ(NewestRecord(newer).switches_on_rule_version(), 2u);
  As<v1::Accepted>(newer.Send(Rename(unit_, "Tên Mới")));
  EXPECT_EQ(NewestRecord(newer).rule_version(), 2u);
  EXPECT_EQ(NewestRecord(newer).switches_on_rule_version(), 0u);
}

TEST_F(RuleVersionTest, ASecondSwitchIsRefusedAndRecordedAndSwitchesNothing) {
  TestGateway newer(store_, clock_, 3);
  As<v1::Accepted>(newer.Send(Switch(2)));
  const auto refused = As<Refused>(newer.Send(Switch(2)));
  EXPECT_EQ(refused.violations[0].rule, "ledger.rule_version_on");
  EXPECT_EQ(NewestRecord(newer).switches_on_rule_version(), 0u);
}

TEST_F(RuleVersionTest, AnOldGatewayStopsAtTheSwitchAndWritesNothingMore) {
  TestGateway newer(store_, clock_, 2);
  As<v1::Accepted>(newer.Send(Switch(2)));
  AwaitStop(*first_);
  EXPECT_EQ(first_->follower.status().code(), absl::StatusCode::kFailedPrecondition);
  const auto why = As<Unavailable>(first_->Send(Establish(unit_, "Nước Mẫu")));
  EXPECT_NE(why.why.find("version 2 of the admission rule"), std::string::npos) << why.why;
  EXPECT_EQ(As<v1::Accepted>(newer.Send(Establish(unit_, "Nước Mẫu"))).position(), 2u);
  EXPECT_EQ(Commits(), 2u) << "the record of the switch is the last one that it judges";
}

TEST_F(RuleVersionTest, WhatAnOldGatewayHasInFlightAtTheSwitchIsUnknownAndCanBeAskedElsewhere) {
  TestGateway newer(store_, clock_, 2);
  control().Hold();
  auto turn = newer.Send(Switch(2));
  AwaitPending(1);
  const v1::Submission submission = Establish(unit_, "Nước Mẫu");
  auto in_flight = first_->Send(submission);
  auto behind = first_->Send(Rename(unit_, "Tên Mới"));
  AwaitPending(2);
  control().Resume();
  As<v1::Accepted>(std::move(turn));
  const auto unknown = As<Unknown>(std::move(in_flight));
  EXPECT_NE(unknown.why.find("version 2 of the admission rule"), std::string::npos) << unknown.why;
  As<Unavailable>(std::move(behind));
  EXPECT_EQ(As<v1::Accepted>(newer.Send(submission)).position(), 2u)
      << "a record of version 1 is as valid as before";
}

}  // namespace
}  // namespace nhanrong::gateway

#include "services/gateway/ledger_gateway.h"

#include <gtest/gtest.h>

#include <future>

#include "absl/time/clock.h"
#include "services/gateway/genesis.h"
#include "services/ledger/memory/memory_log.h"

namespace nhanrong::gateway {
namespace {

constexpr absl::Duration kSoon = absl::Seconds(20);
const Hash kToken = Sha256("token of the administrator");
const absl::Time kStart = absl::FromUnixSeconds(1'790'000'000);

// One gateway with its own fold of a shared log.
struct TestGateway {
  TestGateway(ledger::LogStore& store, const Clock& clock)
      : log(*store.Open("made-up")), follower(*log, {.name = "made-up"}) {
    gateway.emplace(LedgerGateway::Parts{*log, follower, streams, nullptr, clock});
    follower.AddListener(&streams);
    follower.AddListener(&*gateway);
    follower.Start();
    EXPECT_TRUE(follower.WaitCaughtUp(kSoon));
  }
  ~TestGateway() {
    follower.Stop();
    gateway.reset();
  }
  std::future<Outcome> Send(const v1::Submission& submission, std::optional<Hash> token = kToken,
                            absl::Duration limit = kSoon) {
    auto promise = std::make_shared<std::promise<Outcome>>();  // shared with the callback
    gateway->Submit(submission, token, absl::Now() + limit,
                    [promise](Outcome outcome) { promise->set_value(std::move(outcome)); });
    return promise->get_future();
  }

  std::unique_ptr<ledger::Log> log;
  streams::StreamTable streams;
  ledger::LedgerFollower follower;
  std::optional<LedgerGateway> gateway;
};

class LedgerGatewayTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(store_.Create("made-up").ok());
    GenesisPlan plan;
    plan.ledger_id = {1};
    plan.ledger_name = "made-up";
    plan.recorded_at = kStart;
    plan.agency_id = RandomUlid(kStart);
    plan.agency_name = "Cơ quan mẫu";
    plan.actor_id = RandomUlid(kStart);
    plan.administrator_title = "Quản trị";
    plan.token_hash = kToken;
    plan.roles = {v1::ROLE_ADMINISTRATOR, v1::ROLE_MAP_STEWARD};
    control().AppendOutsider(GenesisRecord(plan).SerializeAsString());
    first_ = std::make_unique<TestGateway>(store_, clock_);
  }
  ledger::MemoryLogControl control() { return store_.Control("made-up"); }

  static v1::Submission Submission() {
    v1::Submission submission;
    submission.set_ledger("made-up");
    submission.set_submission_id(RandomUuid4());
    submission.mutable_occurred_on()->set_value("2026-09-01");
    submission.mutable_occurred_on()->set_precision(v1::DATE_PRECISION_DAY);
    submission.set_reason("ghi nhận");
    return submission;
  }
  static v1::Submission Establish(const std::string& unit_id, const std::string& name) {
    v1::Submission submission = Submission();
    auto& command = *submission.mutable_command()->mutable_establish_unit();
    command.set_unit_id(unit_id);
    command.set_name(name);
    command.set_level(v1::UNIT_LEVEL_NATION);
    return submission;
  }
  static v1::Submission Rename(const std::string& unit_id, const std::string& name) {
    v1::Submission submission = Submission();
    submission.mutable_command()->mutable_rename_unit()->set_unit_id(unit_id);
    submission.mutable_command()->mutable_rename_unit()->set_name(name);
    return submission;
  }
  template <typename Kind>
  static Kind As(std::future<Outcome> answer) {
    EXPECT_EQ(answer.wait_for(absl::ToChronoSeconds(kSoon)), std::future_status::ready);
    Outcome outcome = answer.get();
    if (const auto* kind = std::get_if<Kind>(&outcome)) return *kind;
    ADD_FAILURE() << "another outcome, number " << outcome.index()
                  << (std::holds_alternative<Invalid>(outcome)
                          ? std::get<Invalid>(outcome).violations[0].rule
                          : "")
                  << (std::holds_alternative<Refused>(outcome)
                          ? std::get<Refused>(outcome).violations[0].rule
                          : "");
    return Kind{};
  }
  v1::Accepted Accepted(const v1::Submission& submission) {
    return As<v1::Accepted>(first_->Send(submission));
  }
  std::uint64_t Commits() { return first_->follower.counters().commits; }
  bool Answered(std::future<Outcome>& answer) {
    return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }
  // Actor id of the first administrator, by the token that he holds.
  std::string Administrator() {
    const auto reserved = first_->streams.Find("reserved/token/" + ToHex(AsBytes(kToken)));
    return reserved->facts()[0].fact.value_reserved().holder().substr(
        std::string_view("actor/").size());
  }
  // Until `count` appends of ours wait in the held log.
  void AwaitPending(std::size_t count) {
    const absl::Time limit = absl::Now() + kSoon;
    while (control().Pending().size() < count && absl::Now() < limit) std::this_thread::yield();
    ASSERT_EQ(control().Pending().size(), count);
  }

  ManualClock clock_{kStart + absl::Hours(1)};
  ledger::MemoryLogStore store_;
  std::unique_ptr<TestGateway> first_;
  const std::string unit_ = RandomUlid(kStart);
};

TEST_F(LedgerGatewayTest, AcceptedSubmissionIsOneCommitWithItsEvents) {
  const v1::Accepted answer = Accepted(Establish(unit_, "Nước Mẫu"));
  EXPECT_EQ(answer.position(), 1u);
  ASSERT_EQ(answer.events_size(), 1);
  EXPECT_EQ(answer.events(0).stream(), "unit/" + unit_);
  EXPECT_EQ(answer.events(0).revision(), 0u);
  EXPECT_FALSE(answer.repeated());
}

TEST_F(LedgerGatewayTest, SameIdGivesTheSameAnswerForEver) {
  const v1::Submission submission = Establish(unit_, "Nước Mẫu");
  v1::Accepted first = Accepted(submission);
  v1::Accepted again = Accepted(submission);
  EXPECT_TRUE(again.repeated());
  again.set_repeated(false);
  EXPECT_EQ(first.SerializeAsString(), again.SerializeAsString());
  EXPECT_EQ(Commits(), 2u);
}

TEST_F(LedgerGatewayTest, SameIdWithAnotherContentIsAConflict) {
  v1::Submission submission = Establish(unit_, "Nước Mẫu");
  Accepted(submission);
  submission.mutable_command()->mutable_establish_unit()->set_name("Nước Khác");
  EXPECT_EQ(As<Conflict>(first_->Send(submission)).position, Position(1));
  EXPECT_EQ(Commits(), 2u);
}

TEST_F(LedgerGatewayTest, RefusalIsACommitAndFinal) {
  const v1::Submission submission = Rename(unit_, "Tên Mới");
  const auto refused = As<Refused>(first_->Send(submission));
  EXPECT_EQ(refused.position, Position(1));
  Accepted(Establish(unit_, "Nước Mẫu"));
  EXPECT_EQ(As<Refused>(first_->Send(submission)).position, Position(1));
  EXPECT_EQ(Commits(), 3u);
}

TEST_F(LedgerGatewayTest, BrokenFieldIsNotRecordedAndLeavesTheIdOpen) {
  v1::Submission submission = Establish(unit_, "");
  EXPECT_EQ(As<Invalid>(first_->Send(submission)).violations.size(), 1u);
  submission.mutable_command()->mutable_establish_unit()->set_name("Nước Mẫu");
  EXPECT_EQ(Accepted(submission).position(), 1u);
}

TEST_F(LedgerGatewayTest, StrangerIsDeniedAndNothingIsRecorded) {
  const v1::Submission submission = Establish(unit_, "Nước Mẫu");
  EXPECT_EQ(As<access::Denied>(first_->Send(submission, std::nullopt)).denial,
            access::Denial::kTokenMissing);
  EXPECT_EQ(As<access::Denied>(first_->Send(submission, Sha256("guess"))).denial,
            access::Denial::kTokenUnknown);
  EXPECT_EQ(Commits(), 1u);
}

TEST_F(LedgerGatewayTest, NobodyActsForAnotherAgencyWithoutDelegation) {
  v1::Submission submission = Establish(unit_, "Nước Mẫu");
  submission.set_on_behalf_of_agency_id(RandomUlid(kStart));
  EXPECT_EQ(As<access::Denied>(first_->Send(submission)).denial,
            access::Denial::kDelegationMissing);
  EXPECT_EQ(Commits(), 1u);
}

TEST_F(LedgerGatewayTest, AnswerComesAfterTheOwnFoldAndNotBefore) {
  control().Hold();
  auto answer = first_->Send(Establish(unit_, "Nước Mẫu"));
  AwaitPending(1);
  EXPECT_FALSE(Answered(answer));
  control().Resume();
  EXPECT_EQ(As<v1::Accepted>(std::move(answer)).position(), 1u);
}

TEST_F(LedgerGatewayTest, TwoCopiesInFlightAreOneCommit) {
  const v1::Submission submission = Establish(unit_, "Nước Mẫu");
  control().Hold();
  auto one = first_->Send(submission);
  auto two = first_->Send(submission);
  AwaitPending(1);
  control().Resume();
  EXPECT_EQ(As<v1::Accepted>(std::move(one)).position(), 1u);
  EXPECT_EQ(As<v1::Accepted>(std::move(two)).position(), 1u);
  EXPECT_EQ(Commits(), 2u);
}

TEST_F(LedgerGatewayTest, CopyThatMayNotDoesNotSpoilTheOneThatMay) {
  const v1::Submission submission = Establish(unit_, "Nước Mẫu");
  control().Hold();
  auto held = first_->Send(Establish(RandomUlid(kStart), "Nước Khác"));
  AwaitPending(1);
  v1::Submission other_content = submission;
  other_content.mutable_command()->mutable_establish_unit()->set_name("Nước Lạ");
  auto one = first_->Send(submission);
  auto two = first_->Send(other_content);
  AwaitPending(2);
  control().Resume();
  As<v1::Accepted>(std::move(held));
  As<v1::Accepted>(std::move(one));
  As<Conflict>(std::move(two));
}

TEST_F(LedgerGatewayTest, SubmissionsToOneStreamAreDecidedInOrder) {
  auto one = first_->Send(Establish(unit_, "Nước Mẫu"));
  auto two = first_->Send(Rename(unit_, "Tên Hai"));
  auto three = first_->Send(Rename(unit_, "Tên Ba"));
  EXPECT_EQ(As<v1::Accepted>(std::move(one)).events(0).revision(), 0u);
  EXPECT_EQ(As<v1::Accepted>(std::move(two)).events(0).revision(), 1u);
  EXPECT_EQ(As<v1::Accepted>(std::move(three)).events(0).revision(), 2u);
}

TEST_F(LedgerGatewayTest, SubmissionWaitsForEarlierOnesWhoseStreamsItReads) {
  const std::string province = RandomUlid(kStart), district = RandomUlid(kStart);
  const auto below = [](v1::Submission submission, const std::string& parent, v1::UnitLevel level) {
    submission.mutable_command()->mutable_establish_unit()->set_parent_unit_id(parent);
    submission.mutable_command()->mutable_establish_unit()->set_level(level);
    return submission;
  };
  control().Hold();
  auto a = first_->Send(Establish(unit_, "Nước Mẫu"));
  auto b = first_->Send(below(Establish(province, "Tỉnh Mẫu"), unit_, v1::UNIT_LEVEL_PROVINCE));
  auto c = first_->Send(below(Establish(district, "Huyện Mẫu"), province, v1::UNIT_LEVEL_DISTRICT));
  AwaitPending(1);
  control().Resume();
  EXPECT_EQ(As<v1::Accepted>(std::move(a)).position(), 1u);
  EXPECT_EQ(As<v1::Accepted>(std::move(b)).position(), 2u);
  EXPECT_EQ(As<v1::Accepted>(std::move(c)).position(), 3u);
}

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
}

TEST_F(LedgerGatewayTest, LogThatCannotBeReadTakesNothing) {
  control().SetReachable(false);
  const absl::Time limit = absl::Now() + kSoon;
  while (first_->follower.status().ok() && absl::Now() < limit) std::this_thread::yield();
  As<Unavailable>(first_->Send(Establish(unit_, "Nước Mẫu")));
  control().SetReachable(true);
}

TEST_F(LedgerGatewayTest, NobodyStatesTheTimeOnARealClock) {
  v1::Submission submission = Establish(unit_, "Nước Mẫu");
  submission.mutable_simulated_recorded_at()->set_seconds(1);
  EXPECT_EQ(As<Invalid>(first_->Send(submission)).violations[0].field, "simulated_recorded_at");
}

TEST_F(LedgerGatewayTest, DrainingGatewayAnswersWhatItHoldsAndTakesNothingNew) {
  control().Hold();
  auto held = first_->Send(Establish(unit_, "Nước Mẫu"));
  AwaitPending(1);
  std::jthread drain([this] { first_->gateway->Drain(absl::Now() + kSoon); });
  control().Resume();
  As<v1::Accepted>(std::move(held));
  drain.join();
  As<Unavailable>(first_->Send(Rename(unit_, "Tên Mới")));
}

TEST_F(LedgerGatewayTest, RevokedTokenIsToldApartFromAnUnknownOne) {
  const std::string actor = Administrator();
  std::string credential;
  for (const auto& fact : first_->streams.Find("actor/" + actor)->facts()) {
    if (fact.fact.has_credential_issued()) {
      credential = fact.fact.credential_issued().credential_id();
    }
  }
  v1::Submission revoke = Submission();
  revoke.clear_occurred_on();
  revoke.mutable_command()->mutable_revoke_credential()->set_actor_id(actor);
  revoke.mutable_command()->mutable_revoke_credential()->set_credential_id(credential);
  Accepted(revoke);
  EXPECT_EQ(As<access::Denied>(first_->Send(Establish(unit_, "Nước Mẫu"))).denial,
            access::Denial::kTokenRevoked);
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

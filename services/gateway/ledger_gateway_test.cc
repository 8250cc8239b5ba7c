#include "services/gateway/gateway_test_kit.h"

namespace nhanrong::gateway {
namespace {

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

TEST_F(LedgerGatewayTest, SameIdInOtherLettersIsTheSameId) {
  v1::Submission submission = Establish(unit_, "Nước Mẫu");
  submission.set_submission_id("6f1c2d3e-4a5b-4c6d-8e7f-0a1b2c3d4e5f");
  const v1::Accepted first = Accepted(submission);
  submission.set_submission_id("6F1C2D3E-4A5B-4C6D-8E7F-0A1B2C3D4E5F");
  const v1::Accepted again = Accepted(submission);
  EXPECT_TRUE(again.repeated());
  EXPECT_EQ(again.position(), first.position());
  submission.set_reason("nội dung khác");
  As<Conflict>(first_->Send(submission));
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
  EXPECT_EQ(
      As<access::Denied>(first_->Send(submission, access::TokenProof(Sha256("guess")))).denial,
      access::Denial::kTokenUnknown);
  EXPECT_EQ(Commits(), 1u);
}

TEST_F(LedgerGatewayTest, AHashProvesOnlyInTheWayInWhichItWasIssued) {
  const v1::Submission submission = Establish(unit_, "Nước Mẫu");
  EXPECT_EQ(As<access::Denied>(first_->Send(submission, access::CertificateProof(kToken))).denial,
            access::Denial::kCertificateUnknown);
  const Hash public_key = Sha256("a public key, which is public");
  v1::Submission registered = Submission(), issued = Submission();
  registered.clear_occurred_on();
  issued.clear_occurred_on();
  v1::RegisterActor& system = *registered.mutable_command()->mutable_register_actor();
  system.set_actor_id(RandomUlid(kStart));
  system.set_agency_id(first_->streams.Find("actor/" + Administrator())
                           ->facts()[0]
                           .fact.actor_registered()
                           .agency_id());
  system.set_kind(v1::ACTOR_KIND_SYSTEM);
  system.set_title("Hệ thống");
  v1::IssueCredential& credential = *issued.mutable_command()->mutable_issue_credential();
  credential.set_actor_id(system.actor_id());
  credential.set_token_sha256(std::string(AsBytes(public_key)));
  credential.set_kind(v1::CREDENTIAL_KIND_CERTIFICATE);
  Accepted(registered);
  Accepted(issued);
  EXPECT_EQ(As<access::Denied>(first_->Send(submission, access::TokenProof(public_key))).denial,
            access::Denial::kTokenUnknown);
  EXPECT_EQ(
      As<access::Denied>(first_->Send(submission, access::CertificateProof(public_key))).denial,
      access::Denial::kRoleMissing)
      << "known, and without a grant";
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
  // Without another one the last administrator would be shut out, which is refused.
  v1::Submission issue = Submission();
  issue.clear_occurred_on();
  issue.mutable_command()->mutable_issue_credential()->set_actor_id(actor);
  issue.mutable_command()->mutable_issue_credential()->set_token_sha256(
      std::string(AsBytes(Sha256("another token"))));
  Accepted(issue);
  v1::Submission revoke = Submission();
  revoke.clear_occurred_on();
  revoke.mutable_command()->mutable_revoke_credential()->set_actor_id(actor);
  revoke.mutable_command()->mutable_revoke_credential()->set_credential_id(credential);
  Accepted(revoke);
  EXPECT_EQ(As<access::Denied>(first_->Send(Establish(unit_, "Nước Mẫu"))).denial,
            access::Denial::kTokenRevoked);
}

}  // namespace
}  // namespace nhanrong::gateway

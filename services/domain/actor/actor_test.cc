#include "services/domain/actor/actor_state.h"

#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

class ActorTest : public DomainTest {
 protected:
  const ActorState& Actor() { return world_.Read("actor/" + Id("Bình")).as<ActorState>(); }
};

TEST_F(ActorTest, AnActorBelongsToAnEstablishedAgency) {
  Act act = RegisterActor();
  act.submission.mutable_command()->mutable_register_actor()->set_agency_id(Id("Sở lạ"));
  EXPECT_THAT(When(act), Breaks("actor.agency_unknown@command.register_actor.agency_id"));
}

TEST_F(ActorTest, AGrantIsInForceUntilItEndsOrIsRevoked) {
  Act ending = GrantRole("có hạn");
  ending.submission.mutable_command()->mutable_grant_role()->set_valid_to("2026-03-12");
  Given({RegisterActor(), GrantRole("quyền 1"), ending});
  EXPECT_EQ(Actor().GrantsOn(absl::CivilDay(2026, 3, 11)).size(), 2u);
  EXPECT_EQ(Actor().GrantsOn(absl::CivilDay(2026, 3, 12)).size(), 1u);
  Given({RevokeGrant("quyền 1")});
  EXPECT_TRUE(Actor().GrantsOn(absl::CivilDay(2026, 3, 12)).empty());
  EXPECT_THAT(When(RevokeGrant("quyền 1")),
              Breaks("grant.not_in_force@command.revoke_grant.grant_id"));
  EXPECT_THAT(When(RevokeGrant("không có")),
              Breaks("grant.not_in_force@command.revoke_grant.grant_id"));
}

TEST_F(ActorTest, AGrantIdIsUsedOnce) {
  Given({RegisterActor(), GrantRole("quyền 1"), RevokeGrant("quyền 1")});
  EXPECT_THAT(When(GrantRole("quyền 1")), Breaks("grant.exists@command.grant_role.grant_id"));
}

TEST_F(ActorTest, PeopleAndSystemsTakeTheirOwnRoles) {
  Given({RegisterActor()});
  for (const v1::Role role : {v1::ROLE_AGENCY_SYSTEM, v1::ROLE_CLOCK, v1::ROLE_NOTARY}) {
    const Outcome outcome = When(GrantRole("quyền", role));
    EXPECT_THAT(outcome, Breaks("grant.role_kind@command.grant_role.role"));
    EXPECT_EQ(outcome.violations[0].actual, "PERSON");
  }
  EXPECT_THAT(When(GrantRole("quyền", v1::ROLE_AUDITOR)), Gives("RoleGranted"));
}

TEST_F(ActorTest, ASystemNeverActsAsAPerson) {
  Act system = RegisterActor();
  v1::RegisterActor& actor = *system.submission.mutable_command()->mutable_register_actor();
  actor.set_kind(v1::ACTOR_KIND_SYSTEM);
  actor.clear_subject();
  Given({system});
  EXPECT_THAT(When(GrantRole("quyền", v1::ROLE_COMMUNE_OFFICER)),
              Breaks("grant.role_kind@command.grant_role.role"));
  EXPECT_THAT(When(GrantRole("quyền", v1::ROLE_AGENCY_SYSTEM)), Gives("RoleGranted"));
}

TEST_F(ActorTest, TheScopeOfAGrantIsAKnownUnit) {
  Given({RegisterActor()});
  Act act = GrantRole("quyền");
  act.submission.mutable_command()->mutable_grant_role()->set_scope_unit_id(Id("đâu đó"));
  EXPECT_THAT(When(act), Breaks("unit.unknown@command.grant_role.scope_unit_id"));
}

TEST_F(ActorTest, ATokenIsFoundUntilItEndsOrIsRevoked) {
  Act ending = IssueCredential("có hạn", 'e');
  ending.submission.mutable_command()->mutable_issue_credential()->set_valid_to("2026-03-12");
  Given({RegisterActor(), IssueCredential("chứng thực 1", 'a'), ending});
  EXPECT_EQ(Actor().CredentialOn(Token('a'), today_), Id("chứng thực 1"));
  EXPECT_EQ(Actor().CredentialOn(Token('e'), today_), Id("có hạn"));
  EXPECT_EQ(Actor().CredentialOn(Token('e'), absl::CivilDay(2026, 3, 12)), std::nullopt);
  EXPECT_EQ(Actor().CredentialOn(Token('x'), today_), std::nullopt);
  Given({RevokeCredential("chứng thực 1")});
  EXPECT_EQ(Actor().CredentialOn(Token('a'), today_), std::nullopt);
  EXPECT_THAT(When(RevokeCredential("chứng thực 1")),
              Breaks("credential.not_in_force@command.revoke_credential.credential_id"));
}

TEST_F(ActorTest, ATokenHasOneHolderForEver) {
  Given({RegisterActor()});
  const std::string field = "command.issue_credential.token_sha256";
  EXPECT_THAT(When(IssueCredential("chứng thực 1", 'a')),
              Gives("CredentialIssued", "ValueReserved"));
  Given({RevokeCredential("chứng thực 1")});
  EXPECT_THAT(When(IssueCredential("chứng thực 2", 'a')), Breaks("token.taken@" + field));
  EXPECT_THAT(When(IssueCredential("chứng thực 1", 'b')),
              Breaks("credential.exists@command.issue_credential.credential_id"));
  Act registered = RegisterActor();
  registered.submission.mutable_command()->mutable_register_actor()->set_actor_id(Id("Cúc"));
  Act issued = IssueCredential("chứng thực 3", 'a');
  issued.submission.mutable_command()->mutable_issue_credential()->set_actor_id(Id("Cúc"));
  Given({registered});
  EXPECT_THAT(When(issued), Breaks("token.taken@" + field));
}

TEST_F(ActorTest, ACertificateStandsForTheTokenOfASystemAndNotOfAPerson) {
  const auto certified = [](const std::string& credential, char key) {
    Act act = IssueCredential(credential, key);
    act.submission.mutable_command()->mutable_issue_credential()->set_kind(
        v1::CREDENTIAL_KIND_CERTIFICATE);
    return act;
  };
  Given({RegisterActor()});
  const Outcome refused = When(certified("chứng thư", 'k'));
  EXPECT_THAT(refused, Breaks("credential.certificate_kind@command.issue_credential.kind"));
  EXPECT_EQ(refused.violations[0].actual, "PERSON");
  Act system = RegisterActor();
  v1::RegisterActor& actor = *system.submission.mutable_command()->mutable_register_actor();
  actor.set_actor_id(Id("Hệ thống"));
  actor.set_kind(v1::ACTOR_KIND_SYSTEM);
  actor.clear_subject();
  Act issued = certified("chứng thư", 'k');
  issued.submission.mutable_command()->mutable_issue_credential()->set_actor_id(Id("Hệ thống"));
  Given({system, issued});
  const auto& held = world_.Read("actor/" + Id("Hệ thống")).as<ActorState>().credentials;
  EXPECT_EQ(held.at(Id("chứng thư")).kind, v1::CREDENTIAL_KIND_CERTIFICATE);
}

TEST_F(ActorTest, TheReservationOfATokenNamesItsActor) {
  Given({RegisterActor(), IssueCredential("chứng thực 1", 'a')});
  EXPECT_TRUE(world_.Read(TokenReservation(Token('a'))).exists());
}

TEST_F(ActorTest, ASuspendedGrantHoldsAgainWhenItIsResumed) {
  Given({RegisterActor(), GrantRole("quyền 1"), SuspendGrant("quyền 1")});
  EXPECT_TRUE(Actor().GrantsOn(today_).empty());
  EXPECT_EQ(Actor().SuspendedGrantsOn(today_).size(), 1u);
  EXPECT_THAT(When(SuspendGrant("quyền 1")),
              Breaks("grant.not_in_force@command.suspend_grant.grant_id"));
  Given({ResumeGrant("quyền 1")});
  EXPECT_EQ(Actor().GrantsOn(today_).size(), 1u);
  EXPECT_THAT(When(ResumeGrant("quyền 1")),
              Breaks("grant.not_suspended@command.resume_grant.grant_id"));
}

TEST_F(ActorTest, ASuspendedGrantMayBeRevokedAndIsThenGone) {
  Given({RegisterActor(), GrantRole("quyền 1"), SuspendGrant("quyền 1"), RevokeGrant("quyền 1")});
  EXPECT_TRUE(Actor().SuspendedGrantsOn(today_).empty());
  EXPECT_THAT(When(ResumeGrant("quyền 1")),
              Breaks("grant.not_suspended@command.resume_grant.grant_id"));
}

TEST_F(ActorTest, ASuspendedTokenIdentifiesNobodyUntilItIsResumed) {
  Given({RegisterActor(), IssueCredential("chứng thực 1", 'a'), SuspendCredential("chứng thực 1")});
  EXPECT_EQ(Actor().CredentialOn(Token('a'), today_), std::nullopt);
  EXPECT_THAT(When(SuspendCredential("chứng thực 1")),
              Breaks("credential.not_in_force@command.suspend_credential.credential_id"));
  Given({ResumeCredential("chứng thực 1")});
  EXPECT_EQ(Actor().CredentialOn(Token('a'), today_), Id("chứng thực 1"));
  EXPECT_THAT(When(ResumeCredential("chứng thực 1")),
              Breaks("credential.not_suspended@command.resume_credential.credential_id"));
}

TEST_F(ActorTest, APublicReaderReadsNothingButWhatIsPublic) {
  Given({RegisterActor()});
  Act grant = GrantRole("quyền", v1::ROLE_PUBLIC_READER);
  v1::GrantRole& told = *grant.submission.mutable_command()->mutable_grant_role();
  told.set_reads_up_to(v1::CLASSIFICATION_INTERNAL);
  EXPECT_THAT(When(grant), Breaks("grant.reads_up_to@command.grant_role.reads_up_to"));
  told.set_reads_up_to(v1::CLASSIFICATION_PUBLIC);
  EXPECT_THAT(When(grant), Gives("RoleGranted"));
}

}  // namespace
}  // namespace nhanrong::domain

#include "services/domain/actor/delegation.h"

#include "services/domain/actor/actor_state.h"
#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

// "Bình" and his chief are of one agency.
class DelegationTest : public DomainTest {
 protected:
  DelegationTest() {
    Given({RegisterActor()});
    Given(Chief());
  }
  const Delegation& Given1() {
    return world_.Read("actor/" + Id("Bình")).as<ActorState>().delegations.at(Id("ủy quyền"));
  }
  static std::string At(const std::string& rule, const std::string& field) {
    return rule + "@command.delegate_authority." + field;
  }
};

v1::DelegateAuthority& Told(Act& act) {
  return *act.submission.mutable_command()->mutable_delegate_authority();
}

// TUQ. of the chief until this day.
Act Tuq(const std::string& valid_to) {
  Act act = DelegateAuthority("ủy quyền");
  Told(act).set_form(v1::DELEGATION_FORM_TUQ);
  Told(act).add_commands("submit_model");
  Told(act).set_valid_to(valid_to);
  return act;
}

// TUQ. of another agency.
Act OfTheAgency(const std::string& agency) {
  Act act = Tuq("2026-06-01");
  Told(act).clear_principal_actor_id();
  Told(act).set_principal_agency_id(Id(agency));
  return act;
}

TEST_F(DelegationTest, ItHoldsUntilItEndsOrIsRevoked) {
  Given({Tuq("2026-06-01")});
  EXPECT_EQ(Given1().terms.principal_actor_id(), Id("Trưởng"));
  EXPECT_EQ(Given1().terms.document().number(), SampleSource().number());
  EXPECT_TRUE(InForce(Given1(), absl::CivilDay(2026, 5, 31)));
  EXPECT_FALSE(InForce(Given1(), absl::CivilDay(2026, 6, 1)));
  Given({RevokeDelegation("ủy quyền")});
  EXPECT_FALSE(InForce(Given1(), today_));
  EXPECT_THAT(When(RevokeDelegation("ủy quyền")),
              Breaks("delegation.not_in_force@command.revoke_delegation.delegation_id"));
  EXPECT_THAT(When(Tuq("2026-06-01")), Breaks(At("delegation.exists", "delegation_id")));
}

TEST_F(DelegationTest, TuqIsForALimitedTimeAndLimitedMatters) {
  Act open = Tuq("");
  EXPECT_THAT(When(open), Breaks(At("delegation.end_required", "valid_to")));
  Act everything = Tuq("2026-06-01");
  Told(everything).clear_commands();
  EXPECT_THAT(When(everything), Breaks(At("delegation.matters_required", "commands")));
  Told(everything).add_roles(v1::ROLE_COMMUNE_LEADER);
  EXPECT_THAT(When(everything), Gives("AuthorityDelegated"));
}

TEST_F(DelegationTest, AFormHasItsLongestTime) {
  const Outcome tuq = When(Tuq("2027-03-12"));
  EXPECT_THAT(tuq, Breaks(At("delegation.too_long", "valid_to")));
  EXPECT_EQ(tuq.violations[0].actual, "2027-03-11");
  EXPECT_THAT(When(Tuq("2027-03-11")), Gives("AuthorityDelegated"));
  Act kt = DelegateAuthority("ký thay");
  Told(kt).set_valid_to("2031-03-12");
  EXPECT_THAT(When(kt), Breaks(At("delegation.too_long", "valid_to")));
  Told(kt).set_valid_to("2031-03-11");
  EXPECT_THAT(When(kt), Gives("AuthorityDelegated"));
  EXPECT_THAT(When(DelegateAuthority("không hạn")), Gives("AuthorityDelegated"));
  EXPECT_THAT(When(Tuq("2026-03-10")),
              Breaks(At("date.order", "valid_to"), At("delegation.exists", "delegation_id")));
}

TEST_F(DelegationTest, ItRestsOnADocumentThatWasThere) {
  Act act = Tuq("2026-06-01");
  Told(act).clear_document();
  EXPECT_THAT(When(act), Breaks(At("field.required", "document")));
  *Told(act).mutable_document() = SampleSource();
  Told(act).mutable_document()->set_issued_on("2026-03-11");
  EXPECT_THAT(When(act), Breaks(At("date.future", "document.issued_on")));
}

TEST_F(DelegationTest, ItHasOnePrincipalWhoIsNotTheDelegate) {
  Act act = Tuq("2026-06-01");
  Told(act).set_principal_agency_id(Id("Sở A"));
  EXPECT_THAT(When(act), Breaks(At("delegation.one_principal", "principal_actor_id")));
  Told(act).clear_principal_agency_id();
  Told(act).set_principal_actor_id(Id("Bình"));
  EXPECT_TRUE(HasBroken(When(act), "delegation.self"));
  Told(act).set_principal_actor_id(Id("người lạ"));
  EXPECT_THAT(When(act), Breaks(At("delegation.principal_unknown", "principal_actor_id")));
}

TEST_F(DelegationTest, OnlyCommandsAndRolesOfTheDomainAreLent) {
  Act act = Tuq("2026-06-01");
  Told(act).add_commands("grant_role");
  Told(act).add_commands("no_such_command");
  Told(act).add_roles(v1::ROLE_ADMINISTRATOR);
  EXPECT_THAT(When(act),
              Breaks(At("delegation.command", "commands[1]"),
                     At("delegation.command", "commands[2]"), At("enum.not_allowed", "roles[0]")));
}

TEST_F(DelegationTest, KtIsWithinOneAgency) {
  Act elsewhere = ThatOf(RegisterActor(), "Phó");
  elsewhere.submission.mutable_command()->mutable_register_actor()->set_agency_id(Id("Sở mới"));
  Given({EstablishAgency(), elsewhere});
  Act act = ThatOf(DelegateAuthority("ủy quyền"), "Phó");
  EXPECT_THAT(When(act), Breaks(At("delegation.same_agency", "principal_actor_id")));
  Told(act).set_form(v1::DELEGATION_FORM_TL);
  EXPECT_THAT(When(act), Gives("AuthorityDelegated"));
}

TEST_F(DelegationTest, NobodyLendsWhatHeDoesNotHave) {
  Given({ThatOf(SuspendGrant("quyền của Trưởng"), "Trưởng")});
  EXPECT_THAT(When(DelegateAuthority("ủy quyền")),
              Breaks(At("delegation.principal_no_right", "principal_actor_id")));
  Given({ThatOf(ResumeGrant("quyền của Trưởng"), "Trưởng")});
  Act act = DelegateAuthority("ủy quyền");
  Told(act).add_roles(v1::ROLE_COMPETENT_AUTHORITY);
  EXPECT_THAT(When(act), Breaks(At("delegation.principal_no_right", "principal_actor_id")));
}

TEST_F(DelegationTest, ADelegationIsNotDelegatedAgain) {
  Given({DelegateAuthority("ủy quyền"), ThatOf(RegisterActor(), "Cúc")});
  Act again = ThatOf(DelegateAuthority("ủy quyền lại"), "Cúc");
  Told(again).set_principal_actor_id(Id("Bình"));
  EXPECT_THAT(When(again), Breaks(At("delegation.of_delegation", "principal_actor_id")));
}

TEST_F(DelegationTest, AnAgencyLetsAnotherOnesPeopleAndSystemsActForIt) {
  Act system = ThatOf(RegisterActor(), "trục tích hợp");
  v1::RegisterActor& actor = *system.submission.mutable_command()->mutable_register_actor();
  actor.set_kind(v1::ACTOR_KIND_SYSTEM);
  actor.clear_subject();
  Given({EstablishAgency(), system});
  EXPECT_THAT(When(OfTheAgency("Sở mới")), Gives("AuthorityDelegated"));
  EXPECT_THAT(When(ThatOf(OfTheAgency("Sở mới"), "trục tích hợp")), Gives("AuthorityDelegated"));
  EXPECT_THAT(When(ThatOf(Tuq("2026-06-01"), "trục tích hợp")),
              Breaks(At("delegation.person_only", "principal_actor_id"),
                     At("delegation.exists", "delegation_id")));
  Act kt = OfTheAgency("Sở mới");
  Told(kt).set_form(v1::DELEGATION_FORM_KT);
  EXPECT_THAT(When(kt), Breaks(At("delegation.form_agency", "form")));
}

TEST_F(DelegationTest, ForOnesOwnAgencyOrOneThatDoesNotWorkNothingIsDelegated) {
  EXPECT_THAT(When(OfTheAgency("Sở A")),
              Breaks(At("delegation.own_agency", "principal_agency_id")));
  Given({EstablishAgency(), SuspendAgency()});
  EXPECT_THAT(When(OfTheAgency("Sở mới")),
              Breaks(At("delegation.principal_unknown", "principal_agency_id")));
}

TEST_F(DelegationTest, ItIsCorrectedByAdministratorsAlone) {
  Given({Tuq("2026-06-01")});
  const std::string stream = "actor/" + Id("Bình");
  v1::Fact fact = world_.History(stream).at(1).fact;
  fact.mutable_authority_delegated()->set_valid_to("2026-04-01");
  const Act act = CorrectFact(stream, EventId(stream, 1), fact);
  EXPECT_TRUE(HasBroken(When(act.As(v1::ROLE_COMPETENT_AUTHORITY)), "correction.rights"));
  Given({act.As(v1::ROLE_ADMINISTRATOR)});
  EXPECT_EQ(Given1().terms.valid_to(), "2026-04-01");
}

}  // namespace
}  // namespace nhanrong::domain

// Acting for somebody else: what is lent, and every way in which it is not.
#include "services/access/authority.h"

#include <gtest/gtest.h>

#include "services/domain/aggregate/domain_test_world.h"
#include "services/domain/aggregate/stream.h"

namespace nhanrong::access {
namespace {

constexpr absl::CivilDay kToday(2026, 3, 10);

// A map of two levels: "commune" lies in "province".
bool Within(void*, std::string_view unit, std::string_view scope) {
  return unit == scope || (unit == "commune" && scope == "province");
}
const Map kMap{nullptr, &Within};

// "deputy" and "chair" of agency "office"; agency "town" of the commune.
class AuthorityTest : public ::testing::Test {
 protected:
  AuthorityTest() {
    Tell("agency/office", Agency("province"));
    Tell("agency/town", Agency("commune"));
    Tell("actor/deputy", Actor("Deputy"));
    Tell("actor/chair", Actor("Chair"));
    Grants("chair", "chair's", v1::ROLE_COMPETENT_AUTHORITY, "province");
    caller_.actor_id = "deputy";
    caller_.agency.set_agency_id("office");
  }

  void Tell(const std::string& stream, const v1::Fact& fact) {
    v1::Submission submission;
    const domain::Request request{submission, {}, "", "", v1::ROLE_UNSPECIFIED, kToday, {}, ""};
    std::vector<v1::Event> events(1);
    events[0].set_stream(stream);
    domain::SetFact(events[0], fact);
    world_.Commit(request, events);
  }
  static v1::Fact Agency(const std::string& unit) {
    v1::Fact fact;
    fact.mutable_agency_established()->set_name("Agency of " + unit);
    fact.mutable_agency_established()->set_unit_id(unit);
    return fact;
  }
  static v1::Fact Actor(const std::string& title) {
    v1::Fact fact;
    fact.mutable_actor_registered()->set_agency_id("office");
    fact.mutable_actor_registered()->set_title(title);
    return fact;
  }
  void Grants(const std::string& actor, const std::string& grant, v1::Role role,
              const std::string& scope) {
    v1::Fact fact;
    fact.mutable_role_granted()->set_grant_id(grant);
    fact.mutable_role_granted()->set_role(role);
    fact.mutable_role_granted()->set_scope_unit_id(scope);
    fact.mutable_role_granted()->set_reads_up_to(v1::CLASSIFICATION_INTERNAL);
    Tell("actor/" + actor, fact);
  }
  static v1::AuthorityDelegated OfChair(const std::string& id = "d") {
    v1::AuthorityDelegated terms;
    terms.set_delegation_id(id);
    terms.set_form(v1::DELEGATION_FORM_KT);
    terms.set_principal_actor_id("chair");
    terms.mutable_document()->set_number("1/QĐ");
    return terms;
  }
  static v1::AuthorityDelegated OfTown() {
    v1::AuthorityDelegated terms;
    terms.set_delegation_id("d");
    terms.set_form(v1::DELEGATION_FORM_TUQ);
    terms.set_principal_agency_id("town");
    return terms;
  }
  void Given(const v1::AuthorityDelegated& terms, const std::string& to = "deputy") {
    v1::Fact fact;
    *fact.mutable_authority_delegated() = terms;
    Tell("actor/" + to, fact);
  }

  tl::expected<Authority, Denied> Ask(v1::Command::KindCase command = v1::Command::kApprovePilot,
                                      const std::string& unit = "commune",
                                      const std::string& delegation = "d",
                                      const std::string& on_behalf_of = "") {
    const std::vector<std::string> units = {unit};
    return AuthorityFor(caller_,
                        {.command = command,
                         .unit_ids = units,
                         .grant_id = "",
                         .delegation_id = delegation,
                         .on_behalf_of_agency_id = on_behalf_of},
                        kToday, world_, kMap);
  }
  // Reason of the denial, or "OK".
  static std::string Said(const tl::expected<Authority, Denied>& answer) {
    return answer ? "OK" : std::string(DenialReason(answer.error().denial));
  }

  domain::DomainTestWorld world_;
  Caller caller_;
};

TEST_F(AuthorityTest, TheRightOfThePrincipalIsLentAsItIs) {
  Given(OfChair());
  const auto answer = Ask();
  ASSERT_TRUE(answer) << Said(answer);
  EXPECT_EQ(answer->grant.grant_id, "chair's");
  EXPECT_EQ(answer->grant.role, v1::ROLE_COMPETENT_AUTHORITY);
  EXPECT_EQ(answer->acting_for->form(), v1::DELEGATION_FORM_KT);
  EXPECT_EQ(answer->acting_for->principal_actor_id(), "chair");
  EXPECT_EQ(answer->acting_for->principal_title(), "Chair");
  EXPECT_EQ(answer->acting_for->principal_agency().name_at_event(), "Agency of province");
  EXPECT_EQ(answer->acting_for->document().number(), "1/QĐ");
  EXPECT_EQ(Said(Ask(v1::Command::kApprovePilot, "elsewhere")), "PRINCIPAL_NOT_ENTITLED");
  EXPECT_EQ(Said(Ask(v1::Command::kScreenModel)), "PRINCIPAL_NOT_ENTITLED");
}

TEST_F(AuthorityTest, InHisOwnRightNothingIsLent) {
  Given(OfChair());
  EXPECT_EQ(Said(Ask(v1::Command::kApprovePilot, "commune", "")), "ROLE_MISSING");
  EXPECT_EQ(Said(Ask(v1::Command::kApprovePilot, "commune", "", "town")), "DELEGATION_MISSING");
}

TEST_F(AuthorityTest, ADelegationIsKnownInForceAndNotRevoked) {
  EXPECT_EQ(Said(Ask()), "DELEGATION_UNKNOWN");
  v1::AuthorityDelegated terms = OfChair();
  terms.set_valid_to("2026-03-10");
  Given(terms);
  EXPECT_EQ(Said(Ask()), "DELEGATION_EXPIRED");
  Given(OfChair("e"));
  v1::Fact revoked;
  revoked.mutable_delegation_revoked()->set_delegation_id("e");
  Tell("actor/deputy", revoked);
  EXPECT_EQ(Said(Ask(v1::Command::kApprovePilot, "commune", "e")), "DELEGATION_REVOKED");
}

TEST_F(AuthorityTest, CommandsAndRolesBothLimitIt) {
  v1::AuthorityDelegated terms = OfChair();
  terms.add_commands("close_model");
  Given(terms);
  EXPECT_EQ(Said(Ask()), "DELEGATION_NOT_FOR_COMMAND");
  EXPECT_EQ(Said(Ask(v1::Command::kCloseModel)), "OK");
  terms = OfChair("e");
  terms.add_roles(v1::ROLE_COMMUNE_LEADER);
  Given(terms);
  EXPECT_EQ(Said(Ask(v1::Command::kApprovePilot, "commune", "e")), "DELEGATION_NOT_FOR_COMMAND");
}

TEST_F(AuthorityTest, AdministrationIsNeverLent) {
  Grants("chair", "admin", v1::ROLE_ADMINISTRATOR, "");
  Given(OfChair());
  EXPECT_EQ(Said(Ask(v1::Command::kGrantRole)), "DELEGATION_NOT_FOR_COMMAND");
}

TEST_F(AuthorityTest, TheUnitOfTheDelegationLimitsIt) {
  v1::AuthorityDelegated terms = OfChair();
  terms.set_scope_unit_id("commune");
  Given(terms);
  EXPECT_EQ(Said(Ask(v1::Command::kApprovePilot, "province")), "DELEGATION_OUT_OF_SCOPE");
  EXPECT_EQ(Said(Ask(v1::Command::kApprovePilot, "commune")), "OK");
}

TEST_F(AuthorityTest, APrincipalWhoLostHisRightLendsNothing) {
  Given(OfChair());
  v1::Fact suspended;
  suspended.mutable_grant_suspended()->set_grant_id("chair's");
  Tell("actor/chair", suspended);
  EXPECT_EQ(Said(Ask()), "PRINCIPAL_NOT_ENTITLED");
  v1::Fact resumed;
  resumed.mutable_grant_resumed()->set_grant_id("chair's");
  Tell("actor/chair", resumed);
  EXPECT_EQ(Said(Ask()), "OK");
}

TEST_F(AuthorityTest, ADelegationOfADelegationIsToldApart) {
  Tell("actor/clerk", Actor("Clerk"));
  Given(OfChair());
  v1::AuthorityDelegated again = OfChair("again");
  again.set_principal_actor_id("deputy");
  Given(again, "clerk");
  caller_.actor_id = "clerk";
  EXPECT_EQ(Said(Ask(v1::Command::kApprovePilot, "commune", "again")), "DELEGATION_OF_DELEGATION");
}

TEST_F(AuthorityTest, ForAnAgencyTheCallerBringsARoleAndTheAgencyItsUnit) {
  Given(OfTown());
  EXPECT_EQ(Said(Ask(v1::Command::kReportProgress)), "ROLE_MISSING");
  caller_.grants = {{"own", v1::ROLE_COMMUNE_OFFICER, "faraway", v1::CLASSIFICATION_INTERNAL}};
  const auto answer = Ask(v1::Command::kReportProgress, "commune", "d", "town");
  ASSERT_TRUE(answer) << Said(answer);
  EXPECT_EQ(answer->grant.grant_id, "own");
  EXPECT_EQ(answer->acting_for->principal_agency().agency_id(), "town");
  EXPECT_EQ(Said(Ask(v1::Command::kReportProgress, "province")), "PRINCIPAL_NOT_ENTITLED");
  EXPECT_EQ(Said(Ask(v1::Command::kReportProgress, "commune", "d", "office")),
            "DELEGATION_MISSING");
}

TEST_F(AuthorityTest, ForAnAgencyThatDoesNotWorkNobodyActs) {
  Given(OfTown());
  caller_.grants = {{"own", v1::ROLE_COMMUNE_OFFICER, "", v1::CLASSIFICATION_INTERNAL}};
  v1::Fact fact;
  fact.mutable_agency_suspended();
  Tell("agency/town", fact);
  EXPECT_EQ(Said(Ask(v1::Command::kReportProgress)), "AGENCY_SUSPENDED");
  fact.mutable_agency_closed();
  Tell("agency/town", fact);
  EXPECT_EQ(Said(Ask(v1::Command::kReportProgress)), "AGENCY_CLOSED");
}

TEST_F(AuthorityTest, WhatItRestsOnIsRead) {
  Given(OfChair());
  world_.Forget();
  ASSERT_TRUE(Ask());
  for (const char* stream : {"actor/deputy", "actor/chair", "agency/office"}) {
    EXPECT_TRUE(world_.reads().contains(stream)) << stream;
  }
}

}  // namespace
}  // namespace nhanrong::access

#include "projections/agency_directory/agency_directory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projections/agency_directory/agency_directory_query.h"
#include "services/projector/projection_test_kit.h"
#include "services/query/memory_unit_tree.h"

namespace nhanrong::projections {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

v1::Fact Established(const std::string& name, const std::string& unit = "u") {
  v1::Fact fact;
  fact.mutable_agency_established()->set_name(name);
  fact.mutable_agency_established()->set_electronic_id("Z99");
  fact.mutable_agency_established()->set_unit_id(unit);
  return fact;
}
v1::Fact Renamed(const std::string& name) {
  v1::Fact fact;
  fact.mutable_agency_renamed()->set_name(name);
  return fact;
}
v1::Fact Registered(const std::string& agency, const std::string& title = "Clerk") {
  v1::Fact fact;
  fact.mutable_actor_registered()->set_agency_id(agency);
  fact.mutable_actor_registered()->set_kind(v1::ACTOR_KIND_PERSON);
  fact.mutable_actor_registered()->set_title(title);
  return fact;
}
v1::Fact Granted(const std::string& grant, const std::string& valid_to = "") {
  v1::Fact fact;
  fact.mutable_role_granted()->set_grant_id(grant);
  fact.mutable_role_granted()->set_role(v1::ROLE_COMMUNE_OFFICER);
  fact.mutable_role_granted()->set_reads_up_to(v1::CLASSIFICATION_INTERNAL);
  fact.mutable_role_granted()->set_valid_to(valid_to);
  return fact;
}
v1::Fact GrantRevoked(const std::string& grant) {
  v1::Fact fact;
  fact.mutable_grant_revoked()->set_grant_id(grant);
  return fact;
}
v1::Fact Issued(const std::string& credential) {
  v1::Fact fact;
  fact.mutable_credential_issued()->set_credential_id(credential);
  fact.mutable_credential_issued()->set_token_sha256(std::string(32, 'h'));
  return fact;
}
v1::Fact CredentialRevoked(const std::string& credential) {
  v1::Fact fact;
  fact.mutable_credential_revoked()->set_credential_id(credential);
  return fact;
}
v1::Fact Correction(const std::string& event_id, const v1::Fact& replacement) {
  v1::Fact fact;
  fact.mutable_fact_corrected()->set_event_id(event_id);
  *fact.mutable_fact_corrected()->mutable_replacement() = replacement;
  return fact;
}
v1::Fact Annulment(const std::string& event_id) {
  v1::Fact fact;
  fact.mutable_fact_annulled()->set_event_id(event_id);
  return fact;
}

class AgencyDirectoryTest : public testing::Test {
 protected:
  AgencyDirectoryTest() { units_.Add("u", "", "Unit", v1::UNIT_LEVEL_COMMUNE); }

  std::string Told(const std::string& stream, const v1::Fact& fact, const char* day = "2024-01-01",
                   v1::Classification classification = v1::CLASSIFICATION_PUBLIC) {
    ledger_.Fact(stream, fact, day).Classified(classification).Commit();
    return ledger_.event_id();
  }
  std::vector<v1::AgencyEntry> List(absl::CivilDay day = absl::CivilDay(2025, 1, 1),
                                    const std::string& agency_id = "",
                                    std::uint64_t as_of = 1'000) {
    projector::MemoryRows rows;
    EXPECT_TRUE(projector::FoldAll(*MakeAgencyDirectory(), ledger_.commits(), rows).ok());
    const auto reader = rows.AsOf(Position(as_of));
    v1::ListAgenciesRequest request;
    request.set_agency_id(agency_id);
    auto page = ListAgencies({*reader, day, units_, v1::CLASSIFICATION_PUBLIC, 100, ""}, request);
    EXPECT_TRUE(page.ok()) << page.status();
    return page->items;
  }

  projector::CommitBuilder ledger_{"test", absl::FromUnixSeconds(1'760'000'000)};
  query::MemoryUnitTree units_;
};

TEST_F(AgencyDirectoryTest, AnAgencyHasItsNameUnitAndPeople) {
  Told("agency/a", Established("Agency A"));
  Told("actor/p", Registered("a"));
  Told("actor/p", Granted("g"));
  Told("actor/p", Issued("c"));
  const auto agencies = List();
  ASSERT_EQ(agencies.size(), 1u);
  EXPECT_EQ(agencies[0].agency().name_at_event(), "Agency A");
  EXPECT_EQ(agencies[0].agency().electronic_id(), "Z99");
  EXPECT_EQ(agencies[0].unit().name_at_event(), "Unit");
  ASSERT_EQ(agencies[0].actors_size(), 1);
  const v1::ActorEntry& actor = agencies[0].actors(0);
  EXPECT_EQ(actor.title(), "Clerk");
  EXPECT_EQ(actor.revision(), 2u);
  ASSERT_EQ(actor.grants_size(), 1);
  EXPECT_EQ(actor.grants(0).role(), v1::ROLE_COMMUNE_OFFICER);
  EXPECT_THAT(actor.credential_ids(), ElementsAre("c"));
}

TEST_F(AgencyDirectoryTest, WhatIsRevokedOrPastIsNotShown) {
  Told("agency/a", Established("A"));
  Told("actor/p", Registered("a"));
  Told("actor/p", Granted("ends", "2024-06-01"));
  Told("actor/p", Granted("revoked"));
  Told("actor/p", GrantRevoked("revoked"), "2024-03-01");
  Told("actor/p", Issued("c"));
  Told("actor/p", CredentialRevoked("c"), "2024-03-01");
  EXPECT_EQ(List(absl::CivilDay(2024, 2, 1))[0].actors(0).grants_size(), 2);
  EXPECT_EQ(List(absl::CivilDay(2024, 4, 1))[0].actors(0).grants_size(), 1);
  EXPECT_EQ(List(absl::CivilDay(2024, 6, 1))[0].actors(0).grants_size(), 0);
  EXPECT_THAT(List(absl::CivilDay(2024, 2, 1))[0].actors(0).credential_ids(), ElementsAre("c"));
  EXPECT_THAT(List(absl::CivilDay(2024, 4, 1))[0].actors(0).credential_ids(), IsEmpty());
}

TEST_F(AgencyDirectoryTest, ANameIsThatOfTheDay) {
  Told("agency/a", Established("Old"), "2024-01-01");
  Told("agency/a", Renamed("New"), "2024-07-01");
  EXPECT_THAT(List(absl::CivilDay(2023, 12, 31)), IsEmpty());
  EXPECT_EQ(List(absl::CivilDay(2024, 6, 30))[0].agency().name_at_event(), "Old");
  EXPECT_EQ(List(absl::CivilDay(2024, 7, 1))[0].agency().name_at_event(), "New");
}

TEST_F(AgencyDirectoryTest, CorrectionsAndAnnulmentsAreFollowed) {
  Told("agency/a", Established("A"));
  Told("agency/b", Established("B"));
  const std::string registered = Told("actor/p", Registered("a"));
  const std::string granted = Told("actor/p", Granted("g"));
  Told("actor/p", Correction(registered, Registered("b", "Head")));
  Told("actor/p", Annulment(granted));
  const auto now = List();
  EXPECT_EQ(now[0].actors_size(), 0);
  ASSERT_EQ(now[1].actors_size(), 1);
  EXPECT_EQ(now[1].actors(0).title(), "Head");
  EXPECT_EQ(now[1].actors(0).grants_size(), 0);
  const auto before = List(absl::CivilDay(2025, 1, 1), "", 3);
  EXPECT_EQ(before[0].actors_size(), 1);
  EXPECT_EQ(before[1].actors_size(), 0);
}

TEST_F(AgencyDirectoryTest, OneAgencyIsFoundByItsWholeId) {
  Told("agency/a", Established("A"));
  Told("agency/ab", Established("AB"));
  const auto agencies = List(absl::CivilDay(2025, 1, 1), "a");
  ASSERT_EQ(agencies.size(), 1u);
  EXPECT_EQ(agencies[0].agency().name_at_event(), "A");
}

TEST_F(AgencyDirectoryTest, WhatTheAskerMayNotReadIsLeftOut) {
  Told("agency/a", Established("A"));
  Told("agency/b", Established("B"), "2024-01-01", v1::CLASSIFICATION_INTERNAL);
  Told("actor/p", Registered("a"), "2024-01-01", v1::CLASSIFICATION_INTERNAL);
  const auto agencies = List();
  ASSERT_EQ(agencies.size(), 1u);
  EXPECT_EQ(agencies[0].actors_size(), 0);
}

TEST_F(AgencyDirectoryTest, ASuspendedOrClosedAgencyIsShownWithThatSinceWhen) {
  Told("agency/a", Established("A"), "2024-01-01");
  v1::Fact suspended, closed;
  suspended.mutable_agency_suspended();
  closed.mutable_agency_closed();
  Told("agency/a", suspended, "2024-03-01");
  Told("agency/a", Renamed("B"), "2024-04-01");
  Told("agency/a", closed, "2024-05-01");
  const auto on = [&](int month) { return List(absl::CivilDay(2024, month, 1))[0]; };
  EXPECT_EQ(on(2).status(), v1::AGENCY_STATUS_ESTABLISHED);
  EXPECT_EQ(on(2).status_since().value(), "2024-01-01");
  EXPECT_EQ(on(4).status(), v1::AGENCY_STATUS_SUSPENDED);
  EXPECT_EQ(on(4).status_since().value(), "2024-03-01");
  EXPECT_EQ(on(5).status(), v1::AGENCY_STATUS_CLOSED);
}

TEST_F(AgencyDirectoryTest, WhatIsSuspendedIsShownAsSuspended) {
  Told("agency/a", Established("A"));
  Told("actor/p", Registered("a"));
  Told("actor/p", Granted("g"));
  Told("actor/p", Issued("c"));
  v1::Fact grant, credential;
  grant.mutable_grant_suspended()->set_grant_id("g");
  credential.mutable_credential_suspended()->set_credential_id("c");
  Told("actor/p", grant, "2024-02-01");
  Told("actor/p", credential, "2024-02-01");
  const v1::ActorEntry before = List(absl::CivilDay(2024, 1, 31))[0].actors(0);
  EXPECT_FALSE(before.grants(0).suspended());
  EXPECT_THAT(before.credential_ids(), ElementsAre("c"));
  const v1::ActorEntry after = List(absl::CivilDay(2024, 2, 1))[0].actors(0);
  EXPECT_TRUE(after.grants(0).suspended());
  EXPECT_THAT(after.credential_ids(), IsEmpty());
  EXPECT_THAT(after.suspended_credential_ids(), ElementsAre("c"));
}

TEST_F(AgencyDirectoryTest, ADelegationIsShownAtTheDelegateWhileItIsInForce) {
  Told("agency/a", Established("A"));
  Told("actor/chief", Registered("a", "Chief"));
  Told("actor/p", Registered("a", "Deputy"));
  v1::Fact delegated, revoked;
  v1::AuthorityDelegated& terms = *delegated.mutable_authority_delegated();
  terms.set_delegation_id("d");
  terms.set_form(v1::DELEGATION_FORM_KT);
  terms.set_principal_actor_id("chief");
  terms.add_commands("approve_pilot");
  terms.set_valid_to("2024-06-01");
  terms.mutable_document()->set_number("7/QD");
  revoked.mutable_delegation_revoked()->set_delegation_id("d");
  Told("actor/p", delegated, "2024-02-01");
  const auto deputy = [&](int month) { return List(absl::CivilDay(2024, month, 1))[0].actors(1); };
  EXPECT_EQ(deputy(1).delegations_size(), 0);
  ASSERT_EQ(deputy(2).delegations_size(), 1);
  const v1::DelegationEntry shown = deputy(2).delegations(0);
  EXPECT_EQ(shown.acting_for().principal_title(), "Chief");
  EXPECT_EQ(shown.acting_for().principal_agency().name_at_event(), "A");
  EXPECT_EQ(shown.acting_for().document().number(), "7/QD");
  EXPECT_THAT(shown.commands(), ElementsAre("approve_pilot"));
  EXPECT_EQ(deputy(6).delegations_size(), 0);
  Told("actor/p", revoked, "2024-04-01");
  EXPECT_EQ(deputy(3).delegations_size(), 1);
  EXPECT_EQ(deputy(4).delegations_size(), 0);
}

}  // namespace
}  // namespace nhanrong::projections

// Whole stories of authority, on both log engines: signing for somebody else, and rights that are
// taken while their holder is at work.
#include <functional>
#include <optional>
#include <thread>

#include "absl/time/clock.h"
#include "tests/e2e/engine_world_test_kit.h"

namespace nhanrong::e2e {
namespace {

using ::testing::ElementsAre;

// A leader, his deputy who is to sign for him, and a ledger with the rest of the staff.
class AuthorityJourneyTest : public EndToEndTest, public ::testing::WithParamInterface<Engine> {
 protected:
  AuthorityJourneyTest()
      : world_(WorldOn(GetParam())),
        book_(world_.server, {"", "2021-03-01"}),
        staff_(book_),
        leader_(staff_.leader),
        deputy_(book_.Hire({.role = v1::ROLE_AUDITOR})),
        commune_(world_.map.commune) {}

  const Person& administrator() const { return book_.administrator(); }

  // The deputy may sign for the leader; gives the delegation's id.
  std::string Delegated(const std::function<void(v1::DelegateAuthority&)>& change = {}) {
    const std::string delegation = NewId();
    Deed deed = DelegateAuthority(deputy_.actor_id, delegation, leader_.actor_id);
    if (change) change(*deed.submission.mutable_command()->mutable_delegate_authority());
    Given({{administrator(), deed}});
    return delegation;
  }
  // A model that waits to be submitted.
  std::string Draft(const std::string& unit) {
    const std::string model = NewId();
    Given({{staff_.officer, RegisterModel(model, unit)}});
    return model;
  }
  // Events of the ledger by this actor from a position on.
  std::vector<std::uint64_t> CommitsOf(const Person& person, std::uint64_t from) {
    std::vector<std::uint64_t> positions;
    for (std::uint64_t at = from; at < book_.Commits(); ++at) {
      if (book_.At(at).record().signer().actor_id() == person.actor_id) positions.push_back(at);
    }
    return positions;
  }

  World& world_;
  LedgerScene book_;
  const Staff staff_;
  const Person& leader_;
  const Person deputy_;
  const std::string commune_;
};

TEST_P(AuthorityJourneyTest, ASignatureForTheHeadSaysWhoForWhomUnderWhichFormAndDocument) {
  const std::string delegation = Delegated();
  const std::string model = Draft(commune_);
  const Submitted answer = When(deputy_, SubmitModel(model).Under(delegation));
  ASSERT_THAT(answer, Accepts("ModelSubmitted"));
  const auto expect = [&](const v1::ActingFor& told) {
    EXPECT_EQ(told.delegation_id(), delegation);
    EXPECT_EQ(told.form(), v1::DELEGATION_FORM_KT);
    EXPECT_EQ(told.principal_actor_id(), leader_.actor_id);
    EXPECT_EQ(told.principal_agency().agency_id(), leader_.agency_id);
    EXPECT_EQ(told.document().number(), DelegationDocument().number());
  };
  expect(answer.accepted.acting_for());
  const v1::Signer signer = book_.At(answer.accepted.position()).record().signer();
  expect(signer.acting_for());
  EXPECT_EQ(signer.actor_id(), deputy_.actor_id);
  EXPECT_EQ(signer.role(), v1::ROLE_COMMUNE_LEADER);

  v1::GetModelRequest card;
  *card.mutable_context() = staff_.officer.Now();
  card.set_model_id(model);
  const auto timeline = staff_.officer.client.Ask(card).value.timeline();
  ASSERT_EQ(timeline.size(), 2);
  expect(timeline[0].acting_for());
  EXPECT_FALSE(timeline[1].has_acting_for());
  v1::ListSubmissionsRequest sent;
  *sent.mutable_context() = deputy_.Now();
  sent.set_submission_id(answer.accepted.submission_id());
  expect(deputy_.client.Ask(sent).value.submissions(0).acting_for());
}

TEST_P(AuthorityJourneyTest, EveryMisuseOfADelegationIsToldApartAndNothingIsRecorded) {
  const std::string good = Delegated();
  const std::string revoked = Delegated();
  const std::string ended = Delegated([](auto& d) { d.set_valid_to("2021-03-05"); });
  const std::string narrow = Delegated([](auto& d) { d.add_commands("stop_site"); });
  const std::string elsewhere =
      Delegated([this](auto& d) { d.set_scope_unit_id(world_.map.other_commune); });
  Given({{administrator(), RevokeDelegation(deputy_.actor_id, revoked)}});
  const Person clerk = book_.Hire({.role = v1::ROLE_AUDITOR});
  const std::string again = NewId();
  Given({{administrator(), GrantRole(deputy_.actor_id, NewId(), v1::ROLE_COMMUNE_LEADER,
                                     v1::CLASSIFICATION_INTERNAL, world_.map.other_commune)},
         {administrator(), DelegateAuthority(clerk.actor_id, again, deputy_.actor_id)}});
  book_.MoveTo("2021-03-05");
  const std::string model = Draft(commune_);
  const std::uint64_t before = book_.Commits();
  const auto said = [&](const Person& who, const Deed& deed) { return Outline(When(who, deed)); };
  const Deed submit = SubmitModel(model);
  const std::string denied = "PERMISSION_DENIED ";
  EXPECT_EQ(said(deputy_, submit), denied + "OUT_OF_SCOPE");
  EXPECT_EQ(said(deputy_, submit.Under(NewId())), denied + "DELEGATION_UNKNOWN");
  EXPECT_EQ(said(clerk, submit.Under(good)), denied + "DELEGATION_UNKNOWN");
  EXPECT_EQ(said(deputy_, submit.Under(revoked)), denied + "DELEGATION_REVOKED");
  EXPECT_EQ(said(deputy_, submit.Under(ended)), denied + "DELEGATION_EXPIRED");
  EXPECT_EQ(said(deputy_, submit.Under(narrow)), denied + "DELEGATION_NOT_FOR_COMMAND");
  EXPECT_EQ(said(deputy_, submit.Under(elsewhere)), denied + "DELEGATION_OUT_OF_SCOPE");
  EXPECT_EQ(said(deputy_, ApprovePilot(model).Under(good)), denied + "PRINCIPAL_NOT_ENTITLED");
  EXPECT_EQ(said(clerk, submit.Under(again)), denied + "DELEGATION_OF_DELEGATION");
  EXPECT_EQ(said(deputy_, submit.OnBehalfOf(NewId())), denied + "DELEGATION_MISSING");
  EXPECT_EQ(said(deputy_, submit.Under(good).OnBehalfOf(NewId())), denied + "DELEGATION_MISSING");
  EXPECT_EQ(book_.Commits(), before);
  EXPECT_THAT(When(deputy_, submit.Under(good)), Accepts("ModelSubmitted"));
}

TEST_P(AuthorityJourneyTest, ADelegateMakesNobodyTwoPeople) {
  Given({{administrator(), GrantRole(leader_.actor_id, NewId(), v1::ROLE_DEPARTMENT_SPECIALIST)}});
  const std::string delegation = Delegated();
  const std::string model = Draft(commune_);
  Given({{leader_, SubmitModel(model)}});
  EXPECT_THAT(When(deputy_, ScreenModel(model).Under(delegation)), Refuses("model.three_people"));
  const std::string other = Draft(commune_);
  Given({{deputy_, SubmitModel(other).Under(delegation)}});
  EXPECT_THAT(When(leader_, ScreenModel(other)), Refuses("model.three_people"));
  EXPECT_THAT(When(staff_.screener, ScreenModel(other)), Accepts("ModelScreened"));
}

TEST_P(AuthorityJourneyTest, OneAgencyActsForAnotherWithinItsUnitAndBothSeeIt) {
  const std::string town = NewId();
  Given({{administrator(), EstablishAgency(town, commune_)}});
  const Person townsman = book_.Hire({.role = v1::ROLE_COMMUNE_OFFICER, .agency = town});
  const Person system =
      book_.Hire({.role = v1::ROLE_AGENCY_SYSTEM, .scope_unit = world_.map.other_commune});
  const std::string delegation = NewId();
  Given({{administrator(), DelegateForAgency(system.actor_id, delegation, town,
                                             v1::ROLE_AGENCY_SYSTEM, "2022-02-01")}});
  const Deed own = RegisterModel(NewId(), world_.map.other_commune);
  EXPECT_THAT(When(system, RegisterModel(NewId(), commune_)),
              Fails("PERMISSION_DENIED OUT_OF_SCOPE"));
  EXPECT_THAT(When(system, own.Under(delegation)),
              Fails("PERMISSION_DENIED PRINCIPAL_NOT_ENTITLED"));
  const std::string model = NewId();
  const Submitted answer =
      When(system, RegisterModel(model, commune_).Under(delegation).OnBehalfOf(town));
  ASSERT_THAT(answer, Accepts("ModelRegistered"));
  const v1::Signer signer = book_.At(answer.accepted.position()).record().signer();
  EXPECT_EQ(signer.agency().agency_id(), system.agency_id);
  EXPECT_EQ(signer.on_behalf_of_agency_id(), town);

  v1::ListSubmissionsRequest request;
  *request.mutable_context() = townsman.Now();
  const auto seen = townsman.client.Ask(request);
  ASSERT_EQ(seen.value.submissions_size(), 1);
  EXPECT_EQ(seen.value.submissions(0).agency().agency_id(), system.agency_id);
  EXPECT_EQ(seen.value.submissions(0).acting_for().form(), v1::DELEGATION_FORM_TUQ);
  // What was recorded for the town is the town's to correct.
  EXPECT_THAT(When(townsman, AnnulFact("model/" + model, answer.accepted.events(0).event_id())),
              Accepts("FactAnnulled"));
  Given({{administrator(), SuspendAgency(town)}});
  EXPECT_THAT(When(system, RegisterModel(NewId(), commune_).Under(delegation)),
              Fails("PERMISSION_DENIED AGENCY_SUSPENDED"));
}

// Sends one model after another until he is not let any more; the end of the last accepted one.
struct Worker {
  std::uint64_t accepted = 0;
  std::uint64_t last = 0;
  std::string told;

  void Work(const Person& who, const std::function<Deed()>& deed) {
    constexpr int kModelsMax = 20'000;  // far more than are sent before the right is taken
    for (int i = 0; i < kModelsMax && told.empty(); ++i) {
      const Submitted answer = who.client.Submit(who.Write(deed()));
      if (answer.ok()) {
        ++accepted;
        last = answer.accepted.position();
      } else {
        told = Outline(answer);
      }
    }
  }
};

// The decision that did not see the loss is void: nothing of his stands behind it in the ledger.
TEST_P(AuthorityJourneyTest, WhatIsTakenFromSomebodyAtWorkEndsHisWorkAtThatPosition) {
  const std::string agency = NewId();
  Given({{administrator(), EstablishAgency(agency, commune_)}});
  const std::string grant = NewId();
  const std::string credential = NewId();
  const std::string delegation = NewId();
  Person worker = book_.Stranger();
  worker.agency_id = agency;
  Given({{administrator(), RegisterActor(worker.actor_id, agency)},
         {administrator(), GrantRole(worker.actor_id, grant, v1::ROLE_COMMUNE_OFFICER)},
         {administrator(), IssueCredential(worker.actor_id, credential, worker.token)}});
  Deed lent = DelegateAuthority(worker.actor_id, delegation, staff_.officer.actor_id);
  lent.submission.mutable_command()->mutable_delegate_authority()->set_form(v1::DELEGATION_FORM_TL);
  Given({{administrator(), lent}});

  struct Case {
    Deed taking;
    std::optional<Deed> back;
    bool lent;
    const char* told;
  };
  const std::vector<Case> cases = {
      {SuspendGrant(worker.actor_id, grant), ResumeGrant(worker.actor_id, grant), false,
       "PERMISSION_DENIED GRANT_SUSPENDED"},
      {SuspendAgency(agency), ResumeAgency(agency), false, "PERMISSION_DENIED AGENCY_SUSPENDED"},
      {SuspendCredential(worker.actor_id, credential),
       ResumeCredential(worker.actor_id, credential), false, "UNAUTHENTICATED TOKEN_SUSPENDED"},
      {RevokeDelegation(worker.actor_id, delegation), std::nullopt, true,
       "PERMISSION_DENIED DELEGATION_REVOKED"},
      {RevokeCredential(worker.actor_id, credential), std::nullopt, false,
       "UNAUTHENTICATED TOKEN_REVOKED"}};
  for (const Case& one : cases) {
    const std::uint64_t before = book_.Commits();
    Worker work;
    std::thread at_work([&] {
      work.Work(worker, [&] {
        const Deed deed = RegisterModel(NewId(), commune_);
        return one.lent ? deed.Under(delegation) : deed;
      });
    });
    const absl::Time limit = absl::Now() + absl::Seconds(60);
    while (book_.Commits() < before + 5 && absl::Now() < limit) std::this_thread::yield();
    const Submitted taken = When(administrator(), one.taking);
    at_work.join();
    ASSERT_TRUE(taken.ok()) << ::testing::PrintToString(taken);
    EXPECT_EQ(work.told, one.told);
    EXPECT_GE(work.accepted, 5u);
    EXPECT_LT(work.last, taken.accepted.position());
    EXPECT_THAT(CommitsOf(worker, taken.accepted.position()), ElementsAre()) << one.told;
    if (one.back) Given({{administrator(), *one.back}});
  }
}

TEST_P(AuthorityJourneyTest, TheLastAdministratorStays) {
  const Person& first = administrator();
  const auto remove = [&](const Person& who) { return SuspendAgency(who.agency_id); };
  EXPECT_THAT(When(first, remove(first)), Refuses("administrator.last"));
  const std::string agency = NewId();
  Given({{first, EstablishAgency(agency, commune_)}});
  const Person second = book_.Hire({.role = v1::ROLE_ADMINISTRATOR, .agency = agency});
  EXPECT_THAT(When(second, remove(first)), Accepts("AgencySuspended"));
  EXPECT_THAT(When(first, RegisterActor(NewId(), agency)),
              Fails("PERMISSION_DENIED AGENCY_SUSPENDED"));
  EXPECT_THAT(When(second, remove(second)), Refuses("administrator.last"));
  EXPECT_THAT(When(second, ResumeAgency(first.agency_id)), Accepts("AgencyResumed"));
}

TEST_P(AuthorityJourneyTest, AnAbolishedUnitIsNotWrittenToButStaysToBeRead) {
  const std::string unit = NewId();
  Person steward = world_.map.steward();
  Given({{steward, EstablishUnit(unit, v1::UNIT_LEVEL_COMMUNE, world_.map.province)},
         {steward, AbolishUnit(unit).On("2015-06-01").Because("Nhập danh mục")}});
  const auto on = [&](const char* day) {
    return RegisterModel(NewId(), unit).On(day).Because("Nhập hồ sơ cũ");
  };
  EXPECT_THAT(When(staff_.officer, on("2015-06-01")), Refuses("unit.abolished"));
  ASSERT_THAT(When(staff_.officer, on("2015-05-31")), Accepts("ModelRegistered"));
  v1::ListModelsRequest request;
  request.mutable_filter()->set_unit_id(world_.map.province);
  for (const char* day : {"2015-05-31", "2021-03-01"}) {
    *request.mutable_context() = staff_.officer.Now();
    request.mutable_context()->set_effective_on(day);
    const auto answer = staff_.officer.client.Ask(request);
    ASSERT_EQ(answer.value.models_size(), 1) << day;
    EXPECT_EQ(answer.value.models(0).unit().unit_id(), unit);
    EXPECT_NE(answer.value.models(0).unit().name_at_event(), "");
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, AuthorityJourneyTest, BothEngines(), EngineName);

}  // namespace
}  // namespace nhanrong::e2e

// Whole stories, on both log engines: the life of a model by different people, and what is answered
// about it, now and as of before.
#include <set>

#include "tests/e2e/engine_world_test_kit.h"

namespace nhanrong::e2e {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class JourneyTest : public EndToEndTest, public ::testing::WithParamInterface<Engine> {
 protected:
  JourneyTest()
      : world_(WorldOn(GetParam())),
        book_(world_.server, {"", "2021-03-01"}),
        staff_(book_),
        commune_(world_.map.commune) {}

  Answered<v1::GetModelResponse> Model(const v1::QueryContext& context, const std::string& id) {
    v1::GetModelRequest request;
    *request.mutable_context() = context;
    request.set_model_id(id);
    return staff_.officer.client.Ask(request);
  }

  // The ledger as it was after a position.
  v1::QueryContext AsOf(std::uint64_t position) {
    v1::QueryContext context;
    context.set_ledger(book_.name());
    context.set_as_of_position(position);
    return context;
  }

  v1::QueryContext On(const std::string& day) {
    v1::QueryContext context = staff_.officer.Now();
    context.set_effective_on(day);
    return context;
  }

  Answered<v1::ListModelsResponse> Models(const v1::QueryContext& context) {
    v1::ListModelsRequest request;
    *request.mutable_context() = context;
    return staff_.officer.client.Ask(request);
  }

  // Deeds of one person that the state of the model alone refuses.
  void ExpectShortCutsRefused(const Person& who, const std::vector<Deed>& deeds) {
    for (const Deed& deed : deeds) {
      EXPECT_THAT(When(who, deed), Refuses("model.state")) << deed.submission.ShortDebugString();
    }
  }

  v1::SiteSummary Site(const v1::QueryContext& context, const std::string& id) {
    v1::ListSitesRequest request;
    *request.mutable_context() = context;
    request.set_site_id(id);
    const auto answer = staff_.officer.client.Ask(request);
    return answer.value.sites_size() == 1 ? answer.value.sites(0) : v1::SiteSummary();
  }

  World& world_;
  LedgerScene book_;
  const Staff staff_;
  const std::string commune_;
  const std::string model_ = NewId();
};

TEST_P(JourneyTest, AModelGoesItsWholeWayThroughTheHandsOfDifferentPeople) {
  const std::string site = NewId();
  Given({{staff_.officer, RegisterModel(model_, commune_)},
         {staff_.leader, SubmitModel(model_)},
         {staff_.screener, ReturnModel(model_)},
         {staff_.leader, SubmitModel(model_)}});
  book_.MoveTo("2021-04-01");
  Given({{staff_.screener, ScreenModel(model_)},
         {staff_.approver, ApprovePilot(model_)},
         {staff_.officer, ReportProgress(model_)},
         {staff_.officer, StartSite(site, model_, commune_)},
         {staff_.officer, RecordSiteOutput(site)}});
  book_.MoveTo("2021-09-30");
  Given({{staff_.leader, StopSite(site)}, {staff_.approver, CloseModel(model_)}});

  const auto card = Model(staff_.officer.Now(), model_);
  EXPECT_EQ(card.value.model().status(), v1::MODEL_STATUS_CLOSED);
  EXPECT_EQ(card.value.model().status_since().value(), "2021-09-30");
  EXPECT_EQ(card.value.model().began_on().value(), "2021-03-01");
  std::vector<std::string> told;
  for (const v1::TimelineEntry& entry : card.value.timeline()) {
    told.insert(told.begin(), entry.type().substr(entry.type().rfind('.') + 1));
  }
  EXPECT_THAT(told, ElementsAre("ModelRegistered", "ModelSubmitted", "ModelReturned",
                                "ModelSubmitted", "ModelScreened", "ModelPilotApproved",
                                "ModelProgressReported", "ModelClosed"));
  EXPECT_EQ(Model(On("2021-05-05"), model_).value.model().status(), v1::MODEL_STATUS_PILOTING);
}

TEST_P(JourneyTest, AModelTakesNoShortCutInItsWholeLife) {
  const Person& approver = staff_.approver;
  const std::string agency = book_.administrator().agency_id;
  const std::string site = NewId();
  book_.MoveTo("2021-07-01");
  Given({{staff_.officer, RegisterModel(model_, commune_)}});
  ExpectShortCutsRefused(approver,
                         {ApprovePilot(model_), SuspendModel(model_), CloseModel(model_),
                          RejectModel(model_), TransferModel(model_, world_.map.other_commune)});
  Given({{staff_.officer, ReviseDefinition(model_, "Bản hai")},
         {staff_.leader, SubmitModel(model_)}});
  // What is judged does not change.
  ExpectShortCutsRefused(staff_.officer, {ReviseDefinition(model_, "Bản ba")});
  ExpectShortCutsRefused(approver,
                         {ApprovePilot(model_), AssignStewards(model_, commune_, agency)});
  EXPECT_THAT(When(staff_.officer, StartSite(site, model_, commune_)), Refuses("site.model_state"));
  Given({{staff_.screener, ScreenModel(model_)}});
  ExpectShortCutsRefused(staff_.officer, {ReportProgress(model_), ReviseDefinition(model_, "Ba")});
  Given({{approver, ApprovePilot(model_)}});
  ExpectShortCutsRefused(approver, {ResumeModel(model_), RejectModel(model_)});
  ExpectShortCutsRefused(staff_.screener, {ReclassifyModel(model_)});
  book_.MoveTo("2021-08-01");
  Given({{approver, AssignStewards(model_, commune_, agency)},
         {staff_.officer, ReviseDefinition(model_, "Bản ba")},
         {staff_.officer, StartSite(site, model_, commune_)},
         {approver, SuspendModel(model_)}});
  ExpectShortCutsRefused(staff_.officer, {ReportProgress(model_)});
  ExpectShortCutsRefused(approver, {SuspendModel(model_), ApprovePilot(model_)});
  EXPECT_THAT(When(staff_.officer, StartSite(NewId(), model_, commune_)),
              Refuses("site.model_state"));
  EXPECT_EQ(Model(staff_.officer.Now(), model_).value.model().status_before(),
            v1::MODEL_STATUS_PILOTING);
  Given({{approver, TransferModel(model_, world_.map.other_commune)},
         {approver, ResumeModel(model_)},
         {staff_.officer, ReportProgress(model_)}});
  const v1::ModelSummary model = Model(staff_.officer.Now(), model_).value.model();
  EXPECT_EQ(model.status(), v1::MODEL_STATUS_PILOTING);
  EXPECT_EQ(model.definition().name(), "Bản ba");
  EXPECT_EQ(model.unit().unit_id(), world_.map.other_commune);
  EXPECT_EQ(model.definition_version(), 3u);
  EXPECT_EQ(model.approved_version(), 2u);
  EXPECT_EQ(model.stewards_size(), 2);
  EXPECT_EQ(Model(On("2021-07-15"), model_).value.model().unit().unit_id(), commune_);
}

TEST_P(JourneyTest, AModelThatGivesWayNamesTheOneThatGoesOn) {
  const std::string other = NewId();
  book_.MoveTo("2021-07-01");
  Given({{staff_.officer, RecordModelFromDocument(model_, commune_)},
         {staff_.officer, RecordModelFromDocument(other, commune_)}});
  const auto give_way = [&](const std::string& from, const std::string& to) {
    return CloseModel(from, v1::MODEL_CLOSE_REASON_SUPERSEDED, to);
  };
  EXPECT_THAT(When(staff_.approver, give_way(model_, model_)), Refuses("model.other_itself"));
  EXPECT_THAT(When(staff_.approver, give_way(model_, NewId())), Refuses("model.other_unknown"));
  Given({{staff_.approver, give_way(model_, other)}});
  EXPECT_THAT(When(staff_.approver, give_way(other, model_)), Refuses("model.other_gone"));
  ExpectShortCutsRefused(staff_.approver,
                         {ResumeModel(model_), SuspendModel(model_), CloseModel(model_),
                          TransferModel(model_, world_.map.other_commune)});
  v1::ListModelsRequest request;
  *request.mutable_context() = staff_.officer.Now();
  request.mutable_filter()->set_other_model_id(other);
  const auto gone = staff_.officer.client.Ask(request);
  ASSERT_EQ(gone.value.models_size(), 1);
  EXPECT_EQ(gone.value.models(0).model_id(), model_);
  EXPECT_EQ(gone.value.models(0).close_reason(), v1::MODEL_CLOSE_REASON_SUPERSEDED);
}

TEST_P(JourneyTest, ASiteIsVerifiedByOthersThanThoseWhoReportIt) {
  const std::string site = NewId();
  const Person leader_too = book_.Hire({v1::ROLE_COMMUNE_LEADER});
  book_.MoveTo("2021-07-01");
  Given({{staff_.officer, RecordModelFromDocument(model_, commune_)},
         {staff_.officer, StartSite(site, model_, commune_)},
         {staff_.officer, RecordSiteOutput(site)}});
  constexpr auto kConfirmed = v1::INSPECTION_RESULT_CONFIRMED;
  EXPECT_THAT(When(leader_too, InspectSite(site)), Refuses("site.level_role"));
  EXPECT_EQ(Site(staff_.officer.Now(), site).verification_level(),
            v1::VERIFICATION_LEVEL_SELF_REPORTED);
  Given({{leader_too, InspectSite(site, kConfirmed, v1::VERIFICATION_LEVEL_COMMUNE_CONFIRMED)}});
  book_.MoveTo("2021-08-01");
  Given({{staff_.officer, EndFunding(site)}, {staff_.officer, RecordSiteOutput(site)}});
  EXPECT_THAT(When(staff_.officer, EndFunding(site)), Refuses("site.state"));
  const v1::SiteSummary known = Site(staff_.officer.Now(), site);
  EXPECT_EQ(known.verification_level(), v1::VERIFICATION_LEVEL_COMMUNE_CONFIRMED);
  EXPECT_EQ(known.outputs_level(), v1::VERIFICATION_LEVEL_SELF_REPORTED);
  EXPECT_EQ(known.funding_ended_on().value(), "2021-08-01");
  const Submitted lost = When(staff_.screener, InspectSite(site, v1::INSPECTION_RESULT_NOT_FOUND));
  ASSERT_THAT(lost, Accepts("SiteInspected"));
  EXPECT_THAT(When(staff_.officer, RecordSiteOutput(site)), Refuses("site.state"));
  Given({{staff_.approver, AnnulFact("site/" + site, lost.accepted.events(0).event_id())},
         {staff_.officer, RecordSiteOutput(site)}});
  EXPECT_EQ(Site(staff_.officer.Now(), site).status(), v1::SITE_STATUS_FUNDING_ENDED);
  EXPECT_EQ(Site(AsOf(lost.accepted.position()), site).status(), v1::SITE_STATUS_INVALIDATED);
}

TEST_P(JourneyTest, NobodySubmitsAndScreensAndApprovesTheSameModel) {
  const Person both = book_.Hire({v1::ROLE_COMMUNE_LEADER});
  const Person& administrator = book_.administrator();
  Given({{administrator, GrantRole(both.actor_id, NewId(), v1::ROLE_DEPARTMENT_SPECIALIST)},
         {administrator, GrantRole(both.actor_id, NewId(), v1::ROLE_COMPETENT_AUTHORITY)},
         {staff_.officer, RegisterModel(model_, commune_)},
         {both, SubmitModel(model_)}});
  EXPECT_THAT(When(both, ScreenModel(model_)), Refuses("model.three_people"));
  Given({{staff_.screener, ScreenModel(model_)}});
  EXPECT_THAT(When(both, ApprovePilot(model_)), Refuses("model.three_people"));
  EXPECT_THAT(When(staff_.approver, ApprovePilot(model_)), Accepts("ModelPilotApproved"));
}

TEST_P(JourneyTest, ACorrectionChangesTheAnswerOfTodayAndNotTheOneOfBefore) {
  const Submitted made = When(staff_.officer, RegisterModel(model_, commune_, "Nuôi ếch"));
  ASSERT_THAT(made, Accepts("ModelRegistered"));
  book_.MoveTo("2021-06-01");
  v1::Fact right;
  *right.mutable_model_registered()->mutable_definition() = Definition(commune_, "Nuôi lươn");
  const std::string event = made.accepted.events(0).event_id();
  EXPECT_THAT(When(staff_.officer, CorrectFact("model/" + model_, event, right)),
              Accepts("FactCorrected"));
  EXPECT_EQ(Model(staff_.officer.Now(), model_).value.model().definition().name(), "Nuôi lươn");
  EXPECT_EQ(Model(On("2021-03-15"), model_).value.model().definition().name(), "Nuôi lươn");
  const auto before = Model(AsOf(made.accepted.position()), model_);
  EXPECT_EQ(before.value.model().definition().name(), "Nuôi ếch");
}

TEST_P(JourneyTest, ABackDatedEntryIsSeenOnItsDayButNotAsOfBeforeItWasRecorded) {
  const std::uint64_t before = book_.last_position();
  book_.MoveTo("2021-08-01");
  Given({{staff_.officer,
          RegisterModel(model_, commune_).On("2021-04-10").Because("Hồ sơ gửi muộn")}});
  EXPECT_TRUE(Model(On("2021-05-01"), model_).ok());
  EXPECT_THAT(Model(On("2021-04-09"), model_), Fails("NOT_FOUND NO_SUCH_MODEL"));
  v1::QueryContext as_of = AsOf(before);
  as_of.set_effective_on("2021-05-01");
  EXPECT_THAT(Model(as_of, model_), Fails("NOT_FOUND NO_SUCH_MODEL"));
  EXPECT_TRUE(Model(staff_.officer.Now(), model_).value.timeline().rbegin()->backdated());
}

TEST_P(JourneyTest, WhatADocumentTellsHoldsOnItsDayThoughTheLedgerBeganLater) {
  LedgerScene real(world_.server);
  const Staff staff(real);
  Given({{staff.officer, RecordModelFromDocument(model_, commune_, v1::MODEL_STATUS_PILOTING)}});
  v1::ListModelsRequest request;
  *request.mutable_context() = staff.officer.Now();
  request.mutable_context()->set_effective_on("2021-05-05");
  const auto on_that_day = staff.officer.client.Ask(request);
  ASSERT_EQ(on_that_day.value.models_size(), 1);
  EXPECT_EQ(on_that_day.value.models(0).status(), v1::MODEL_STATUS_PILOTING);
  EXPECT_TRUE(on_that_day.value.models(0).from_document());
  EXPECT_FALSE(on_that_day.value.meta().simulated_clock());

  request.mutable_context()->clear_effective_on();
  request.mutable_context()->mutable_as_of_time()->set_seconds(1'620'187'200);  // 2021-05-05
  const auto as_of_that_day = staff.officer.client.Ask(request);
  EXPECT_THAT(as_of_that_day, Fails("OUT_OF_RANGE BEFORE_THE_LEDGER"));
  EXPECT_THAT(as_of_that_day.status.message(), HasSubstr(real.Today()));
}

TEST_P(JourneyTest, AnAnswerSaysFromWhereItComes) {
  Given({{staff_.officer, RegisterModel(model_, commune_)}});
  const auto answer = Models(staff_.officer.Now());
  const v1::AnswerMeta& meta = answer.value.meta();
  ASSERT_EQ(meta.positions_size(), 2);
  EXPECT_EQ(meta.positions(0).ledger(), book_.name());
  EXPECT_EQ(meta.positions(0).position(), book_.last_position());
  EXPECT_EQ(meta.positions(0).head_position(), book_.last_position());
  EXPECT_EQ(meta.positions(0).lag_commits(), 0u);
  EXPECT_EQ(meta.positions(1).ledger(), "national");
  EXPECT_EQ(meta.projection(), "model_list");
  EXPECT_GE(meta.projection_version(), 1u);
  EXPECT_EQ(meta.effective_on(), "2021-03-01");
  EXPECT_TRUE(meta.simulated_clock());
}

TEST_P(JourneyTest, AQueryWithThePositionOfAnAnswerSeesItsOwnWriteAtOnce) {
  for (int i = 0; i < 50; ++i) {
    const std::string model = NewId();
    ASSERT_THAT(When(staff_.officer, RegisterModel(model, commune_)), Accepts("ModelRegistered"));
    ASSERT_TRUE(Model(staff_.officer.Now(), model).ok()) << i;
  }
}

TEST_P(JourneyTest, PagesShowTheSameModelsWhileNewOnesCome) {
  std::set<std::string> there;
  for (int i = 0; i < 7; ++i) {
    Given({{staff_.officer, RegisterModel(*there.insert(NewId()).first, commune_)}});
  }
  v1::QueryContext context = staff_.officer.Now();
  context.set_page_size(2);
  std::set<std::string> seen;
  int pages = 0;
  do {
    const auto page = Models(context);
    ASSERT_TRUE(page.ok()) << ::testing::PrintToString<Answer>(page);
    for (const v1::ModelSummary& model : page.value.models()) seen.insert(model.model_id());
    context.set_page_token(page.value.meta().next_page_token());
    Given({{staff_.officer, RegisterModel(NewId(), commune_)}});
    ++pages;
  } while (!context.page_token().empty());
  EXPECT_EQ(seen, there);
  EXPECT_EQ(pages, 4);
}

TEST_P(JourneyTest, AnAnswerOutlivesTheKillOfTheServer) {
  const v1::Submission sent = staff_.officer.Write(RegisterModel(model_, commune_));
  const Submitted first = staff_.officer.client.Submit(sent);
  ASSERT_THAT(first, Accepts("ModelRegistered"));
  world_.server.Kill();
  world_.server.Start();
  const Submitted again = staff_.officer.client.SubmitUntilKnown(sent);
  ASSERT_TRUE(again.ok()) << ::testing::PrintToString(again);
  EXPECT_TRUE(again.accepted.repeated());
  EXPECT_EQ(again.accepted.position(), first.accepted.position());
  EXPECT_EQ(again.accepted.leaf_hash(), first.accepted.leaf_hash());
  book_.Saw(first.accepted.position());
  EXPECT_TRUE(Model(staff_.officer.Now(), model_).ok());
}

TEST_P(JourneyTest, AStopAnswersWhatWasTakenAndEndsWithZero) {
  Given({{staff_.officer, RegisterModel(model_, commune_)}});
  const std::uint64_t commits = book_.Commits();
  EXPECT_EQ(world_.server.Stop(), 0);
  world_.server.Start();
  EXPECT_EQ(book_.Commits(), commits);
}

TEST_P(JourneyTest, ReadModelsEqualTheirDigestsAfterAllThis) {
  Given({{staff_.officer, RegisterModel(model_, commune_)}, {staff_.leader, SubmitModel(model_)}});
  Models(staff_.officer.Now());
  v1::CheckProjectionsRequest request;
  request.set_ledger(book_.name());
  const auto checked = book_.administrator().client.Ask(request);
  EXPECT_GE(checked.value.projections_size(), 7);
  for (const v1::CheckedProjection& one : checked.value.projections()) {
    EXPECT_TRUE(one.equal()) << one.info().name();
    EXPECT_TRUE(one.info().parked().empty()) << one.info().name();
  }
}

TEST_P(JourneyTest, HealthAndReflectionAnswerWithoutAToken) {
  const Client nobody(world_.server.address(), "");
  EXPECT_TRUE(nobody.IsServing());
  EXPECT_THAT(nobody.ReflectedServices(),
              ::testing::IsSupersetOf({"nhanrong.v1.SubmissionService", "nhanrong.v1.QueryService",
                                       "nhanrong.v1.HistoryService", "nhanrong.v1.AdminService"}));
}

INSTANTIATE_TEST_SUITE_P(Engines, JourneyTest, BothEngines(), EngineName);

}  // namespace
}  // namespace nhanrong::e2e

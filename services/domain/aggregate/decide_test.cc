// What the frame does for every command: expectation, dates, units, envelope, ids.
#include "services/base/ids.h"
#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"
#include "services/domain/reservation/reservation.h"

namespace nhanrong::domain {
namespace {

class DecideTest : public DomainTest {
 protected:
  void GivenAModelInUse() { Given(ActsInto("model", "PILOTING")); }
};

TEST_F(DecideTest, AnExpectedRevisionThatIsNotTheTruthIsRefusedWithTheTruth) {
  Given({RegisterModel()});
  const Outcome outcome = When(SubmitModel().Expecting(4));
  EXPECT_THAT(outcome, Breaks("stream.expected_revision@expected_revision"));
  EXPECT_EQ(outcome.violations[0].actual, "0");
  EXPECT_THAT(When(SubmitModel().Expecting(0)), Gives("ModelSubmitted"));
}

TEST_F(DecideTest, AnExpectationMeetsAStreamThatDoesNotExist) {
  const Outcome outcome = When(RegisterModel().Expecting(0));
  EXPECT_THAT(outcome, Breaks("stream.expected_revision@expected_revision"));
  EXPECT_EQ(outcome.violations[0].actual, "ABSENT");
  EXPECT_THAT(When(RegisterModel().ExpectingNothing()), Gives("ModelRegistered"));
}

TEST_F(DecideTest, AnExpectedAbsenceMeetsAStream) {
  GivenAModelInUse();
  const Outcome outcome = When(ReportProgress().ExpectingNothing());
  EXPECT_THAT(outcome, Breaks("stream.expected_revision@expect_absent"));
  EXPECT_EQ(outcome.violations[0].actual, "3");
}

TEST_F(DecideTest, AllThatIsViolatedIsSaidAtOnce) {
  Given({RegisterModel()});
  Act act = ScreenModel().Expecting(7).On("2026-03-11");
  act.submission.mutable_command()->mutable_screen_model()->mutable_checklist()->set_is_initiative(
      v1::ClassificationChecklist::ANSWER_YES);
  EXPECT_THAT(When(act),
              Breaks("stream.expected_revision@expected_revision",
                     "model.state@command.screen_model.model_id", "date.future@occurred_on",
                     "model.not_a_model@command.screen_model.checklist.is_initiative"));
}

TEST_F(DecideTest, TheFutureIsRefused) {
  EXPECT_THAT(When(RegisterModel().On("2026-03-11")), Breaks("date.future@occurred_on"));
  EXPECT_THAT(When(RegisterModel().On("2026-04", v1::DATE_PRECISION_MONTH)),
              Breaks("date.future@occurred_on"));
  EXPECT_THAT(When(RegisterModel().On("2026-03", v1::DATE_PRECISION_MONTH)),
              Gives("ModelRegistered"));
}

TEST_F(DecideTest, AStepIsNotBeforeTheLastStep) {
  Given({RegisterModel().On("2026-03-05")});
  const Outcome outcome = When(SubmitModel().On("2026-03-04").Because("Gửi muộn"));
  EXPECT_THAT(outcome, Breaks("date.before_last_step@occurred_on"));
  EXPECT_EQ(outcome.violations[0].actual, "2026-03-05");
  EXPECT_THAT(When(SubmitModel().On("2026-03", v1::DATE_PRECISION_MONTH)), Gives("ModelSubmitted"));
}

TEST_F(DecideTest, AStepIsNotBeforeAnyEarlierStep) {
  Given({RegisterModel().On("2026-03-05"), SubmitModel().On("2026-03", v1::DATE_PRECISION_MONTH)});
  const Outcome outcome = When(ScreenModel().On("2026-03-04").Because("Gửi muộn"));
  EXPECT_THAT(outcome, Breaks("date.before_last_step@occurred_on"));
  EXPECT_EQ(outcome.violations[0].actual, "2026-03-05");
  EXPECT_THAT(When(ScreenModel().On("2026-03-05").Because("Gửi muộn")), Gives("ModelScreened"));
}

TEST_F(DecideTest, ProgressMayBeBackDatedWithAReasonButNotBeforeTheStart) {
  Given({RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE).On("2026-02-01")});
  Given({ReportProgress()});
  EXPECT_THAT(When(ReportProgress().On("2026-03-01")), Breaks("date.backdated_reason@reason"));
  const Outcome outcome = When(ReportProgress().On("2026-03-01").Because("Báo cáo bổ sung"));
  ASSERT_THAT(outcome, Gives("ModelProgressReported"));
  EXPECT_TRUE(outcome.events[0].backdated());
  EXPECT_THAT(When(ReportProgress().On("2026-01-31").Because("Báo cáo bổ sung")),
              Breaks("date.before_start@occurred_on", "model.before_use@command.report_progress"));
}

TEST_F(DecideTest, ADocumentOfTheFutureIsNoSource) {
  Act act = RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE);
  act.submission.mutable_sources(0)->set_issued_on("2026-03-11");
  const Outcome outcome = When(act);
  EXPECT_THAT(outcome, Breaks("date.future@sources[0].issued_on"));
  EXPECT_EQ(outcome.violations[0].actual, "2026-03-10");
}

TEST_F(DecideTest, ADocumentExplainsTheDateOfWhatIsRecordedFromItAlone) {
  Given({RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE).On("2019-05-01")});
  EXPECT_THAT(When(ReportProgress().FromDocument().On("2019-06-01")),
              Breaks("date.backdated_reason@reason"));
}

TEST_F(DecideTest, AFactOfMoreThanThirtyDaysAgoIsBackDated) {
  EXPECT_THAT(When(RegisterModel().On("2026-02-07")), Breaks("date.backdated_reason@reason"));
  const Outcome outcome = When(RegisterModel().On("2026-02-08"));
  ASSERT_THAT(outcome, Gives("ModelRegistered"));
  EXPECT_FALSE(outcome.events[0].backdated());
}

TEST_F(DecideTest, WhatADocumentStatesNeedsNoReasonForItsDate) {
  const Outcome outcome = When(RecordModelFromDocument(v1::MODEL_STATUS_CLOSED));
  ASSERT_THAT(outcome, Gives("ModelRecordedFromDocument"));
  EXPECT_TRUE(outcome.events[0].backdated());
}

TEST_F(DecideTest, AUnitIsKnownAndEstablishedOnTheDay) {
  Act act = RegisterModel();
  auto& definition =
      *act.submission.mutable_command()->mutable_register_model()->mutable_definition();
  definition.set_unit_id(Id("xã mới"));
  const std::string field = "command.register_model.definition.unit_id";
  EXPECT_THAT(When(act), Breaks("unit.unknown@" + field));
  Given({EstablishUnit()});
  const Outcome outcome = When(act.On("2026-02-28"));
  EXPECT_THAT(outcome, Breaks("unit.not_on_day@" + field));
  EXPECT_EQ(outcome.violations[0].actual, "2026-03-01");
  EXPECT_THAT(When(act), Gives("ModelRegistered"));
}

TEST_F(DecideTest, AnEventNamesItsUnitAsItStoodOnTheDay) {
  Given({EstablishUnit()});
  Given({RenameUnit("Xã Đổi Tên").On("2026-03-05"), AssignUnitCode("99002", "2026-03-06")});
  Act act = RegisterModel();
  act.submission.mutable_command()->mutable_register_model()->mutable_definition()->set_unit_id(
      Id("xã mới"));
  const Outcome early = When(act.On("2026-03-04"));
  ASSERT_EQ(early.events.size(), 1u);
  EXPECT_EQ(early.events[0].unit().unit_id(), Id("xã mới"));
  EXPECT_EQ(early.events[0].unit().name_at_event(), "Xã Mới");
  EXPECT_EQ(early.events[0].unit().code_at_event(), "99001");
  EXPECT_EQ(early.events[0].unit().level(), v1::UNIT_LEVEL_COMMUNE);
  const Outcome late = When(SubmitModel());
  ASSERT_EQ(late.events.size(), 1u);
  EXPECT_EQ(late.events[0].unit().name_at_event(), "Xã Đổi Tên");
  EXPECT_EQ(late.events[0].unit().code_at_event(), "99002");
}

TEST_F(DecideTest, TheEnvelopeCarriesWhatTheSubmissionSays) {
  Act act = RegisterModel().Because("Lý do");
  *act.submission.add_sources() = SampleSource();
  *act.submission.mutable_period() = SamplePeriod();
  const Outcome outcome = When(act);
  ASSERT_EQ(outcome.events.size(), 1u);
  const v1::Event& event = outcome.events[0];
  EXPECT_EQ(event.stream(), "model/" + Id("mô hình"));
  EXPECT_EQ(event.revision(), 0u);
  EXPECT_EQ(event.reason(), "Lý do");
  EXPECT_EQ(event.sources_size(), 1);
  EXPECT_EQ(event.period().id(), "2025");
  EXPECT_EQ(event.occurred_on().value(), "2026-03-10");
  EXPECT_EQ(event.classification(), v1::CLASSIFICATION_INTERNAL);
}

TEST_F(DecideTest, AnAbsentDateIsToday) {
  const Outcome outcome = When(RegisterActor());
  ASSERT_THAT(outcome, Gives("ActorRegistered"));
  EXPECT_EQ(outcome.events[0].occurred_on().value(), "2026-03-10");
}

TEST_F(DecideTest, AnIdThatIsLeftOutIsMadeOfTheSubmissionAlone) {
  Act act = RegisterModel().Again(77);
  act.submission.mutable_command()->mutable_register_model()->clear_model_id();
  Request request = RequestOf(act);
  const std::string stream = TargetStream(request);
  EXPECT_TRUE(IsUlid(stream.substr(stream.find('/') + 1)));
  request.now += absl::Hours(48);
  request.today += 2;
  EXPECT_EQ(TargetStream(request), stream);
  request.agency_id = Id("Sở khác");
  EXPECT_NE(TargetStream(request), stream);
  EXPECT_NE(TargetStream(RequestOf(act.Again(78))), stream);
}

TEST_F(DecideTest, AGrantIdThatIsLeftOutIsMadeToo) {
  Given({RegisterActor()});
  Act act = GrantRole("quyền 1");
  act.submission.mutable_command()->mutable_grant_role()->clear_grant_id();
  const Outcome outcome = When(act);
  ASSERT_THAT(outcome, Gives("RoleGranted"));
  EXPECT_TRUE(IsUlid(FactOf(outcome.events[0])->role_granted().grant_id()));
}

TEST_F(DecideTest, TheSameSubmissionOnTheSameStreamsGivesTheSameEvents) {
  const Act act = EstablishUnit().Again(5);
  const Request request = RequestOf(act);
  auto once = Decide(request, world_);
  auto twice = Decide(request, world_);
  ASSERT_TRUE(once && twice);
  NumberEvents(request, world_, *once);
  NumberEvents(request, world_, *twice);
  ASSERT_EQ(once->size(), 3u);
  for (std::size_t i = 0; i < once->size(); ++i) {
    EXPECT_EQ((*once)[i].SerializeAsString(), (*twice)[i].SerializeAsString());
  }
  EXPECT_NE((*once)[0].event_id(), (*once)[1].event_id());
}

TEST_F(DecideTest, EventsAreNumberedInTheirOwnStreams) {
  const Outcome outcome = When(EstablishUnit());
  ASSERT_THAT(outcome, Gives("UnitEstablished", "ValueReserved"));
  EXPECT_EQ(outcome.events[0].revision(), 0u);
  EXPECT_EQ(outcome.events[1].revision(), 0u);
  EXPECT_EQ(outcome.events[1].stream(), "reserved/unit-code/99001");
  EXPECT_EQ(When(RenameUnit("Xã Khác")).events[0].revision(), 1u);
}

TEST_F(DecideTest, EveryStreamThatWasLookedAtIsReadThroughTheWorld) {
  Given(ActsInto("model", "PILOTING"));
  world_.Forget();
  const Act act = StartSite();
  ASSERT_TRUE(Decide(RequestOf(act), world_));
  EXPECT_THAT(world_.reads(), ::testing::UnorderedElementsAre(
                                  "site/" + Id("điểm"), "model/" + Id("mô hình"),
                                  "unit/" + Id("xã"), UseStream("model/" + Id("mô hình"))));
}

TEST_F(DecideTest, TheScopeIsTheUnitsThatTheSubmissionConcerns) {
  using ::testing::ElementsAre;
  using ::testing::IsEmpty;
  const auto scope = [&](const Act& act) { return ScopeUnits(RequestOf(act), world_); };
  EXPECT_THAT(scope(RegisterModel()), ElementsAre(Id("xã")));
  EXPECT_THAT(scope(SubmitModel()), IsEmpty());
  Given(ActsInto("model", "PILOTING"));
  EXPECT_THAT(scope(SubmitModel()), ElementsAre(Id("xã")));
  EXPECT_THAT(scope(StartSite()), ElementsAre(Id("xã")));
  EXPECT_THAT(scope(RecordCountedFigure()), ElementsAre(Id("tỉnh")));
  EXPECT_THAT(scope(EstablishUnit()), ElementsAre(Id("tỉnh")));
  EXPECT_THAT(scope(RenameUnit("x")), ElementsAre(Id("xã mới")));
  EXPECT_THAT(scope(EstablishAgency()), ElementsAre(Id("tỉnh")));
  EXPECT_THAT(scope(RegisterActor()), ElementsAre(Id("tỉnh")));
  const std::string model = "model/" + Id("mô hình");
  EXPECT_THAT(scope(AnnulFact(model, EventId(model, 0))), ElementsAre(Id("xã")));
  Given({RegisterActor()});
  EXPECT_THAT(scope(RevokeGrant("quyền 1")), ElementsAre(Id("tỉnh")));
  EXPECT_THAT(scope(GrantRole("quyền 1")), ElementsAre(""));
}

TEST_F(DecideTest, WhatConcernsTwoUnitsIsInTheScopeOfBoth) {
  using ::testing::ElementsAre;
  const auto scope = [&](const Act& act) { return ScopeUnits(RequestOf(act), world_); };
  EXPECT_THAT(scope(ReparentUnit("nước")), ElementsAre(Id("nước"), Id("xã mới")));
  Act far = AgencyNamed("Sở xa");
  far.submission.mutable_command()->mutable_establish_agency()->set_unit_id(Id("xã"));
  Act chief = ThatOf(RegisterActor(), "Trưởng");
  chief.submission.mutable_command()->mutable_register_actor()->set_agency_id(Id("Sở xa"));
  Given({far, chief, RegisterActor()});
  EXPECT_THAT(scope(DelegateAuthority("ủy quyền")), ElementsAre(Id("tỉnh"), Id("xã")));
}

// Invariant I4: what lies in an abolished unit is not written to any more, and stays to be read.
TEST_F(DecideTest, NothingIsSaidOfAnAbolishedUnitFromItsEndOn) {
  Act model = RegisterModel().On("2026-03-05");
  v1::RegisterModel& told = *model.submission.mutable_command()->mutable_register_model();
  told.mutable_definition()->set_unit_id(Id("xã mới"));
  Given({EstablishUnit(), model, AbolishUnit().On("2026-03-08")});
  const Outcome late = When(SubmitModel().On("2026-03-08"));
  EXPECT_THAT(late, Breaks("unit.abolished@occurred_on"));
  EXPECT_EQ(late.violations[0].actual, "2026-03-08");
  const Outcome before = When(SubmitModel().On("2026-03-07"));
  EXPECT_THAT(before, Gives("ModelSubmitted"));
  EXPECT_EQ(before.events[0].unit().name_at_event(), "Xã Mới");
  told.set_model_id(Id("mô hình khác"));
  EXPECT_THAT(When(model.On("2026-03-09")),
              Breaks("unit.abolished@command.register_model.definition.unit_id"));
  EXPECT_THAT(When(model.On("2026-03-06")), Gives("ModelRegistered"));
}

TEST_F(DecideTest, ACorrectionStillReachesWhatLiesInAnAbolishedUnit) {
  Act model = RegisterModel().On("2026-03-05");
  model.submission.mutable_command()->mutable_register_model()->mutable_definition()->set_unit_id(
      Id("xã mới"));
  Given({EstablishUnit(), model, AbolishUnit().On("2026-03-08")});
  const std::string stream = "model/" + Id("mô hình");
  v1::Fact fact = world_.History(stream).at(0).fact;
  fact.mutable_model_registered()->mutable_definition()->set_name("Nuôi ốc");
  EXPECT_THAT(When(CorrectFact(stream, EventId(stream, 0), fact)), Gives("FactCorrected"));
}

}  // namespace
}  // namespace nhanrong::domain

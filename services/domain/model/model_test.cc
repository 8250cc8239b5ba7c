#include "services/domain/model/model.h"

#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

using Checklist = v1::ClassificationChecklist;

class ModelTest : public DomainTest {
 protected:
  const std::string stream_ = "model/" + Id("mô hình");

  const ModelState& Model() { return world_.Read(stream_).as<ModelState>(); }
  Act Annul(std::size_t revision) {
    return AnnulFact(stream_, EventId(stream_, revision)).As(v1::ROLE_COMPETENT_AUTHORITY);
  }
  Act Correct(std::size_t revision, const v1::Fact& fact) {
    return CorrectFact(stream_, EventId(stream_, revision), fact).As(v1::ROLE_COMPETENT_AUTHORITY);
  }
  v1::Fact FactAt(std::size_t revision) { return world_.History(stream_).at(revision).fact; }
};

Act Answering(void (Checklist::*question)(Checklist::Answer), Checklist::Answer answer) {
  Act act = ScreenModel();
  Checklist& checklist =
      *act.submission.mutable_command()->mutable_screen_model()->mutable_checklist();
  (checklist.*question)(answer);
  return act;
}

TEST_F(ModelTest, AModelGoesFromDraftToClosed) {
  Given({RegisterModel(), SubmitModel(), ScreenModel(), ApprovePilot(), ReportProgress()});
  EXPECT_EQ(Model().status, v1::MODEL_STATUS_PILOTING);
  Given({CloseModel()});
  EXPECT_EQ(Model().status, v1::MODEL_STATUS_CLOSED);
}

TEST_F(ModelTest, OnlyAModelAndNothingElsePassesTheScreening) {
  Given(ActsInto("model", "SUBMITTED"));
  const std::string list = "model.not_a_model@command.screen_model.checklist.";
  EXPECT_THAT(When(Answering(&Checklist::set_is_model, Checklist::ANSWER_NO)),
              Breaks(list + "is_model"));
  EXPECT_THAT(When(Answering(&Checklist::set_is_startup_project, Checklist::ANSWER_YES)),
              Breaks(list + "is_startup_project"));
  EXPECT_THAT(When(Answering(&Checklist::set_is_investment_project, Checklist::ANSWER_YES)),
              Breaks(list + "is_investment_project"));
  EXPECT_THAT(When(Answering(&Checklist::set_is_initiative, Checklist::ANSWER_YES)),
              Breaks(list + "is_initiative"));
  EXPECT_THAT(When(ScreenModel()), Gives("ModelScreened"));
}

TEST_F(ModelTest, SubmitterScreenerAndApproverAreThreePeople) {
  Given(ActsInto("model", "SUBMITTED"));
  const Outcome own = When(ScreenModel().By("người trình"));
  EXPECT_THAT(own, Breaks("model.three_people@command.screen_model"));
  EXPECT_EQ(own.violations[0].actual, "SUBMITTED");
  Given({ScreenModel()});
  EXPECT_THAT(When(ApprovePilot().By("người trình")),
              Breaks("model.three_people@command.approve_pilot"));
  EXPECT_THAT(When(ApprovePilot().By("người sàng lọc")),
              Breaks("model.three_people@command.approve_pilot"));
  EXPECT_THAT(When(ApprovePilot()), Gives("ModelPilotApproved"));
}

TEST_F(ModelTest, AReturnedModelStartsAnew) {
  Given(ActsInto("model", "SUBMITTED"));
  Given({ReturnModel()});
  EXPECT_EQ(Model().status, v1::MODEL_STATUS_DRAFT);
  EXPECT_EQ(Model().submitted_by.actor_id, "");
  Given({SubmitModel().By("người khác"), ScreenModel().By("người trình")});
  EXPECT_EQ(Model().status, v1::MODEL_STATUS_SCREENED);
}

TEST_F(ModelTest, ADocumentPutsAModelIntoTheStateThatItStates) {
  Given({RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE)});
  EXPECT_EQ(Model().status, v1::MODEL_STATUS_ACTIVE);
  EXPECT_EQ(Model().definition.name(), "Nuôi lươn không bùn");
  EXPECT_EQ(Model().submitted_by.actor_id, "");
}

TEST_F(ModelTest, ADelegateIsNotAnotherPersonThanHisPrincipal) {
  const std::string screened = "model.three_people@command.screen_model";
  Given({RegisterModel(), SubmitModel().By("phó").For("trưởng")});
  EXPECT_THAT(When(ScreenModel().By("trưởng")), Breaks(screened));
  EXPECT_THAT(When(ScreenModel().By("phó")), Breaks(screened));
  EXPECT_THAT(When(ScreenModel().By("người khác").For("trưởng")), Breaks(screened));
  EXPECT_THAT(When(ScreenModel().By("phó").For("người khác")), Breaks(screened));
  Given({ScreenModel().By("chuyên viên").For("trưởng phòng")});
  EXPECT_THAT(When(ApprovePilot().By("người duyệt").For("trưởng phòng")),
              Breaks("model.three_people@command.approve_pilot"));
  EXPECT_THAT(When(ApprovePilot().By("người duyệt").For("chủ tịch")), Gives("ModelPilotApproved"));
}

v1::MergeDuplicate& MergeOf(Act& act) {
  return *act.submission.mutable_command()->mutable_merge_duplicate();
}

// Another model than "mô hình", in use.
Act Another(const std::string& name) {
  Act act = RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE);
  act.submission.mutable_command()->mutable_record_model_from_document()->set_model_id(Id(name));
  return act;
}

TEST_F(ModelTest, WhatIsNoModelIsReclassifiedWithItsChecklist) {
  Given(ActsInto("model", "SUBMITTED"));
  EXPECT_THAT(When(ReclassifyModel().By("người trình")),
              Breaks("model.three_people@command.reclassify_model"));
  Act act = ReclassifyModel();
  act.submission.mutable_command()->mutable_reclassify_model()->set_as(
      v1::MODEL_RECLASSIFICATION_INITIATIVE);
  EXPECT_THAT(When(act), Breaks("model.checklist_disagrees@"
                                "command.reclassify_model.checklist.is_initiative"));
  EXPECT_THAT(When(ReclassifyModel()), Gives("ModelReclassified"));
  EXPECT_EQ(Model().status, v1::MODEL_STATUS_RECLASSIFIED_AS_STARTUP);
}

TEST_F(ModelTest, ACorrectedReclassificationIsAnotherStatus) {
  Given(ActsInto("model", "RECLASSIFIED_AS_STARTUP"));
  v1::Fact fact = FactAt(2);
  v1::ModelReclassified& told = *fact.mutable_model_reclassified();
  told.set_as(v1::MODEL_RECLASSIFICATION_INITIATIVE);
  told.mutable_checklist()->set_is_initiative(Checklist::ANSWER_YES);
  EXPECT_THAT(When(Correct(2, fact)), Gives("FactCorrected"));
  EXPECT_EQ(Model().status, v1::MODEL_STATUS_RECLASSIFIED_AS_INITIATIVE);
  Given({Annul(2), ScreenModel()});
  EXPECT_EQ(Model().status, v1::MODEL_STATUS_SCREENED);
}

TEST_F(ModelTest, NoModelLeavesTheScreeningWithoutAChecklist) {
  Given(ActsInto("model", "SUBMITTED"));
  Act merge = MergeDuplicate();
  MergeOf(merge).clear_checklist();
  const Outcome merged = When(merge);
  EXPECT_THAT(merged, Breaks("model.checklist_missing@command.merge_duplicate.checklist"));
  EXPECT_EQ(merged.violations[0].actual, "SUBMITTED");
  Act reject = RejectModel();
  reject.submission.mutable_command()->mutable_reject_model()->clear_checklist();
  EXPECT_THAT(When(reject), Breaks("model.checklist_missing@command.reject_model.checklist"));
  Given({ScreenModel()});
  EXPECT_THAT(When(merge), Gives("ModelMergedAsDuplicate"));
}

TEST_F(ModelTest, AScreenedModelIsRejectedByAThirdPerson) {
  Given(ActsInto("model", "SCREENED"));
  EXPECT_THAT(When(RejectModel().By("người trình")),
              Breaks("model.three_people@command.reject_model"));
  EXPECT_THAT(When(RejectModel().By("người sàng lọc")),
              Breaks("model.three_people@command.reject_model"));
  EXPECT_THAT(When(RejectModel()), Gives("ModelRejected"));
}

TEST_F(ModelTest, AModelIsMergedIntoAnotherOneThatStands) {
  Given(ActsInto("model", "SUBMITTED"));
  const std::string at = "@command.merge_duplicate.other_model_id";
  EXPECT_THAT(When(MergeDuplicate("mô hình")), Breaks("model.other_itself" + at));
  EXPECT_THAT(When(MergeDuplicate("chưa ai biết")), Breaks("model.other_unknown" + at));
  EXPECT_THAT(When(MergeDuplicate().By("người trình")),
              Breaks("model.three_people@command.merge_duplicate"));
  EXPECT_THAT(When(MergeDuplicate()), Gives("ModelMergedAsDuplicate"));
  EXPECT_EQ(Model().status, v1::MODEL_STATUS_MERGED);
}

TEST_F(ModelTest, AModelThatHasGivenWayTakesNoOther) {
  const std::string at = "@command.merge_duplicate.other_model_id";
  for (const v1::ModelCloseReason reason :
       {v1::MODEL_CLOSE_REASON_ABSORBED, v1::MODEL_CLOSE_REASON_SUPERSEDED,
        v1::MODEL_CLOSE_REASON_DUPLICATE_OF}) {
    const std::string gone = "đã nhường " + std::to_string(reason);
    Act close = CloseModel(reason, "mô hình kia");
    close.submission.mutable_command()->mutable_close_model()->set_model_id(Id(gone));
    Given({Another(gone), close});
    Act merge = MergeDuplicate(gone);
    MergeOf(merge).set_model_id(Id("mô hình " + std::to_string(reason)));
    const Outcome outcome = When(merge);
    EXPECT_TRUE(HasBroken(outcome, "model.other_gone"));
    EXPECT_EQ(outcome.violations.back().actual, "CLOSED");
  }
  Act close = CloseModel();
  close.submission.mutable_command()->mutable_close_model()->set_model_id(Id("đã xong"));
  Given({Another("đã xong"), close});
  Given(ActsInto("model", "SUBMITTED"));
  EXPECT_THAT(When(MergeDuplicate("đã xong")), Gives("ModelMergedAsDuplicate"));
}

TEST_F(ModelTest, TwoModelsDoNotGiveWayToEachOther) {
  Given(ActsInto("model", "MERGED"));
  Act back = CloseModel(v1::MODEL_CLOSE_REASON_DUPLICATE_OF, "mô hình");
  back.submission.mutable_command()->mutable_close_model()->set_model_id(Id("mô hình kia"));
  const Outcome outcome = When(back);
  EXPECT_THAT(outcome, Breaks("model.other_gone@command.close_model.other_model_id"));
  EXPECT_EQ(outcome.violations[0].actual, "MERGED");
  Given({Annul(2)});
  EXPECT_THAT(When(back), Gives("ModelClosed"));
}

TEST_F(ModelTest, EveryReasonToCloseIsAcceptedAndThreeNameTheOtherModel) {
  const std::string at = "@command.close_model.other_model_id";
  for (int reason = 1; reason < v1::ModelCloseReason_ARRAYSIZE; ++reason) {
    const auto why = static_cast<v1::ModelCloseReason>(reason);
    const std::string name = "mô hình " + std::to_string(reason);
    Given({Another(name)});
    Act bare = CloseModel();
    v1::CloseModel& closed = *bare.submission.mutable_command()->mutable_close_model();
    closed.set_model_id(Id(name));
    closed.set_close_reason(why);
    Act named = bare;
    named.submission.mutable_command()->mutable_close_model()->set_other_model_id(
        Id("mô hình kia"));
    if (NamesOtherModel(why)) {
      EXPECT_THAT(When(bare), Breaks("field.required" + at));
      EXPECT_THAT(When(named), Gives("ModelClosed"));
    } else {
      EXPECT_THAT(When(named), Breaks("id.not_allowed" + at));
      EXPECT_THAT(When(bare), Gives("ModelClosed"));
    }
  }
}

TEST_F(ModelTest, ARevisedDefinitionStaysInItsUnitAndMustChangeSomething) {
  Given(ActsInto("model", "PILOTING"));
  EXPECT_THAT(When(ReviseDefinition("Nuôi lươn không bùn")),
              Breaks("revision.same@command.revise_definition.definition"));
  Act moved = ReviseDefinition();
  moved.submission.mutable_command()
      ->mutable_revise_definition()
      ->mutable_definition()
      ->set_unit_id(Id("tỉnh"));
  EXPECT_THAT(When(moved), Breaks("id.not_allowed@command.revise_definition.definition.unit_id"));
  EXPECT_THAT(When(ReviseDefinition("Bản hai")), Gives("ModelDefinitionRevised"));
  EXPECT_EQ(Model().definition.name(), "Bản hai");
  EXPECT_EQ(Model().definition.unit_id(), Id("xã"));
  EXPECT_EQ(Model().status, v1::MODEL_STATUS_PILOTING);
}

TEST_F(ModelTest, AnAnnulledRevisionGivesBackTheDefinitionBefore) {
  Given(ActsInto("model", "PILOTING"));
  Given({ReviseDefinition("Bản hai")});
  Given({Annul(4)});
  EXPECT_EQ(Model().definition.name(), "Nuôi lươn không bùn");
}

TEST_F(ModelTest, ACorrectedUnitReachesThroughLaterRevisions) {
  Given({RegisterModel(), ReviseDefinition("Bản hai")});
  v1::Fact fact = FactAt(0);
  fact.mutable_model_registered()->mutable_definition()->set_unit_id(Id("tỉnh"));
  EXPECT_THAT(When(Correct(0, fact)), Gives("FactCorrected"));
  EXPECT_EQ(Model().definition.unit_id(), Id("tỉnh"));
  EXPECT_EQ(Model().definition.name(), "Bản hai");
}

TEST_F(ModelTest, StewardsAreKnownAndTheNewListReplacesTheOldOne) {
  Given(ActsInto("model", "ACTIVE"));
  Given({AssignStewards()});
  EXPECT_EQ(Model().stewards.stewards_size(), 2);
  Act same = AssignStewards();
  auto& list = *same.submission.mutable_command()->mutable_assign_stewards()->mutable_stewards();
  list.SwapElements(0, 1);
  EXPECT_THAT(When(same), Breaks("model.same_stewards@command.assign_stewards.stewards"));
  list.RemoveLast();
  EXPECT_THAT(When(same), Gives("ModelStewardsAssigned"));
  EXPECT_EQ(Model().stewards.stewards_size(), 1);
}

TEST_F(ModelTest, AStewardIsAnAgencyOrAUnitThatIsThere) {
  Given(ActsInto("model", "ACTIVE"));
  Act act = AssignStewards();
  auto& list = *act.submission.mutable_command()->mutable_assign_stewards()->mutable_stewards();
  list[0].set_unit_id(Id("đâu đó"));
  list[1].set_agency_id(Id("Sở nào đó"));
  const std::string at = "@command.assign_stewards.stewards";
  EXPECT_THAT(When(act),
              Breaks("unit.unknown" + at + "[0].unit_id", "agency.unknown" + at + "[1].agency_id"));
  list[0].clear_unit_id();
  list[1].set_unit_id(Id("xã"));
  EXPECT_THAT(When(act),
              Breaks("model.steward_holder" + at + "[0]", "model.steward_holder" + at + "[1]"));
  act = AssignStewards();
  *act.submission.mutable_command()->mutable_assign_stewards()->add_stewards() =
      act.submission.command().assign_stewards().stewards(0);
  EXPECT_THAT(When(act), Breaks("list.duplicate" + at + "[2]"));
}

TEST_F(ModelTest, ASuspendedModelGoesBackToTheStatusFromBefore) {
  for (const char* before : {"PILOTING", "ACTIVE"}) {
    DomainTestWorld fresh;
    std::swap(world_, fresh);
    Given(BaseActs());
    Given(ActsInto("model", before));
    Given({SuspendModel()});
    EXPECT_EQ(ModelStatusName(Model().status_before), before);
    EXPECT_THAT(When(ReportProgress()), Breaks("model.state@command.report_progress.model_id"));
    Given({ResumeModel(), ReportProgress()});
    EXPECT_EQ(ModelStatusName(Model().status), before);
  }
}

TEST_F(ModelTest, AResumedModelFollowsACorrectedStatus) {
  Given({RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE), SuspendModel(), ResumeModel()});
  v1::Fact fact = FactAt(0);
  fact.mutable_model_recorded_from_document()->set_stated_status(v1::MODEL_STATUS_PILOTING);
  Given({Correct(0, fact)});
  EXPECT_EQ(Model().status, v1::MODEL_STATUS_PILOTING);
  const Outcome outcome = When(Annul(1));
  EXPECT_THAT(outcome, Breaks("correction.breaks_later@command.annul_fact.event_id"));
  EXPECT_EQ(outcome.violations[0].actual, EventId(stream_, 2));
  Given({Annul(2)});
  EXPECT_EQ(Model().status, v1::MODEL_STATUS_SUSPENDED);
}

TEST_F(ModelTest, ATransferMovesTheModelToAnotherUnitOrAgency) {
  Given(ActsInto("model", "ACTIVE"));
  Given({EstablishAgency()});
  EXPECT_THAT(When(TransferModel("", "")), Breaks("transfer.nothing@command.transfer_model"));
  EXPECT_THAT(When(TransferModel("xã", "Sở A")), Breaks("transfer.same@command.transfer_model"));
  EXPECT_THAT(When(TransferModel("đâu đó")),
              Breaks("unit.unknown@command.transfer_model.to_unit_id"));
  EXPECT_THAT(When(TransferModel("", "Sở nào đó")),
              Breaks("agency.unknown@command.transfer_model.to_agency_id"));
  Act undocumented = TransferModel();
  undocumented.submission.clear_sources();
  EXPECT_THAT(When(undocumented), Breaks("source.required@sources"));
  Given({SuspendAgency()});
  const Outcome resting = When(TransferModel("", "Sở mới"));
  EXPECT_THAT(resting, Breaks("agency.not_working@command.transfer_model.to_agency_id"));
  EXPECT_EQ(resting.violations[0].actual, "SUSPENDED");
  Given({ResumeAgency()});
  const Outcome moved = When(TransferModel("tỉnh", "Sở mới"));
  EXPECT_THAT(moved, Gives("ModelTransferred"));
  EXPECT_EQ(moved.events[0].unit().unit_id(), Id("tỉnh"));
  EXPECT_EQ(Model().definition.unit_id(), Id("tỉnh"));
  EXPECT_EQ(Model().agency_id, Id("Sở mới"));
}

TEST_F(ModelTest, ATransferIsAskedOfThoseWhoHoldBothUnits) {
  Given(ActsInto("model", "ACTIVE"));
  EXPECT_THAT(ScopeUnits(RequestOf(TransferModel("tỉnh")), world_),
              ::testing::UnorderedElementsAre(Id("tỉnh"), Id("xã")));
  EXPECT_THAT(ScopeUnits(RequestOf(RegisterModel()), world_), ::testing::ElementsAre(Id("xã")));
}

TEST_F(ModelTest, OnePersonIsOnePersonAsDifferentActors) {
  Given({RegisterModel(), SubmitModel().By("cán bộ").Being("An")});
  EXPECT_THAT(When(ScreenModel().By("chuyên viên").Being("An")),
              Breaks("model.three_people@command.screen_model"));
  Given({ScreenModel().By("chuyên viên").Being("Bích")});
  EXPECT_THAT(When(ApprovePilot().By("chủ tịch").Being("An")),
              Breaks("model.three_people@command.approve_pilot"));
  EXPECT_THAT(When(ApprovePilot().By("chủ tịch").Being("Bích")),
              Breaks("model.three_people@command.approve_pilot"));
  EXPECT_THAT(When(ApprovePilot().By("chủ tịch").Being("Cúc")), Gives("ModelPilotApproved"));
}

TEST_F(ModelTest, ProgressIsNotBeforeThePilot) {
  Given({RegisterModel().On("2026-03-01"), SubmitModel().On("2026-03-02"),
         ScreenModel().On("2026-03-03"), ApprovePilot().On("2026-03-05")});
  const Outcome outcome = When(ReportProgress().On("2026-03-04").Because("Nhập sót"));
  EXPECT_THAT(outcome, Breaks("model.before_use@command.report_progress"));
  EXPECT_EQ(outcome.violations[0].actual, "2026-03-05");
  EXPECT_THAT(When(ReportProgress().On("2026-03-05").Because("Nhập sót")),
              Gives("ModelProgressReported"));
}

}  // namespace
}  // namespace nhanrong::domain

#include "services/domain/model/model.h"

#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

using Checklist = v1::ClassificationChecklist;

class ModelTest : public DomainTest {
 protected:
  const ModelState& Model() { return world_.Read("model/" + Id("mô hình")).as<ModelState>(); }
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

}  // namespace
}  // namespace nhanrong::domain

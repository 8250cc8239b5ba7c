// Acts on models, sites and figures.
#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

std::vector<Act> operator+(std::vector<Act> acts, const Act& act) {
  acts.push_back(act);
  return acts;
}

// A model in use, for sites.
std::vector<Act> ModelInUse() { return {RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE)}; }

}  // namespace

Act RegisterModel() {
  v1::Command command;
  command.mutable_register_model()->set_model_id(Id("mô hình"));
  *command.mutable_register_model()->mutable_definition() = SampleDefinition();
  return ActOf(command);
}

Act SubmitModel() {
  v1::Command command;
  command.mutable_submit_model()->set_model_id(Id("mô hình"));
  return ActOf(command).By("người trình").As(v1::ROLE_COMMUNE_LEADER);
}

Act ReturnModel() {
  v1::Command command;
  command.mutable_return_model()->set_model_id(Id("mô hình"));
  command.mutable_return_model()->set_note("Bổ sung số hộ tham gia");
  return ActOf(command)
      .By("người sàng lọc")
      .As(v1::ROLE_DEPARTMENT_SPECIALIST)
      .Because("Thiếu số liệu");
}

Act ScreenModel() {
  v1::Command command;
  v1::ScreenModel& screened = *command.mutable_screen_model();
  screened.set_model_id(Id("mô hình"));
  screened.mutable_checklist()->set_is_model(v1::ClassificationChecklist::ANSWER_YES);
  screened.mutable_checklist()->set_is_startup_project(v1::ClassificationChecklist::ANSWER_NO);
  screened.mutable_checklist()->set_is_investment_project(v1::ClassificationChecklist::ANSWER_NO);
  screened.mutable_checklist()->set_is_initiative(v1::ClassificationChecklist::ANSWER_NO);
  return ActOf(command).By("người sàng lọc").As(v1::ROLE_DEPARTMENT_SPECIALIST);
}

Act ApprovePilot() {
  v1::Command command;
  command.mutable_approve_pilot()->set_model_id(Id("mô hình"));
  return ActOf(command).By("người duyệt").As(v1::ROLE_COMPETENT_AUTHORITY);
}

Act ReportProgress() {
  v1::Command command;
  v1::ReportProgress& progress = *command.mutable_report_progress();
  progress.set_model_id(Id("mô hình"));
  progress.set_narrative("Đã thả giống");
  *progress.add_figures() = SampleQuantity();
  return ActOf(command);
}

Act CloseModel() {
  v1::Command command;
  command.mutable_close_model()->set_model_id(Id("mô hình"));
  command.mutable_close_model()->set_close_reason(v1::MODEL_CLOSE_REASON_COMPLETED);
  return ActOf(command);
}

Act RecordModelFromDocument(v1::ModelStatus status) {
  v1::Command command;
  v1::RecordModelFromDocument& told = *command.mutable_record_model_from_document();
  told.set_model_id(Id("mô hình"));
  *told.mutable_definition() = SampleDefinition();
  told.set_stated_status(status);
  return ActOf(command).FromDocument().On("2024", v1::DATE_PRECISION_YEAR);
}

Act StartSite() {
  v1::Command command;
  command.mutable_start_site()->set_site_id(Id("điểm"));
  *command.mutable_start_site()->mutable_description() = SampleDescription();
  return ActOf(command);
}

Act RecordSiteOutput() {
  v1::Command command;
  command.mutable_record_site_output()->set_site_id(Id("điểm"));
  *command.mutable_record_site_output()->add_outputs() = SampleQuantity();
  return ActOf(command);
}

Act StopSite() {
  v1::Command command;
  command.mutable_stop_site()->set_site_id(Id("điểm"));
  command.mutable_stop_site()->set_stop_reason(v1::SITE_STOP_REASON_DISASTER);
  return ActOf(command);
}

Act RecordSiteFromDocument(v1::SiteStatus status) {
  v1::Command command;
  v1::RecordSiteFromDocument& told = *command.mutable_record_site_from_document();
  told.set_site_id(Id("điểm"));
  *told.mutable_description() = SampleDescription();
  told.set_stated_status(status);
  return ActOf(command).FromDocument();
}

Act RecordCountedFigure() {
  v1::Command command;
  command.mutable_record_counted_figure()->set_figure_id(Id("số liệu"));
  *command.mutable_record_counted_figure()->mutable_figure() = SampleFigure();
  Act act = ActOf(command).FromDocument().On("2025", v1::DATE_PRECISION_YEAR);
  *act.submission.mutable_period() = SamplePeriod();
  return act;
}

const Samples& SamplesOfModels() {
  static const auto& samples = *new Samples{
      {v1::Command::kRegisterModel, RegisterModel},
      {v1::Command::kSubmitModel, SubmitModel},
      {v1::Command::kReturnModel, ReturnModel},
      {v1::Command::kScreenModel, ScreenModel},
      {v1::Command::kApprovePilot, ApprovePilot},
      {v1::Command::kReportProgress, ReportProgress},
      {v1::Command::kCloseModel, CloseModel},
      {v1::Command::kRecordModelFromDocument,
       [] { return RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE).On("2026-03-10"); }},
      {v1::Command::kStartSite, StartSite},
      {v1::Command::kRecordSiteOutput, RecordSiteOutput},
      {v1::Command::kStopSite, StopSite},
      {v1::Command::kRecordSiteFromDocument,
       [] { return RecordSiteFromDocument(v1::SITE_STATUS_OPERATING); }},
      {v1::Command::kRecordCountedFigure, RecordCountedFigure},
  };
  return samples;
}

WaysIn WaysIntoModels() {
  const std::vector<Act> draft = {RegisterModel()};
  const std::vector<Act> submitted = draft + SubmitModel();
  const std::vector<Act> screened = submitted + ScreenModel();
  const std::vector<Act> piloting = screened + ApprovePilot();
  return {
      {"model ABSENT", {}},
      {"model DRAFT", draft},
      {"model SUBMITTED", submitted},
      {"model SCREENED", screened},
      {"model PILOTING", piloting},
      {"model ACTIVE", ModelInUse()},
      {"model CLOSED", piloting + CloseModel()},
      {"site ABSENT", ModelInUse()},
      {"site OPERATING", ModelInUse() + StartSite()},
      {"site STOPPED", ModelInUse() + StartSite() + StopSite()},
      {"figure ABSENT", {}},
      {"figure RECORDED", {RecordCountedFigure()}},
  };
}

}  // namespace nhanrong::domain

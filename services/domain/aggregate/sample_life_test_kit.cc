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
  *screened.mutable_checklist() = SampleChecklist();
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

Act CloseModel(v1::ModelCloseReason reason, const std::string& other) {
  Act act = CloseModel();
  v1::CloseModel& closed = *act.submission.mutable_command()->mutable_close_model();
  closed.set_close_reason(reason);
  closed.set_other_model_id(Id(other));
  return act;
}

Act ReclassifyModel(v1::ModelReclassification as) {
  v1::Command command;
  v1::ReclassifyModel& told = *command.mutable_reclassify_model();
  told.set_model_id(Id("mô hình"));
  told.set_as(as);
  v1::ClassificationChecklist& checklist = *told.mutable_checklist();
  checklist = SampleChecklist();
  checklist.set_is_model(v1::ClassificationChecklist::ANSWER_NO);
  constexpr auto kYes = v1::ClassificationChecklist::ANSWER_YES;
  if (as == v1::MODEL_RECLASSIFICATION_STARTUP) checklist.set_is_startup_project(kYes);
  if (as == v1::MODEL_RECLASSIFICATION_INITIATIVE) checklist.set_is_initiative(kYes);
  if (as == v1::MODEL_RECLASSIFICATION_INVESTMENT_PROJECT) {
    checklist.set_is_investment_project(kYes);
  }
  told.set_registry("Sổ dự án thử");
  told.set_registry_number("DA-12");
  return ActOf(command).By("người sàng lọc").As(v1::ROLE_DEPARTMENT_SPECIALIST);
}

Act MergeDuplicate(const std::string& other) {
  v1::Command command;
  v1::MergeDuplicate& told = *command.mutable_merge_duplicate();
  told.set_model_id(Id("mô hình"));
  told.set_other_model_id(Id(other));
  *told.mutable_checklist() = SampleChecklist();
  return ActOf(command).By("người sàng lọc").As(v1::ROLE_DEPARTMENT_SPECIALIST);
}

Act RejectModel() {
  v1::Command command;
  v1::RejectModel& told = *command.mutable_reject_model();
  told.set_model_id(Id("mô hình"));
  *told.mutable_checklist() = SampleChecklist();
  told.set_note("Chưa có cơ sở để thí điểm");
  return ActOf(command)
      .By("người duyệt")
      .As(v1::ROLE_COMPETENT_AUTHORITY)
      .Because("Không đạt yêu cầu");
}

Act ReviseDefinition(const std::string& name) {
  v1::Command command;
  v1::ReviseDefinition& told = *command.mutable_revise_definition();
  told.set_model_id(Id("mô hình"));
  *told.mutable_definition() = SampleDefinition();
  told.mutable_definition()->clear_unit_id();
  told.mutable_definition()->set_name(name);
  return ActOf(command);
}

Act AssignStewards() {
  v1::Command command;
  v1::AssignStewards& told = *command.mutable_assign_stewards();
  told.set_model_id(Id("mô hình"));
  v1::ModelSteward& follows = *told.add_stewards();
  follows.set_task(v1::STEWARD_TASK_FOLLOW);
  follows.set_unit_id(Id("xã"));
  v1::ModelSteward& evaluates = *told.add_stewards();
  evaluates.set_task(v1::STEWARD_TASK_EVALUATE);
  evaluates.set_agency_id(Id("Sở A"));
  return ActOf(command).As(v1::ROLE_PROVINCIAL_OFFICE);
}

Act SuspendModel() {
  v1::Command command;
  command.mutable_suspend_model()->set_model_id(Id("mô hình"));
  return ActOf(command).As(v1::ROLE_PROVINCIAL_OFFICE).Because("Dịch bệnh trên lươn");
}

Act ResumeModel() {
  v1::Command command;
  command.mutable_resume_model()->set_model_id(Id("mô hình"));
  return ActOf(command).As(v1::ROLE_PROVINCIAL_OFFICE);
}

Act TransferModel(const std::string& unit, const std::string& agency) {
  v1::Command command;
  v1::TransferModel& told = *command.mutable_transfer_model();
  told.set_model_id(Id("mô hình"));
  if (!unit.empty()) told.set_to_unit_id(Id(unit));
  if (!agency.empty()) told.set_to_agency_id(Id(agency));
  Act act = ActOf(command).As(v1::ROLE_COMPETENT_AUTHORITY);
  *act.submission.add_sources() = SampleSource();
  return act;
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

Act InspectSite(v1::InspectionResult result, v1::VerificationLevel level) {
  v1::Command command;
  v1::InspectSite& told = *command.mutable_inspect_site();
  told.set_site_id(Id("điểm"));
  told.set_level(level);
  told.set_result(result);
  if (result != v1::INSPECTION_RESULT_CONFIRMED) told.set_note("Không thấy ao nuôi");
  return ActOf(command).By("người kiểm tra").As(v1::ROLE_DEPARTMENT_SPECIALIST);
}

Act EndFunding() {
  v1::Command command;
  command.mutable_end_funding()->set_site_id(Id("điểm"));
  return ActOf(command);
}

Act TransferSite(const std::string& unit) {
  v1::Command command;
  command.mutable_transfer_site()->set_site_id(Id("điểm"));
  command.mutable_transfer_site()->set_to_unit_id(Id(unit));
  return ActOf(command).As(v1::ROLE_PROVINCIAL_OFFICE);
}

Act ReviseDescription() {
  v1::Command command;
  command.mutable_revise_description()->set_site_id(Id("điểm"));
  command.mutable_revise_description()->set_name("Ao số 1, mở rộng");
  *command.mutable_revise_description()->mutable_particulars() = SampleParticulars();
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
      {v1::Command::kCloseModel, [] { return CloseModel(); }},
      {v1::Command::kReclassifyModel, [] { return ReclassifyModel(); }},
      {v1::Command::kMergeDuplicate, [] { return MergeDuplicate(); }},
      {v1::Command::kRejectModel, RejectModel},
      {v1::Command::kReviseDefinition, [] { return ReviseDefinition(); }},
      {v1::Command::kAssignStewards, AssignStewards},
      {v1::Command::kSuspendModel, SuspendModel},
      {v1::Command::kResumeModel, ResumeModel},
      {v1::Command::kTransferModel, [] { return TransferModel(); }},
      {v1::Command::kRecordModelFromDocument,
       [] { return RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE).On("2026-03-10"); }},
      {v1::Command::kStartSite, StartSite},
      {v1::Command::kRecordSiteOutput, RecordSiteOutput},
      {v1::Command::kStopSite, StopSite},
      {v1::Command::kInspectSite, [] { return InspectSite(); }},
      {v1::Command::kEndFunding, EndFunding},
      {v1::Command::kTransferSite, [] { return TransferSite(); }},
      {v1::Command::kReviseDescription, ReviseDescription},
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
      {"model SUSPENDED", piloting + SuspendModel()},
      {"model RECLASSIFIED_AS_STARTUP", submitted + ReclassifyModel()},
      {"model RECLASSIFIED_AS_INVESTMENT_PROJECT",
       submitted + ReclassifyModel(v1::MODEL_RECLASSIFICATION_INVESTMENT_PROJECT)},
      {"model RECLASSIFIED_AS_INITIATIVE",
       screened + ReclassifyModel(v1::MODEL_RECLASSIFICATION_INITIATIVE)},
      {"model MERGED", submitted + MergeDuplicate()},
      {"model REJECTED", submitted + RejectModel()},
      {"model CLOSED", piloting + CloseModel()},
      {"site ABSENT", ModelInUse()},
      {"site OPERATING", ModelInUse() + StartSite()},
      {"site FUNDING_ENDED", ModelInUse() + StartSite() + EndFunding()},
      {"site STOPPED", ModelInUse() + StartSite() + StopSite()},
      {"site INVALIDATED",
       ModelInUse() + StartSite() + InspectSite(v1::INSPECTION_RESULT_NOT_FOUND)},
      {"figure ABSENT", {}},
      {"figure RECORDED", {RecordCountedFigure()}},
  };
}

}  // namespace nhanrong::domain

#include "tests/e2e/harness/deeds.h"

#include "absl/time/clock.h"
#include "services/base/ids.h"

namespace nhanrong::e2e {
namespace {

v1::Quantity SampleQuantity() {
  v1::Quantity quantity;
  quantity.set_value(125);
  quantity.set_scale(1);
  quantity.set_unit("tấn");
  quantity.set_bound(v1::BOUND_EXACT);
  quantity.set_raw_text("12,5 tấn");
  return quantity;
}

v1::SourceDoc SampleSource() {
  v1::SourceDoc source;
  source.set_number("07/BC-UBND");
  source.set_kind("Báo cáo");
  source.set_issued_on("2021-06-01");
  source.set_issuer("UBND xã Cồn Sáo");
  source.set_summary("Kết quả các mô hình của xã");
  return source;
}

// What a document of 2021 tells about that year.
Deed FromDocument(const v1::Command& command) {
  Deed deed = DeedOf(command).On("2021-05-05");
  deed.submission.set_channel(v1::INGEST_CHANNEL_MIGRATION);
  *deed.submission.add_sources() = SampleSource();
  return deed;
}

v1::SiteDescription Description(const std::string& model, const std::string& unit) {
  v1::SiteDescription description;
  description.set_name("Ruộng số 3");
  description.set_unit_id(unit);
  description.set_model_id(model);
  description.mutable_origin()->set_kind(v1::SiteOrigin::KIND_ORIGINAL);
  return description;
}

v1::ClassificationChecklist ModelsAnswers() {
  v1::ClassificationChecklist answers;
  answers.set_is_model(v1::ClassificationChecklist::ANSWER_YES);
  answers.set_is_startup_project(v1::ClassificationChecklist::ANSWER_NO);
  answers.set_is_investment_project(v1::ClassificationChecklist::ANSWER_NO);
  answers.set_is_initiative(v1::ClassificationChecklist::ANSWER_NO);
  return answers;
}

}  // namespace

std::string NewId() { return RandomUlid(absl::Now()); }

v1::ModelDefinition Definition(const std::string& unit, const std::string& name) {
  v1::ModelDefinition definition;
  definition.set_name(name);
  definition.set_level(v1::MODEL_LEVEL_COMMUNE);
  definition.set_field(v1::MODEL_FIELD_PRODUCTION);
  definition.set_sector_block(v1::SECTOR_BLOCK_ECONOMIC);
  definition.set_unit_id(unit);
  return definition;
}

Deed RegisterModel(const std::string& model, const std::string& unit, const std::string& name) {
  v1::Command command;
  command.mutable_register_model()->set_model_id(model);
  *command.mutable_register_model()->mutable_definition() = Definition(unit, name);
  return DeedOf(command);
}

Deed SubmitModel(const std::string& model) {
  v1::Command command;
  command.mutable_submit_model()->set_model_id(model);
  return DeedOf(command);
}

Deed ReturnModel(const std::string& model) {
  v1::Command command;
  command.mutable_return_model()->set_model_id(model);
  command.mutable_return_model()->set_note("Bổ sung số hộ tham gia");
  return DeedOf(command).Because("Chưa đủ số liệu");
}

Deed ScreenModel(const std::string& model) {
  v1::Command command;
  v1::ScreenModel& screened = *command.mutable_screen_model();
  screened.set_model_id(model);
  *screened.mutable_checklist() = ModelsAnswers();
  return DeedOf(command);
}

Deed ApprovePilot(const std::string& model) {
  v1::Command command;
  command.mutable_approve_pilot()->set_model_id(model);
  return DeedOf(command);
}

Deed ReportProgress(const std::string& model) {
  v1::Command command;
  command.mutable_report_progress()->set_model_id(model);
  command.mutable_report_progress()->set_narrative("Đã thả cá giống, lúa trổ đều");
  *command.mutable_report_progress()->add_figures() = SampleQuantity();
  return DeedOf(command);
}

Deed CloseModel(const std::string& model, v1::ModelCloseReason reason, const std::string& other) {
  v1::Command command;
  command.mutable_close_model()->set_model_id(model);
  command.mutable_close_model()->set_close_reason(reason);
  command.mutable_close_model()->set_other_model_id(other);
  return DeedOf(command);
}

Deed ReclassifyModel(const std::string& model, v1::ModelReclassification as) {
  v1::Command command;
  v1::ReclassifyModel& told = *command.mutable_reclassify_model();
  told.set_model_id(model);
  told.set_as(as);
  v1::ClassificationChecklist& answers = *told.mutable_checklist();
  answers = ModelsAnswers();
  answers.set_is_model(v1::ClassificationChecklist::ANSWER_NO);
  constexpr auto kYes = v1::ClassificationChecklist::ANSWER_YES;
  if (as == v1::MODEL_RECLASSIFICATION_STARTUP) answers.set_is_startup_project(kYes);
  if (as == v1::MODEL_RECLASSIFICATION_INVESTMENT_PROJECT) answers.set_is_investment_project(kYes);
  if (as == v1::MODEL_RECLASSIFICATION_INITIATIVE) answers.set_is_initiative(kYes);
  told.set_registry("Sổ theo dõi khác");
  told.set_registry_number("07/2021");
  return DeedOf(command);
}

Deed MergeDuplicate(const std::string& model, const std::string& other) {
  v1::Command command;
  command.mutable_merge_duplicate()->set_model_id(model);
  command.mutable_merge_duplicate()->set_other_model_id(other);
  *command.mutable_merge_duplicate()->mutable_checklist() = ModelsAnswers();
  return DeedOf(command);
}

Deed RejectModel(const std::string& model) {
  v1::Command command;
  command.mutable_reject_model()->set_model_id(model);
  *command.mutable_reject_model()->mutable_checklist() = ModelsAnswers();
  command.mutable_reject_model()->set_note("Chưa có hộ nào tham gia");
  return DeedOf(command).Because("Không đủ điều kiện thí điểm");
}

Deed ReviseDefinition(const std::string& model, const std::string& name) {
  v1::Command command;
  command.mutable_revise_definition()->set_model_id(model);
  *command.mutable_revise_definition()->mutable_definition() = Definition("", name);
  return DeedOf(command);
}

Deed AssignStewards(const std::string& model, const std::string& unit, const std::string& agency) {
  v1::Command command;
  v1::AssignStewards& told = *command.mutable_assign_stewards();
  told.set_model_id(model);
  v1::ModelSteward& follows = *told.add_stewards();
  follows.set_task(v1::STEWARD_TASK_FOLLOW);
  follows.set_unit_id(unit);
  v1::ModelSteward& inspects = *told.add_stewards();
  inspects.set_task(v1::STEWARD_TASK_INSPECT);
  inspects.set_agency_id(agency);
  return DeedOf(command);
}

Deed SuspendModel(const std::string& model) {
  v1::Command command;
  command.mutable_suspend_model()->set_model_id(model);
  return DeedOf(command).Because("Ruộng ngập mặn");
}

Deed ResumeModel(const std::string& model) {
  v1::Command command;
  command.mutable_resume_model()->set_model_id(model);
  return DeedOf(command);
}

Deed TransferModel(const std::string& model, const std::string& unit, const std::string& agency) {
  v1::Command command;
  v1::TransferModel& told = *command.mutable_transfer_model();
  told.set_model_id(model);
  told.set_to_unit_id(unit);
  told.set_to_agency_id(agency);
  Deed deed = DeedOf(command);
  *deed.submission.add_sources() = SampleSource();
  return deed;
}

Deed RecordModelFromDocument(const std::string& model, const std::string& unit,
                             v1::ModelStatus status) {
  v1::Command command;
  v1::RecordModelFromDocument& told = *command.mutable_record_model_from_document();
  told.set_model_id(model);
  *told.mutable_definition() = Definition(unit, "Trồng sen lấy hạt");
  told.set_stated_status(status);
  return FromDocument(command);
}

Deed StartSite(const std::string& site, const std::string& model, const std::string& unit) {
  v1::Command command;
  command.mutable_start_site()->set_site_id(site);
  *command.mutable_start_site()->mutable_description() = Description(model, unit);
  return DeedOf(command);
}

Deed RecordSiteOutput(const std::string& site) {
  v1::Command command;
  command.mutable_record_site_output()->set_site_id(site);
  *command.mutable_record_site_output()->add_outputs() = SampleQuantity();
  return DeedOf(command);
}

Deed StopSite(const std::string& site) {
  v1::Command command;
  command.mutable_stop_site()->set_site_id(site);
  command.mutable_stop_site()->set_stop_reason(v1::SITE_STOP_REASON_COMPLETED);
  return DeedOf(command);
}

Deed InspectSite(const std::string& site, v1::InspectionResult result,
                 v1::VerificationLevel level) {
  v1::Command command;
  v1::InspectSite& told = *command.mutable_inspect_site();
  told.set_site_id(site);
  told.set_result(result);
  told.set_level(level);
  if (result != v1::INSPECTION_RESULT_CONFIRMED) told.set_note("Không thấy ruộng nuôi cá");
  return DeedOf(command);
}

Deed EndFunding(const std::string& site) {
  v1::Command command;
  command.mutable_end_funding()->set_site_id(site);
  return DeedOf(command);
}

Deed TransferSite(const std::string& site, const std::string& unit) {
  v1::Command command;
  command.mutable_transfer_site()->set_site_id(site);
  command.mutable_transfer_site()->set_to_unit_id(unit);
  return DeedOf(command);
}

Deed ReviseDescription(const std::string& site) {
  v1::Command command;
  v1::ReviseDescription& told = *command.mutable_revise_description();
  told.set_site_id(site);
  told.set_name("Ruộng số 3 và số 4");
  v1::SiteParticulars& particulars = *told.mutable_particulars();
  *particulars.add_scale() = SampleQuantity();
  particulars.set_value_chain_stage(v1::VALUE_CHAIN_STAGE_CONSUMPTION);
  v1::Certificate& certificate = *particulars.add_certificates();
  certificate.set_kind(v1::CERTIFICATE_KIND_ORGANIC);
  certificate.set_number("HC-12");
  certificate.set_valid_from("2021-01-01");
  v1::BuyerContract& contract = *particulars.add_buyer_contracts();
  contract.set_buyer("Hợp tác xã Cồn Sáo");
  contract.set_commodity("cá lóc");
  return DeedOf(command);
}

Deed RecordSiteFromDocument(const std::string& site, const std::string& model,
                            const std::string& unit, v1::SiteStatus status) {
  v1::Command command;
  v1::RecordSiteFromDocument& told = *command.mutable_record_site_from_document();
  told.set_site_id(site);
  *told.mutable_description() = Description(model, unit);
  told.set_stated_status(status);
  return FromDocument(command);
}

Deed RecordCountedFigure(const std::string& figure, const std::string& unit) {
  v1::Command command;
  v1::RecordCountedFigure& told = *command.mutable_record_counted_figure();
  told.set_figure_id(figure);
  told.mutable_figure()->set_subject(v1::FIGURE_SUBJECT_MODELS);
  told.mutable_figure()->set_unit_id(unit);
  *told.mutable_figure()->mutable_quantity() = SampleQuantity();
  Deed deed = FromDocument(command);
  v1::ReportingPeriod& period = *deed.submission.mutable_period();
  period.set_scheme(v1::ReportingPeriod::SCHEME_CALENDAR);
  period.set_id("2021-04");
  period.set_from("2021-04-01");
  period.set_to("2021-04-30");
  return deed;
}

Deed CorrectFact(const std::string& stream, const std::string& event_id, const v1::Fact& fact) {
  v1::Command command;
  command.mutable_correct_fact()->set_stream(stream);
  command.mutable_correct_fact()->set_event_id(event_id);
  *command.mutable_correct_fact()->mutable_replacement() = fact;
  return DeedOf(command).Because("Nhập nhầm");
}

Deed AnnulFact(const std::string& stream, const std::string& event_id) {
  v1::Command command;
  command.mutable_annul_fact()->set_stream(stream);
  command.mutable_annul_fact()->set_event_id(event_id);
  return DeedOf(command).Because("Nhập nhầm");
}

}  // namespace nhanrong::e2e

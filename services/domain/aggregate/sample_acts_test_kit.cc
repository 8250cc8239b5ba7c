#include "services/domain/aggregate/sample_acts_test_kit.h"

#include "services/base/check.h"

namespace nhanrong::domain {
namespace {

Act UnitAct(const std::string& id, const std::string& name, v1::UnitLevel level,
            const std::string& parent) {
  v1::Command command;
  v1::EstablishUnit& unit = *command.mutable_establish_unit();
  unit.set_unit_id(Id(id));
  unit.set_name(name);
  unit.set_level(level);
  if (!parent.empty()) unit.set_parent_unit_id(Id(parent));
  return ActOf(command).On("2001-01-01").Because("Nhập danh mục").As(v1::ROLE_MAP_STEWARD);
}

}  // namespace

v1::SourceDoc SampleSource() {
  v1::SourceDoc source;
  source.set_number("12/BC-UBND");
  source.set_kind("Báo cáo");
  source.set_issued_on("2026-02-20");
  source.set_issuer("UBND xã Thử Nghiệm");
  source.set_summary("Kết quả thực hiện mô hình");
  return source;
}

v1::Quantity SampleQuantity() {
  v1::Quantity quantity;
  quantity.set_value(12);
  quantity.set_unit("mô hình");
  quantity.set_bound(v1::BOUND_EXACT);
  quantity.set_raw_text("12 mô hình");
  return quantity;
}

v1::ReportingPeriod SamplePeriod() {
  v1::ReportingPeriod period;
  period.set_scheme(v1::ReportingPeriod::SCHEME_CALENDAR);
  period.set_id("2025");
  period.set_from("2025-01-01");
  period.set_to("2025-12-31");
  return period;
}

v1::ModelDefinition SampleDefinition() {
  v1::ModelDefinition definition;
  definition.set_name("Nuôi lươn không bùn");
  definition.set_level(v1::MODEL_LEVEL_COMMUNE);
  definition.set_field(v1::MODEL_FIELD_PRODUCTION);
  definition.set_sector_block(v1::SECTOR_BLOCK_ECONOMIC);
  definition.set_unit_id(Id("xã"));
  return definition;
}

v1::ClassificationChecklist SampleChecklist() {
  v1::ClassificationChecklist checklist;
  checklist.set_is_model(v1::ClassificationChecklist::ANSWER_YES);
  checklist.set_is_startup_project(v1::ClassificationChecklist::ANSWER_NO);
  checklist.set_is_investment_project(v1::ClassificationChecklist::ANSWER_NO);
  checklist.set_is_initiative(v1::ClassificationChecklist::ANSWER_NO);
  return checklist;
}

v1::SiteParticulars SampleParticulars() {
  v1::SiteParticulars particulars;
  v1::Quantity& area = *particulars.add_scale();
  area.set_value(15);
  area.set_scale(1);
  area.set_unit("ha");
  area.set_bound(v1::BOUND_EXACT);
  area.set_raw_text("1,5 ha");
  particulars.set_value_chain_stage(v1::VALUE_CHAIN_STAGE_PRODUCTION);
  v1::Certificate& certificate = *particulars.add_certificates();
  certificate.set_kind(v1::CERTIFICATE_KIND_VIETGAP);
  certificate.set_number("VG-99-0001");
  certificate.set_issuer("Trung tâm Chứng nhận Thử");
  certificate.set_valid_from("2026-01-01");
  certificate.set_valid_to("2027-12-31");
  v1::BuyerContract& contract = *particulars.add_buyer_contracts();
  contract.set_buyer("Công ty Thử");
  contract.set_commodity("lươn thịt");
  *contract.mutable_quantity() = area;
  contract.set_valid_from("2026-01-01");
  contract.set_valid_to("2026-12-31");
  *contract.mutable_document() = SampleSource();
  return particulars;
}

v1::SiteDescription SampleDescription() {
  v1::SiteDescription description;
  description.set_name("Ao số 1");
  description.set_unit_id(Id("xã"));
  description.set_model_id(Id("mô hình"));
  description.mutable_origin()->set_kind(v1::SiteOrigin::KIND_ORIGINAL);
  *description.mutable_particulars() = SampleParticulars();
  return description;
}

v1::CountedFigure SampleFigure() {
  v1::CountedFigure figure;
  figure.set_subject(v1::FIGURE_SUBJECT_MODELS);
  figure.set_unit_id(Id("tỉnh"));
  *figure.mutable_quantity() = SampleQuantity();
  return figure;
}

std::vector<Act> BaseActs() {
  Act other = RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE);
  other.submission.mutable_command()->mutable_record_model_from_document()->set_model_id(
      Id("mô hình kia"));
  return {UnitAct("nước", "Nước Thử", v1::UNIT_LEVEL_NATION, ""),
          UnitAct("tỉnh", "Tỉnh Thử", v1::UNIT_LEVEL_PROVINCE, "nước"),
          UnitAct("xã", "Xã Thử", v1::UNIT_LEVEL_COMMUNE, "tỉnh"), AgencyNamed("Sở A"), other};
}

Act EstablishUnit() {
  Act act = UnitAct("xã mới", "Xã Mới", v1::UNIT_LEVEL_COMMUNE, "tỉnh");
  act.submission.mutable_command()->mutable_establish_unit()->set_code("99001");
  return act.On("2026-03-01");
}

Act RenameUnit(const std::string& name) {
  v1::Command command;
  command.mutable_rename_unit()->set_unit_id(Id("xã mới"));
  command.mutable_rename_unit()->set_name(name);
  return ActOf(command).As(v1::ROLE_MAP_STEWARD);
}

Act AssignUnitCode(const std::string& code, const std::string& from, const std::string& to) {
  v1::Command command;
  v1::AssignUnitCode& assigned = *command.mutable_assign_unit_code();
  assigned.set_unit_id(Id("xã mới"));
  assigned.set_code(code);
  assigned.set_valid_from(from);
  assigned.set_valid_to(to);
  return ActOf(command).As(v1::ROLE_MAP_STEWARD);
}

Act RetypeUnit(v1::UnitType type, const std::string& name) {
  v1::Command command;
  command.mutable_retype_unit()->set_unit_id(Id("xã mới"));
  command.mutable_retype_unit()->set_type(type);
  command.mutable_retype_unit()->set_name(name);
  return ActOf(command).As(v1::ROLE_MAP_STEWARD);
}

Act ReparentUnit(const std::string& parent) {
  v1::Command command;
  command.mutable_reparent_unit()->set_unit_id(Id("xã mới"));
  command.mutable_reparent_unit()->set_parent_unit_id(Id(parent));
  return ActOf(command).As(v1::ROLE_MAP_STEWARD);
}

Act RetireUnitCode(const std::string& code, const std::string& to) {
  v1::Command command;
  command.mutable_retire_unit_code()->set_unit_id(Id("xã mới"));
  command.mutable_retire_unit_code()->set_code(code);
  command.mutable_retire_unit_code()->set_valid_to(to);
  return ActOf(command).As(v1::ROLE_MAP_STEWARD);
}

Act AbolishUnit() {
  v1::Command command;
  command.mutable_abolish_unit()->set_unit_id(Id("xã mới"));
  return ActOf(command).As(v1::ROLE_MAP_STEWARD);
}

Act CorrectFact(const std::string& stream, const std::string& event_id, const v1::Fact& fact) {
  v1::Command command;
  v1::CorrectFact& correction = *command.mutable_correct_fact();
  correction.set_stream(stream);
  correction.set_event_id(event_id);
  *correction.mutable_replacement() = fact;
  return ActOf(command).Because("Nhập nhầm");
}

Act AnnulFact(const std::string& stream, const std::string& event_id) {
  v1::Command command;
  command.mutable_annul_fact()->set_stream(stream);
  command.mutable_annul_fact()->set_event_id(event_id);
  return ActOf(command).Because("Nhập nhầm");
}

Act SampleAct(v1::Command::KindCase kind) {
  for (const Samples* samples : {&SamplesOfAdministration(), &SamplesOfModels()}) {
    if (const auto found = samples->find(kind); found != samples->end()) return found->second();
  }
  NR_CHECK(false, "every command has a sample");
  return {};
}

std::vector<Act> ActsInto(const std::string& aggregate, const std::string& state) {
  for (const WaysIn& ways : {WaysIntoAdministration(), WaysIntoModels()}) {
    const auto found = ways.find(aggregate + " " + state);
    if (found != ways.end()) return found->second;
  }
  NR_CHECK(false, "every state of the table can be reached");
  return {};
}

}  // namespace nhanrong::domain

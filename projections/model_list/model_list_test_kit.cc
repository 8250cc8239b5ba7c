#include "projections/model_list/model_list_test_kit.h"

namespace nhanrong::projections {

ModelListTest::ModelListTest() {
  units_.Add("province", "", "Province", v1::UNIT_LEVEL_PROVINCE)
      .Add("east", "province", "East", v1::UNIT_LEVEL_COMMUNE)
      .Add("west", "province", "West", v1::UNIT_LEVEL_COMMUNE);
  ledger_.Agency("agency-1", "Agency One");
}

v1::ModelDefinition ModelListTest::Definition(const std::string& name, const std::string& unit) {
  v1::ModelDefinition definition;
  definition.set_name(name);
  definition.set_level(v1::MODEL_LEVEL_COMMUNE);
  definition.set_field(v1::MODEL_FIELD_PRODUCTION);
  definition.set_sector_block(v1::SECTOR_BLOCK_ECONOMIC);
  definition.set_unit_id(unit);
  return definition;
}

v1::Fact ModelListTest::Registered(const v1::ModelDefinition& definition) {
  v1::Fact fact;
  *fact.mutable_model_registered()->mutable_definition() = definition;
  return fact;
}

v1::Fact ModelListTest::Submitted() {
  v1::Fact fact;
  fact.mutable_model_submitted();
  return fact;
}

v1::Fact ModelListTest::Revised(const std::string& name) {
  v1::Fact fact;
  *fact.mutable_model_definition_revised()->mutable_definition() = Definition(name, "");
  return fact;
}

v1::Fact ModelListTest::Approved() {
  v1::Fact fact;
  fact.mutable_model_pilot_approved();
  return fact;
}

v1::Fact ModelListTest::Suspended() {
  v1::Fact fact;
  fact.mutable_model_suspended();
  return fact;
}

v1::Fact ModelListTest::Resumed() {
  v1::Fact fact;
  fact.mutable_model_resumed();
  return fact;
}

v1::Fact ModelListTest::Transferred(const std::string& unit, const std::string& agency) {
  v1::Fact fact;
  fact.mutable_model_transferred()->set_to_unit_id(unit);
  fact.mutable_model_transferred()->set_to_agency_id(agency);
  return fact;
}

v1::Fact ModelListTest::Stewards(const std::string& agency) {
  v1::Fact fact;
  v1::ModelSteward& guides = *fact.mutable_model_stewards_assigned()->add_stewards();
  guides.set_task(v1::STEWARD_TASK_GUIDE);
  guides.set_agency_id(agency);
  v1::ModelSteward& urges = *fact.mutable_model_stewards_assigned()->add_stewards();
  urges.set_task(v1::STEWARD_TASK_URGE);
  urges.set_unit_id("west");
  return fact;
}

v1::Fact ModelListTest::Annulment(const std::string& event_id) {
  v1::Fact fact;
  fact.mutable_fact_annulled()->set_event_id(event_id);
  return fact;
}

v1::Fact ModelListTest::Correction(const std::string& event_id, const v1::Fact& replacement,
                                   const char* moved_to) {
  v1::Fact fact;
  fact.mutable_fact_corrected()->set_event_id(event_id);
  *fact.mutable_fact_corrected()->mutable_replacement() = replacement;
  if (moved_to != nullptr) {
    *fact.mutable_fact_corrected()->mutable_occurred_on() = projector::DateOf(moved_to);
  }
  return fact;
}

std::string ModelListTest::Told(const std::string& model, const v1::Fact& fact, const char* day,
                                v1::Classification classification) {
  ledger_.Fact("model/" + model, fact, day).Classified(classification);
  ledger_.Commit();
  return ledger_.event_id();
}

void ModelListTest::Named(const std::string& agency, const std::string& name, const char* day) {
  v1::Fact fact;
  fact.mutable_agency_established()->set_name(name);
  ledger_.Fact("agency/" + agency, fact, day);
  ledger_.Commit();
}

v1::ModelSummary ModelListTest::On(const char* day) {
  const auto found = FindModel(Scope(day, Now()), "m1");
  return found->value_or(v1::ModelSummary());
}

query::QueryScope ModelListTest::Scope(const char* day, Position as_of) {
  const auto& all = ledger_.commits();
  const std::vector<projector::Commit> fresh(all.begin() + static_cast<std::ptrdiff_t>(folded_),
                                             all.end());
  folded_ = all.size();
  const auto status = projector::FoldAll(*projection_, fresh, store_);
  EXPECT_TRUE(status.ok()) << status;
  reader_ = store_.AsOf(as_of);
  return {*reader_, *domain::ParseDay(day), units_, reads_up_to_, page_size_, after_};
}

std::string ModelListTest::NameOn(const char* day, Position as_of) {
  const auto found = FindModel(Scope(day, as_of), "m1");
  return found->has_value() ? (*found)->definition().name() : "-";
}

v1::ModelStatus ModelListTest::StatusOn(const char* day) {
  const auto found = FindModel(Scope(day, Now()), "m1");
  return found->has_value() ? (*found)->status() : v1::MODEL_STATUS_UNSPECIFIED;
}

std::vector<std::string> ModelListTest::Listed(const v1::ModelFilter& filter) {
  std::vector<std::string> ids;
  const auto page = ListModels(Scope("2024-12-31", Now()), filter);
  for (const v1::ModelSummary& model : page->items) ids.push_back(model.model_id());
  return ids;
}

std::map<std::string, std::uint64_t> ModelListTest::Counted(v1::ModelDimension by) {
  std::map<std::string, std::uint64_t> counts;
  const auto counted = CountModels(Scope("2024-12-31", Now()), {}, by);
  for (const v1::CountRow& row : counted->rows) counts[row.key()] = row.named();
  return counts;
}

}  // namespace nhanrong::projections

// A ledger of models that a test tells fact by fact, and what model_list answers about it.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "projections/model_list/model_list.h"
#include "projections/model_list/model_list_query.h"
#include "services/domain/values/dates.h"
#include "services/projector/projection_test_kit.h"
#include "services/query/memory_unit_tree.h"

namespace nhanrong::projections {

class ModelListTest : public ::testing::Test {
 protected:
  ModelListTest() {
    units_.Add("province", "", "Province", v1::UNIT_LEVEL_PROVINCE)
        .Add("east", "province", "East", v1::UNIT_LEVEL_COMMUNE)
        .Add("west", "province", "West", v1::UNIT_LEVEL_COMMUNE);
    ledger_.Agency("agency-1", "Agency One");
  }

  static v1::ModelDefinition Definition(const std::string& name, const std::string& unit = "east") {
    v1::ModelDefinition definition;
    definition.set_name(name);
    definition.set_level(v1::MODEL_LEVEL_COMMUNE);
    definition.set_field(v1::MODEL_FIELD_PRODUCTION);
    definition.set_sector_block(v1::SECTOR_BLOCK_ECONOMIC);
    definition.set_unit_id(unit);
    return definition;
  }
  static v1::Fact Registered(const v1::ModelDefinition& definition) {
    v1::Fact fact;
    *fact.mutable_model_registered()->mutable_definition() = definition;
    return fact;
  }
  static v1::Fact Submitted() {
    v1::Fact fact;
    fact.mutable_model_submitted();
    return fact;
  }
  static v1::Fact Revised(const std::string& name) {
    v1::Fact fact;
    *fact.mutable_model_definition_revised()->mutable_definition() = Definition(name, "");
    return fact;
  }
  static v1::Fact Approved() {
    v1::Fact fact;
    fact.mutable_model_pilot_approved();
    return fact;
  }
  static v1::Fact Suspended() {
    v1::Fact fact;
    fact.mutable_model_suspended();
    return fact;
  }
  static v1::Fact Resumed() {
    v1::Fact fact;
    fact.mutable_model_resumed();
    return fact;
  }
  static v1::Fact Transferred(const std::string& unit, const std::string& agency) {
    v1::Fact fact;
    fact.mutable_model_transferred()->set_to_unit_id(unit);
    fact.mutable_model_transferred()->set_to_agency_id(agency);
    return fact;
  }
  static v1::Fact Stewards(const std::string& agency) {
    v1::Fact fact;
    v1::ModelSteward& guides = *fact.mutable_model_stewards_assigned()->add_stewards();
    guides.set_task(v1::STEWARD_TASK_GUIDE);
    guides.set_agency_id(agency);
    v1::ModelSteward& urges = *fact.mutable_model_stewards_assigned()->add_stewards();
    urges.set_task(v1::STEWARD_TASK_URGE);
    urges.set_unit_id("west");
    return fact;
  }
  static v1::Fact Annulment(const std::string& event_id) {
    v1::Fact fact;
    fact.mutable_fact_annulled()->set_event_id(event_id);
    return fact;
  }
  static v1::Fact Correction(const std::string& event_id, const v1::Fact& replacement,
                             const char* moved_to = nullptr) {
    v1::Fact fact;
    fact.mutable_fact_corrected()->set_event_id(event_id);
    *fact.mutable_fact_corrected()->mutable_replacement() = replacement;
    if (moved_to != nullptr) {
      *fact.mutable_fact_corrected()->mutable_occurred_on() = projector::DateOf(moved_to);
    }
    return fact;
  }

  // One fact, one commit; the event's id.
  std::string Told(const std::string& model, const v1::Fact& fact, const char* day,
                   v1::Classification classification = v1::CLASSIFICATION_PUBLIC) {
    ledger_.Fact("model/" + model, fact, day).Classified(classification);
    ledger_.Commit();
    return ledger_.event_id();
  }
  void Named(const std::string& agency, const std::string& name, const char* day) {
    v1::Fact fact;
    fact.mutable_agency_established()->set_name(name);
    ledger_.Fact("agency/" + agency, fact, day);
    ledger_.Commit();
  }
  Position Now() const { return ledger_.commits().back().position; }
  // m1 on the day; empty: it is not there.
  v1::ModelSummary On(const char* day) {
    const auto found = FindModel(Scope(day, Now()), "m1");
    return found->value_or(v1::ModelSummary());
  }

  // Folds what is new, and asks as of `as_of` and on `day`.
  query::QueryScope Scope(const char* day, Position as_of) {
    const auto& all = ledger_.commits();
    const std::vector<projector::Commit> fresh(all.begin() + folded_, all.end());
    folded_ = all.size();
    const auto status = projector::FoldAll(*projection_, fresh, store_);
    EXPECT_TRUE(status.ok()) << status;
    reader_ = store_.AsOf(as_of);
    return {*reader_, *domain::ParseDay(day), units_, reads_up_to_, page_size_, after_};
  }
  std::string NameOn(const char* day, Position as_of) {
    const auto found = FindModel(Scope(day, as_of), "m1");
    return found->has_value() ? (*found)->definition().name() : "-";
  }
  v1::ModelStatus StatusOn(const char* day) {
    const auto found = FindModel(Scope(day, Now()), "m1");
    return found->has_value() ? (*found)->status() : v1::MODEL_STATUS_UNSPECIFIED;
  }
  std::vector<std::string> Listed(const v1::ModelFilter& filter = {}) {
    std::vector<std::string> ids;
    const auto page = ListModels(Scope("2024-12-31", Now()), filter);
    for (const v1::ModelSummary& model : page->items) ids.push_back(model.model_id());
    return ids;
  }
  std::map<std::string, std::uint64_t> Counted(v1::ModelDimension by) {
    std::map<std::string, std::uint64_t> counts;
    const auto counted = CountModels(Scope("2024-12-31", Now()), {}, by);
    for (const v1::CountRow& row : counted->rows) counts[row.key()] = row.named();
    return counts;
  }

  // Everything is recorded on this day and in the minutes after it.
  projector::CommitBuilder ledger_{
      "test", absl::FromCivil(absl::CivilDay(2025, 1, 1), absl::UTCTimeZone())};
  std::unique_ptr<projector::Projection> projection_ = MakeModelList();
  projector::MemoryRows store_;
  std::shared_ptr<projector::RowReader> reader_;
  query::MemoryUnitTree units_;
  v1::Classification reads_up_to_ = v1::CLASSIFICATION_PUBLIC;
  std::size_t page_size_ = 100;
  std::string after_;
  std::size_t folded_ = 0;
};

using Strings = std::vector<std::string>;
using Counts = std::map<std::string, std::uint64_t>;

}  // namespace nhanrong::projections

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
  ModelListTest();

  static v1::ModelDefinition Definition(const std::string& name, const std::string& unit = "east");
  static v1::Fact Registered(const v1::ModelDefinition& definition);
  static v1::Fact Submitted();
  static v1::Fact Revised(const std::string& name);
  static v1::Fact Approved();
  static v1::Fact Suspended();
  static v1::Fact Resumed();
  static v1::Fact Transferred(const std::string& unit, const std::string& agency);
  static v1::Fact Stewards(const std::string& agency);
  static v1::Fact Annulment(const std::string& event_id);
  static v1::Fact Correction(const std::string& event_id, const v1::Fact& replacement,
                             const char* moved_to = nullptr);

  // One fact, one commit; the event's id.
  std::string Told(const std::string& model, const v1::Fact& fact, const char* day,
                   v1::Classification classification = v1::CLASSIFICATION_PUBLIC);
  void Named(const std::string& agency, const std::string& name, const char* day);
  Position Now() const { return ledger_.commits().back().position; }
  // m1 on the day; empty: it is not there.
  v1::ModelSummary On(const char* day);

  // Folds what is new, and asks as of `as_of` and on `day`.
  query::QueryScope Scope(const char* day, Position as_of);
  std::string NameOn(const char* day, Position as_of);
  v1::ModelStatus StatusOn(const char* day);
  std::vector<std::string> Listed(const v1::ModelFilter& filter = {});
  std::map<std::string, std::uint64_t> Counted(v1::ModelDimension by);

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

#include "projections/model_list/model_list_query.h"

#include <algorithm>
#include <map>
#include <utility>

#include "nhanrong/rows/v1/model_list.pb.h"
#include "projections/dated_spans/dated_spans.h"
#include "projections/model_list/model_list.h"
#include "projections/model_list/model_on_day.h"
#include "projections/stream_rows/stream_rows.h"
#include "services/domain/agency/agency.h"

namespace nhanrong::projections {
namespace {

using rows::v1::ModelRow;

template <typename Value>
bool Asks(Value asked, Value actual) {
  return asked == Value{} || asked == actual;
}

bool IsSteward(const ModelOnDay& model, const std::string& agency_id) {
  if (model.stewards == nullptr) return false;
  const auto& stewards = model.stewards->stewards();
  return std::any_of(stewards.begin(), stewards.end(), [&](const v1::ModelSteward& steward) {
    return steward.agency_id() == agency_id;
  });
}

bool Matches(const query::QueryScope& scope, const v1::ModelFilter& filter,
             const ModelOnDay& model) {
  const v1::ModelDefinition& definition = model.described->definition();
  if (!Asks(filter.level(), definition.level())) return false;
  if (!Asks(filter.field(), definition.field())) return false;
  if (!Asks(filter.sector_block(), definition.sector_block())) return false;
  if (!Asks(filter.status(), model.status())) return false;
  if (!Asks(filter.other_model_id(), model.changed->other_model_id())) return false;
  if (!filter.steward_agency_id().empty() && !IsSteward(model, filter.steward_agency_id())) {
    return false;
  }
  if (filter.year() != 0 &&
      std::to_string(filter.year()) != YearOf(model.begun->dated().occurred_on())) {
    return false;
  }
  return InUnit(scope, model.placed->unit().unit_id(), filter.unit_id());
}

v1::AdminUnitRef PlaceOf(const query::QueryScope& scope, const ModelOnDay& model) {
  return UnitOn(scope, model.placed->unit().unit_id(), model.placed->unit());
}

// With its name on the day; whoever may read that a body keeps a model may read what it is called.
absl::StatusOr<v1::AgencyRef> AgencyOn(const query::QueryScope& scope,
                                       const std::string& agency_id) {
  v1::AgencyRef agency;
  agency.set_agency_id(agency_id);
  const auto row = FindRow<rows::v1::StreamRow>(scope.rows, KeeperKey(agency_id));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return agency;
  const domain::Stream stream = StreamOf(**row, domain::kAgency, scope.effective_on);
  agency.set_name_at_event(stream.as<domain::AgencyState>().name);
  agency.set_electronic_id(stream.as<domain::AgencyState>().electronic_id);
  return agency;
}

absl::Status AddStewards(const query::QueryScope& scope, const ModelOnDay& model,
                         v1::ModelSummary& summary) {
  if (model.stewards == nullptr) return absl::OkStatus();
  for (const v1::ModelSteward& steward : model.stewards->stewards()) {
    v1::ModelStewardEntry& entry = *summary.add_stewards();
    entry.set_task(steward.task());
    if (steward.agency_id().empty()) {
      *entry.mutable_unit() = UnitOn(scope, steward.unit_id(), v1::AdminUnitRef());
      continue;
    }
    auto agency = AgencyOn(scope, steward.agency_id());
    if (!agency.ok()) return agency.status();
    *entry.mutable_agency() = *std::move(agency);
  }
  return absl::OkStatus();
}

// The agency that entered it stands with the name that it had then.
absl::Status AddKeeper(const query::QueryScope& scope, const ModelOnDay& model,
                       v1::ModelSummary& summary) {
  *summary.mutable_agency() = model.kept->agency();
  if (model.kept->has_definition()) return absl::OkStatus();
  auto agency = AgencyOn(scope, model.kept->agency().agency_id());
  if (!agency.ok()) return agency.status();
  *summary.mutable_agency() = *std::move(agency);
  return absl::OkStatus();
}

void AddStanding(const ModelOnDay& model, v1::ModelSummary& summary) {
  summary.set_status(model.status());
  *summary.mutable_status_since() = model.changed->dated().occurred_on();
  if (model.status() == v1::MODEL_STATUS_SUSPENDED && model.standing != nullptr) {
    summary.set_status_before(model.standing->status());
  }
  summary.set_close_reason(model.changed->close_reason());
  summary.set_other_model_id(model.changed->other_model_id());
  summary.set_registry(model.changed->registry());
  summary.set_registry_number(model.changed->registry_number());
}

absl::StatusOr<v1::ModelSummary> SummaryOf(const query::QueryScope& scope,
                                           std::string_view model_id, const ModelRow& row,
                                           const ModelOnDay& model) {
  v1::ModelSummary summary;
  summary.set_model_id(std::string(model_id));
  *summary.mutable_definition() = model.described->definition();
  *summary.mutable_unit() = PlaceOf(scope, model);
  summary.mutable_definition()->set_unit_id(summary.unit().unit_id());
  AddStanding(model, summary);
  *summary.mutable_began_on() = model.begun->dated().occurred_on();
  summary.set_from_document(model.begun->dated().from_document());
  summary.set_definition_version(model.definition_version);
  summary.set_approved_version(model.approved_version);
  summary.set_revision(row.revision());
  absl::Status added = AddKeeper(scope, model, summary);
  added.Update(AddStewards(scope, model, summary));
  if (!added.ok()) return added;
  return summary;
}

std::string CountKey(v1::ModelDimension by, const ModelOnDay& model) {
  const v1::ModelDefinition& definition = model.described->definition();
  switch (by) {
    case v1::MODEL_DIMENSION_LEVEL:
      return v1::ModelLevel_Name(definition.level());
    case v1::MODEL_DIMENSION_FIELD:
      return v1::ModelField_Name(definition.field());
    case v1::MODEL_DIMENSION_SECTOR_BLOCK:
      return v1::SectorBlock_Name(definition.sector_block());
    case v1::MODEL_DIMENSION_STATUS:
      return v1::ModelStatus_Name(model.status());
    case v1::MODEL_DIMENSION_YEAR:
      return YearOf(model.begun->dated().occurred_on());
    case v1::MODEL_DIMENSION_UNIT:
      return model.placed->unit().unit_id();
    default:  // only totals
      return {};
  }
}

// Adds one model to the row of its key.
void CountOne(const query::QueryScope& scope, v1::ModelDimension by, const ModelOnDay& model,
              std::map<std::string, v1::CountRow>& counts) {
  const std::string key = CountKey(by, model);
  v1::CountRow& count = counts[key];
  if (count.named() == 0) {
    count.set_key(key);
    if (by == v1::MODEL_DIMENSION_UNIT) *count.mutable_unit() = PlaceOf(scope, model);
  }
  count.set_named(count.named() + 1);
}

}  // namespace

absl::StatusOr<std::optional<v1::ModelSummary>> FindModel(const query::QueryScope& scope,
                                                          std::string_view model_id) {
  const auto row = FindRow<ModelRow>(scope.rows, ModelKey(model_id));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::optional<v1::ModelSummary>();
  const auto model = ModelOn(**row, scope);
  if (!model) return std::optional<v1::ModelSummary>();
  auto summary = SummaryOf(scope, model_id, **row, *model);
  if (!summary.ok()) return summary.status();
  return std::optional(*std::move(summary));
}

absl::StatusOr<Page<v1::ModelSummary>> ListModels(const query::QueryScope& scope,
                                                  const v1::ModelFilter& filter) {
  absl::Status status;
  auto page = PageOf<ModelRow, v1::ModelSummary>(
      scope, kModelRows,
      [&](std::string_view key, const ModelRow& row) -> std::optional<v1::ModelSummary> {
        const auto model = ModelOn(row, scope);
        if (!model || !Matches(scope, filter, *model)) return std::nullopt;
        auto summary = SummaryOf(scope, key.substr(kModelRows.size()), row, *model);
        status.Update(summary.status());
        if (!summary.ok()) return std::nullopt;
        return *std::move(summary);
      });
  if (!status.ok()) return status;
  return page;
}

absl::StatusOr<ModelCounts> CountModels(const query::QueryScope& scope,
                                        const v1::ModelFilter& filter, v1::ModelDimension by) {
  ModelCounts counts;
  std::map<std::string, v1::CountRow> by_key;
  const absl::Status status = EachRow<ModelRow>(scope.rows, kModelRows, kModelRows,
                                                [&](std::string_view, const ModelRow& row) {
                                                  const auto model = ModelOn(row, scope);
                                                  if (!model || !Matches(scope, filter, *model))
                                                    return true;
                                                  ++counts.named_total;
                                                  CountOne(scope, by, *model, by_key);
                                                  return true;
                                                });
  if (!status.ok()) return status;
  if (by == v1::MODEL_DIMENSION_UNSPECIFIED) return counts;
  for (auto& [key, count] : by_key) counts.rows.push_back(std::move(count));
  return counts;
}

}  // namespace nhanrong::projections

#include "projections/model_list/model_list_query.h"

#include <map>
#include <utility>

#include "nhanrong/rows/v1/model_list.pb.h"
#include "projections/dated_spans/life_on_day.h"
#include "projections/model_list/model_list.h"

namespace nhanrong::projections {
namespace {

using rows::v1::ModelRow;
using rows::v1::ModelSpan;

// Characters of the year in all forms of a date but "--05-31".
constexpr std::size_t kYearDigits = 4;

std::optional<LifeOnDay<ModelSpan>> LifeOf(const ModelRow& row, const query::QueryScope& scope) {
  return LifeOn(row.spans(), scope, [](const ModelSpan& span) { return span.has_definition(); });
}

std::string YearKey(const v1::BusinessDate& began_on) {
  switch (began_on.precision()) {
    case v1::DATE_PRECISION_PHASE:
      return began_on.value();
    case v1::DATE_PRECISION_UNKNOWN_YEAR:
      return v1::DatePrecision_Name(v1::DATE_PRECISION_UNKNOWN_YEAR);
    default:
      return began_on.value().substr(0, kYearDigits);
  }
}

template <typename Value>
bool Asks(Value asked, Value actual) {
  return asked == Value{} || asked == actual;
}

bool Matches(const query::QueryScope& scope, const v1::ModelFilter& filter,
             const LifeOnDay<ModelSpan>& life) {
  const v1::ModelDefinition& definition = life.described->definition();
  if (!Asks(filter.level(), definition.level())) return false;
  if (!Asks(filter.field(), definition.field())) return false;
  if (!Asks(filter.sector_block(), definition.sector_block())) return false;
  if (!Asks(filter.status(), life.status->status())) return false;
  if (filter.year() != 0 &&
      std::to_string(filter.year()) != YearKey(life.begun->dated().occurred_on())) {
    return false;
  }
  return InUnit(scope, definition.unit_id(), filter.unit_id());
}

v1::ModelSummary SummaryOf(const query::QueryScope& scope, std::string_view model_id,
                           const ModelRow& row, const LifeOnDay<ModelSpan>& life) {
  v1::ModelSummary summary;
  summary.set_model_id(std::string(model_id));
  *summary.mutable_definition() = life.described->definition();
  *summary.mutable_unit() =
      UnitOn(scope, life.described->definition().unit_id(), life.described->unit());
  SetLife(life, summary);
  summary.set_revision(row.revision());
  return summary;
}

std::string CountKey(v1::ModelDimension by, const LifeOnDay<ModelSpan>& life) {
  const v1::ModelDefinition& definition = life.described->definition();
  switch (by) {
    case v1::MODEL_DIMENSION_LEVEL:
      return v1::ModelLevel_Name(definition.level());
    case v1::MODEL_DIMENSION_FIELD:
      return v1::ModelField_Name(definition.field());
    case v1::MODEL_DIMENSION_SECTOR_BLOCK:
      return v1::SectorBlock_Name(definition.sector_block());
    case v1::MODEL_DIMENSION_STATUS:
      return v1::ModelStatus_Name(life.status->status());
    case v1::MODEL_DIMENSION_YEAR:
      return YearKey(life.begun->dated().occurred_on());
    case v1::MODEL_DIMENSION_UNIT:
      return definition.unit_id();
    default:  // only totals
      return {};
  }
}

// Adds one model to the row of its key.
void CountOne(const query::QueryScope& scope, v1::ModelDimension by,
              const LifeOnDay<ModelSpan>& life, std::map<std::string, v1::CountRow>& counts) {
  const std::string key = CountKey(by, life);
  v1::CountRow& count = counts[key];
  if (count.named() == 0) {
    count.set_key(key);
    if (by == v1::MODEL_DIMENSION_UNIT) {
      *count.mutable_unit() = UnitOn(scope, key, life.described->unit());
    }
  }
  count.set_named(count.named() + 1);
}

}  // namespace

absl::StatusOr<std::optional<v1::ModelSummary>> FindModel(const query::QueryScope& scope,
                                                          std::string_view model_id) {
  const auto row = FindRow<ModelRow>(scope.rows, ModelKey(model_id));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::optional<v1::ModelSummary>();
  const auto life = LifeOf(**row, scope);
  if (!life) return std::optional<v1::ModelSummary>();
  return std::optional(SummaryOf(scope, model_id, **row, *life));
}

absl::StatusOr<Page<v1::ModelSummary>> ListModels(const query::QueryScope& scope,
                                                  const v1::ModelFilter& filter) {
  return PageOf<ModelRow, v1::ModelSummary>(
      scope, kModelRows,
      [&](std::string_view key, const ModelRow& row) -> std::optional<v1::ModelSummary> {
        const auto life = LifeOf(row, scope);
        if (!life || !Matches(scope, filter, *life)) return std::nullopt;
        return SummaryOf(scope, key.substr(kModelRows.size()), row, *life);
      });
}

absl::StatusOr<ModelCounts> CountModels(const query::QueryScope& scope,
                                        const v1::ModelFilter& filter, v1::ModelDimension by) {
  ModelCounts counts;
  std::map<std::string, v1::CountRow> by_key;
  const absl::Status status = EachRow<ModelRow>(scope.rows, kModelRows, kModelRows,
                                                [&](std::string_view, const ModelRow& row) {
                                                  const auto life = LifeOf(row, scope);
                                                  if (!life || !Matches(scope, filter, *life))
                                                    return true;
                                                  ++counts.named_total;
                                                  CountOne(scope, by, *life, by_key);
                                                  return true;
                                                });
  if (!status.ok()) return status;
  if (by == v1::MODEL_DIMENSION_UNSPECIFIED) return counts;
  for (auto& [key, count] : by_key) counts.rows.push_back(std::move(count));
  return counts;
}

}  // namespace nhanrong::projections

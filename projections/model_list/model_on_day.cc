#include "projections/model_list/model_on_day.h"

#include "projections/dated_spans/dated_spans.h"

namespace nhanrong::projections {
namespace {

using rows::v1::ModelSpan;

void TakeDefinition(const ModelSpan& span, ModelOnDay& model) {
  if (!span.has_definition()) return;
  const bool begins = span.status() != v1::MODEL_STATUS_UNSPECIFIED;
  if (begins && model.begun == nullptr) model.begun = &span;
  model.described = &span;
  ++model.definition_version;
}

void TakeStatus(const ModelSpan& span, ModelOnDay& model) {
  const bool sets = span.status() != v1::MODEL_STATUS_UNSPECIFIED;
  if (sets || span.resumes()) model.changed = &span;
  if (sets && span.status() != v1::MODEL_STATUS_SUSPENDED) model.standing = &span;
  if (!span.approves()) return;
  model.approved = &span;
  model.approved_version = model.definition_version;
}

void Take(const ModelSpan& span, ModelOnDay& model) {
  TakeDefinition(span, model);
  TakeStatus(span, model);
  if (span.has_unit()) model.placed = &span;
  if (span.has_agency()) model.kept = &span;
  if (!span.stewards().empty()) model.stewards = &span;
}

}  // namespace

v1::ModelStatus ModelOnDay::status() const {
  if (!changed->resumes()) return changed->status();
  return standing == nullptr ? v1::MODEL_STATUS_UNSPECIFIED : standing->status();
}

std::optional<ModelOnDay> ModelOn(const rows::v1::ModelRow& row, const query::QueryScope& scope) {
  ModelOnDay model;
  for (const ModelSpan& span : row.spans()) {
    if (span.dated().latest_day() > DayNumber(scope.effective_on)) break;
    Take(span, model);
  }
  if (model.begun == nullptr) return std::nullopt;
  const auto readable = [&](const ModelSpan* span) {
    return span == nullptr || span->dated().classification() <= scope.reads_up_to;
  };
  for (const ModelSpan* span :
       {model.begun, model.described, model.placed, model.kept, model.changed, model.standing}) {
    if (!readable(span)) return std::nullopt;
  }
  if (!readable(model.stewards)) model.stewards = nullptr;
  if (!readable(model.approved)) model.approved_version = 0;
  return model;
}

}  // namespace nhanrong::projections

#include "projections/model_list/model_list.h"

#include "nhanrong/rows/v1/model_list.pb.h"
#include "projections/dated_spans/dated_spans.h"
#include "projections/row_scan/row_scan.h"

namespace nhanrong::projections {
namespace {

using rows::v1::ModelRow;
using rows::v1::ModelSpan;

void Begin(const v1::ModelDefinition& definition, v1::ModelStatus status,
           const projector::FoldEvent& event, ModelSpan& span) {
  *span.mutable_definition() = definition;
  span.set_status(status);
  if (event.event.has_unit()) *span.mutable_unit() = event.event.unit();
  // A correction does not change whose model it is.
  if (!span.has_agency()) *span.mutable_agency() = event.commit.record.signer().agency();
}

bool SetModelSpan(const v1::Fact& fact, const projector::FoldEvent& event, ModelSpan& span) {
  switch (fact.kind_case()) {
    case v1::Fact::kModelRegistered:
      Begin(fact.model_registered().definition(), v1::MODEL_STATUS_DRAFT, event, span);
      return true;
    case v1::Fact::kModelRecordedFromDocument: {
      const v1::ModelRecordedFromDocument& recorded = fact.model_recorded_from_document();
      Begin(recorded.definition(), recorded.stated_status(), event, span);
      return true;
    }
    case v1::Fact::kModelSubmitted:
      span.set_status(v1::MODEL_STATUS_SUBMITTED);
      return true;
    case v1::Fact::kModelReturned:
      span.set_status(v1::MODEL_STATUS_DRAFT);
      return true;
    case v1::Fact::kModelScreened:
      span.set_status(v1::MODEL_STATUS_SCREENED);
      return true;
    case v1::Fact::kModelPilotApproved:
      span.set_status(v1::MODEL_STATUS_PILOTING);
      return true;
    case v1::Fact::kModelClosed:
      span.set_status(v1::MODEL_STATUS_CLOSED);
      return true;
    default:  // progress, and facts of other aggregates
      return false;
  }
}

class ModelList final : public projector::Projection {
 public:
  std::string_view name() const override { return "model_list"; }
  std::uint32_t version() const override { return 1; }

  absl::Status Fold(const projector::FoldEvent& event, projector::RowWriter& rows) override {
    const std::string_view model_id = IdInStream(event.event.stream(), "model");
    if (model_id.empty()) return absl::OkStatus();
    const std::string key = ModelKey(model_id);
    auto found = FindRow<ModelRow>(rows, key);
    if (!found.ok()) return found.status();
    ModelRow row = found->value_or(ModelRow());
    const absl::Status folded = FoldSpans<ModelSpan>(event, *row.mutable_spans(), SetModelSpan);
    if (!folded.ok()) return folded;
    row.set_revision(event.event.revision());
    rows.Put(key, RowBytes(row));
    return absl::OkStatus();
  }
};

}  // namespace

std::string ModelKey(std::string_view model_id) {
  return std::string(kModelRows) + std::string(model_id);
}

std::unique_ptr<projector::Projection> MakeModelList() { return std::make_unique<ModelList>(); }

}  // namespace nhanrong::projections

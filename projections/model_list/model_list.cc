#include "projections/model_list/model_list.h"

#include "nhanrong/rows/v1/model_list.pb.h"
#include "projections/dated_spans/dated_spans.h"
#include "projections/row_scan/row_scan.h"
#include "projections/stream_rows/stream_rows.h"

namespace nhanrong::projections {
namespace {

using rows::v1::ModelRow;
using rows::v1::ModelSpan;

void Begin(const v1::ModelDefinition& definition, v1::ModelStatus status,
           const projector::FoldEvent& event, ModelSpan& span) {
  *span.mutable_definition() = definition;
  span.set_status(status);
  *span.mutable_unit() = UnitAtEvent(definition.unit_id(), event, span.unit());
  // A correction does not change whose model it is.
  if (!span.has_agency()) *span.mutable_agency() = event.commit.record.signer().agency();
}

void Transfer(const v1::ModelTransferred& told, const projector::FoldEvent& event,
              ModelSpan& span) {
  const v1::AdminUnitRef before = span.unit();
  span.clear_unit();
  span.clear_agency();
  if (!told.to_unit_id().empty()) {
    *span.mutable_unit() = UnitAtEvent(told.to_unit_id(), event, before);
  }
  if (!told.to_agency_id().empty()) span.mutable_agency()->set_agency_id(told.to_agency_id());
}

void Reclassify(const v1::ModelReclassified& told, ModelSpan& span) {
  switch (told.as()) {
    case v1::MODEL_RECLASSIFICATION_STARTUP:
      span.set_status(v1::MODEL_STATUS_RECLASSIFIED_AS_STARTUP);
      break;
    case v1::MODEL_RECLASSIFICATION_INVESTMENT_PROJECT:
      span.set_status(v1::MODEL_STATUS_RECLASSIFIED_AS_INVESTMENT_PROJECT);
      break;
    default:
      span.set_status(v1::MODEL_STATUS_RECLASSIFIED_AS_INITIATIVE);
  }
  span.set_registry(told.registry());
  span.set_registry_number(told.registry_number());
}

// Steps that set nothing but a status; UNSPECIFIED: the fact is none of them.
v1::ModelStatus StatusSetBy(v1::Fact::KindCase kind) {
  switch (kind) {
    case v1::Fact::kModelSubmitted:
      return v1::MODEL_STATUS_SUBMITTED;
    case v1::Fact::kModelReturned:
      return v1::MODEL_STATUS_DRAFT;
    case v1::Fact::kModelScreened:
      return v1::MODEL_STATUS_SCREENED;
    case v1::Fact::kModelRejected:
      return v1::MODEL_STATUS_REJECTED;
    case v1::Fact::kModelSuspended:
      return v1::MODEL_STATUS_SUSPENDED;
    default:
      return v1::MODEL_STATUS_UNSPECIFIED;
  }
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
    case v1::Fact::kModelDefinitionRevised:
      *span.mutable_definition() = fact.model_definition_revised().definition();
      return true;
    case v1::Fact::kModelStewardsAssigned:
      *span.mutable_stewards() = fact.model_stewards_assigned().stewards();
      return true;
    case v1::Fact::kModelTransferred:
      Transfer(fact.model_transferred(), event, span);
      return true;
    case v1::Fact::kModelReclassified:
      Reclassify(fact.model_reclassified(), span);
      return true;
    case v1::Fact::kModelMergedAsDuplicate:
      span.set_status(v1::MODEL_STATUS_MERGED);
      span.set_other_model_id(fact.model_merged_as_duplicate().other_model_id());
      return true;
    case v1::Fact::kModelPilotApproved:
      span.set_status(v1::MODEL_STATUS_PILOTING);
      span.set_approves(true);
      return true;
    case v1::Fact::kModelResumed:
      span.set_resumes(true);
      return true;
    case v1::Fact::kModelClosed:
      span.set_status(v1::MODEL_STATUS_CLOSED);
      span.set_close_reason(fact.model_closed().close_reason());
      span.set_other_model_id(fact.model_closed().other_model_id());
      return true;
    default:  // progress, and facts of other aggregates
      span.set_status(StatusSetBy(fact.kind_case()));
      return span.status() != v1::MODEL_STATUS_UNSPECIFIED;
  }
}

// Only their names are asked for, where a model was given to them or has them as stewards.
absl::Status FoldAgency(const projector::FoldEvent& event, std::string_view agency_id,
                        projector::RowWriter& rows) {
  return ChangeRow<rows::v1::StreamRow>(rows, KeeperKey(agency_id), [&](rows::v1::StreamRow& row) {
    return FoldStreamRow(event, row);
  });
}

class ModelList final : public projector::Projection {
 public:
  std::string_view name() const override { return "model_list"; }
  std::uint32_t version() const override { return 4; }

  absl::Status Fold(const projector::FoldEvent& event, projector::RowWriter& rows) override {
    const std::string& stream = event.event.stream();
    if (const auto agency = IdInStream(stream, "agency"); !agency.empty()) {
      return FoldAgency(event, agency, rows);
    }
    const std::string_view model_id = IdInStream(stream, "model");
    if (model_id.empty()) return absl::OkStatus();
    return ChangeRow<ModelRow>(rows, ModelKey(model_id), [&](ModelRow& row) {
      row.set_revision(event.event.revision());
      return FoldSpans<ModelSpan>(event, *row.mutable_spans(), SetModelSpan);
    });
  }

  std::string AsShownToday(std::string_view key, std::string past,
                           const projector::RowReader& now) const override {
    if (!key.starts_with(kModelRows)) return past;
    return SpansAsShownToday<ModelRow>(key, std::move(past), now,
                                       [](ModelRow& row) { return row.mutable_spans(); });
  }
};

}  // namespace

std::string ModelKey(std::string_view model_id) {
  return std::string(kModelRows) + std::string(model_id);
}

std::string KeeperKey(std::string_view agency_id) { return "a/" + std::string(agency_id); }

std::unique_ptr<projector::Projection> MakeModelList() { return std::make_unique<ModelList>(); }

}  // namespace nhanrong::projections

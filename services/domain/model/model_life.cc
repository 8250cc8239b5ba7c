#include "services/domain/model/model_life.h"

#include "services/domain/aggregate/states.h"
#include "services/domain/model/model.h"

namespace nhanrong::domain {
namespace {

constexpr auto kAbsent = v1::MODEL_STATUS_UNSPECIFIED;
constexpr auto kDraft = v1::MODEL_STATUS_DRAFT;
constexpr auto kSubmitted = v1::MODEL_STATUS_SUBMITTED;
constexpr auto kScreened = v1::MODEL_STATUS_SCREENED;
constexpr auto kSuspended = v1::MODEL_STATUS_SUSPENDED;

// Nobody has decided yet whether it is tried.
constexpr unsigned kUndecided = In({kSubmitted, kScreened});
// Evaluations and replication begin from here.
constexpr unsigned kInUse = In({v1::MODEL_STATUS_PILOTING, v1::MODEL_STATUS_ACTIVE});
constexpr unsigned kLive = kInUse | In({kSuspended});

constexpr MayCome kLifeCycle[] = {
    {v1::Fact::kModelRegistered, In({kAbsent})},
    {v1::Fact::kModelRecordedFromDocument, In({kAbsent})},
    {v1::Fact::kModelSubmitted, In({kDraft})},
    {v1::Fact::kModelReturned, In({kSubmitted})},
    {v1::Fact::kModelScreened, In({kSubmitted})},
    {v1::Fact::kModelReclassified, kUndecided},
    {v1::Fact::kModelMergedAsDuplicate, kUndecided},
    {v1::Fact::kModelRejected, kUndecided},
    {v1::Fact::kModelPilotApproved, In({kScreened})},
    {v1::Fact::kModelDefinitionRevised, In({kDraft}) | kLive},
    {v1::Fact::kModelStewardsAssigned, kLive},
    {v1::Fact::kModelTransferred, kLive},
    {v1::Fact::kModelProgressReported, kInUse},
    {v1::Fact::kModelSuspended, kInUse},
    {v1::Fact::kModelResumed, In({kSuspended})},
    {v1::Fact::kModelClosed, In({kScreened}) | kLive},
};

void Begin(ModelState& model, v1::ModelStatus status, const v1::ModelDefinition& definition,
           const StreamFact& fact) {
  model.status = status;
  model.definition = definition;
  model.agency_id = fact.agency_id;
}

v1::ModelStatus StatusAs(v1::ModelReclassification as) {
  switch (as) {
    case v1::MODEL_RECLASSIFICATION_STARTUP:
      return v1::MODEL_STATUS_RECLASSIFIED_AS_STARTUP;
    case v1::MODEL_RECLASSIFICATION_INVESTMENT_PROJECT:
      return v1::MODEL_STATUS_RECLASSIFIED_AS_INVESTMENT_PROJECT;
    default:
      return v1::MODEL_STATUS_RECLASSIFIED_AS_INITIATIVE;
  }
}

void Transfer(ModelState& model, const v1::ModelTransferred& told) {
  if (!told.to_unit_id().empty()) model.definition.set_unit_id(told.to_unit_id());
  if (!told.to_agency_id().empty()) model.agency_id = told.to_agency_id();
}

// Steps up to the decision on a pilot.
void EvolveUndecided(ModelState& model, const StreamFact& fact) {
  switch (fact.fact.kind_case()) {
    case v1::Fact::kModelSubmitted:
      model.status = kSubmitted;
      model.submitted_by = fact.by;
      break;
    case v1::Fact::kModelReturned:
      model.status = kDraft;
      model.submitted_by = {};
      model.screened_by = {};
      break;
    case v1::Fact::kModelScreened:
      model.status = kScreened;
      model.screened_by = fact.by;
      break;
    case v1::Fact::kModelReclassified:
      model.status = StatusAs(fact.fact.model_reclassified().as());
      break;
    case v1::Fact::kModelMergedAsDuplicate:
      model.status = v1::MODEL_STATUS_MERGED;
      model.other_model_id = fact.fact.model_merged_as_duplicate().other_model_id();
      break;
    case v1::Fact::kModelRejected:
      model.status = v1::MODEL_STATUS_REJECTED;
      break;
    case v1::Fact::kModelPilotApproved:
      model.status = v1::MODEL_STATUS_PILOTING;
      break;
    default:  // progress changes nothing; other facts are not the model's
      break;
  }
}

}  // namespace

void EvolveModel(State& state, const StreamFact& fact) {
  auto& model = As<ModelState>(state);
  const v1::Fact& told = fact.fact;
  switch (told.kind_case()) {
    case v1::Fact::kModelRegistered:
      Begin(model, kDraft, told.model_registered().definition(), fact);
      break;
    case v1::Fact::kModelRecordedFromDocument: {
      const v1::ModelRecordedFromDocument& document = told.model_recorded_from_document();
      Begin(model, document.stated_status(), document.definition(), fact);
      break;
    }
    case v1::Fact::kModelDefinitionRevised:
      model.definition = RevisedDefinition(model, told.model_definition_revised().definition());
      break;
    case v1::Fact::kModelStewardsAssigned:
      model.stewards = told.model_stewards_assigned();
      break;
    case v1::Fact::kModelTransferred:
      Transfer(model, told.model_transferred());
      break;
    case v1::Fact::kModelSuspended:
      model.status_before = model.status;
      model.status = kSuspended;
      break;
    case v1::Fact::kModelResumed:
      model.status = model.status_before;
      break;
    case v1::Fact::kModelClosed:
      model.status = v1::MODEL_STATUS_CLOSED;
      model.close_reason = told.model_closed().close_reason();
      model.other_model_id = told.model_closed().other_model_id();
      break;
    default:
      EvolveUndecided(model, fact);
  }
  if (!model.in_use_from && model.in_use()) model.in_use_from = fact.days.earliest;
}

bool MayFollowInModel(const State& state, const v1::Fact& fact) {
  return Allows(kLifeCycle, As<ModelState>(state).status, fact);
}

bool ModelState::in_use() const { return (kInUse >> status & 1u) != 0; }

bool ModelState::stands() const {
  switch (status) {
    case v1::MODEL_STATUS_RECLASSIFIED_AS_STARTUP:
    case v1::MODEL_STATUS_RECLASSIFIED_AS_INVESTMENT_PROJECT:
    case v1::MODEL_STATUS_RECLASSIFIED_AS_INITIATIVE:
    case v1::MODEL_STATUS_MERGED:
    case v1::MODEL_STATUS_REJECTED:
      return false;
    case v1::MODEL_STATUS_CLOSED:
      return !NamesOtherModel(close_reason);
    default:
      return status != kAbsent;
  }
}

std::string_view ModelStatusName(v1::ModelStatus status) {
  return StatusName(status, "MODEL_STATUS_");
}

bool NamesOtherModel(v1::ModelCloseReason reason) {
  return reason == v1::MODEL_CLOSE_REASON_ABSORBED || reason == v1::MODEL_CLOSE_REASON_SUPERSEDED ||
         reason == v1::MODEL_CLOSE_REASON_DUPLICATE_OF;
}

v1::ModelDefinition RevisedDefinition(const ModelState& model, const v1::ModelDefinition& told) {
  v1::ModelDefinition definition = told;
  definition.set_unit_id(model.definition.unit_id());
  return definition;
}

}  // namespace nhanrong::domain

#include "services/domain/model/model_checks.h"

#include <set>

#include "services/domain/model/checklist.h"
#include "services/domain/model/model.h"
#include "services/domain/values/checks.h"

namespace nhanrong::domain {
namespace {

// All but the unit.
void CheckDefinition(const Field& at, const v1::ModelDefinition& definition) {
  CheckText(at / "name", definition.name(), kModelName);
  CheckText(at / "summary", definition.summary(), kSummary);
  CheckEnum(at / "level", definition.level());
  CheckEnum(at / "field", definition.field());
  CheckEnum(at / "sector_block", definition.sector_block());
  CheckText(at / "owner", definition.owner(), kOwner);
}

void CheckFirstDefinition(const Field& at, bool present, const v1::ModelDefinition& definition) {
  if (!present) return at.Break(Rule::kFieldRequired);
  CheckDefinition(at, definition);
  CheckUlid(at / "unit_id", definition.unit_id(), Presence::kRequired);
}

void CheckChecklist(const Field& at, bool present, const v1::ClassificationChecklist& list,
                    Presence presence) {
  if (!present && presence == Presence::kRequired) return at.Break(Rule::kFieldRequired);
  if (!present) return;
  for (const Question& question : kQuestions) {
    CheckEnum(at / question.name, question.Answer(list));
  }
}

}  // namespace

void CheckModelRegistered(const v1::Fact& fact, const Field& at, Told) {
  const v1::ModelRegistered& told = fact.model_registered();
  CheckFirstDefinition(at / "definition", told.has_definition(), told.definition());
}

void CheckModelFromDocument(const v1::Fact& fact, const Field& at, Told) {
  const v1::ModelRecordedFromDocument& told = fact.model_recorded_from_document();
  CheckFirstDefinition(at / "definition", told.has_definition(), told.definition());
  CheckEnum(at / "stated_status", told.stated_status(), Presence::kRequired,
            {v1::MODEL_STATUS_PILOTING, v1::MODEL_STATUS_ACTIVE, v1::MODEL_STATUS_CLOSED});
}

void CheckModelReturned(const v1::Fact& fact, const Field& at, Told) {
  CheckText(at / "note", fact.model_returned().note(), kReturnNote);
}

void CheckModelScreened(const v1::Fact& fact, const Field& at, Told) {
  const v1::ModelScreened& told = fact.model_screened();
  CheckChecklist(at / "checklist", told.has_checklist(), told.checklist(), Presence::kRequired);
}

void CheckModelReclassified(const v1::Fact& fact, const Field& at, Told) {
  const v1::ModelReclassified& told = fact.model_reclassified();
  const Field list = at / "checklist";
  CheckEnum(at / "as", told.as());
  CheckChecklist(list, told.has_checklist(), told.checklist(), Presence::kRequired);
  for (const Question& question : kQuestions) {
    const bool asked =
        question.as != v1::MODEL_RECLASSIFICATION_UNSPECIFIED && question.as == told.as();
    if (asked && question.Answer(told.checklist()) == v1::ClassificationChecklist::ANSWER_NO) {
      (list / question.name).Break(Rule::kModelChecklistDisagrees);
    }
  }
  CheckText(at / "registry", told.registry(), kRegistry);
  CheckText(at / "registry_number", told.registry_number(), kRegistryNumber);
  CheckText(at / "note", told.note(), kNote);
}

void CheckModelMerged(const v1::Fact& fact, const Field& at, Told) {
  const v1::ModelMergedAsDuplicate& told = fact.model_merged_as_duplicate();
  CheckUlid(at / "other_model_id", told.other_model_id(), Presence::kRequired);
  CheckChecklist(at / "checklist", told.has_checklist(), told.checklist(), Presence::kOptional);
  CheckText(at / "note", told.note(), kNote);
}

void CheckModelRejected(const v1::Fact& fact, const Field& at, Told) {
  const v1::ModelRejected& told = fact.model_rejected();
  CheckChecklist(at / "checklist", told.has_checklist(), told.checklist(), Presence::kOptional);
  CheckText(at / "note", told.note(), kReturnNote);
}

void CheckModelRevised(const v1::Fact& fact, const Field& at, Told) {
  const v1::ModelDefinitionRevised& told = fact.model_definition_revised();
  const Field definition = at / "definition";
  if (!told.has_definition()) return definition.Break(Rule::kFieldRequired);
  CheckDefinition(definition, told.definition());
  if (!told.definition().unit_id().empty()) (definition / "unit_id").Break(Rule::kIdNotAllowed);
}

void CheckModelStewards(const v1::Fact& fact, const Field& at, Told) {
  const v1::ModelStewardsAssigned& told = fact.model_stewards_assigned();
  const Field list = at / "stewards";
  CheckListLength(list, told.stewards_size(), 1, kMaxStewards);
  std::set<std::string> seen;
  for (int i = 0; i < told.stewards_size(); ++i) {
    const v1::ModelSteward& steward = told.stewards(i);
    CheckEnum(list[i] / "task", steward.task());
    CheckUlid(list[i] / "agency_id", steward.agency_id(), Presence::kOptional);
    CheckUlid(list[i] / "unit_id", steward.unit_id(), Presence::kOptional);
    if (steward.agency_id().empty() == steward.unit_id().empty()) {
      list[i].Break(Rule::kModelStewardHolder);
    }
    if (!seen.insert(steward.SerializeAsString()).second) list[i].Break(Rule::kListDuplicate);
  }
}

void CheckModelTransferred(const v1::Fact& fact, const Field& at, Told) {
  const v1::ModelTransferred& told = fact.model_transferred();
  CheckUlid(at / "to_unit_id", told.to_unit_id(), Presence::kOptional);
  CheckUlid(at / "to_agency_id", told.to_agency_id(), Presence::kOptional);
  if (told.to_unit_id().empty() && told.to_agency_id().empty()) at.Break(Rule::kTransferNothing);
  CheckText(at / "note", told.note(), kNote);
}

void CheckModelProgress(const v1::Fact& fact, const Field& at, Told told_by) {
  const v1::ModelProgressReported& told = fact.model_progress_reported();
  CheckText(at / "narrative", told.narrative(), kNarrative);
  CheckListLength(at / "figures", told.figures_size(), 0, kMaxFigures);
  CheckQuantities(at / "figures", told.figures(), told_by);
}

void CheckModelSuspended(const v1::Fact& fact, const Field& at, Told) {
  CheckText(at / "note", fact.model_suspended().note(), kNote);
}

void CheckModelResumed(const v1::Fact& fact, const Field& at, Told) {
  CheckText(at / "note", fact.model_resumed().note(), kNote);
}

void CheckModelClosed(const v1::Fact& fact, const Field& at, Told) {
  const v1::ModelClosed& told = fact.model_closed();
  const Field other = at / "other_model_id";
  const bool names = NamesOtherModel(told.close_reason());
  CheckEnum(at / "close_reason", told.close_reason());
  CheckUlid(other, told.other_model_id(), names ? Presence::kRequired : Presence::kOptional);
  if (!names && !told.other_model_id().empty()) other.Break(Rule::kIdNotAllowed);
  CheckText(at / "note", told.note(), kNote);
}

}  // namespace nhanrong::domain

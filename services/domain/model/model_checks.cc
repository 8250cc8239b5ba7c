#include "services/domain/model/model_checks.h"

#include "services/domain/aggregate/states.h"
#include "services/domain/model/model.h"
#include "services/domain/values/checks.h"

namespace nhanrong::domain {
namespace {

using Checklist = v1::ClassificationChecklist;

// The questions of the checklist and the answers that let a model pass.
struct Question {
  std::string_view name;
  Checklist::Answer (Checklist::*answer)() const;
  Checklist::Answer passes;
};
constexpr Question kQuestions[] = {
    {"is_model", &Checklist::is_model, Checklist::ANSWER_YES},
    {"is_startup_project", &Checklist::is_startup_project, Checklist::ANSWER_NO},
    {"is_investment_project", &Checklist::is_investment_project, Checklist::ANSWER_NO},
    {"is_initiative", &Checklist::is_initiative, Checklist::ANSWER_NO},
};

void CheckDefinition(const Field& at, bool present, const v1::ModelDefinition& definition) {
  if (!present) return at.Break(Rule::kFieldRequired);
  CheckText(at / "name", definition.name(), kModelName);
  CheckText(at / "summary", definition.summary(), kSummary);
  CheckEnum(at / "level", definition.level());
  CheckEnum(at / "field", definition.field());
  CheckEnum(at / "sector_block", definition.sector_block());
  CheckUlid(at / "unit_id", definition.unit_id(), Presence::kRequired);
  CheckText(at / "owner", definition.owner(), kOwner);
}

// Nobody of those who stand behind the earlier step stands behind this one, whether he signed
// himself or had it signed for him.
void IsNot(const NextFact& next, const Signatories& earlier, std::string_view step) {
  if (ShareAPerson(earlier, next.by)) {
    next.at.Break(Rule::kModelThreePeople, std::string(step));
  }
}

}  // namespace

void CheckModelRegistered(const v1::Fact& fact, const Field& at, Told) {
  const v1::ModelRegistered& told = fact.model_registered();
  CheckDefinition(at / "definition", told.has_definition(), told.definition());
}

void CheckModelFromDocument(const v1::Fact& fact, const Field& at, Told) {
  const v1::ModelRecordedFromDocument& told = fact.model_recorded_from_document();
  CheckDefinition(at / "definition", told.has_definition(), told.definition());
  CheckEnum(at / "stated_status", told.stated_status(), Presence::kRequired,
            {v1::MODEL_STATUS_PILOTING, v1::MODEL_STATUS_ACTIVE, v1::MODEL_STATUS_CLOSED});
}

void CheckModelReturned(const v1::Fact& fact, const Field& at, Told) {
  CheckText(at / "note", fact.model_returned().note(), kReturnNote);
}

void CheckModelScreened(const v1::Fact& fact, const Field& at, Told) {
  const v1::ModelScreened& told = fact.model_screened();
  const Field list = at / "checklist";
  if (!told.has_checklist()) return list.Break(Rule::kFieldRequired);
  for (const Question& question : kQuestions) {
    CheckEnum(list / question.name, (told.checklist().*question.answer)());
  }
}

void CheckModelProgress(const v1::Fact& fact, const Field& at, Told told_by) {
  const v1::ModelProgressReported& told = fact.model_progress_reported();
  CheckText(at / "narrative", told.narrative(), kNarrative);
  CheckListLength(at / "figures", told.figures_size(), 0, kMaxFigures);
  CheckQuantities(at / "figures", told.figures(), told_by);
}

void CheckModelClosed(const v1::Fact& fact, const Field& at, Told) {
  CheckEnum(at / "close_reason", fact.model_closed().close_reason());
  CheckText(at / "note", fact.model_closed().note(), kNote);
}

void ModelMayBeScreened(const NextFact& next) {
  const Checklist& checklist = next.fact.model_screened().checklist();
  for (const Question& question : kQuestions) {
    if ((checklist.*question.answer)() == question.passes) continue;
    (next.at / "checklist" / question.name).Break(Rule::kModelNotAModel);
  }
  IsNot(next, As<ModelState>(next.before).submitted_by, "SUBMITTED");
}

void ModelMayBeApproved(const NextFact& next) {
  const auto& model = As<ModelState>(next.before);
  IsNot(next, model.submitted_by, "SUBMITTED");
  IsNot(next, model.screened_by, "SCREENED");
}

}  // namespace nhanrong::domain

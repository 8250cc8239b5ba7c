#include "services/domain/model/model_rules.h"

#include <set>

#include "services/domain/agency/agency.h"
#include "services/domain/aggregate/demands.h"
#include "services/domain/aggregate/states.h"
#include "services/domain/model/checklist.h"
#include "services/domain/model/model.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {
namespace {

// Nobody of those who stand behind the earlier step stands behind this one, whether he signed
// himself or had it signed for him.
void IsNot(const NextFact& next, const Signatories& earlier, std::string_view step) {
  if (ShareAPerson(earlier, next.by)) {
    next.at.Break(Rule::kModelThreePeople, std::string(step));
  }
}

void IsNotItsSubmitter(const NextFact& next) {
  IsNot(next, As<ModelState>(next.before).submitted_by, "SUBMITTED");
}

void IsNotItsScreener(const NextFact& next) {
  IsNot(next, As<ModelState>(next.before).screened_by, "SCREENED");
}

void HasBeenClassified(const NextFact& next, bool by_this_fact) {
  const v1::ModelStatus status = As<ModelState>(next.before).status;
  if (status == v1::MODEL_STATUS_SUBMITTED && !by_this_fact) {
    (next.at / "checklist")
        .Break(Rule::kModelChecklistMissing, std::string(ModelStatusName(status)));
  }
}

const std::string& OtherModelOf(const v1::Fact& fact) {
  return fact.has_model_closed() ? fact.model_closed().other_model_id()
                                 : fact.model_merged_as_duplicate().other_model_id();
}

void CheckAgency(const Field& at, const std::string& agency_id, World& world) {
  const Stream& agency = world.Read("agency/" + agency_id);
  if (!agency.as<AgencyState>().established()) return at.Break(Rule::kAgencyUnknown);
  if (!agency.as<AgencyState>().works()) {
    at.Break(Rule::kAgencyNotWorking, std::string(kAgency.state_name(agency.state())));
  }
}

// In any order.
std::set<std::string> Entries(const v1::ModelStewardsAssigned& told) {
  std::set<std::string> entries;
  for (const v1::ModelSteward& steward : told.stewards()) {
    entries.insert(steward.SerializeAsString());
  }
  return entries;
}

}  // namespace

void ModelMayBeScreened(const NextFact& next) {
  const v1::ClassificationChecklist& checklist = next.fact.model_screened().checklist();
  for (const Question& question : kQuestions) {
    if (question.Answer(checklist) == question.passes) continue;
    (next.at / "checklist" / question.name).Break(Rule::kModelNotAModel);
  }
  IsNotItsSubmitter(next);
}

void ModelMayBeReclassified(const NextFact& next) { IsNotItsSubmitter(next); }

void ModelMayBeMerged(const NextFact& next) {
  HasBeenClassified(next, next.fact.model_merged_as_duplicate().has_checklist());
  IsNotItsSubmitter(next);
}

void ModelMayBeRejected(const NextFact& next) {
  HasBeenClassified(next, next.fact.model_rejected().has_checklist());
  IsNotItsSubmitter(next);
  IsNotItsScreener(next);
}

void ModelMayBeApproved(const NextFact& next) {
  IsNotItsSubmitter(next);
  IsNotItsScreener(next);
}

void OtherModelStands(const NextFact& next, World& world) {
  const std::string& other = OtherModelOf(next.fact);
  if (other.empty()) return;
  if (next.corrected != nullptr && OtherModelOf(*next.corrected) == other) return;
  const Field at = next.at / "other_model_id";
  const std::string stream = "model/" + other;
  if (stream == next.stream) return at.Break(Rule::kModelOtherItself);
  const auto& model = world.Read(stream).as<ModelState>();
  if (model.status == v1::MODEL_STATUS_UNSPECIFIED) return;  // named by OtherModelIsKnown
  if (!model.stands()) at.Break(Rule::kModelOtherGone, std::string(ModelStatusName(model.status)));
}

void OtherModelIsKnown(const NextFact& next, World& world) {
  const std::string stream = "model/" + OtherModelOf(next.fact);
  if (OtherModelOf(next.fact).empty() || stream == next.stream) return;
  if (world.Read(stream).as<ModelState>().status != v1::MODEL_STATUS_UNSPECIFIED) return;
  (next.at / "other_model_id").Break(Rule::kModelOtherUnknown);
}

void ModelIsInUseByThen(const NextFact& next) {
  const auto& from = As<ModelState>(next.before).in_use_from;
  if (from && next.days.latest < *from) next.at.Break(Rule::kModelBeforeUse, DayText(*from));
}

void ModelRevisionChanges(const NextFact& next, World&) {
  const auto& model = As<ModelState>(next.before);
  const v1::ModelDefinition revised =
      RevisedDefinition(model, next.fact.model_definition_revised().definition());
  if (revised.SerializeAsString() == model.definition.SerializeAsString()) {
    (next.at / "definition").Break(Rule::kRevisionSame);
  }
}

void ModelStewardsAreKnown(const NextFact& next, World& world) {
  const v1::ModelStewardsAssigned& told = next.fact.model_stewards_assigned();
  const Field list = next.at / "stewards";
  for (int i = 0; i < told.stewards_size(); ++i) {
    const v1::ModelSteward& steward = told.stewards(i);
    if (!steward.agency_id().empty()) {
      CheckAgency(list[i] / "agency_id", steward.agency_id(), world);
    } else {
      CheckUnitStands(list[i] / "unit_id", steward.unit_id(), next.days, world);
    }
  }
  if (Entries(told) == Entries(As<ModelState>(next.before).stewards)) {
    list.Break(Rule::kModelSameStewards);
  }
}

void ModelTransferChanges(const NextFact& next, World& world) {
  const v1::ModelTransferred& told = next.fact.model_transferred();
  const auto& model = As<ModelState>(next.before);
  const std::string& agency = told.to_agency_id();
  if (!agency.empty()) CheckAgency(next.at / "to_agency_id", agency, world);
  const bool moves = !told.to_unit_id().empty() && told.to_unit_id() != model.definition.unit_id();
  const bool changes_hands = !agency.empty() && agency != model.agency_id;
  if (!moves && !changes_hands) next.at.Break(Rule::kTransferSame);
}

}  // namespace nhanrong::domain

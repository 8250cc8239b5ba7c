// What a commune does for its models.
#include <algorithm>
#include <utility>

#include "services/domain/values/dates.h"
#include "services/generator/envelopes.h"
#include "services/generator/parts.h"
#include "services/generator/picking.h"
#include "services/generator/words.h"

namespace nhanrong::generator {
namespace {

constexpr v1::ModelField kFields[] = {
    v1::MODEL_FIELD_PRODUCTION,       v1::MODEL_FIELD_ECONOMY_INFRASTRUCTURE,
    v1::MODEL_FIELD_NEW_COUNTRYSIDE,  v1::MODEL_FIELD_ADMINISTRATIVE_REFORM,
    v1::MODEL_FIELD_CULTURE_SOCIETY,  v1::MODEL_FIELD_TOURISM,
    v1::MODEL_FIELD_DEFENCE_SECURITY, v1::MODEL_FIELD_POLITICAL_SYSTEM};
constexpr v1::SectorBlock kBlocks[] = {v1::SECTOR_BLOCK_ECONOMIC, v1::SECTOR_BLOCK_CULTURE_SOCIETY,
                                       v1::SECTOR_BLOCK_INTERNAL_AFFAIRS};

v1::ModelDefinition Define(const Moment& at) {
  v1::ModelDefinition definition;
  definition.set_name(ModelName(at.random));
  definition.set_summary(Narrative(at.random));
  definition.set_level(v1::MODEL_LEVEL_COMMUNE);
  definition.set_field(at.random.Pick(kFields));
  definition.set_sector_block(at.random.Pick(kBlocks));
  definition.set_unit_id(at.commune.unit_id);
  definition.set_owner(Owner(at.random));
  return definition;
}

bool HasRoom(const Moment& at) { return at.commune.models.size() < kLiveModelsMax; }

bool Register(const Moment& at) {
  if (!HasRoom(at)) return false;
  Model model;
  model.id = at.scribe.NewId("model");
  model.definition = Define(at);
  v1::Submission submission = BeginFirst(at, model.days);
  v1::RegisterModel& told = *submission.mutable_command()->mutable_register_model();
  told.set_model_id(model.id);
  *told.mutable_definition() = model.definition;
  model.registered_event_id = at.scribe.Send(at.who, std::move(submission));
  at.commune.models.push_back(std::move(model));
  return true;
}

bool RecordFromDocument(const Moment& at) {
  if (!HasRoom(at)) return false;
  Model model;
  model.id = at.scribe.NewId("model");
  model.definition = Define(at);
  v1::Submission submission = BeginStated(at, model.days);
  model.status = at.random.InThousand(300) ? v1::MODEL_STATUS_PILOTING : v1::MODEL_STATUS_ACTIVE;
  model.in_use_from = model.days.first;
  v1::RecordModelFromDocument& told =
      *submission.mutable_command()->mutable_record_model_from_document();
  told.set_model_id(model.id);
  *told.mutable_definition() = model.definition;
  told.set_stated_status(model.status);
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // not corrected later
  at.commune.models.push_back(std::move(model));
  return true;
}

bool Submit(const Moment& at) {
  Model* model = PickModel(at, v1::MODEL_STATUS_DRAFT);
  if (model == nullptr) return false;
  v1::Submission submission = BeginStep(at, model->days);
  submission.mutable_command()->mutable_submit_model()->set_model_id(model->id);
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // steps are not corrected
  model->status = v1::MODEL_STATUS_SUBMITTED;
  model->submitter_id = at.who.actor_id;
  return true;
}

bool ReportProgress(const Moment& at) {
  Model* model = PickModelInUse(at);
  if (model == nullptr) return false;
  v1::Submission submission = BeginReport(at, model->days, *model->in_use_from);
  v1::ReportProgress& told = *submission.mutable_command()->mutable_report_progress();
  told.set_model_id(model->id);
  told.set_narrative(Narrative(at.random));
  Report report{.day = DayOf(submission), .amount = at.random.Between(1, 5'000)};
  v1::Quantity& figure = *told.add_figures();
  figure.set_value(report.amount);
  figure.set_unit("hộ");
  figure.set_bound(v1::BOUND_EXACT);
  if (at.random.InThousand(300)) WithEvidence(at, submission);
  report.event_id = at.scribe.Send(at.who, std::move(submission));
  Remember(model->progress, std::move(report));
  return true;
}

bool MayBeRevised(const Model& model) {
  return model.in_use() || model.status == v1::MODEL_STATUS_DRAFT ||
         model.status == v1::MODEL_STATUS_SUSPENDED;
}

bool Revise(const Moment& at) {
  Model* model = PickOne(at.random, at.commune.models, MayBeRevised);
  if (model == nullptr) return false;
  v1::Submission submission = BeginStep(at, model->days);
  model->definition.set_summary("Lần sửa " + std::to_string(++model->revisions) + ": " +
                                Narrative(at.random));
  v1::ReviseDefinition& told = *submission.mutable_command()->mutable_revise_definition();
  told.set_model_id(model->id);
  *told.mutable_definition() = model->definition;
  told.mutable_definition()->clear_unit_id();
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // not corrected later
  return true;
}

// Per month: section 6 of the domain's estimate, 20 reports and 35 steps of workflow, scaled to
// what exists.
constexpr Act kActs[] = {
    {"register a model", Desk::kOfficer, 3'000, Register},
    {"record a model from a document", Desk::kOfficer, 300, RecordFromDocument, 4},
    {"submit a model", Desk::kLeader, 3'300, Submit},
    {"report progress", Desk::kOfficer, 40'000, ReportProgress},
    {"revise a definition", Desk::kOfficer, 2'500, Revise},
};

}  // namespace

std::span<const Act> ModelActs() { return kActs; }

}  // namespace nhanrong::generator

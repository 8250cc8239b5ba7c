// What specialists, the office and the authority decide about models.
#include <utility>

#include "services/generator/envelopes.h"
#include "services/generator/parts.h"
#include "services/generator/picking.h"
#include "services/generator/words.h"

namespace nhanrong::generator {
namespace {

using Checklist = v1::ClassificationChecklist;

Checklist Passing() {
  Checklist list;
  list.set_is_model(Checklist::ANSWER_YES);
  list.set_is_startup_project(Checklist::ANSWER_NO);
  list.set_is_investment_project(Checklist::ANSWER_NO);
  list.set_is_initiative(Checklist::ANSWER_NO);
  return list;
}

// One that the person has not submitted himself.
Model* PickToJudge(const Moment& at, v1::ModelStatus status) {
  return PickOne(at.random, at.commune.models, [&](const Model& model) {
    return model.status == status && model.submitter_id != at.who.actor_id &&
           model.screener_id != at.who.actor_id;
  });
}

// Another model that stands: any that lives.
Model* PickOther(const Moment& at, const Model& model) {
  return PickOne(at.random, at.commune.models,
                 [&](const Model& other) { return other.id != model.id; });
}

void Send(const Moment& at, v1::Submission submission) {
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // decisions are not corrected
}

void EndModel(const Moment& at, Model* model, v1::ModelStatus status) {
  model->status = status;
  End(at.commune.models, at.commune.ended_models, model);
}

bool Return(const Moment& at) {
  Model* model = PickToJudge(at, v1::MODEL_STATUS_SUBMITTED);
  if (model == nullptr) return false;
  v1::Submission submission = BeginStep(at, model->days);
  submission.set_reason(Note(at.random));
  v1::ReturnModel& told = *submission.mutable_command()->mutable_return_model();
  told.set_model_id(model->id);
  told.set_note("Bổ sung: " + Note(at.random));
  Send(at, std::move(submission));
  model->status = v1::MODEL_STATUS_DRAFT;
  model->submitter_id.clear();
  return true;
}

bool Screen(const Moment& at) {
  Model* model = PickToJudge(at, v1::MODEL_STATUS_SUBMITTED);
  if (model == nullptr) return false;
  v1::Submission submission = BeginStep(at, model->days);
  v1::ScreenModel& told = *submission.mutable_command()->mutable_screen_model();
  told.set_model_id(model->id);
  *told.mutable_checklist() = Passing();
  Send(at, std::move(submission));
  model->status = v1::MODEL_STATUS_SCREENED;
  model->screener_id = at.who.actor_id;
  return true;
}

struct Elsewhere {
  v1::ModelReclassification as;
  void (Checklist::*answer)(Checklist::Answer);
  v1::ModelStatus status;
  const char* registry;
};
const Elsewhere kElsewhere[] = {
    {v1::MODEL_RECLASSIFICATION_STARTUP, &Checklist::set_is_startup_project,
     v1::MODEL_STATUS_RECLASSIFIED_AS_STARTUP, "Sổ dự án khởi nghiệp"},
    {v1::MODEL_RECLASSIFICATION_INVESTMENT_PROJECT, &Checklist::set_is_investment_project,
     v1::MODEL_STATUS_RECLASSIFIED_AS_INVESTMENT_PROJECT, "Sổ dự án đầu tư"},
    {v1::MODEL_RECLASSIFICATION_INITIATIVE, &Checklist::set_is_initiative,
     v1::MODEL_STATUS_RECLASSIFIED_AS_INITIATIVE, "Sổ sáng kiến"}};

bool Reclassify(const Moment& at) {
  Model* model = PickToJudge(at, v1::MODEL_STATUS_SUBMITTED);
  if (model == nullptr) return false;
  const Elsewhere& where = at.random.Pick(kElsewhere);
  v1::Submission submission = BeginStep(at, model->days);
  v1::ReclassifyModel& told = *submission.mutable_command()->mutable_reclassify_model();
  told.set_model_id(model->id);
  told.set_as(where.as);
  *told.mutable_checklist() = Passing();
  (told.mutable_checklist()->*where.answer)(Checklist::ANSWER_YES);
  told.set_registry(where.registry);
  Send(at, std::move(submission));
  EndModel(at, model, where.status);
  return true;
}

bool Merge(const Moment& at) {
  Model* model = PickToJudge(at, v1::MODEL_STATUS_SUBMITTED);
  Model* other = model == nullptr ? nullptr : PickOther(at, *model);
  if (other == nullptr) return false;
  v1::Submission submission = BeginStep(at, model->days);
  v1::MergeDuplicate& told = *submission.mutable_command()->mutable_merge_duplicate();
  told.set_model_id(model->id);
  told.set_other_model_id(other->id);
  *told.mutable_checklist() = Passing();
  Send(at, std::move(submission));
  EndModel(at, model, v1::MODEL_STATUS_MERGED);
  return true;
}

bool Reject(const Moment& at, Model* model) {
  if (model == nullptr) return false;
  v1::Submission submission = BeginStep(at, model->days);
  submission.set_reason(Note(at.random));
  v1::RejectModel& told = *submission.mutable_command()->mutable_reject_model();
  told.set_model_id(model->id);
  told.set_note("Chưa đủ căn cứ");
  *told.mutable_checklist() = Passing();
  Send(at, std::move(submission));
  EndModel(at, model, v1::MODEL_STATUS_REJECTED);
  return true;
}
bool RejectSubmitted(const Moment& at) {
  return Reject(at, PickToJudge(at, v1::MODEL_STATUS_SUBMITTED));
}
bool RejectScreened(const Moment& at) {
  return Reject(at, PickToJudge(at, v1::MODEL_STATUS_SCREENED));
}

bool Approve(const Moment& at) {
  Model* model = PickToJudge(at, v1::MODEL_STATUS_SCREENED);
  if (model == nullptr) return false;
  const Person& who = at.random.InThousand(100) ? at.world.office_deputy : at.who;
  v1::Submission submission = BeginStep(at, model->days);
  submission.mutable_command()->mutable_approve_pilot()->set_model_id(model->id);
  model->in_use_from = DayOf(submission);
  std::ignore = at.scribe.Send(who, std::move(submission));  // decisions are not corrected
  model->status = v1::MODEL_STATUS_PILOTING;
  return true;
}

bool AssignStewards(const Moment& at) {
  Model* model = PickModelInUse(at);
  if (model == nullptr) return false;
  v1::Submission submission = BeginStep(at, model->days);
  v1::AssignStewards& told = *submission.mutable_command()->mutable_assign_stewards();
  told.set_model_id(model->id);
  const int turn = model->stewards++;
  v1::ModelSteward& follows = *told.add_stewards();
  follows.set_task(v1::STEWARD_TASK_FOLLOW);
  follows.set_unit_id(at.commune.unit_id);
  v1::ModelSteward& guides = *told.add_stewards();
  guides.set_task(turn % 2 == 0 ? v1::STEWARD_TASK_GUIDE : v1::STEWARD_TASK_INSPECT);
  guides.set_agency_id(at.who.agency_id);
  Send(at, std::move(submission));
  return true;
}

bool Suspend(const Moment& at) {
  Model* model = PickModelInUse(at);
  if (model == nullptr) return false;
  v1::Submission submission = BeginStep(at, model->days);
  submission.set_reason(Note(at.random));
  submission.mutable_command()->mutable_suspend_model()->set_model_id(model->id);
  Send(at, std::move(submission));
  model->status_before = model->status;
  model->status = v1::MODEL_STATUS_SUSPENDED;
  return true;
}

bool Resume(const Moment& at) {
  Model* model = PickModel(at, v1::MODEL_STATUS_SUSPENDED);
  if (model == nullptr) return false;
  v1::Submission submission = BeginStep(at, model->days);
  submission.mutable_command()->mutable_resume_model()->set_model_id(model->id);
  Send(at, std::move(submission));
  model->status = model->status_before;
  return true;
}

bool Close(const Moment& at, v1::ModelCloseReason reason) {
  Model* model = PickModelInUse(at);
  const bool names_other = reason == v1::MODEL_CLOSE_REASON_ABSORBED ||
                           reason == v1::MODEL_CLOSE_REASON_SUPERSEDED ||
                           reason == v1::MODEL_CLOSE_REASON_DUPLICATE_OF;
  Model* other = model == nullptr ? nullptr : PickOther(at, *model);
  if (model == nullptr || (names_other && other == nullptr)) return false;
  v1::Submission submission = BeginStep(at, model->days);
  v1::CloseModel& told = *submission.mutable_command()->mutable_close_model();
  told.set_model_id(model->id);
  told.set_close_reason(reason);
  told.set_note(Note(at.random));
  if (names_other) told.set_other_model_id(other->id);
  Send(at, std::move(submission));
  EndModel(at, model, v1::MODEL_STATUS_CLOSED);
  return true;
}
template <v1::ModelCloseReason reason>
bool CloseAs(const Moment& at) {
  return Close(at, reason);
}

// To another commune and its agency; where there is none, to a department.
bool Transfer(const Moment& at) {
  Model* model = PickModelInUse(at);
  if (model == nullptr) return false;
  Commune& other = at.random.Pick(at.world.communes);
  const bool moves = &other != &at.commune && !other.suspended;
  if (moves && other.models.size() >= kLiveModelsMax) return false;
  if (!moves && std::exchange(model->with_department, true)) return false;
  v1::Submission submission = BeginStep(at, model->days);
  *submission.add_sources() = Document("Quyết định", "07/QĐ-UBND", DayOf(submission),
                                       "UBND " + at.world.province_name, "Điều chuyển mô hình");
  v1::TransferModel& told = *submission.mutable_command()->mutable_transfer_model();
  told.set_model_id(model->id);
  told.set_to_agency_id(moves ? other.agency_id : at.world.department_ids.back());
  if (moves) told.set_to_unit_id(other.unit_id);
  Send(at, std::move(submission));
  // Who recorded it no longer reaches it, and who has it now did not record it.
  model->registered_event_id.clear();
  model->progress.clear();
  if (!moves) return true;
  model->with_department = false;
  model->definition.set_unit_id(other.unit_id);
  other.models.push_back(std::move(*model));
  at.commune.models.erase(at.commune.models.begin() + (model - at.commune.models.data()));
  return true;
}

constexpr Act kActs[] = {
    {"return a model", Desk::kSpecialist, 400, Return},
    {"screen a model", Desk::kSpecialist, 2'700, Screen},
    {"reclassify a model", Desk::kSpecialist, 150, Reclassify},
    {"merge a duplicate", Desk::kSpecialist, 100, Merge},
    {"reject a submitted model", Desk::kSpecialist, 120, RejectSubmitted},
    {"reject a screened model", Desk::kAuthority, 60, RejectScreened},
    {"approve a pilot", Desk::kAuthority, 2'500, Approve},
    {"assign stewards", Desk::kSpecialist, 2'200, AssignStewards},
    {"suspend a model", Desk::kSpecialist, 350, Suspend},
    {"resume a model", Desk::kSpecialist, 320, Resume},
    {"close: completed", Desk::kSpecialist, 450, CloseAs<v1::MODEL_CLOSE_REASON_COMPLETED>},
    {"close: not effective", Desk::kSpecialist, 250, CloseAs<v1::MODEL_CLOSE_REASON_NOT_EFFECTIVE>},
    {"close: funding ended", Desk::kSpecialist, 250, CloseAs<v1::MODEL_CLOSE_REASON_FUNDING_ENDED>},
    {"close: absorbed", Desk::kSpecialist, 60, CloseAs<v1::MODEL_CLOSE_REASON_ABSORBED>},
    {"close: superseded", Desk::kAuthority, 60, CloseAs<v1::MODEL_CLOSE_REASON_SUPERSEDED>},
    {"close: duplicate", Desk::kOffice, 60, CloseAs<v1::MODEL_CLOSE_REASON_DUPLICATE_OF>},
    {"transfer a model", Desk::kOffice, 200, Transfer},
};

}  // namespace

std::span<const Act> DecisionActs() { return kActs; }

}  // namespace nhanrong::generator

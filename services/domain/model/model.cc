#include "services/domain/model/model.h"

#include "services/domain/aggregate/states.h"
#include "services/domain/model/model_checks.h"

namespace nhanrong::domain {
namespace {

constexpr auto kAbsent = v1::MODEL_STATUS_UNSPECIFIED;
constexpr auto kDraft = v1::MODEL_STATUS_DRAFT;
constexpr auto kSubmitted = v1::MODEL_STATUS_SUBMITTED;
constexpr auto kScreened = v1::MODEL_STATUS_SCREENED;
constexpr auto kPiloting = v1::MODEL_STATUS_PILOTING;
constexpr auto kActive = v1::MODEL_STATUS_ACTIVE;
constexpr auto kClosed = v1::MODEL_STATUS_CLOSED;

constexpr MayCome kLifeCycle[] = {
    {v1::Fact::kModelRegistered, In({kAbsent})},
    {v1::Fact::kModelRecordedFromDocument, In({kAbsent})},
    {v1::Fact::kModelSubmitted, In({kDraft})},
    {v1::Fact::kModelReturned, In({kSubmitted})},
    {v1::Fact::kModelScreened, In({kSubmitted})},
    {v1::Fact::kModelPilotApproved, In({kScreened})},
    {v1::Fact::kModelProgressReported, In({kPiloting, kActive})},
    {v1::Fact::kModelClosed, In({kScreened, kPiloting, kActive})},
};

void Evolve(State& state, const StreamFact& fact) {
  auto& model = As<ModelState>(state);
  switch (fact.fact.kind_case()) {
    case v1::Fact::kModelRegistered:
      model.status = kDraft;
      model.definition = fact.fact.model_registered().definition();
      break;
    case v1::Fact::kModelRecordedFromDocument:
      model.status = fact.fact.model_recorded_from_document().stated_status();
      model.definition = fact.fact.model_recorded_from_document().definition();
      break;
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
    case v1::Fact::kModelPilotApproved:
      model.status = kPiloting;
      break;
    case v1::Fact::kModelClosed:
      model.status = kClosed;
      break;
    default:  // progress changes no status; other facts are not the model's
      break;
  }
}

bool MayFollow(const State& state, const v1::Fact& fact) {
  return Allows(kLifeCycle, As<ModelState>(state).status, fact);
}

std::string_view StateName(const State& state) {
  return ModelStatusName(As<ModelState>(state).status);
}

std::string UnitId(const State& state) { return As<ModelState>(state).definition.unit_id(); }

constexpr FactRule kFacts[] = {
    {.kind = v1::Fact::kModelRegistered,
     .life_cycle_step = true,
     .unit_field = "definition.unit_id",
     .check_fields = CheckModelRegistered},
    {.kind = v1::Fact::kModelSubmitted, .life_cycle_step = true},
    {.kind = v1::Fact::kModelReturned, .life_cycle_step = true, .check_fields = CheckModelReturned},
    {.kind = v1::Fact::kModelScreened,
     .life_cycle_step = true,
     .correcting_role = v1::ROLE_DEPARTMENT_SPECIALIST,
     .other_correcting_role = v1::ROLE_COMPETENT_AUTHORITY,
     .check_fields = CheckModelScreened,
     .check_state = ModelMayBeScreened},
    {.kind = v1::Fact::kModelPilotApproved,
     .life_cycle_step = true,
     .correcting_role = v1::ROLE_COMPETENT_AUTHORITY,
     .check_state = ModelMayBeApproved},
    {.kind = v1::Fact::kModelProgressReported, .check_fields = CheckModelProgress},
    {.kind = v1::Fact::kModelClosed, .life_cycle_step = true, .check_fields = CheckModelClosed},
    {.kind = v1::Fact::kModelRecordedFromDocument,
     .life_cycle_step = true,
     .unit_field = "definition.unit_id",
     .check_fields = CheckModelFromDocument},
};

constexpr CommandType kCommands[] = {
    {.kind = v1::Command::kRegisterModel,
     .aggregate = &kModel,
     .makes = v1::Fact::kModelRegistered,
     .begins = true},
    {.kind = v1::Command::kSubmitModel, .aggregate = &kModel, .makes = v1::Fact::kModelSubmitted},
    {.kind = v1::Command::kReturnModel,
     .aggregate = &kModel,
     .makes = v1::Fact::kModelReturned,
     .reason_required = true},
    {.kind = v1::Command::kScreenModel, .aggregate = &kModel, .makes = v1::Fact::kModelScreened},
    {.kind = v1::Command::kApprovePilot,
     .aggregate = &kModel,
     .makes = v1::Fact::kModelPilotApproved},
    {.kind = v1::Command::kReportProgress,
     .aggregate = &kModel,
     .makes = v1::Fact::kModelProgressReported},
    {.kind = v1::Command::kCloseModel, .aggregate = &kModel, .makes = v1::Fact::kModelClosed},
    {.kind = v1::Command::kRecordModelFromDocument,
     .aggregate = &kModel,
     .makes = v1::Fact::kModelRecordedFromDocument,
     .begins = true,
     .document_only = true},
};

}  // namespace

std::string_view ModelStatusName(v1::ModelStatus status) {
  constexpr std::string_view kNames[] = {"ABSENT",   "DRAFT",  "SUBMITTED", "SCREENED",
                                         "PILOTING", "ACTIVE", "CLOSED"};
  const auto index = static_cast<std::size_t>(status);
  return index < std::size(kNames) ? kNames[index] : "UNKNOWN";
}

const AggregateType kModel = {
    .prefix = "model",
    .facts = kFacts,
    .empty = Empty<ModelState>,
    .evolve = Evolve,
    .may_follow = MayFollow,
    .state_name = StateName,
    .unit_id = UnitId,
};

const std::span<const CommandType> kModelCommands = kCommands;

}  // namespace nhanrong::domain

// The tables of the model: its event types and its commands.
#include "services/domain/model/model.h"

#include "services/domain/aggregate/states.h"
#include "services/domain/model/model_checks.h"
#include "services/domain/model/model_life.h"
#include "services/domain/model/model_rules.h"

namespace nhanrong::domain {
namespace {

using C = v1::Command;
using F = v1::Fact;

std::string_view StateName(const State& state) {
  return ModelStatusName(As<ModelState>(state).status);
}

std::set<std::string> RestsOn(const State& state) {
  const std::string& other = As<ModelState>(state).other_model_id;
  return other.empty() ? std::set<std::string>() : std::set{"model/" + other};
}

bool CarriesSame(const State& a, const State& b) {
  const auto& before = As<ModelState>(a);
  const auto& after = As<ModelState>(b);
  const auto absent = [](const ModelState& model) {
    return model.status == v1::MODEL_STATUS_UNSPECIFIED;
  };
  return absent(before) == absent(after) && before.in_use_from == after.in_use_from;
}

std::string UnitId(const State& state) { return As<ModelState>(state).definition.unit_id(); }

// What a specialist or the authority judged is mended by them alone.
constexpr v1::Role kJudge = v1::ROLE_DEPARTMENT_SPECIALIST;
constexpr v1::Role kAuthority = v1::ROLE_COMPETENT_AUTHORITY;

constexpr FactRule kFacts[] = {
    {.kind = F::kModelRegistered,
     .life_cycle_step = true,
     .unit_field = "definition.unit_id",
     .check_fields = CheckModelRegistered},
    {.kind = F::kModelSubmitted, .life_cycle_step = true},
    {.kind = F::kModelReturned, .life_cycle_step = true, .check_fields = CheckModelReturned},
    {.kind = F::kModelScreened,
     .life_cycle_step = true,
     .correcting_role = kJudge,
     .other_correcting_role = kAuthority,
     .check_fields = CheckModelScreened,
     .check_state = ModelMayBeScreened},
    {.kind = F::kModelReclassified,
     .life_cycle_step = true,
     .correcting_role = kJudge,
     .other_correcting_role = kAuthority,
     .check_fields = CheckModelReclassified,
     .check_state = ModelMayBeReclassified},
    {.kind = F::kModelMergedAsDuplicate,
     .life_cycle_step = true,
     .correcting_role = kJudge,
     .other_correcting_role = kAuthority,
     .check_fields = CheckModelMerged,
     .check_state = ModelMayBeMerged,
     .check_world = OtherModelStands,
     .check_ground = OtherModelIsKnown},
    {.kind = F::kModelRejected,
     .life_cycle_step = true,
     .correcting_role = kJudge,
     .other_correcting_role = kAuthority,
     .check_fields = CheckModelRejected,
     .check_state = ModelMayBeRejected},
    {.kind = F::kModelPilotApproved,
     .life_cycle_step = true,
     .correcting_role = kAuthority,
     .check_state = ModelMayBeApproved},
    {.kind = F::kModelDefinitionRevised,
     .life_cycle_step = true,
     .check_fields = CheckModelRevised,
     .check_world = ModelRevisionChanges},
    {.kind = F::kModelStewardsAssigned,
     .life_cycle_step = true,
     .check_fields = CheckModelStewards,
     .check_world = ModelStewardsAreKnown},
    {.kind = F::kModelTransferred,
     .life_cycle_step = true,
     .unit_field = "to_unit_id",
     .check_fields = CheckModelTransferred,
     .check_world = ModelTransferChanges},
    {.kind = F::kModelProgressReported,
     .check_fields = CheckModelProgress,
     .check_state = ModelIsInUseByThen},
    {.kind = F::kModelSuspended, .life_cycle_step = true, .check_fields = CheckModelSuspended},
    {.kind = F::kModelResumed, .life_cycle_step = true, .check_fields = CheckModelResumed},
    {.kind = F::kModelClosed,
     .life_cycle_step = true,
     .check_fields = CheckModelClosed,
     .check_world = OtherModelStands,
     .check_ground = OtherModelIsKnown},
    {.kind = F::kModelRecordedFromDocument,
     .life_cycle_step = true,
     .unit_field = "definition.unit_id",
     .check_fields = CheckModelFromDocument},
};

constexpr CommandType kCommands[] = {
    {.kind = C::kRegisterModel, .aggregate = &kModel, .makes = F::kModelRegistered, .begins = true},
    {.kind = C::kSubmitModel, .aggregate = &kModel, .makes = F::kModelSubmitted},
    {.kind = C::kReturnModel,
     .aggregate = &kModel,
     .makes = F::kModelReturned,
     .reason_required = true},
    {.kind = C::kScreenModel, .aggregate = &kModel, .makes = F::kModelScreened},
    {.kind = C::kReclassifyModel, .aggregate = &kModel, .makes = F::kModelReclassified},
    {.kind = C::kMergeDuplicate, .aggregate = &kModel, .makes = F::kModelMergedAsDuplicate},
    {.kind = C::kRejectModel,
     .aggregate = &kModel,
     .makes = F::kModelRejected,
     .reason_required = true},
    {.kind = C::kApprovePilot, .aggregate = &kModel, .makes = F::kModelPilotApproved},
    {.kind = C::kReviseDefinition, .aggregate = &kModel, .makes = F::kModelDefinitionRevised},
    {.kind = C::kAssignStewards, .aggregate = &kModel, .makes = F::kModelStewardsAssigned},
    {.kind = C::kTransferModel,
     .aggregate = &kModel,
     .makes = F::kModelTransferred,
     .source_required = true},
    {.kind = C::kReportProgress, .aggregate = &kModel, .makes = F::kModelProgressReported},
    {.kind = C::kSuspendModel,
     .aggregate = &kModel,
     .makes = F::kModelSuspended,
     .reason_required = true},
    {.kind = C::kResumeModel, .aggregate = &kModel, .makes = F::kModelResumed},
    {.kind = C::kCloseModel, .aggregate = &kModel, .makes = F::kModelClosed},
    {.kind = C::kRecordModelFromDocument,
     .aggregate = &kModel,
     .makes = F::kModelRecordedFromDocument,
     .begins = true,
     .document_only = true},
};

}  // namespace

const AggregateType kModel = {
    .prefix = "model",
    .facts = kFacts,
    .empty = Empty<ModelState>,
    .evolve = EvolveModel,
    .may_follow = MayFollowInModel,
    .state_name = StateName,
    .rests_on = RestsOn,
    .carries_same = CarriesSame,
    .unit_id = UnitId,
};

const std::span<const CommandType> kModelCommands = kCommands;

}  // namespace nhanrong::domain

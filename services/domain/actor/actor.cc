#include "services/domain/actor/actor_checks.h"
#include "services/domain/actor/actor_state.h"
#include "services/domain/actor/administrators.h"
#include "services/domain/actor/delegation.h"
#include "services/domain/aggregate/states.h"

namespace nhanrong::domain {
namespace {

template <typename T>
void Put(std::map<std::string, T>& all, const std::string& id, Standing standing) {
  const auto found = all.find(id);
  if (found != all.end()) found->second.standing = standing;
}

void EvolveBeginning(ActorState& actor, const v1::ActorRegistered& told) {
  actor.registered = true;
  actor.agency_id = told.agency_id();
  actor.kind = told.kind();
  actor.title = told.title();
  actor.subject_id = told.subject().subject_id();
}

void EvolveStanding(ActorState& actor, const v1::Fact& fact) {
  switch (fact.kind_case()) {
    case v1::Fact::kGrantRevoked:
      return Put(actor.grants, fact.grant_revoked().grant_id(), Standing::kRevoked);
    case v1::Fact::kGrantSuspended:
      return Put(actor.grants, fact.grant_suspended().grant_id(), Standing::kSuspended);
    case v1::Fact::kGrantResumed:
      return Put(actor.grants, fact.grant_resumed().grant_id(), Standing::kHolds);
    case v1::Fact::kCredentialRevoked:
      return Put(actor.credentials, fact.credential_revoked().credential_id(), Standing::kRevoked);
    case v1::Fact::kCredentialSuspended:
      return Put(actor.credentials, fact.credential_suspended().credential_id(),
                 Standing::kSuspended);
    case v1::Fact::kCredentialResumed:
      return Put(actor.credentials, fact.credential_resumed().credential_id(), Standing::kHolds);
    case v1::Fact::kDelegationRevoked:
      return Put(actor.delegations, fact.delegation_revoked().delegation_id(), Standing::kRevoked);
    default:
      return;
  }
}

void Evolve(State& state, const StreamFact& fact) {
  auto& actor = As<ActorState>(state);
  switch (fact.fact.kind_case()) {
    case v1::Fact::kActorRegistered:
      return EvolveBeginning(actor, fact.fact.actor_registered());
    case v1::Fact::kRoleGranted: {
      const v1::RoleGranted& told = fact.fact.role_granted();
      actor.grants[told.grant_id()] = {told.role(), told.scope_unit_id(), told.reads_up_to(),
                                       told.valid_to()};
      return;
    }
    case v1::Fact::kCredentialIssued: {
      const v1::CredentialIssued& told = fact.fact.credential_issued();
      actor.credentials[told.credential_id()] = {told.token_sha256(), told.valid_to(),
                                                 Standing::kHolds, told.kind()};
      return;
    }
    case v1::Fact::kAuthorityDelegated: {
      const v1::AuthorityDelegated& told = fact.fact.authority_delegated();
      actor.delegations[told.delegation_id()] = {told};
      return;
    }
    default:
      return EvolveStanding(actor, fact.fact);
  }
}

bool MayFollow(const State& state, const v1::Fact& fact) {
  return As<ActorState>(state).registered != fact.has_actor_registered();
}

std::string_view StateName(const State& state) {
  return As<ActorState>(state).registered ? "REGISTERED" : "ABSENT";
}

// A token stays its holder's after it is revoked: nobody can bring it back.
std::vector<Reservation> Reservations(const State& state) {
  std::vector<Reservation> held;
  for (const auto& [id, credential] : As<ActorState>(state).credentials) {
    held.push_back({TokenReservation(credential.token_sha256), "", "", "token_sha256"});
  }
  return held;
}

std::set<std::string> RestsOn(const State& state) {
  const std::string& agency_id = As<ActorState>(state).agency_id;
  return agency_id.empty() ? std::set<std::string>() : std::set{"agency/" + agency_id};
}

std::string AgencyId(const State& state) { return As<ActorState>(state).agency_id; }

constexpr FactRule kFacts[] = {
    {.kind = v1::Fact::kActorRegistered,
     .life_cycle_step = true,
     .check_fields = CheckActorRegistered,
     .check_world = AgencyIsOpen,
     .check_ground = AgencyIsKnown},
    {.kind = v1::Fact::kRoleGranted,
     .unit_field = "scope_unit_id",
     .check_fields = CheckRoleGranted,
     .check_state = GrantIsNewAndFits},
    {.kind = v1::Fact::kGrantRevoked,
     .irrevocable = true,
     .check_fields = CheckGrantNamed,
     .check_state = GrantMayEnd},
    {.kind = v1::Fact::kGrantSuspended, .check_fields = CheckGrantNamed, .check_state = GrantHolds},
    {.kind = v1::Fact::kGrantResumed,
     .check_fields = CheckGrantNamed,
     .check_state = GrantIsSuspended},
    {.kind = v1::Fact::kCredentialIssued,
     .complete = CredentialIsATokenUnlessSaid,
     .check_fields = CheckCredentialIssued,
     .check_state = CredentialIsNewAndFits},
    {.kind = v1::Fact::kCredentialRevoked,
     .irrevocable = true,
     .check_fields = CheckCredentialNamed,
     .check_state = CredentialMayEnd},
    {.kind = v1::Fact::kCredentialSuspended,
     .check_fields = CheckCredentialNamed,
     .check_state = CredentialHolds},
    {.kind = v1::Fact::kCredentialResumed,
     .check_fields = CheckCredentialNamed,
     .check_state = CredentialIsSuspended},
    {.kind = v1::Fact::kAuthorityDelegated,
     .unit_field = "scope_unit_id",
     .check_fields = CheckDelegated,
     .check_state = DelegationIsNewAndFits,
     .check_world = PrincipalHasTheRight},
    {.kind = v1::Fact::kDelegationRevoked,
     .irrevocable = true,
     .check_fields = CheckDelegationNamed,
     .check_state = DelegationHolds},
};

constexpr CommandType kCommands[] = {
    {.kind = v1::Command::kRegisterActor,
     .aggregate = &kActor,
     .makes = v1::Fact::kActorRegistered,
     .begins = true,
     .date_optional = true},
    {.kind = v1::Command::kGrantRole,
     .aggregate = &kActor,
     .makes = v1::Fact::kRoleGranted,
     .date_optional = true,
     .made_id = "grant_id"},
    {.kind = v1::Command::kRevokeGrant,
     .aggregate = &kActor,
     .makes = v1::Fact::kGrantRevoked,
     .date_optional = true},
    {.kind = v1::Command::kIssueCredential,
     .aggregate = &kActor,
     .makes = v1::Fact::kCredentialIssued,
     .date_optional = true,
     .made_id = "credential_id"},
    {.kind = v1::Command::kRevokeCredential,
     .aggregate = &kActor,
     .makes = v1::Fact::kCredentialRevoked,
     .date_optional = true},
    {.kind = v1::Command::kSuspendGrant,
     .aggregate = &kActor,
     .makes = v1::Fact::kGrantSuspended,
     .date_optional = true,
     .reason_required = true},
    {.kind = v1::Command::kResumeGrant,
     .aggregate = &kActor,
     .makes = v1::Fact::kGrantResumed,
     .date_optional = true,
     .reason_required = true},
    {.kind = v1::Command::kSuspendCredential,
     .aggregate = &kActor,
     .makes = v1::Fact::kCredentialSuspended,
     .date_optional = true,
     .reason_required = true},
    {.kind = v1::Command::kResumeCredential,
     .aggregate = &kActor,
     .makes = v1::Fact::kCredentialResumed,
     .date_optional = true,
     .reason_required = true},
    {.kind = v1::Command::kDelegateAuthority,
     .aggregate = &kActor,
     .makes = v1::Fact::kAuthorityDelegated,
     .date_optional = true,
     .made_id = "delegation_id"},
    {.kind = v1::Command::kRevokeDelegation,
     .aggregate = &kActor,
     .makes = v1::Fact::kDelegationRevoked,
     .date_optional = true},
};

}  // namespace

const AggregateType kActor = {
    .prefix = "actor",
    .facts = kFacts,
    .empty = Empty<ActorState>,
    .evolve = Evolve,
    .may_follow = MayFollow,
    .state_name = StateName,
    .reservations = Reservations,
    .rests_on = RestsOn,
    .agency_id = AgencyId,
    .check_after = ActorLeavesAnAdministrator,
    .correctable = Correctable::kByAdministrator,
};

const std::span<const CommandType> kActorCommands = kCommands;

}  // namespace nhanrong::domain

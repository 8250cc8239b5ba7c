#include <algorithm>

#include "services/domain/actor/actor_state.h"
#include "services/domain/agency/agency.h"
#include "services/domain/aggregate/states.h"
#include "services/domain/values/checks.h"

namespace nhanrong::domain {
namespace {

void Evolve(State& state, const StreamFact& fact) {
  auto& actor = As<ActorState>(state);
  switch (fact.fact.kind_case()) {
    case v1::Fact::kActorRegistered: {
      const v1::ActorRegistered& told = fact.fact.actor_registered();
      actor.registered = true;
      actor.agency_id = told.agency_id();
      actor.kind = told.kind();
      actor.title = told.title();
      actor.subject_id = told.subject().subject_id();
      break;
    }
    case v1::Fact::kRoleGranted: {
      const v1::RoleGranted& told = fact.fact.role_granted();
      actor.grants[told.grant_id()] = {told.role(), told.scope_unit_id(), told.reads_up_to(),
                                       told.valid_to(), false};
      break;
    }
    case v1::Fact::kGrantRevoked: {
      const auto grant = actor.grants.find(fact.fact.grant_revoked().grant_id());
      if (grant != actor.grants.end()) grant->second.revoked = true;
      break;
    }
    case v1::Fact::kCredentialIssued: {
      const v1::CredentialIssued& told = fact.fact.credential_issued();
      actor.credentials[told.credential_id()] = {told.token_sha256(), told.valid_to(), false};
      break;
    }
    case v1::Fact::kCredentialRevoked: {
      const auto found = actor.credentials.find(fact.fact.credential_revoked().credential_id());
      if (found != actor.credentials.end()) found->second.revoked = true;
      break;
    }
    default:
      break;
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

std::string AgencyId(const State& state) { return As<ActorState>(state).agency_id; }

void CheckRegistered(const v1::Fact& fact, const Field& at, Told) {
  const v1::ActorRegistered& told = fact.actor_registered();
  CheckUlid(at / "agency_id", told.agency_id(), Presence::kRequired);
  CheckEnum(at / "kind", told.kind());
  CheckText(at / "title", told.title(), kActorTitle);
  const bool person = told.kind() == v1::ACTOR_KIND_PERSON;
  if (told.kind() != v1::ACTOR_KIND_UNSPECIFIED && person != told.has_subject()) {
    (at / "subject").Break(Rule::kActorSubjectKind);
  }
  if (told.has_subject()) CheckSubject(at / "subject", told.subject());
}

void CheckGranted(const v1::Fact& fact, const Field& at, Told) {
  const v1::RoleGranted& told = fact.role_granted();
  CheckUlid(at / "grant_id", told.grant_id(), Presence::kRequired);
  CheckEnum(at / "role", told.role());
  CheckUlid(at / "scope_unit_id", told.scope_unit_id(), Presence::kOptional);
  CheckEnum(at / "reads_up_to", told.reads_up_to());
  CheckDay(at / "valid_to", told.valid_to(), Presence::kOptional);
}

void CheckGrantRevoked(const v1::Fact& fact, const Field& at, Told) {
  CheckUlid(at / "grant_id", fact.grant_revoked().grant_id(), Presence::kRequired);
}

void CheckIssued(const v1::Fact& fact, const Field& at, Told) {
  const v1::CredentialIssued& told = fact.credential_issued();
  CheckUlid(at / "credential_id", told.credential_id(), Presence::kRequired);
  CheckHash(at / "token_sha256", told.token_sha256(), Presence::kRequired);
  CheckDay(at / "valid_to", told.valid_to(), Presence::kOptional);
}

void CheckCredentialRevoked(const v1::Fact& fact, const Field& at, Told) {
  CheckUlid(at / "credential_id", fact.credential_revoked().credential_id(), Presence::kRequired);
}

void AgencyIsKnown(const NextFact& next, World& world) {
  const std::string& id = next.fact.actor_registered().agency_id();
  if (next.corrected != nullptr && next.corrected->actor_registered().agency_id() == id) return;
  if (!world.Read("agency/" + id).as<AgencyState>().established) {
    (next.at / "agency_id").Break(Rule::kActorAgencyUnknown);
  }
}

bool IsForSystems(v1::Role role) {
  return role == v1::ROLE_AGENCY_SYSTEM || role == v1::ROLE_CLOCK || role == v1::ROLE_NOTARY;
}

void GrantIsNewAndFits(const NextFact& next) {
  const auto& actor = As<ActorState>(next.before);
  const v1::RoleGranted& told = next.fact.role_granted();
  if (actor.grants.contains(told.grant_id())) (next.at / "grant_id").Break(Rule::kGrantExists);
  const bool system = actor.kind == v1::ACTOR_KIND_SYSTEM;
  if (actor.registered && IsForSystems(told.role()) != system) {
    (next.at / "role").Break(Rule::kGrantRoleKind, system ? "SYSTEM" : "PERSON");
  }
}

void CredentialIsNew(const NextFact& next) {
  const auto& actor = As<ActorState>(next.before);
  const v1::CredentialIssued& told = next.fact.credential_issued();
  if (actor.credentials.contains(told.credential_id())) {
    (next.at / "credential_id").Break(Rule::kCredentialExists);
  }
  const bool known = std::any_of(
      actor.credentials.begin(), actor.credentials.end(),
      [&](const auto& held) { return held.second.token_sha256 == told.token_sha256(); });
  if (known) {
    (next.at / "token_sha256").Break(TakenRule(TokenReservation(told.token_sha256())), {});
  }
}

// Whether `id` names an element of `all` that is in force on the day of the fact.
template <typename T>
bool HeldOn(const std::map<std::string, T>& all, const std::string& id, absl::CivilDay day) {
  const auto found = all.find(id);
  return found != all.end() && InForce(found->second, day);
}

void GrantIsInForce(const NextFact& next) {
  const auto& actor = As<ActorState>(next.before);
  const std::string& id = next.fact.grant_revoked().grant_id();
  if (!HeldOn(actor.grants, id, next.days.latest)) {
    (next.at / "grant_id").Break(Rule::kGrantNotInForce);
  }
}

void CredentialIsInForce(const NextFact& next) {
  const auto& actor = As<ActorState>(next.before);
  const std::string& id = next.fact.credential_revoked().credential_id();
  if (!HeldOn(actor.credentials, id, next.days.latest)) {
    (next.at / "credential_id").Break(Rule::kCredentialNotInForce);
  }
}

constexpr FactRule kFacts[] = {
    {.kind = v1::Fact::kActorRegistered,
     .life_cycle_step = true,
     .check_fields = CheckRegistered,
     .check_world = AgencyIsKnown},
    {.kind = v1::Fact::kRoleGranted,
     .unit_field = "scope_unit_id",
     .check_fields = CheckGranted,
     .check_state = GrantIsNewAndFits},
    {.kind = v1::Fact::kGrantRevoked,
     .check_fields = CheckGrantRevoked,
     .check_state = GrantIsInForce},
    {.kind = v1::Fact::kCredentialIssued,
     .check_fields = CheckIssued,
     .check_state = CredentialIsNew},
    {.kind = v1::Fact::kCredentialRevoked,
     .check_fields = CheckCredentialRevoked,
     .check_state = CredentialIsInForce},
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
    .agency_id = AgencyId,
    .correctable = Correctable::kByAdministrator,
};

const std::span<const CommandType> kActorCommands = kCommands;

}  // namespace nhanrong::domain

#include "services/domain/actor/actor_checks.h"

#include <algorithm>

#include "services/domain/actor/actor_state.h"
#include "services/domain/agency/agency.h"
#include "services/domain/aggregate/message_fields.h"
#include "services/domain/aggregate/states.h"
#include "services/domain/values/checks.h"

namespace nhanrong::domain {
namespace {

void CheckIdNamed(const v1::Fact& fact, const Field& at, std::string_view name) {
  CheckUlid(at / name, TextAt(KindMessage(fact), name), Presence::kRequired);
}

bool IsForSystems(v1::Role role) {
  return role == v1::ROLE_AGENCY_SYSTEM || role == v1::ROLE_CLOCK || role == v1::ROLE_NOTARY;
}

// What a role may read at most, whoever holds it.
struct ReadLimit {
  v1::Role role;
  v1::Classification highest;
};
constexpr ReadLimit kReadLimits[] = {
    // Anybody at all.
    {v1::ROLE_PUBLIC_READER, v1::CLASSIFICATION_PUBLIC},
    // Records that a day has passed.
    {v1::ROLE_CLOCK, v1::CLASSIFICATION_INTERNAL},
};

v1::Classification HighestReadBy(v1::Role role) {
  for (const ReadLimit& limit : kReadLimits) {
    if (limit.role == role) return limit.highest;
  }
  return v1::CLASSIFICATION_SENSITIVE;
}

const std::string& ValidTo(const Grant& grant) { return grant.valid_to; }
const std::string& ValidTo(const Credential& credential) { return credential.valid_to; }
const std::string& ValidTo(const Delegation& delegation) { return delegation.terms.valid_to(); }

// The element of `all` that the fact names by its field `name` is not over on the day, and stands
// in one of these ways.
template <typename T>
void NeedStanding(const NextFact& next, const std::map<std::string, T>& all, std::string_view name,
                  std::initializer_list<Standing> allowed, Rule rule) {
  const auto found = all.find(TextAt(KindMessage(next.fact), name));
  const bool stands = found != all.end() && IsBefore(next.days.latest, ValidTo(found->second)) &&
                      std::count(allowed.begin(), allowed.end(), found->second.standing) > 0;
  if (!stands) (next.at / name).Break(rule);
}

}  // namespace

void CheckActorRegistered(const v1::Fact& fact, const Field& at, Told) {
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

void CheckRoleGranted(const v1::Fact& fact, const Field& at, Told) {
  const v1::RoleGranted& told = fact.role_granted();
  CheckUlid(at / "grant_id", told.grant_id(), Presence::kRequired);
  CheckEnum(at / "role", told.role());
  CheckUlid(at / "scope_unit_id", told.scope_unit_id(), Presence::kOptional);
  CheckEnum(at / "reads_up_to", told.reads_up_to());
  const v1::Classification highest = HighestReadBy(told.role());
  if (told.reads_up_to() > highest) {
    (at / "reads_up_to").Break(Rule::kGrantReadsUpTo, v1::Classification_Name(highest));
  }
  CheckDay(at / "valid_to", told.valid_to(), Presence::kOptional);
}

void CheckGrantNamed(const v1::Fact& fact, const Field& at, Told) {
  CheckIdNamed(fact, at, "grant_id");
}
void CheckCredentialNamed(const v1::Fact& fact, const Field& at, Told) {
  CheckIdNamed(fact, at, "credential_id");
}
void CheckDelegationNamed(const v1::Fact& fact, const Field& at, Told) {
  CheckIdNamed(fact, at, "delegation_id");
}

void CheckCredentialIssued(const v1::Fact& fact, const Field& at, Told) {
  const v1::CredentialIssued& told = fact.credential_issued();
  CheckUlid(at / "credential_id", told.credential_id(), Presence::kRequired);
  CheckHash(at / "token_sha256", told.token_sha256(), Presence::kRequired);
  CheckDay(at / "valid_to", told.valid_to(), Presence::kOptional);
  CheckEnum(at / "kind", told.kind(), Presence::kOptional);
}

void CredentialIsATokenUnlessSaid(v1::Fact& fact) {
  v1::CredentialIssued& told = *fact.mutable_credential_issued();
  if (told.kind() == v1::CREDENTIAL_KIND_UNSPECIFIED) told.set_kind(v1::CREDENTIAL_KIND_TOKEN);
}

void AgencyIsKnown(const NextFact& next, World& world) {
  const std::string& id = next.fact.actor_registered().agency_id();
  if (world.Read("agency/" + id).as<AgencyState>().established()) return;
  (next.at / "agency_id").Break(Rule::kActorAgencyUnknown);
}

void AgencyIsOpen(const NextFact& next, World& world) {
  const std::string& id = next.fact.actor_registered().agency_id();
  if (next.corrected != nullptr && next.corrected->actor_registered().agency_id() == id) return;
  if (world.Read("agency/" + id).as<AgencyState>().status != v1::AGENCY_STATUS_CLOSED) return;
  (next.at / "agency_id").Break(Rule::kActorAgencyClosed);
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

void CredentialIsNewAndFits(const NextFact& next) {
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
  const bool person = actor.registered && actor.kind == v1::ACTOR_KIND_PERSON;
  if (person && told.kind() == v1::CREDENTIAL_KIND_CERTIFICATE) {
    (next.at / "kind").Break(Rule::kCredentialCertificateKind, "PERSON");
  }
}

void GrantMayEnd(const NextFact& next) {
  NeedStanding(next, As<ActorState>(next.before).grants, "grant_id",
               {Standing::kHolds, Standing::kSuspended}, Rule::kGrantNotInForce);
}
void GrantHolds(const NextFact& next) {
  NeedStanding(next, As<ActorState>(next.before).grants, "grant_id", {Standing::kHolds},
               Rule::kGrantNotInForce);
}
void GrantIsSuspended(const NextFact& next) {
  NeedStanding(next, As<ActorState>(next.before).grants, "grant_id", {Standing::kSuspended},
               Rule::kGrantNotSuspended);
}
void CredentialMayEnd(const NextFact& next) {
  NeedStanding(next, As<ActorState>(next.before).credentials, "credential_id",
               {Standing::kHolds, Standing::kSuspended}, Rule::kCredentialNotInForce);
}
void CredentialHolds(const NextFact& next) {
  NeedStanding(next, As<ActorState>(next.before).credentials, "credential_id", {Standing::kHolds},
               Rule::kCredentialNotInForce);
}
void CredentialIsSuspended(const NextFact& next) {
  NeedStanding(next, As<ActorState>(next.before).credentials, "credential_id",
               {Standing::kSuspended}, Rule::kCredentialNotSuspended);
}
void DelegationHolds(const NextFact& next) {
  NeedStanding(next, As<ActorState>(next.before).delegations, "delegation_id", {Standing::kHolds},
               Rule::kDelegationNotInForce);
}

}  // namespace nhanrong::domain

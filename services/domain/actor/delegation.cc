#include "services/domain/actor/delegation.h"

#include <algorithm>
#include <array>

#include "services/domain/actor/actor_state.h"
#include "services/domain/agency/agency.h"
#include "services/domain/aggregate/states.h"
#include "services/domain/values/checks.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {
namespace {

constexpr std::array kDelegableRoles = {v1::ROLE_COMMUNE_OFFICER,       v1::ROLE_COMMUNE_LEADER,
                                        v1::ROLE_DEPARTMENT_SPECIALIST, v1::ROLE_PROVINCIAL_OFFICE,
                                        v1::ROLE_COMPETENT_AUTHORITY,   v1::ROLE_AGENCY_SYSTEM};

// One of two, by an agency only TUQ.
void CheckPrincipal(const v1::AuthorityDelegated& told, const Field& at) {
  CheckUlid(at / "principal_actor_id", told.principal_actor_id(), Presence::kOptional);
  CheckUlid(at / "principal_agency_id", told.principal_agency_id(), Presence::kOptional);
  if (told.principal_actor_id().empty() == told.principal_agency_id().empty()) {
    (at / "principal_actor_id").Break(Rule::kDelegationOnePrincipal);
  }
  const bool personal =
      told.form() == v1::DELEGATION_FORM_KT || told.form() == v1::DELEGATION_FORM_TL;
  if (personal && !told.principal_agency_id().empty()) {
    (at / "form").Break(Rule::kDelegationFormAgency);
  }
}

void CheckMatters(const v1::AuthorityDelegated& told, const Field& at) {
  CheckListLength(at / "commands", told.commands_size(), 0, kMaxDelegatedCommands);
  for (int i = 0; i < told.commands_size(); ++i) {
    if (!IsDelegable(CommandNamed(told.commands(i)))) {
      (at / "commands")[i].Break(Rule::kDelegationCommand);
    }
  }
  static const std::vector<int>& roles =
      *new std::vector<int>(kDelegableRoles.begin(), kDelegableRoles.end());
  CheckListLength(at / "roles", told.roles_size(), 0, kMaxDelegatedRoles);
  for (int i = 0; i < told.roles_size(); ++i) {
    CheckEnum((at / "roles")[i], told.roles(i), Presence::kRequired, roles);
  }
  CheckUlid(at / "scope_unit_id", told.scope_unit_id(), Presence::kOptional);
}

// What TUQ demands beyond the other forms: limited time, limited matters.
void CheckTuq(const v1::AuthorityDelegated& told, const Field& at) {
  if (told.form() != v1::DELEGATION_FORM_TUQ) return;
  if (told.valid_to().empty()) (at / "valid_to").Break(Rule::kDelegationEndRequired);
  if (told.commands().empty() && told.roles().empty()) {
    (at / "commands").Break(Rule::kDelegationMattersRequired);
  }
}

void CheckEnd(const NextFact& next) {
  const v1::AuthorityDelegated& told = next.fact.authority_delegated();
  const auto end = ParseDay(told.valid_to());
  if (!end) return;
  const Field at = next.at / "valid_to";
  const bool tuq = told.form() == v1::DELEGATION_FORM_TUQ;
  const absl::CivilDay last =
      next.days.latest + (tuq ? kDelegationTuqMaxDays : kDelegationTermMaxDays);
  if (*end <= next.days.latest) at.Break(Rule::kDateOrder);
  if (*end > last) at.Break(Rule::kDelegationTooLong, DayText(last));
}

bool Lends(const v1::AuthorityDelegated& told, v1::Role role) {
  if (!IsDelegable(role)) return false;
  return told.roles().empty() || std::count(told.roles().begin(), told.roles().end(), role) > 0;
}

void CheckPerson(const NextFact& next, World& world) {
  const v1::AuthorityDelegated& told = next.fact.authority_delegated();
  const Field at = next.at / "principal_actor_id";
  const auto& principal = world.Read("actor/" + told.principal_actor_id()).as<ActorState>();
  if (!principal.registered) return at.Break(Rule::kDelegationPrincipalUnknown);
  if (principal.kind != v1::ACTOR_KIND_PERSON) return at.Break(Rule::kDelegationPersonOnly);
  const auto& delegate = As<ActorState>(next.before);
  if (told.form() == v1::DELEGATION_FORM_KT && principal.agency_id != delegate.agency_id) {
    at.Break(Rule::kDelegationSameAgency);
  }
  const auto grants = principal.GrantsOn(next.days.latest);
  const bool has_one = std::any_of(grants.begin(), grants.end(),
                                   [&](const auto& held) { return Lends(told, held.second.role); });
  if (has_one) return;
  const bool lent =
      std::any_of(principal.delegations.begin(), principal.delegations.end(),
                  [&](const auto& held) { return InForce(held.second, next.days.latest); });
  at.Break(lent ? Rule::kDelegationOfDelegation : Rule::kDelegationPrincipalNoRight);
}

void CheckAgency(const NextFact& next, World& world) {
  const std::string& id = next.fact.authority_delegated().principal_agency_id();
  const Field at = next.at / "principal_agency_id";
  if (id == As<ActorState>(next.before).agency_id) return at.Break(Rule::kDelegationOwnAgency);
  if (!world.Read("agency/" + id).as<AgencyState>().works()) {
    at.Break(Rule::kDelegationPrincipalUnknown);
  }
}

}  // namespace

bool IsDelegable(v1::Role role) {
  return std::count(kDelegableRoles.begin(), kDelegableRoles.end(), role) > 0;
}

bool IsDelegable(v1::Command::KindCase command) {
  const CommandType* type = FindCommand(command);
  if (type == nullptr) return false;
  return type->aggregate == nullptr || type->aggregate->correctable == Correctable::kByRecorder;
}

v1::Command::KindCase CommandNamed(const std::string& name) {
  const auto* kinds = v1::Command::descriptor()->FindOneofByName("kind");
  const auto* field = v1::Command::descriptor()->FindFieldByName(name);
  if (field == nullptr || field->containing_oneof() != kinds) return v1::Command::KIND_NOT_SET;
  return static_cast<v1::Command::KindCase>(field->number());
}

void CheckDelegated(const v1::Fact& fact, const Field& at, Told) {
  const v1::AuthorityDelegated& told = fact.authority_delegated();
  CheckUlid(at / "delegation_id", told.delegation_id(), Presence::kRequired);
  CheckEnum(at / "form", told.form());
  CheckPrincipal(told, at);
  CheckMatters(told, at);
  CheckDay(at / "valid_to", told.valid_to(), Presence::kOptional);
  CheckTuq(told, at);
  if (!told.has_document()) return (at / "document").Break(Rule::kFieldRequired);
  CheckSource(at / "document", told.document());
}

void DelegationIsNewAndFits(const NextFact& next) {
  const auto& delegate = As<ActorState>(next.before);
  const v1::AuthorityDelegated& told = next.fact.authority_delegated();
  if (delegate.delegations.contains(told.delegation_id())) {
    (next.at / "delegation_id").Break(Rule::kDelegationExists);
  }
  if (next.stream == "actor/" + told.principal_actor_id()) {
    (next.at / "principal_actor_id").Break(Rule::kDelegationSelf);
  }
  const bool for_person = !told.principal_actor_id().empty();
  if (delegate.registered && for_person && delegate.kind != v1::ACTOR_KIND_PERSON) {
    (next.at / "principal_actor_id").Break(Rule::kDelegationPersonOnly);
  }
  const auto issued = ParseDay(told.document().issued_on());
  if (issued && *issued > next.days.latest) {
    (next.at / "document" / "issued_on").Break(Rule::kDateFuture, DayText(next.days.latest));
  }
  CheckEnd(next);
}

void PrincipalHasTheRight(const NextFact& next, World& world) {
  if (!As<ActorState>(next.before).registered) return;  // the state says so
  if (next.fact.authority_delegated().principal_actor_id().empty()) {
    CheckAgency(next, world);
  } else {
    CheckPerson(next, world);
  }
}

}  // namespace nhanrong::domain

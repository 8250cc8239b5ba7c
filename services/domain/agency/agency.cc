#include "services/domain/agency/agency.h"

#include "services/domain/actor/administrators.h"
#include "services/domain/aggregate/states.h"
#include "services/domain/values/checks.h"

namespace nhanrong::domain {
namespace {

constexpr auto kAbsent = v1::AGENCY_STATUS_UNSPECIFIED;
constexpr auto kEstablished = v1::AGENCY_STATUS_ESTABLISHED;
constexpr auto kSuspended = v1::AGENCY_STATUS_SUSPENDED;
constexpr auto kClosed = v1::AGENCY_STATUS_CLOSED;

constexpr MayCome kLifeCycle[] = {
    {v1::Fact::kAgencyEstablished, In({kAbsent})},
    {v1::Fact::kAgencyRenamed, In({kEstablished, kSuspended})},
    {v1::Fact::kAgencySuspended, In({kEstablished})},
    {v1::Fact::kAgencyResumed, In({kSuspended})},
    {v1::Fact::kAgencyClosed, In({kEstablished, kSuspended})},
};

void Evolve(State& state, const StreamFact& fact) {
  auto& agency = As<AgencyState>(state);
  switch (fact.fact.kind_case()) {
    case v1::Fact::kAgencyEstablished: {
      const v1::AgencyEstablished& told = fact.fact.agency_established();
      agency.status = kEstablished;
      agency.name = told.name();
      agency.named = fact.days;
      agency.electronic_id = told.electronic_id();
      agency.unit_id = told.unit_id();
      break;
    }
    case v1::Fact::kAgencyRenamed:
      if (fact.days.latest < agency.named.earliest) break;
      agency.name = fact.fact.agency_renamed().name();
      agency.named = fact.days;
      break;
    case v1::Fact::kAgencySuspended:
      agency.status = kSuspended;
      break;
    case v1::Fact::kAgencyResumed:
      agency.status = kEstablished;
      break;
    case v1::Fact::kAgencyClosed:
      agency.status = kClosed;
      break;
    default:
      break;
  }
}

bool MayFollow(const State& state, const v1::Fact& fact) {
  return Allows(kLifeCycle, As<AgencyState>(state).status, fact);
}

std::string_view StateName(const State& state) {
  constexpr std::string_view kNames[] = {"ABSENT", "ESTABLISHED", "SUSPENDED", "CLOSED"};
  return kNames[As<AgencyState>(state).status];
}

std::vector<Reservation> Reservations(const State& state) {
  const std::string& id = As<AgencyState>(state).electronic_id;
  if (id.empty()) return {};
  return {{"reserved/agency-eid/" + id, "", "", "electronic_id"}};
}

bool CarriesSame(const State& a, const State& b) {
  return As<AgencyState>(a).established() == As<AgencyState>(b).established();
}

std::string UnitId(const State& state) { return As<AgencyState>(state).unit_id; }

void CheckEstablished(const v1::Fact& fact, const Field& at, Told) {
  const v1::AgencyEstablished& told = fact.agency_established();
  CheckText(at / "name", told.name(), kAgencyName);
  CheckElectronicId(at / "electronic_id", told.electronic_id());
  CheckUlid(at / "unit_id", told.unit_id(), Presence::kRequired);
}

void CheckRenamed(const v1::Fact& fact, const Field& at, Told) {
  CheckText(at / "name", fact.agency_renamed().name(), kAgencyName);
}

void CheckNameDiffers(const NextFact& next, World&) {
  const auto& agency = As<AgencyState>(next.before);
  const bool same = agency.established() && agency.name == next.fact.agency_renamed().name();
  if (same) (next.at / "name").Break(Rule::kAgencySameName);
}

constexpr FactRule kFacts[] = {
    {.kind = v1::Fact::kAgencyEstablished,
     .life_cycle_step = true,
     .unit_field = "unit_id",
     .check_fields = CheckEstablished},
    {.kind = v1::Fact::kAgencyRenamed,
     .check_fields = CheckRenamed,
     .check_world = CheckNameDiffers},
    {.kind = v1::Fact::kAgencySuspended, .life_cycle_step = true},
    {.kind = v1::Fact::kAgencyResumed, .life_cycle_step = true},
    {.kind = v1::Fact::kAgencyClosed, .life_cycle_step = true},
};

constexpr CommandType kCommands[] = {
    {.kind = v1::Command::kEstablishAgency,
     .aggregate = &kAgency,
     .makes = v1::Fact::kAgencyEstablished,
     .begins = true,
     .date_optional = true},
    {.kind = v1::Command::kRenameAgency,
     .aggregate = &kAgency,
     .makes = v1::Fact::kAgencyRenamed,
     .date_optional = true},
    {.kind = v1::Command::kSuspendAgency,
     .aggregate = &kAgency,
     .makes = v1::Fact::kAgencySuspended,
     .date_optional = true,
     .reason_required = true},
    {.kind = v1::Command::kResumeAgency,
     .aggregate = &kAgency,
     .makes = v1::Fact::kAgencyResumed,
     .date_optional = true,
     .reason_required = true},
    {.kind = v1::Command::kCloseAgency,
     .aggregate = &kAgency,
     .makes = v1::Fact::kAgencyClosed,
     .date_optional = true,
     .reason_required = true},
};

}  // namespace

const AggregateType kAgency = {
    .prefix = "agency",
    .facts = kFacts,
    .empty = Empty<AgencyState>,
    .evolve = Evolve,
    .may_follow = MayFollow,
    .state_name = StateName,
    .reservations = Reservations,
    .carries_same = CarriesSame,
    .unit_id = UnitId,
    .outlives_its_unit = true,
    .check_after = AgencyLeavesAnAdministrator,
    .correctable = Correctable::kByAdministrator,
};

const std::span<const CommandType> kAgencyCommands = kCommands;

}  // namespace nhanrong::domain

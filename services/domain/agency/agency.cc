#include "services/domain/agency/agency.h"

#include "services/domain/aggregate/states.h"
#include "services/domain/values/checks.h"

namespace nhanrong::domain {
namespace {

void Evolve(State& state, const StreamFact& fact) {
  auto& agency = As<AgencyState>(state);
  if (fact.fact.has_agency_established()) {
    const v1::AgencyEstablished& told = fact.fact.agency_established();
    agency.established = true;
    agency.name = told.name();
    agency.electronic_id = told.electronic_id();
    agency.unit_id = told.unit_id();
  } else if (fact.fact.has_agency_renamed()) {
    agency.name = fact.fact.agency_renamed().name();
  }
}

bool MayFollow(const State& state, const v1::Fact& fact) {
  return As<AgencyState>(state).established != fact.has_agency_established();
}

std::string_view StateName(const State& state) {
  return As<AgencyState>(state).established ? "ESTABLISHED" : "ABSENT";
}

std::vector<Reservation> Reservations(const State& state) {
  const std::string& id = As<AgencyState>(state).electronic_id;
  if (id.empty()) return {};
  return {{"reserved/agency-eid/" + id, "", "", "electronic_id"}};
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
  const bool same = agency.established && agency.name == next.fact.agency_renamed().name();
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
    .unit_id = UnitId,
    .correctable = Correctable::kByAdministrator,
};

const std::span<const CommandType> kAgencyCommands = kCommands;

}  // namespace nhanrong::domain

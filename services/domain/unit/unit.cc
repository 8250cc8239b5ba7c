#include "services/domain/unit/unit.h"

#include "services/domain/aggregate/states.h"
#include "services/domain/values/checks.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {
namespace {

// More than the levels there are: nation, province, district, commune, village.
constexpr int kMaxAncestors = 8;

void Evolve(State& state, const StreamFact& fact) {
  auto& unit = As<UnitState>(state);
  if (fact.fact.has_unit_established()) {
    const v1::UnitEstablished& told = fact.fact.unit_established();
    unit.established = true;
    unit.start = fact.days.earliest;
    unit.level = told.level();
    unit.parent_unit_id = told.parent_unit_id();
    unit.names.push_back({unit.start, told.name()});
    if (!told.code().empty()) unit.given.push_back({told.code(), unit.start, std::nullopt});
  } else if (fact.fact.has_unit_renamed()) {
    unit.names.push_back({fact.days.latest, fact.fact.unit_renamed().name()});
  } else if (fact.fact.has_unit_code_assigned()) {
    const v1::UnitCodeAssigned& told = fact.fact.unit_code_assigned();
    const auto from = ParseDay(told.valid_from());
    if (from) unit.given.push_back({told.code(), *from, ParseDay(told.valid_to())});
  }
}

bool MayFollow(const State& state, const v1::Fact& fact) {
  return As<UnitState>(state).established != fact.has_unit_established();
}

std::string_view StateName(const State& state) {
  return As<UnitState>(state).established ? "ESTABLISHED" : "ABSENT";
}

std::vector<Reservation> Reservations(const State& state) {
  std::vector<Reservation> held;
  for (const CodeSpan& span : As<UnitState>(state).Codes()) {
    held.push_back({"reserved/unit-code/" + span.code, DayText(span.from),
                    span.to ? DayText(*span.to) : std::string(), "code"});
  }
  return held;
}

void CheckEstablished(const v1::Fact& fact, const Field& at, Told) {
  const v1::UnitEstablished& told = fact.unit_established();
  CheckText(at / "name", told.name(), kUnitName);
  CheckEnum(at / "level", told.level());
  CheckUnitCode(at / "code", told.code(), Presence::kOptional);
  const Field parent = at / "parent_unit_id";
  if (told.level() != v1::UNIT_LEVEL_NATION) {
    CheckUlid(parent, told.parent_unit_id(), Presence::kRequired);
  } else if (!told.parent_unit_id().empty()) {
    parent.Break(Rule::kUnitParentOfNation);
  }
}

void CheckRenamed(const v1::Fact& fact, const Field& at, Told) {
  CheckText(at / "name", fact.unit_renamed().name(), kUnitName);
}

void CheckCodeAssigned(const v1::Fact& fact, const Field& at, Told) {
  const v1::UnitCodeAssigned& told = fact.unit_code_assigned();
  CheckUnitCode(at / "code", told.code(), Presence::kRequired);
  CheckDay(at / "valid_from", told.valid_from(), Presence::kRequired);
  CheckDay(at / "valid_to", told.valid_to(), Presence::kOptional);
  CheckSpan(at / "valid_to", told.valid_from(), told.valid_to());
}

// The parent is of a higher level, and no descendant of the unit itself.
void CheckParent(const NextFact& next, World& world) {
  const v1::UnitEstablished& told = next.fact.unit_established();
  if (told.parent_unit_id().empty()) return;
  const Field at = next.at / "parent_unit_id";
  const auto& parent = world.ReadUnit(told.parent_unit_id()).as<UnitState>();
  if (!parent.established) return;  // the frame says so
  bool above = parent.level < told.level();
  std::string ancestor = told.parent_unit_id();
  for (int i = 0; i < kMaxAncestors && !ancestor.empty(); ++i) {
    if (UnitStream(ancestor) == next.stream) above = false;
    ancestor = world.ReadUnit(ancestor).as<UnitState>().parent_unit_id;
  }
  if (!above) at.Break(Rule::kUnitParentLevel, v1::UnitLevel_Name(parent.level));
}

void CheckNameDiffers(const NextFact& next, World&) {
  const auto present = As<UnitState>(next.before).NameOn(next.days.latest);
  if (present == next.fact.unit_renamed().name()) (next.at / "name").Break(Rule::kUnitSameName);
}

// A code cannot hold before the unit exists.
void CheckCodeStart(const NextFact& next, World&) {
  const auto& unit = As<UnitState>(next.before);
  const auto from = ParseDay(next.fact.unit_code_assigned().valid_from());
  if (unit.established && from && *from < unit.start) {
    (next.at / "valid_from").Break(Rule::kDateBeforeStart, DayText(unit.start));
  }
}

constexpr FactRule kFacts[] = {
    {.kind = v1::Fact::kUnitEstablished,
     .life_cycle_step = true,
     .unit_field = "parent_unit_id",
     .check_fields = CheckEstablished,
     .check_world = CheckParent},
    {.kind = v1::Fact::kUnitRenamed, .check_fields = CheckRenamed, .check_world = CheckNameDiffers},
    {.kind = v1::Fact::kUnitCodeAssigned,
     .check_fields = CheckCodeAssigned,
     .check_world = CheckCodeStart},
};

constexpr CommandType kCommands[] = {
    {.kind = v1::Command::kEstablishUnit,
     .aggregate = &kUnit,
     .makes = v1::Fact::kUnitEstablished,
     .begins = true},
    {.kind = v1::Command::kRenameUnit, .aggregate = &kUnit, .makes = v1::Fact::kUnitRenamed},
    {.kind = v1::Command::kAssignUnitCode,
     .aggregate = &kUnit,
     .makes = v1::Fact::kUnitCodeAssigned},
};

}  // namespace

// A unit lies in itself: the frame knows that by its stream, so unit_id is null.
const AggregateType kUnit = {
    .prefix = "unit",
    .facts = kFacts,
    .empty = Empty<UnitState>,
    .evolve = Evolve,
    .may_follow = MayFollow,
    .state_name = StateName,
    .reservations = Reservations,
    .correctable = Correctable::kByMapSteward,
};

const std::span<const CommandType> kUnitCommands = kCommands;

}  // namespace nhanrong::domain

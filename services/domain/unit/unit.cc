#include "services/domain/unit/unit.h"

#include <algorithm>

#include "services/domain/aggregate/states.h"
#include "services/domain/values/checks.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {
namespace {

// More than the levels there are: nation, province, district, commune, village.
constexpr int kMaxAncestors = 8;

// Takes in what a later fact says.
template <typename T>
void Take(std::vector<Dated<T>>& all, const DayRange& days, const T& value) {
  auto place = all.end();
  while (place != all.begin() && days.latest < std::prev(place)->days.earliest) --place;
  all.insert(place, {days, value});
}

void EvolveBeginning(UnitState& unit, const v1::UnitEstablished& told, absl::CivilDay day) {
  unit.established = true;
  unit.start = day;
  unit.level = told.level();
  unit.names.push_back({{day, day}, told.name()});
  unit.types.push_back({{day, day}, told.type()});
  unit.parents.push_back({{day, day}, told.parent_unit_id()});
  if (!told.code().empty()) unit.given.push_back({told.code(), day, std::nullopt});
}

void Evolve(State& state, const StreamFact& fact) {
  auto& unit = As<UnitState>(state);
  switch (fact.fact.kind_case()) {
    case v1::Fact::kUnitEstablished:
      EvolveBeginning(unit, fact.fact.unit_established(), fact.days.earliest);
      break;
    case v1::Fact::kUnitRenamed:
      Take(unit.names, fact.days, fact.fact.unit_renamed().name());
      break;
    case v1::Fact::kUnitRetyped:
      Take(unit.types, fact.days, fact.fact.unit_retyped().type());
      Take(unit.names, fact.days, fact.fact.unit_retyped().name());
      break;
    case v1::Fact::kUnitReparented:
      Take(unit.parents, fact.days, fact.fact.unit_reparented().parent_unit_id());
      break;
    case v1::Fact::kUnitCodeAssigned: {
      const v1::UnitCodeAssigned& told = fact.fact.unit_code_assigned();
      const auto from = ParseDay(told.valid_from());
      if (from) unit.given.push_back({told.code(), *from, ParseDay(told.valid_to())});
      break;
    }
    case v1::Fact::kUnitCodeRetired: {
      const v1::UnitCodeRetired& told = fact.fact.unit_code_retired();
      const auto to = ParseDay(told.valid_to());
      if (to) unit.retired.push_back({told.code(), *to});
      break;
    }
    case v1::Fact::kUnitAbolished:
      unit.end = fact.days.latest;
      break;
    default:
      break;
  }
}

bool MayFollow(const State& state, const v1::Fact& fact) {
  const auto& unit = As<UnitState>(state);
  if (fact.has_unit_established()) return !unit.established;
  return unit.established && !unit.end;
}

std::string_view StateName(const State& state) {
  const auto& unit = As<UnitState>(state);
  if (!unit.established) return "ABSENT";
  return unit.end ? "ABOLISHED" : "ESTABLISHED";
}

std::set<std::string> RestsOn(const State& state) {
  std::set<std::string> streams;
  for (const auto& parent : As<UnitState>(state).parents) {
    if (!parent.value.empty()) streams.insert(UnitStream(parent.value));
  }
  return streams;
}

bool CarriesSame(const State& a, const State& b) {
  const auto& before = As<UnitState>(a);
  const auto& after = As<UnitState>(b);
  return before.established == after.established && before.start == after.start &&
         before.end == after.end && before.level == after.level;
}

std::vector<Reservation> Reservations(const State& state) {
  std::vector<Reservation> held;
  for (const CodeSpan& span : As<UnitState>(state).Codes()) {
    held.push_back({"reserved/unit-code/" + span.code, DayText(span.from),
                    span.to ? DayText(*span.to) : std::string(), "code"});
  }
  return held;
}

// A type that is unknown, or a level that is missing, is named elsewhere.
void CheckTypeOfLevel(const Field& at, v1::UnitType type, v1::UnitLevel level) {
  const v1::UnitLevel right = LevelOf(type);
  if (right == v1::UNIT_LEVEL_UNSPECIFIED || level == v1::UNIT_LEVEL_UNSPECIFIED) return;
  if (right != level) at.Break(Rule::kUnitTypeLevel, v1::UnitLevel_Name(right));
}

void CheckEstablished(const v1::Fact& fact, const Field& at, Told) {
  const v1::UnitEstablished& told = fact.unit_established();
  CheckText(at / "name", told.name(), kUnitName);
  CheckEnum(at / "level", told.level());
  CheckUnitCode(at / "code", told.code(), Presence::kOptional);
  CheckEnum(at / "type", told.type(), Presence::kOptional);
  CheckTypeOfLevel(at / "type", told.type(), told.level());
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

void CheckRetyped(const v1::Fact& fact, const Field& at, Told) {
  CheckEnum(at / "type", fact.unit_retyped().type());
  CheckText(at / "name", fact.unit_retyped().name(), kUnitName);
}

void CheckReparented(const v1::Fact& fact, const Field& at, Told) {
  CheckUlid(at / "parent_unit_id", fact.unit_reparented().parent_unit_id(), Presence::kRequired);
}

void CheckCodeRetired(const v1::Fact& fact, const Field& at, Told) {
  CheckUnitCode(at / "code", fact.unit_code_retired().code(), Presence::kRequired);
  CheckDay(at / "valid_to", fact.unit_code_retired().valid_to(), Presence::kRequired);
}

// The parent is of a higher level, and no descendant of the unit itself.
void CheckParent(const NextFact& next, World& world, const std::string& parent_id,
                 v1::UnitLevel level) {
  if (parent_id.empty()) return;
  const auto& parent = world.ReadUnit(parent_id).as<UnitState>();
  if (!parent.established) return;  // the frame says so
  bool above = parent.level < level;
  std::string ancestor = parent_id;
  for (int i = 0; i < kMaxAncestors && !ancestor.empty(); ++i) {
    if (UnitStream(ancestor) == next.stream) above = false;
    const auto& unit = world.ReadUnit(ancestor).as<UnitState>();
    ancestor = unit.ParentOn(std::max(next.days.latest, unit.start)).value_or("");
  }
  if (above) return;
  (next.at / "parent_unit_id").Break(Rule::kUnitParentLevel, v1::UnitLevel_Name(parent.level));
}

void CheckFirstParent(const NextFact& next, World& world) {
  const v1::UnitEstablished& told = next.fact.unit_established();
  CheckParent(next, world, told.parent_unit_id(), told.level());
}

void CheckNewParent(const NextFact& next, World& world) {
  const auto& unit = As<UnitState>(next.before);
  const std::string& parent_id = next.fact.unit_reparented().parent_unit_id();
  if (!unit.established) return;  // the state says so
  CheckParent(next, world, parent_id, unit.level);
}

void CheckParentDiffers(const NextFact& next, World&) {
  const auto& unit = As<UnitState>(next.before);
  if (unit.ParentOn(next.days.latest) == next.fact.unit_reparented().parent_unit_id()) {
    (next.at / "parent_unit_id").Break(Rule::kUnitSameParent);
  }
}

void TypeFitsAndDiffers(const NextFact& next) {
  const auto& unit = As<UnitState>(next.before);
  const v1::UnitType type = next.fact.unit_retyped().type();
  CheckTypeOfLevel(next.at / "type", type, unit.level);
  if (unit.TypeOn(next.days.latest) == type) (next.at / "type").Break(Rule::kUnitSameType);
}

// The unit holds the code up to that day, and would hold it longer.
void CodeIsHeld(const NextFact& next) {
  const v1::UnitCodeRetired& told = next.fact.unit_code_retired();
  const auto to = ParseDay(told.valid_to());
  const auto& unit = As<UnitState>(next.before);
  const std::vector<CodeSpan> codes = unit.Codes();
  const bool held = std::any_of(codes.begin(), codes.end(), [&](const CodeSpan& span) {
    return to && span.code == told.code() && span.from < *to && (!span.to || *span.to > *to);
  });
  if (unit.established && !held) (next.at / "code").Break(Rule::kUnitCodeNotHeld);
}

void EndComesLast(const NextFact& next) {
  const auto& unit = As<UnitState>(next.before);
  if (unit.established && next.days.latest <= unit.LastChange()) {
    next.at.Break(Rule::kUnitAbolishedTooEarly, DayText(unit.LastChange()));
  }
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
     .check_ground = CheckFirstParent},
    {.kind = v1::Fact::kUnitRenamed, .check_fields = CheckRenamed, .check_world = CheckNameDiffers},
    {.kind = v1::Fact::kUnitCodeAssigned,
     .check_fields = CheckCodeAssigned,
     .check_world = CheckCodeStart},
    {.kind = v1::Fact::kUnitRetyped,
     .check_fields = CheckRetyped,
     .check_state = TypeFitsAndDiffers},
    {.kind = v1::Fact::kUnitReparented,
     .unit_field = "parent_unit_id",
     .check_fields = CheckReparented,
     .check_world = CheckParentDiffers,
     .check_ground = CheckNewParent},
    {.kind = v1::Fact::kUnitCodeRetired,
     .check_fields = CheckCodeRetired,
     .check_state = CodeIsHeld},
    {.kind = v1::Fact::kUnitAbolished, .life_cycle_step = true, .check_state = EndComesLast},
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
    {.kind = v1::Command::kRetypeUnit, .aggregate = &kUnit, .makes = v1::Fact::kUnitRetyped},
    {.kind = v1::Command::kReparentUnit, .aggregate = &kUnit, .makes = v1::Fact::kUnitReparented},
    {.kind = v1::Command::kRetireUnitCode,
     .aggregate = &kUnit,
     .makes = v1::Fact::kUnitCodeRetired},
    {.kind = v1::Command::kAbolishUnit, .aggregate = &kUnit, .makes = v1::Fact::kUnitAbolished},
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
    .rests_on = RestsOn,
    .carries_same = CarriesSame,
    .correctable = Correctable::kByMapSteward,
};

const std::span<const CommandType> kUnitCommands = kCommands;

}  // namespace nhanrong::domain

// AdminUnit: an administrative unit. Name, type, parent and code are dated; codes change owner.
//
// An abolished unit is kept as it was on its last day: what lies in it is still found under its
// name and its parent, while nothing that happens later can be about it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

// An official code and the days on which it holds, from <= day < to.
struct CodeSpan {
  std::string code;
  absl::CivilDay from;
  std::optional<absl::CivilDay> to;  // absent: open
};

// Something that holds from a day on, stated as precisely as it was known.
template <typename T>
struct Dated {
  DayRange days;
  T value;
};

struct UnitState final : State {
  // A code holds no longer than until `to`, that day excluded.
  struct RetiredCode {
    std::string code;
    absl::CivilDay to;
  };

  bool established = false;
  absl::CivilDay start;               // first day on which it may have existed
  std::optional<absl::CivilDay> end;  // first day on which it is no more; absent: it stands
  v1::UnitLevel level = v1::UNIT_LEVEL_UNSPECIFIED;
  // In the order in which they hold: what is told later holds later, unless it is known to lie
  // before. On a day holds the last one that is known to hold by then (aggregate/order.h).
  std::vector<Dated<std::string>> names;
  std::vector<Dated<v1::UnitType>> types;
  std::vector<Dated<std::string>> parents;
  std::vector<CodeSpan> given;  // as given
  std::vector<RetiredCode> retired;

  // Whether it had begun by then, and whether it was abolished by then.
  bool KnownOn(absl::CivilDay day) const { return established && day >= start; }
  bool AbolishedOn(absl::CivilDay day) const { return end && day >= *end; }
  bool EstablishedOn(absl::CivilDay day) const { return KnownOn(day) && !AbolishedOn(day); }
  // Absent: not known by then, or nothing stated. Of an abolished unit: as on its last day.
  std::optional<std::string> NameOn(absl::CivilDay day) const;
  std::optional<v1::UnitType> TypeOn(absl::CivilDay day) const;
  std::optional<std::string> ParentOn(absl::CivilDay day) const;
  // Absent: it holds none on that day.
  std::optional<std::string> CodeOn(absl::CivilDay day) const;
  // The codes in order of days, none overlapping: a code that starts later ends the one before, and
  // all end with the unit.
  std::vector<CodeSpan> Codes() const;
  // The latest day from which something about it holds.
  absl::CivilDay LastChange() const;
};

extern const AggregateType kUnit;
extern const std::span<const CommandType> kUnitCommands;

std::string UnitStream(std::string_view unit_id);
// The unit that a stream "unit/<id>" is.
std::string UnitIdOf(std::string_view stream);

// The level that units of this type have; UNSPECIFIED for none.
v1::UnitLevel LevelOf(v1::UnitType type);

// The unit as it stood on `day`, or on its last day before; code and name are left out where it had
// none.
v1::AdminUnitRef UnitRefOn(const std::string& unit_id, const UnitState& unit, absl::CivilDay day);

}  // namespace nhanrong::domain

// AdminUnit: an administrative unit, whose name and code are dated and change owner.
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

struct UnitState final : State {
  struct DatedName {
    absl::CivilDay from;
    std::string name;
  };

  bool established = false;
  absl::CivilDay start;  // first day on which it may have existed
  v1::UnitLevel level = v1::UNIT_LEVEL_UNSPECIFIED;
  std::string parent_unit_id;
  std::vector<DatedName> names;  // in ledger order
  std::vector<CodeSpan> given;   // in ledger order, as given

  bool EstablishedOn(absl::CivilDay day) const { return established && day >= start; }
  // Absent: not established on that day; for the code also: none on that day.
  std::optional<std::string> NameOn(absl::CivilDay day) const;
  std::optional<std::string> CodeOn(absl::CivilDay day) const;
  std::optional<std::string> ParentOn(absl::CivilDay day) const;
  // The codes in order of days, none overlapping: a code that starts later ends the one before.
  std::vector<CodeSpan> Codes() const;
};

extern const AggregateType kUnit;
extern const std::span<const CommandType> kUnitCommands;

std::string UnitStream(std::string_view unit_id);
// The unit that a stream "unit/<id>" is.
std::string UnitIdOf(std::string_view stream);

// The unit as it stood on `day`; code and name are left out where it had none.
v1::AdminUnitRef UnitRefOn(const std::string& unit_id, const UnitState& unit, absl::CivilDay day);

}  // namespace nhanrong::domain

#include "tests/e2e/state_table/aggregate_table.h"

namespace nhanrong::e2e {

AggregateTable UnitTable() {
  using S = Story;
  return {
      .aggregate = "unit",
      .states = {"ABSENT", "ESTABLISHED"},
      .transitions = {{"ABSENT", "establish_unit", "ESTABLISHED"},
                      {"ESTABLISHED", "rename_unit", "ESTABLISHED"},
                      {"ESTABLISHED", "assign_unit_code", "ESTABLISHED"}},
      .deeds =
          {{"establish_unit",
            [](S& s) -> Step {
              return {s.map.steward(), EstablishUnit(s.id, v1::UNIT_LEVEL_COMMUNE, s.map.province)};
            }},
           {"rename_unit",
            [](S& s) -> Step {
              return {s.map.steward(), RenameUnit(s.id)};
            }},
           {"assign_unit_code",
            [](S& s) -> Step {
              return {s.map.steward(), AssignUnitCode(s.id, "90211", "2020-01-01")};
            }}},
      .ways = {{"ESTABLISHED", {"establish_unit"}}},
      .national = true,
  };
}

}  // namespace nhanrong::e2e

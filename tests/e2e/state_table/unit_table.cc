#include "tests/e2e/state_table/aggregate_table.h"

namespace nhanrong::e2e {
namespace {

std::map<std::string, MakeStep> Deeds() {
  using S = Story;
  return {
      {"establish_unit",
       [](S& s) -> Step {
         return {s.map.steward(),
                 EstablishUnit(s.id, v1::UNIT_LEVEL_COMMUNE, s.map.province, s.code)};
       }},
      {"rename_unit",
       [](S& s) -> Step {
         return {s.map.steward(), RenameUnit(s.id)};
       }},
      {"assign_unit_code",
       [](S& s) -> Step {
         return {s.map.steward(), AssignUnitCode(s.id, "90211", "2020-01-01")};
       }},
      {"retype_unit",
       [](S& s) -> Step {
         return {s.map.steward(), RetypeUnit(s.id)};
       }},
      {"reparent_unit",
       [](S& s) -> Step {
         return {s.map.steward(), ReparentUnit(s.id, s.map.nation)};
       }},
      {"retire_unit_code",
       [](S& s) -> Step {
         return {s.map.steward(), RetireUnitCode(s.id, s.code, "2020-01-01")};
       }},
      {"abolish_unit",
       [](S& s) -> Step {
         return {s.map.steward(), AbolishUnit(s.id)};
       }},
  };
}

// Every unit of `national`, abolished ones too.
std::string Shown(Story& story) {
  v1::ListUnitsRequest request;
  *request.mutable_context() = story.map.steward().Now();
  request.set_unit_id(story.id);
  request.set_include_abolished(true);
  const auto answer = story.map.steward().client.Ask(request);
  if (answer.value.units().empty()) return answer.status.message();
  return answer.value.units(0).abolished_on().empty() ? "ESTABLISHED" : "ABOLISHED";
}

}  // namespace

AggregateTable UnitTable() {
  return {
      .aggregate = "unit",
      .states = {"ABSENT", "ESTABLISHED", "ABOLISHED"},
      .transitions = {{"ABSENT", "establish_unit", "ESTABLISHED"},
                      {"ESTABLISHED", "rename_unit", "ESTABLISHED"},
                      {"ESTABLISHED", "assign_unit_code", "ESTABLISHED"},
                      {"ESTABLISHED", "retype_unit", "ESTABLISHED"},
                      {"ESTABLISHED", "reparent_unit", "ESTABLISHED"},
                      {"ESTABLISHED", "retire_unit_code", "ESTABLISHED"},
                      {"ESTABLISHED", "abolish_unit", "ABOLISHED"}},
      .deeds = Deeds(),
      .ways = {{"ESTABLISHED", {"establish_unit"}},
               {"ABOLISHED", {"establish_unit", "abolish_unit"}}},
      // It would begin before it ended.
      .also_broken = {{"ABOLISHED establish_unit", "date.before_last_step"}},
      .shown = Shown,
      .national = true,
  };
}

}  // namespace nhanrong::e2e

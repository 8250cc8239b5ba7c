#include "tests/e2e/state_table/aggregate_table.h"

namespace nhanrong::e2e {

AggregateTable AgencyTable() {
  using S = Story;
  return {
      .aggregate = "agency",
      .states = {"ABSENT", "ESTABLISHED"},
      .transitions = {{"ABSENT", "establish_agency", "ESTABLISHED"},
                      {"ESTABLISHED", "rename_agency", "ESTABLISHED"}},
      .deeds = {{"establish_agency",
                 [](S& s) -> Step {
                   return {s.administrator(), EstablishAgency(s.id, s.map.commune)};
                 }},
                {"rename_agency",
                 [](S& s) -> Step {
                   return {s.administrator(), RenameAgency(s.id)};
                 }}},
      .ways = {{"ESTABLISHED", {"establish_agency"}}},
  };
}

}  // namespace nhanrong::e2e

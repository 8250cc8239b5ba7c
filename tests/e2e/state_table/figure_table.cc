#include "tests/e2e/state_table/aggregate_table.h"

namespace nhanrong::e2e {

AggregateTable FigureTable() {
  return {
      .aggregate = "figure",
      .states = {"ABSENT", "RECORDED"},
      .transitions = {{"ABSENT", "record_counted_figure", "RECORDED"}},
      .deeds = {{"record_counted_figure",
                 [](Story& s) -> Step {
                   return {s.staff.officer, RecordCountedFigure(s.id, s.map.commune)};
                 }}},
      .ways = {{"RECORDED", {"record_counted_figure"}}},
  };
}

}  // namespace nhanrong::e2e

// The one list of tables.
#include "services/base/check.h"
#include "services/domain/catalogue.h"
#include "services/domain/rules/rules.h"
#include "services/domain/state_table/table.h"

namespace nhanrong::domain {

std::vector<TableCell> StateTable() {
  std::vector<TableCell> cells;
  for (const Table* table : {&kLedgerTable, &kUnitTable, &kAgencyTable, &kActorTable, &kModelTable,
                             &kSiteTable, &kFigureTable}) {
    for (const TableRow& row : table->rows) {
      NR_CHECK(row.cells.size() == table->states.size(), "one letter per state");
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const std::string rule = row.cells[i] == '+' ? std::string() : StateRule(table->aggregate);
        cells.push_back({table->aggregate, table->states[i], row.command, rule});
      }
    }
  }
  return cells;
}

}  // namespace nhanrong::domain

// How the state × command table is written: one small table for each aggregate, in a file of its
// own. `catalogue.h` gives it out cell by cell.
#pragma once

#include <span>
#include <string_view>

#include "nhanrong/v1/command.pb.h"

namespace nhanrong::domain {

// One letter per state of the aggregate, in their order: '+' accepted, '-' refused.
struct TableRow {
  v1::Command::KindCase command;
  std::string_view cells;
};

struct Table {
  std::string_view aggregate;  // prefix of its streams
  std::span<const std::string_view> states;
  std::span<const TableRow> rows;
};

extern const Table kLedgerTable;
extern const Table kUnitTable;
extern const Table kAgencyTable;
extern const Table kActorTable;
extern const Table kModelTable;
extern const Table kSiteTable;
extern const Table kFigureTable;

}  // namespace nhanrong::domain

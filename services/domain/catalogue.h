// The state × command table, written out: which command each state accepts.
//
// The domain's own tests hold the code against it, cell by cell; tests over gRPC drive the same
// cells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "nhanrong/v1/command.pb.h"

namespace nhanrong::domain {

struct TableCell {
  std::string_view aggregate;  // prefix of its streams
  std::string_view state;      // as AggregateType::state_name gives it
  v1::Command::KindCase command;
  std::string rule;  // that refuses the command in this state; empty: accepted
};

// Every state that commands can reach, with every command of its aggregate. Corrections are not in
// it: they depend on the facts that follow, not on the state.
std::vector<TableCell> StateTable();

}  // namespace nhanrong::domain

// The commands for people: each function adds one group to the program's command line.
#pragma once

#include "services/cli/program.h"

namespace nhanrong::cli {

void AddSubmit(Program& program);
void AddImport(Program& program);
void AddQuery(Program& program);
void AddHistory(Program& program);
void AddAdmin(Program& program);

inline void AddClientCommands(Program& program) {
  AddSubmit(program);
  AddImport(program);
  AddQuery(program);
  AddHistory(program);
  AddAdmin(program);
}

}  // namespace nhanrong::cli

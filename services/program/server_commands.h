// `nhanrong serve`, `gateway` and `projector`: the same node with other roles.
#pragma once

#include "services/cli/program.h"

namespace nhanrong {

void AddServerCommands(cli::Program& program);

}  // namespace nhanrong

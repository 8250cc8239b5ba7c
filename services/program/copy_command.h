// `nhanrong admin ledger copy`: moves a ledger between engines, on the operator's machine.
#pragma once

#include "services/cli/program.h"

namespace nhanrong {

// REQUIRES: the group `admin ledger` is there.
void AddLedgerCopy(cli::Program& program);

}  // namespace nhanrong

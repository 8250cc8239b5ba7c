#include "services/domain/state_table/table.h"

namespace nhanrong::domain {
namespace {

using v1::Command;

// Commands meet an opened one only: a ledger without genesis takes none.
constexpr std::string_view kStates[] = {"OPENED"};
constexpr TableRow kRows[] = {{Command::kSwitchRuleVersion, "+"}};

}  // namespace

const Table kLedgerTable = {"ledger", kStates, kRows};

}  // namespace nhanrong::domain

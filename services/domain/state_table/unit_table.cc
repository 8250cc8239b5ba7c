#include "services/domain/state_table/table.h"

namespace nhanrong::domain {
namespace {

using v1::Command;

constexpr std::string_view kStates[] = {"ABSENT", "ESTABLISHED", "ABOLISHED"};
constexpr TableRow kRows[] = {
    {Command::kEstablishUnit, "+--"},  {Command::kRenameUnit, "-+-"},
    {Command::kAssignUnitCode, "-+-"}, {Command::kRetypeUnit, "-+-"},
    {Command::kReparentUnit, "-+-"},   {Command::kRetireUnitCode, "-+-"},
    {Command::kAbolishUnit, "-+-"},
};

}  // namespace

const Table kUnitTable = {"unit", kStates, kRows};

}  // namespace nhanrong::domain

#include "services/domain/state_table/table.h"

namespace nhanrong::domain {
namespace {

using v1::Command;

constexpr std::string_view kStates[] = {"ABSENT", "ESTABLISHED", "SUSPENDED", "CLOSED"};
constexpr TableRow kRows[] = {
    {Command::kEstablishAgency, "+---"}, {Command::kRenameAgency, "-++-"},
    {Command::kSuspendAgency, "-+--"},   {Command::kResumeAgency, "--+-"},
    {Command::kCloseAgency, "-++-"},
};

}  // namespace

const Table kAgencyTable = {"agency", kStates, kRows};

}  // namespace nhanrong::domain

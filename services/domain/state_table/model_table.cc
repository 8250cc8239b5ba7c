#include "services/domain/state_table/table.h"

namespace nhanrong::domain {
namespace {

using v1::Command;

constexpr std::string_view kStates[] = {"ABSENT",   "DRAFT",  "SUBMITTED", "SCREENED",
                                        "PILOTING", "ACTIVE", "CLOSED"};
constexpr TableRow kRows[] = {
    {Command::kRegisterModel, "+------"}, {Command::kSubmitModel, "-+-----"},
    {Command::kReturnModel, "--+----"},   {Command::kScreenModel, "--+----"},
    {Command::kApprovePilot, "---+---"},  {Command::kReportProgress, "----++-"},
    {Command::kCloseModel, "---+++-"},    {Command::kRecordModelFromDocument, "+------"},
};

}  // namespace

const Table kModelTable = {"model", kStates, kRows};

}  // namespace nhanrong::domain

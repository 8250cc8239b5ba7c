#include "services/domain/state_table/table.h"

namespace nhanrong::domain {
namespace {

using v1::Command;

// The last five are for good, as CLOSED is.
constexpr std::string_view kStates[] = {"ABSENT",
                                        "DRAFT",
                                        "SUBMITTED",
                                        "SCREENED",
                                        "PILOTING",
                                        "ACTIVE",
                                        "SUSPENDED",
                                        "CLOSED",
                                        "RECLASSIFIED_AS_STARTUP",
                                        "RECLASSIFIED_AS_INVESTMENT_PROJECT",
                                        "RECLASSIFIED_AS_INITIATIVE",
                                        "MERGED",
                                        "REJECTED"};
constexpr TableRow kRows[] = {
    {Command::kRegisterModel, "+------------"},
    {Command::kRecordModelFromDocument, "+------------"},
    {Command::kSubmitModel, "-+-----------"},
    {Command::kReturnModel, "--+----------"},
    {Command::kScreenModel, "--+----------"},
    {Command::kReclassifyModel, "--++---------"},
    {Command::kMergeDuplicate, "--++---------"},
    {Command::kRejectModel, "--++---------"},
    {Command::kApprovePilot, "---+---------"},
    {Command::kReviseDefinition, "-+--+++------"},
    {Command::kAssignStewards, "----+++------"},
    {Command::kTransferModel, "----+++------"},
    {Command::kReportProgress, "----++-------"},
    {Command::kSuspendModel, "----++-------"},
    {Command::kResumeModel, "------+------"},
    {Command::kCloseModel, "---++++------"},
};

}  // namespace

const Table kModelTable = {"model", kStates, kRows};

}  // namespace nhanrong::domain

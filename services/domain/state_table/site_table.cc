#include "services/domain/state_table/table.h"

namespace nhanrong::domain {
namespace {

using v1::Command;

constexpr std::string_view kStates[] = {"ABSENT", "OPERATING", "FUNDING_ENDED", "STOPPED",
                                        "INVALIDATED"};
constexpr TableRow kRows[] = {
    {Command::kStartSite, "+----"},         {Command::kRecordSiteFromDocument, "+----"},
    {Command::kRecordSiteOutput, "-++--"},  {Command::kInspectSite, "-+++-"},
    {Command::kEndFunding, "-+---"},        {Command::kTransferSite, "-++--"},
    {Command::kReviseDescription, "-++--"}, {Command::kStopSite, "-++--"},
};

}  // namespace

const Table kSiteTable = {"site", kStates, kRows};

}  // namespace nhanrong::domain

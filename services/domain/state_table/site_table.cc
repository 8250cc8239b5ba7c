#include "services/domain/state_table/table.h"

namespace nhanrong::domain {
namespace {

using v1::Command;

constexpr std::string_view kStates[] = {"ABSENT", "OPERATING", "STOPPED"};
constexpr TableRow kRows[] = {
    {Command::kStartSite, "+--"},
    {Command::kRecordSiteOutput, "-+-"},
    {Command::kStopSite, "-+-"},
    {Command::kRecordSiteFromDocument, "+--"},
};

}  // namespace

const Table kSiteTable = {"site", kStates, kRows};

}  // namespace nhanrong::domain

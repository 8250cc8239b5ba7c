#include <span>

#include "services/base/check.h"
#include "services/domain/catalogue.h"
#include "services/domain/rules/rules.h"

namespace nhanrong::domain {
namespace {

using v1::Command;

// One letter per state of the aggregate: '+' accepted, '-' refused.
struct Row {
  Command::KindCase command;
  std::string_view cells;
};

constexpr std::string_view kUnitStates[] = {"ABSENT", "ESTABLISHED"};
constexpr Row kUnitRows[] = {
    {Command::kEstablishUnit, "+-"},
    {Command::kRenameUnit, "-+"},
    {Command::kAssignUnitCode, "-+"},
};

constexpr std::string_view kAgencyStates[] = {"ABSENT", "ESTABLISHED"};
constexpr Row kAgencyRows[] = {
    {Command::kEstablishAgency, "+-"},
    {Command::kRenameAgency, "-+"},
};

constexpr std::string_view kActorStates[] = {"ABSENT", "REGISTERED"};
constexpr Row kActorRows[] = {
    {Command::kRegisterActor, "+-"},    {Command::kGrantRole, "-+"},
    {Command::kRevokeGrant, "-+"},      {Command::kIssueCredential, "-+"},
    {Command::kRevokeCredential, "-+"},
};

constexpr std::string_view kModelStates[] = {"ABSENT",   "DRAFT",  "SUBMITTED", "SCREENED",
                                             "PILOTING", "ACTIVE", "CLOSED"};
constexpr Row kModelRows[] = {
    {Command::kRegisterModel, "+------"}, {Command::kSubmitModel, "-+-----"},
    {Command::kReturnModel, "--+----"},   {Command::kScreenModel, "--+----"},
    {Command::kApprovePilot, "---+---"},  {Command::kReportProgress, "----++-"},
    {Command::kCloseModel, "---+++-"},    {Command::kRecordModelFromDocument, "+------"},
};

constexpr std::string_view kSiteStates[] = {"ABSENT", "OPERATING", "STOPPED"};
constexpr Row kSiteRows[] = {
    {Command::kStartSite, "+--"},
    {Command::kRecordSiteOutput, "-+-"},
    {Command::kStopSite, "-+-"},
    {Command::kRecordSiteFromDocument, "+--"},
};

constexpr std::string_view kFigureStates[] = {"ABSENT", "RECORDED"};
constexpr Row kFigureRows[] = {{Command::kRecordCountedFigure, "+-"}};

struct Table {
  std::string_view aggregate;
  std::span<const std::string_view> states;
  std::span<const Row> rows;
};
constexpr Table kTables[] = {
    {"unit", kUnitStates, kUnitRows},    {"agency", kAgencyStates, kAgencyRows},
    {"actor", kActorStates, kActorRows}, {"model", kModelStates, kModelRows},
    {"site", kSiteStates, kSiteRows},    {"figure", kFigureStates, kFigureRows},
};

}  // namespace

std::vector<TableCell> StateTable() {
  std::vector<TableCell> cells;
  for (const Table& table : kTables) {
    for (const Row& row : table.rows) {
      NR_CHECK(row.cells.size() == table.states.size(), "one letter per state");
      for (std::size_t i = 0; i < row.cells.size(); ++i) {
        const std::string rule = row.cells[i] == '+' ? std::string() : StateRule(table.aggregate);
        cells.push_back({table.aggregate, table.states[i], row.command, rule});
      }
    }
  }
  return cells;
}

}  // namespace nhanrong::domain

#include "services/access/access_table.h"

#include <algorithm>
#include <array>

namespace nhanrong::access {
namespace {

using enum v1::Role;
using C = v1::Command;

constexpr Roles kReaders = {ROLE_COMMUNE_OFFICER,       ROLE_COMMUNE_LEADER,
                            ROLE_DEPARTMENT_SPECIALIST, ROLE_PROVINCIAL_OFFICE,
                            ROLE_COMPETENT_AUTHORITY,   ROLE_AUDITOR,
                            ROLE_AGENCY_SYSTEM,         ROLE_PUBLIC_READER};
constexpr Roles kRecorders = {ROLE_COMMUNE_OFFICER, ROLE_DEPARTMENT_SPECIALIST,
                              ROLE_PROVINCIAL_OFFICE, ROLE_AGENCY_SYSTEM};
// People, not systems.
constexpr Roles kStaff = {ROLE_COMMUNE_OFFICER, ROLE_COMMUNE_LEADER, ROLE_DEPARTMENT_SPECIALIST,
                          ROLE_PROVINCIAL_OFFICE};
// Those who judge what others enter, and those who decide on what is in use.
constexpr Roles kJudges = {ROLE_DEPARTMENT_SPECIALIST, ROLE_PROVINCIAL_OFFICE};
constexpr Roles kDeciders = {ROLE_DEPARTMENT_SPECIALIST, ROLE_PROVINCIAL_OFFICE,
                             ROLE_COMPETENT_AUTHORITY};
constexpr Roles kAnyMember = {ROLE_COMMUNE_OFFICER,
                              ROLE_COMMUNE_LEADER,
                              ROLE_DEPARTMENT_SPECIALIST,
                              ROLE_PROVINCIAL_OFFICE,
                              ROLE_COMPETENT_AUTHORITY,
                              ROLE_AUDITOR,
                              ROLE_AGENCY_SYSTEM,
                              ROLE_ADMINISTRATOR,
                              ROLE_MAP_STEWARD,
                              ROLE_CLOCK,
                              ROLE_NOTARY,
                              ROLE_PUBLIC_READER};
constexpr Roles kMayCorrect = {ROLE_COMMUNE_OFFICER,       ROLE_COMMUNE_LEADER,
                               ROLE_DEPARTMENT_SPECIALIST, ROLE_PROVINCIAL_OFFICE,
                               ROLE_COMPETENT_AUTHORITY,   ROLE_AGENCY_SYSTEM,
                               ROLE_ADMINISTRATOR,         ROLE_MAP_STEWARD};
constexpr Roles kWholeLedgerReaders = {ROLE_AUDITOR, ROLE_NOTARY, ROLE_CLOCK,
                                       ROLE_PROVINCIAL_OFFICE};
constexpr Roles kAdministrators = {ROLE_ADMINISTRATOR, ROLE_AUDITOR};

constexpr v1::Classification kPublic = v1::CLASSIFICATION_PUBLIC;
constexpr v1::Classification kInternal = v1::CLASSIFICATION_INTERNAL;

constexpr std::array kRpcRules = {
    RpcRule{"QueryService/GetModel", kReaders, kPublic, true},
    RpcRule{"QueryService/ListModels", kReaders, kPublic, true},
    RpcRule{"QueryService/CountModels", kReaders, kPublic, true},
    RpcRule{"QueryService/ListSites", kReaders, kPublic, true},
    RpcRule{"QueryService/ListAgencies", kAnyMember, kInternal, false},
    RpcRule{"QueryService/ListSubmissions", kAnyMember, kInternal, false},
    RpcRule{"QueryService/ListUnits", kAnyMember, kPublic, false},
    RpcRule{"HistoryService/Read", kWholeLedgerReaders, kInternal, true},
    RpcRule{"HistoryService/Follow", kWholeLedgerReaders, kInternal, true},
    RpcRule{"AdminService/ListProjections", kAdministrators, kPublic, false},
    RpcRule{"AdminService/CheckProjections", kAdministrators, kPublic, false},
    RpcRule{"AdminService/ResumeProjections", {ROLE_ADMINISTRATOR}, kPublic, false},
};

constexpr std::array kCommandRules = {
    CommandRule{C::kCorrectFact, kMayCorrect},
    CommandRule{C::kAnnulFact, kMayCorrect},
    CommandRule{C::kSwitchRuleVersion, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kEstablishUnit, {ROLE_MAP_STEWARD}},
    CommandRule{C::kRenameUnit, {ROLE_MAP_STEWARD}},
    CommandRule{C::kAssignUnitCode, {ROLE_MAP_STEWARD}},
    CommandRule{C::kRetypeUnit, {ROLE_MAP_STEWARD}},
    CommandRule{C::kReparentUnit, {ROLE_MAP_STEWARD}},
    CommandRule{C::kRetireUnitCode, {ROLE_MAP_STEWARD}},
    CommandRule{C::kAbolishUnit, {ROLE_MAP_STEWARD}},
    CommandRule{C::kEstablishAgency, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kRenameAgency, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kSuspendAgency, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kResumeAgency, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kCloseAgency, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kRegisterActor, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kGrantRole, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kRevokeGrant, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kIssueCredential, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kRevokeCredential, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kSuspendGrant, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kResumeGrant, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kSuspendCredential, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kResumeCredential, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kDelegateAuthority, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kRevokeDelegation, {ROLE_ADMINISTRATOR}},
    CommandRule{C::kRegisterModel, kRecorders},
    CommandRule{C::kSubmitModel, kStaff},
    CommandRule{C::kReturnModel, kJudges},
    CommandRule{C::kScreenModel, kJudges},
    CommandRule{C::kReclassifyModel, kJudges},
    CommandRule{C::kMergeDuplicate, kJudges},
    CommandRule{C::kRejectModel, kDeciders},
    CommandRule{C::kApprovePilot, {ROLE_COMPETENT_AUTHORITY}},
    CommandRule{C::kReportProgress, kRecorders},
    CommandRule{C::kReviseDefinition, kRecorders},
    CommandRule{C::kAssignStewards, kDeciders},
    CommandRule{C::kSuspendModel, kDeciders},
    CommandRule{C::kResumeModel, kDeciders},
    CommandRule{C::kTransferModel, {ROLE_PROVINCIAL_OFFICE, ROLE_COMPETENT_AUTHORITY}},
    CommandRule{C::kCloseModel, kDeciders},
    CommandRule{C::kRecordModelFromDocument, kRecorders},
    CommandRule{C::kStartSite, kRecorders},
    CommandRule{C::kRecordSiteOutput, kRecorders},
    CommandRule{C::kInspectSite,
                {ROLE_COMMUNE_LEADER, ROLE_DEPARTMENT_SPECIALIST, ROLE_PROVINCIAL_OFFICE,
                 ROLE_COMPETENT_AUTHORITY}},
    CommandRule{C::kEndFunding, kStaff},
    CommandRule{C::kTransferSite,
                {ROLE_COMMUNE_LEADER, ROLE_DEPARTMENT_SPECIALIST, ROLE_PROVINCIAL_OFFICE}},
    CommandRule{C::kReviseDescription, kRecorders},
    CommandRule{C::kStopSite, kStaff},
    CommandRule{C::kRecordSiteFromDocument, kRecorders},
    CommandRule{C::kRecordCountedFigure, kRecorders},
};

}  // namespace

std::span<const RpcRule> RpcRules() { return kRpcRules; }

const RpcRule* FindRpcRule(std::string_view rpc) {
  const auto found = std::find_if(kRpcRules.begin(), kRpcRules.end(),
                                  [rpc](const RpcRule& rule) { return rule.rpc == rpc; });
  return found == kRpcRules.end() ? nullptr : &*found;
}

std::span<const CommandRule> CommandRules() { return kCommandRules; }

const CommandRule* FindCommandRule(v1::Command::KindCase command) {
  const auto found =
      std::find_if(kCommandRules.begin(), kCommandRules.end(),
                   [command](const CommandRule& rule) { return rule.command == command; });
  return found == kCommandRules.end() ? nullptr : &*found;
}

}  // namespace nhanrong::access

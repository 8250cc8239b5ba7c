#include "services/domain/state_table/table.h"

namespace nhanrong::domain {
namespace {

using v1::Command;

constexpr std::string_view kStates[] = {"ABSENT", "REGISTERED"};
constexpr TableRow kRows[] = {
    {Command::kRegisterActor, "+-"},    {Command::kGrantRole, "-+"},
    {Command::kRevokeGrant, "-+"},      {Command::kIssueCredential, "-+"},
    {Command::kRevokeCredential, "-+"}, {Command::kSuspendGrant, "-+"},
    {Command::kResumeGrant, "-+"},      {Command::kSuspendCredential, "-+"},
    {Command::kResumeCredential, "-+"}, {Command::kDelegateAuthority, "-+"},
    {Command::kRevokeDelegation, "-+"},
};

}  // namespace

const Table kActorTable = {"actor", kStates, kRows};

}  // namespace nhanrong::domain

#include "services/access/access.h"

#include <algorithm>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "services/access/access_table.h"
#include "services/base/text.h"

namespace nhanrong::access {
namespace {

constexpr std::string_view kTokenPrefix = "nr1_";
constexpr std::size_t kTokenBytes = 32;

bool Reaches(const Grant& grant, std::string_view unit_id, const Map& map) {
  if (grant.scope_unit_id.empty()) return true;
  return !unit_id.empty() && map.within(map.map, unit_id, grant.scope_unit_id);
}

}  // namespace

std::string_view DenialReason(Denial denial) {
  switch (denial) {
    case Denial::kTokenMissing:
      return "TOKEN_MISSING";
    case Denial::kTokenUnknown:
      return "TOKEN_UNKNOWN";
    case Denial::kTokenRevoked:
      return "TOKEN_REVOKED";
    case Denial::kTokenExpired:
      return "TOKEN_EXPIRED";
    case Denial::kRoleMissing:
      return "ROLE_MISSING";
    case Denial::kGrantNotInForce:
      return "GRANT_NOT_IN_FORCE";
    case Denial::kOutOfScope:
      return "OUT_OF_SCOPE";
    case Denial::kDelegationMissing:
      return "DELEGATION_MISSING";
    case Denial::kClassificationAbove:
      return "CLASSIFICATION_ABOVE";
  }
  return "UNKNOWN";
}

bool IsUnauthenticated(Denial denial) {
  return denial == Denial::kTokenMissing || denial == Denial::kTokenUnknown ||
         denial == Denial::kTokenRevoked || denial == Denial::kTokenExpired;
}

std::optional<Hash> TokenHash(std::string_view token_text) {
  std::string bytes;
  if (!absl::StartsWith(ToAbsl(token_text), ToAbsl(kTokenPrefix)) ||
      !absl::WebSafeBase64Unescape(ToAbsl(token_text.substr(kTokenPrefix.size())), &bytes) ||
      bytes.size() != kTokenBytes) {
    return std::nullopt;
  }
  return Sha256(bytes);
}

tl::expected<Grant, Denied> MayCommand(const Caller& caller, v1::Command::KindCase command,
                                       std::string_view unit_id, std::string_view grant_id,
                                       const Map& map) {
  const CommandRule* rule = FindCommandRule(command);
  bool named = grant_id.empty();
  bool role_fits = false;
  for (const Grant& grant : caller.grants) {
    if (!grant_id.empty() && grant.grant_id != grant_id) continue;
    named = true;
    if (rule == nullptr || !rule->roles.contains(grant.role)) continue;
    role_fits = true;
    if (Reaches(grant, unit_id, map)) return grant;
  }
  if (!named) return tl::unexpected(Denied{Denial::kGrantNotInForce});
  return tl::unexpected(Denied{role_fits ? Denial::kOutOfScope : Denial::kRoleMissing});
}

tl::expected<v1::Classification, Denied> MayRead(const Caller& caller, std::string_view rpc,
                                                 std::string_view unit_id, const Map& map) {
  const RpcRule* rule = FindRpcRule(rpc);
  Denial worst = Denial::kRoleMissing;
  v1::Classification reads = v1::CLASSIFICATION_UNSPECIFIED;
  for (const Grant& grant : caller.grants) {
    if (rule == nullptr || !rule->roles.contains(grant.role)) continue;
    if (rule->by_unit && !Reaches(grant, unit_id, map)) {
      if (worst == Denial::kRoleMissing) worst = Denial::kOutOfScope;
    } else if (grant.reads_up_to < rule->at_least) {
      worst = Denial::kClassificationAbove;
    } else {
      reads = std::max(reads, grant.reads_up_to);
    }
  }
  if (reads == v1::CLASSIFICATION_UNSPECIFIED) return tl::unexpected(Denied{worst});
  return reads;
}

}  // namespace nhanrong::access

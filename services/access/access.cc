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

// Whether the grant reaches every one of the units; none of them stands for the whole ledger.
bool ReachesAll(const Grant& grant, std::span<const std::string> unit_ids, const Map& map) {
  if (unit_ids.empty()) return Reaches(grant, "", map);
  return std::all_of(unit_ids.begin(), unit_ids.end(),
                     [&](const std::string& unit_id) { return Reaches(grant, unit_id, map); });
}

// What to say where no grant in force has a role of `rule`.
template <typename Rule>
Denial WithoutRole(const Caller& caller, const Rule* rule) {
  const bool suspended =
      rule != nullptr &&
      std::any_of(caller.suspended_grants.begin(), caller.suspended_grants.end(),
                  [&](const Grant& grant) { return rule->roles.contains(grant.role); });
  return suspended ? Denial::kGrantSuspended : Denial::kRoleMissing;
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
    case Denial::kTokenSuspended:
      return "TOKEN_SUSPENDED";
    case Denial::kTokenExpired:
      return "TOKEN_EXPIRED";
    case Denial::kAgencySuspended:
      return "AGENCY_SUSPENDED";
    case Denial::kAgencyClosed:
      return "AGENCY_CLOSED";
    case Denial::kCertificateUnknown:
      return "CERTIFICATE_UNKNOWN";
    case Denial::kCertificateRevoked:
      return "CERTIFICATE_REVOKED";
    case Denial::kCertificateSuspended:
      return "CERTIFICATE_SUSPENDED";
    case Denial::kCertificateExpired:
      return "CERTIFICATE_EXPIRED";
    case Denial::kRoleMissing:
      return "ROLE_MISSING";
    case Denial::kGrantSuspended:
      return "GRANT_SUSPENDED";
    case Denial::kGrantNotInForce:
      return "GRANT_NOT_IN_FORCE";
    case Denial::kOutOfScope:
      return "OUT_OF_SCOPE";
    case Denial::kClassificationAbove:
      return "CLASSIFICATION_ABOVE";
    case Denial::kDelegationMissing:
      return "DELEGATION_MISSING";
    case Denial::kDelegationUnknown:
      return "DELEGATION_UNKNOWN";
    case Denial::kDelegationRevoked:
      return "DELEGATION_REVOKED";
    case Denial::kDelegationExpired:
      return "DELEGATION_EXPIRED";
    case Denial::kDelegationNotForCommand:
      return "DELEGATION_NOT_FOR_COMMAND";
    case Denial::kDelegationOutOfScope:
      return "DELEGATION_OUT_OF_SCOPE";
    case Denial::kDelegationOfDelegation:
      return "DELEGATION_OF_DELEGATION";
    case Denial::kPrincipalNotEntitled:
      return "PRINCIPAL_NOT_ENTITLED";
  }
  return "UNKNOWN";
}

bool IsUnauthenticated(Denial denial) {
  return denial == Denial::kTokenMissing || denial == Denial::kTokenUnknown ||
         denial == Denial::kTokenRevoked || denial == Denial::kTokenSuspended ||
         denial == Denial::kTokenExpired || denial == Denial::kCertificateUnknown ||
         denial == Denial::kCertificateRevoked || denial == Denial::kCertificateSuspended ||
         denial == Denial::kCertificateExpired;
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

namespace {

bool IsNamed(const std::vector<Grant>& grants, std::string_view grant_id) {
  return std::any_of(grants.begin(), grants.end(),
                     [&](const Grant& grant) { return grant.grant_id == grant_id; });
}

// Why the grant that a command names does not count, where it is none of the caller's.
std::optional<Denial> NotInForce(const Caller& caller, std::string_view grant_id) {
  if (grant_id.empty() || IsNamed(caller.grants, grant_id)) return std::nullopt;
  return IsNamed(caller.suspended_grants, grant_id) ? Denial::kGrantSuspended
                                                    : Denial::kGrantNotInForce;
}

}  // namespace

tl::expected<std::vector<Grant>, Denied> MayCommand(const Caller& caller,
                                                    v1::Command::KindCase command,
                                                    std::span<const std::string> unit_ids,
                                                    std::string_view grant_id, const Map& map,
                                                    v1::Classification reads) {
  if (const auto why = NotInForce(caller, grant_id)) return tl::unexpected(Denied{*why});
  const CommandRule* rule = FindCommandRule(command);
  std::vector<Grant> fitting;
  Denial nearest = WithoutRole(caller, rule);
  for (const Grant& grant : caller.grants) {
    if (!grant_id.empty() && grant.grant_id != grant_id) continue;
    if (rule == nullptr || !rule->roles.contains(grant.role)) continue;
    const bool reaches = ReachesAll(grant, unit_ids, map);
    if (reaches && grant.reads_up_to >= reads) fitting.push_back(grant);
    if (reaches) nearest = Denial::kClassificationAbove;
    if (!reaches && nearest != Denial::kClassificationAbove) nearest = Denial::kOutOfScope;
  }
  if (fitting.empty()) return tl::unexpected(Denied{nearest});
  return fitting;
}

tl::expected<v1::Classification, Denied> MayRead(const Caller& caller, std::string_view rpc,
                                                 std::string_view unit_id, const Map& map) {
  const RpcRule* rule = FindRpcRule(rpc);
  const Denial none = WithoutRole(caller, rule);
  Denial worst = none;
  v1::Classification reads = v1::CLASSIFICATION_UNSPECIFIED;
  for (const Grant& grant : caller.grants) {
    if (rule == nullptr || !rule->roles.contains(grant.role)) continue;
    if (rule->by_unit && !Reaches(grant, unit_id, map)) {
      if (worst == none) worst = Denial::kOutOfScope;
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

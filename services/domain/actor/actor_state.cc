#include "services/domain/actor/actor_state.h"

#include "services/base/bytes.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {
namespace {

std::vector<std::pair<std::string, Grant>> GrantsOf(const std::map<std::string, Grant>& all,
                                                    Standing standing, absl::CivilDay day) {
  std::vector<std::pair<std::string, Grant>> found;
  for (const auto& [id, grant] : all) {
    if (grant.standing == standing && IsBefore(day, grant.valid_to)) found.emplace_back(id, grant);
  }
  return found;
}

}  // namespace

bool IsBefore(absl::CivilDay day, const std::string& valid_to) {
  const auto end = ParseDay(valid_to);
  return !end || day < *end;
}

bool InForce(const Grant& grant, absl::CivilDay day) {
  return grant.standing == Standing::kHolds && IsBefore(day, grant.valid_to);
}

bool InForce(const Credential& credential, absl::CivilDay day) {
  return credential.standing == Standing::kHolds && IsBefore(day, credential.valid_to);
}

bool InForce(const Delegation& delegation, absl::CivilDay day) {
  return delegation.standing == Standing::kHolds && IsBefore(day, delegation.terms.valid_to());
}

std::vector<std::pair<std::string, Grant>> ActorState::GrantsOn(absl::CivilDay day) const {
  return GrantsOf(grants, Standing::kHolds, day);
}

std::vector<std::pair<std::string, Grant>> ActorState::SuspendedGrantsOn(absl::CivilDay day) const {
  return GrantsOf(grants, Standing::kSuspended, day);
}

std::optional<std::string> ActorState::CredentialOn(std::string_view token_sha256,
                                                    absl::CivilDay day) const {
  for (const auto& [id, credential] : credentials) {
    if (credential.token_sha256 == token_sha256 && InForce(credential, day)) return id;
  }
  return std::nullopt;
}

std::string TokenReservation(std::string_view token_sha256) {
  return "reserved/token/" + ToHex(token_sha256);
}

}  // namespace nhanrong::domain

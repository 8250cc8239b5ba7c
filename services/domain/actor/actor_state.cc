#include "services/domain/actor/actor_state.h"

#include "services/base/bytes.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {
namespace {

bool Before(absl::CivilDay day, const std::string& valid_to) {
  const auto end = ParseDay(valid_to);
  return !end || day < *end;
}

}  // namespace

bool InForce(const Grant& grant, absl::CivilDay day) {
  return !grant.revoked && Before(day, grant.valid_to);
}

bool InForce(const Credential& credential, absl::CivilDay day) {
  return !credential.revoked && Before(day, credential.valid_to);
}

std::vector<std::pair<std::string, Grant>> ActorState::GrantsOn(absl::CivilDay day) const {
  std::vector<std::pair<std::string, Grant>> found;
  for (const auto& [id, grant] : grants) {
    if (InForce(grant, day)) found.emplace_back(id, grant);
  }
  return found;
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

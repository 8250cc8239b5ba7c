// Actor: a person or system of an agency, with its roles (grants), credentials and the authority
// that others have delegated to it.
//
// The gateway asks it who a token is and what that actor may do on a day.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/time/civil_time.h"
#include "nhanrong/v1/actor.pb.h"
#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

// A revocation is for good, a suspension until it is resumed.
enum class Standing { kHolds, kSuspended, kRevoked };

struct Grant {
  v1::Role role = v1::ROLE_UNSPECIFIED;
  std::string scope_unit_id;  // empty: the whole ledger
  v1::Classification reads_up_to = v1::CLASSIFICATION_UNSPECIFIED;
  std::string valid_to;  // ISO date, exclusive; empty: open
  Standing standing = Standing::kHolds;
};

struct Credential {
  std::string token_sha256;  // 32 bytes
  std::string valid_to;      // ISO date, exclusive; empty: open
  Standing standing = Standing::kHolds;
  v1::CredentialKind kind = v1::CREDENTIAL_KIND_TOKEN;
};

// Authority that somebody else has lent to the actor.
struct Delegation {
  v1::AuthorityDelegated terms;
  Standing standing = Standing::kHolds;
};

// `day` lies before the ISO date; an empty one never comes.
bool IsBefore(absl::CivilDay day, const std::string& valid_to);
// Neither suspended nor revoked, and `day` lies before valid_to.
bool InForce(const Grant& grant, absl::CivilDay day);
bool InForce(const Credential& credential, absl::CivilDay day);
bool InForce(const Delegation& delegation, absl::CivilDay day);

struct ActorState final : State {
  bool registered = false;
  std::string agency_id;
  v1::ActorKind kind = v1::ACTOR_KIND_UNSPECIFIED;
  std::string title;
  std::string subject_id;                         // empty: a system
  std::map<std::string, Grant> grants;            // by grant_id
  std::map<std::string, Credential> credentials;  // by credential_id
  std::map<std::string, Delegation> delegations;  // to this actor, by delegation_id

  // Grants in force on `day`, in order of their ids; those that are only suspended.
  std::vector<std::pair<std::string, Grant>> GrantsOn(absl::CivilDay day) const;
  std::vector<std::pair<std::string, Grant>> SuspendedGrantsOn(absl::CivilDay day) const;
  // Id of the credential in force on `day` whose token has this SHA-256 (32 bytes); absent: none.
  std::optional<std::string> CredentialOn(std::string_view token_sha256, absl::CivilDay day) const;
};

extern const AggregateType kActor;
extern const std::span<const CommandType> kActorCommands;

// The stream that says which actor holds a token: "reserved/token/<hex>".
std::string TokenReservation(std::string_view token_sha256);

}  // namespace nhanrong::domain

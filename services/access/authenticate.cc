#include <utility>

#include "services/access/access.h"
#include "services/domain/actor/actor_state.h"
#include "services/domain/agency/agency.h"

namespace nhanrong::access {
namespace {

// The stream of the actor who holds or held the token; empty: nobody ever did.
std::string HolderOf(const streams::StreamTable& streams, std::string_view token) {
  const streams::StreamPtr reserved = streams.Find(domain::TokenReservation(token));
  std::string holder;
  if (!reserved) return holder;
  for (const domain::StreamFact& fact : reserved->facts()) {
    if (fact.fact.has_value_reserved()) holder = fact.fact.value_reserved().holder();
  }
  return holder;
}

Denial WhyNotInForce(const domain::ActorState& actor, std::string_view token) {
  for (const auto& [id, credential] : actor.credentials) {
    if (credential.token_sha256 != token) continue;
    return credential.revoked ? Denial::kTokenRevoked : Denial::kTokenExpired;
  }
  return Denial::kTokenRevoked;  // its issue was annulled
}

v1::AgencyRef AgencyRefOf(const streams::StreamTable& streams, const std::string& agency_id) {
  v1::AgencyRef ref;
  ref.set_agency_id(agency_id);
  if (const streams::StreamPtr agency = streams.Find("agency/" + agency_id)) {
    const auto& state = agency->as<domain::AgencyState>();
    ref.set_name_at_event(state.name);
    ref.set_electronic_id(state.electronic_id);
  }
  return ref;
}

}  // namespace

tl::expected<Caller, Denied> Authenticate(const streams::StreamTable& streams,
                                          const std::optional<Hash>& token, absl::CivilDay today) {
  if (!token) return tl::unexpected(Denied{Denial::kTokenMissing});
  const std::string_view hash = AsBytes(*token);
  const std::string holder = HolderOf(streams, hash);
  const streams::StreamPtr stream = holder.empty() ? nullptr : streams.Find(holder);
  if (!stream) return tl::unexpected(Denied{Denial::kTokenUnknown});
  const auto& actor = stream->as<domain::ActorState>();
  const auto credential = actor.CredentialOn(hash, today);
  if (!credential) return tl::unexpected(Denied{WhyNotInForce(actor, hash)});

  Caller caller;
  caller.actor_id = holder.substr(holder.find('/') + 1);
  caller.credential_id = *credential;
  caller.agency = AgencyRefOf(streams, actor.agency_id);
  for (auto& [id, grant] : actor.GrantsOn(today)) {
    caller.grants.push_back({id, grant.role, grant.scope_unit_id, grant.reads_up_to});
  }
  return caller;
}

}  // namespace nhanrong::access

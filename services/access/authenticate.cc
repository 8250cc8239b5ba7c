#include <utility>

#include "services/access/access.h"
#include "services/access/authority.h"
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
    switch (credential.standing) {
      case domain::Standing::kHolds:
        return Denial::kTokenExpired;
      case domain::Standing::kSuspended:
        return Denial::kTokenSuspended;
      case domain::Standing::kRevoked:
        return Denial::kTokenRevoked;
    }
  }
  return Denial::kTokenRevoked;  // its issue was annulled
}

Grant GrantOf(const std::string& id, const domain::Grant& grant) {
  return {id, grant.role, grant.scope_unit_id, grant.reads_up_to};
}

}  // namespace

std::optional<Denial> WhyNotAtWork(const domain::AgencyState& agency) {
  switch (agency.status) {
    case v1::AGENCY_STATUS_SUSPENDED:
      return Denial::kAgencySuspended;
    case v1::AGENCY_STATUS_ESTABLISHED:
      return std::nullopt;
    default:  // closed, or its establishment was annulled
      return Denial::kAgencyClosed;
  }
}

v1::AgencyRef AgencyRefOf(const std::string& agency_id, const domain::AgencyState& agency) {
  v1::AgencyRef ref;
  ref.set_agency_id(agency_id);
  ref.set_name_at_event(agency.name);
  ref.set_electronic_id(agency.electronic_id);
  return ref;
}

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
  caller.subject_id = actor.subject_id;
  caller.credential_id = *credential;
  const streams::StreamPtr agency = streams.Find("agency/" + actor.agency_id);
  const domain::AgencyState none;
  const auto& at_work = agency ? agency->as<domain::AgencyState>() : none;
  if (const auto denial = WhyNotAtWork(at_work)) return tl::unexpected(Denied{*denial});
  caller.agency = AgencyRefOf(actor.agency_id, at_work);
  for (const auto& [id, grant] : actor.GrantsOn(today)) {
    caller.grants.push_back(GrantOf(id, grant));
  }
  for (const auto& [id, grant] : actor.SuspendedGrantsOn(today)) {
    caller.suspended_grants.push_back(GrantOf(id, grant));
  }
  return caller;
}

}  // namespace nhanrong::access

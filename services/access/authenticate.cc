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

// The words of a denial, by what was shown.
struct Denials {
  Denial unknown;
  Denial revoked;
  Denial suspended;
  Denial expired;
};
Denials DenialsFor(v1::CredentialKind kind) {
  if (kind == v1::CREDENTIAL_KIND_CERTIFICATE) {
    return {Denial::kCertificateUnknown, Denial::kCertificateRevoked, Denial::kCertificateSuspended,
            Denial::kCertificateExpired};
  }
  return {Denial::kTokenUnknown, Denial::kTokenRevoked, Denial::kTokenSuspended,
          Denial::kTokenExpired};
}

Denial WhyNotInForce(const domain::ActorState& actor, std::string_view hash,
                     const Denials& denials) {
  for (const auto& [id, credential] : actor.credentials) {
    if (credential.token_sha256 != hash) continue;
    switch (credential.standing) {
      case domain::Standing::kHolds:
        return denials.expired;
      case domain::Standing::kSuspended:
        return denials.suspended;
      case domain::Standing::kRevoked:
        return denials.revoked;
    }
  }
  return denials.revoked;  // its issue was annulled
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
                                          const std::optional<Proof>& proof, absl::CivilDay today) {
  if (!proof) return tl::unexpected(Denied{NobodyBy(proof)});
  const Denials denials = DenialsFor(proof->kind);
  const std::string_view hash = AsBytes(proof->sha256);
  const std::string holder = HolderOf(streams, hash);
  const streams::StreamPtr stream = holder.empty() ? nullptr : streams.Find(holder);
  if (!stream) return tl::unexpected(Denied{denials.unknown});
  const auto& actor = stream->as<domain::ActorState>();
  const auto credential = actor.CredentialOn(hash, today);
  if (!credential) return tl::unexpected(Denied{WhyNotInForce(actor, hash, denials)});
  const bool certificate = proof->kind == v1::CREDENTIAL_KIND_CERTIFICATE;
  const bool for_a_person = certificate && actor.kind != v1::ACTOR_KIND_SYSTEM;
  if (actor.credentials.at(*credential).kind != proof->kind || for_a_person) {
    return tl::unexpected(Denied{denials.unknown});
  }

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

Denial NobodyBy(const std::optional<Proof>& proof) {
  return proof ? DenialsFor(proof->kind).unknown : Denial::kTokenMissing;
}

std::string AgencyOf(const streams::StreamTable& streams, const std::optional<Proof>& proof) {
  const std::string holder = proof ? HolderOf(streams, AsBytes(proof->sha256)) : std::string();
  const streams::StreamPtr stream = holder.empty() ? nullptr : streams.Find(holder);
  return stream ? stream->as<domain::ActorState>().agency_id : std::string();
}

}  // namespace nhanrong::access

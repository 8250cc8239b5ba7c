// Who is calling, and may he? Pure over the folded streams of the ledger that is addressed.
//
// A credential is a token of 32 random bytes or, for systems, the key of a client certificate; the
// ledger holds the SHA-256 in the actor's stream. Whoever acts in several ledgers holds a grant in
// each. Every denial says which kind it is, for reads as
// for writes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "nhanrong/v1/actor.pb.h"
#include "nhanrong/v1/command.pb.h"
#include "nhanrong/v1/values.pb.h"
#include "services/base/bytes.h"
#include "services/streams/stream_table.h"
#include "tl/expected.hpp"

namespace nhanrong::access {

enum class Denial {
  kTokenMissing,
  kTokenUnknown,
  kTokenRevoked,
  kTokenSuspended,
  kTokenExpired,
  kCertificateUnknown,
  kCertificateRevoked,
  kCertificateSuspended,
  kCertificateExpired,  // the credential; a certificate that has ended does not come so far
  kAgencySuspended,     // the caller's, or the one that he acts for
  kAgencyClosed,
  kRoleMissing,          // no grant in force has a role that may do this
  kGrantSuspended,       // such a grant is there, but suspended
  kGrantNotInForce,      // the grant that the submission names
  kOutOfScope,           // the grants reach other units
  kClassificationAbove,  // no grant reads what this call answers with or acts on
  // Acting for somebody else:
  kDelegationMissing,  // none is named that lets the caller act for that agency
  kDelegationUnknown,  // the one that is named was never given to the caller
  kDelegationRevoked,
  kDelegationExpired,
  kDelegationNotForCommand,  // its commands and roles do not cover this one
  kDelegationOutOfScope,     // its unit does not reach this one
  kDelegationOfDelegation,   // the principal has the right only by a delegation himself
  kPrincipalNotEntitled      // the principal does not have the right at the moment
};
// UPPER_SNAKE_CASE, for ErrorInfo.reason.
std::string_view DenialReason(Denial denial);
// Whether the caller is not known (UNAUTHENTICATED) rather than not allowed (PERMISSION_DENIED).
bool IsUnauthenticated(Denial denial);

struct Denied {
  Denial denial;
};

// What a caller shows of himself: a token, or the private key of a client certificate.
struct Proof {
  Hash sha256{};  // of the token, or of the public key
  v1::CredentialKind kind = v1::CREDENTIAL_KIND_TOKEN;
};
inline Proof TokenProof(const Hash& sha256) { return {sha256, v1::CREDENTIAL_KIND_TOKEN}; }
inline Proof CertificateProof(const Hash& public_key_sha256) {
  return {public_key_sha256, v1::CREDENTIAL_KIND_CERTIFICATE};
}

struct Grant {
  std::string grant_id;
  v1::Role role = v1::ROLE_UNSPECIFIED;
  std::string scope_unit_id;  // empty: the whole ledger
  v1::Classification reads_up_to = v1::CLASSIFICATION_PUBLIC;
};

struct Caller {
  std::string actor_id;
  std::string subject_id;  // the person; empty: a system
  std::string credential_id;
  v1::AgencyRef agency;
  std::vector<Grant> grants;  // in force, in order of their ids
  std::vector<Grant> suspended_grants = {};
};

// "nr1_" and 43 characters of base64url: the text form of a token. Absent: not of this form.
std::optional<Hash> TokenHash(std::string_view token_text);

// The caller behind a proof on this day, whose agency works. `streams` under its ledger's lock. A
// public key is public, so a hash proves only in the way in which it was issued.
tl::expected<Caller, Denied> Authenticate(const streams::StreamTable& streams,
                                          const std::optional<Proof>& proof, absl::CivilDay today);

// Why who shows this, and is nobody, is denied: it is missing, or unknown.
Denial NobodyBy(const std::optional<Proof>& proof);

// The agency of whoever the credential was given to, in force or not; empty: nobody.
std::string AgencyOf(const streams::StreamTable& streams, const std::optional<Proof>& proof);

// Whether the unit lies within the scope unit, on the map that the asker uses.
using WithinUnit = bool (*)(void* map, std::string_view unit_id, std::string_view scope_unit_id);
struct Map {
  void* map;
  WithinUnit within;
};

// The grants under which the caller may give this command about these units, every one of them
// (none: about the whole ledger, which only a grant for the whole ledger allows), reading what must
// be read for it; at least one, in order of their ids. `grant_id`: only the one that he names;
// empty: any.
tl::expected<std::vector<Grant>, Denied> MayCommand(
    const Caller& caller, v1::Command::KindCase command, std::span<const std::string> unit_ids,
    std::string_view grant_id, const Map& map,
    v1::Classification reads = v1::CLASSIFICATION_PUBLIC);

// What he may read by this call about this unit: the highest classification.
tl::expected<v1::Classification, Denied> MayRead(const Caller& caller, std::string_view rpc,
                                                 std::string_view unit_id, const Map& map);

}  // namespace nhanrong::access

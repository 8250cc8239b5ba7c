// Reads certificates and checks an identity. Pure but for the clock that is given; thread-safe.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "services/base/bytes.h"

namespace nhanrong::certificates {

struct Certificate {
  // Of the DER of SubjectPublicKeyInfo: what a credential of a system is.
  Hash public_key_sha256{};
  absl::Time not_before;
  absl::Time not_after;
  std::string subject;  // "CN=…", for people
};

// The first certificate of a PEM text. kInvalidArgument: there is none.
absl::StatusOr<Certificate> ReadCertificate(const std::string& pem);

// What a server shows, and whom it believes. PEM texts.
struct Identity {
  std::string chain;         // its certificate first
  std::string key;           // without pass phrase
  std::string client_roots;  // authorities of clients; empty: clients need no certificate
  friend bool operator==(const Identity&, const Identity&) = default;
};

// The server's certificate, if it may be shown now. kInvalidArgument says what is wrong: a text
// that is no PEM, a key of another certificate, a certificate that has ended or not begun.
absl::StatusOr<Certificate> CheckIdentity(const Identity& identity, absl::Time now);

}  // namespace nhanrong::certificates

#include "services/rpc/call_metadata.h"

#include <algorithm>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "services/access/access.h"
#include "services/base/text.h"
#include "services/certificates/certificate.h"

namespace nhanrong::rpc {
namespace {

constexpr std::string_view kBearer = "bearer ";

std::optional<std::string> Metadata(const grpc::ServerContext& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return std::nullopt;
  return std::string(found->second.data(), found->second.size());
}

Hash TokenHashOf(const std::string& header) {
  if (!absl::StartsWithIgnoreCase(header, ToAbsl(kBearer))) return Sha256(header);
  const std::string text = header.substr(kBearer.size());
  // What has not the form of a token is no token of anybody: its hash is known to no ledger.
  return access::TokenHash(text).value_or(Sha256(text));
}

// Public keys of the certificates that this thread has seen: a connection shows the same one with
// every call, and reading it costs more than the call.
class KnownKeys {
 public:
  std::optional<Hash> Of(const std::string& pem) {
    const auto known = keys_.find(pem);
    if (known != keys_.end()) return known->second;
    const auto read = certificates::ReadCertificate(pem);
    if (!read.ok()) return std::nullopt;
    if (keys_.size() >= kCertificatesMax) keys_.clear();
    return keys_[pem] = read->public_key_sha256;
  }

 private:
  // Two kilobytes each.
  static constexpr std::size_t kCertificatesMax = 256;
  absl::flat_hash_map<std::string, Hash> keys_;
};

// The certificate that the handshake has verified, if there was one.
std::optional<access::Proof> CertificateOf(const grpc::ServerContext& context) {
  const auto connection = context.auth_context();
  if (connection == nullptr) return std::nullopt;
  const auto shown = connection->FindPropertyValues(GRPC_X509_PEM_CERT_PROPERTY_NAME);
  if (shown.empty()) return std::nullopt;
  thread_local KnownKeys known;
  const auto key = known.Of(std::string(shown[0].data(), shown[0].size()));
  return key ? std::optional(access::CertificateProof(*key)) : std::nullopt;
}

std::optional<access::Proof> ProofOf(const grpc::ServerContext& context) {
  if (const auto header = Metadata(context, "authorization")) {
    return access::TokenProof(TokenHashOf(*header));
  }
  return CertificateOf(context);
}

}  // namespace

Language LanguageOf(const grpc::ServerContext& context) {
  const auto language = Metadata(context, "accept-language");
  const bool english = language && absl::StartsWithIgnoreCase(*language, "en");
  return english ? Language::kEnglish : Language::kVietnamese;
}

CallInfo CallInfoOf(const grpc::ServerContext& context) {
  CallInfo info;
  info.proof = ProofOf(context);
  const absl::Time limit = absl::Now() + kCallLimit;
  info.deadline = std::min(absl::FromChrono(context.deadline()), limit);
  info.language = LanguageOf(context);
  return info;
}

grpc::Status GrpcStatusOf(const google::rpc::Status& status) {
  if (status.code() == 0) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), status.message(),
                      status.SerializeAsString());
}

}  // namespace nhanrong::rpc

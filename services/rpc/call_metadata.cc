#include "services/rpc/call_metadata.h"

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "absl/time/clock.h"
#include "services/access/access.h"
#include "services/base/text.h"

namespace nhanrong::rpc {
namespace {

constexpr std::string_view kBearer = "bearer ";

std::optional<std::string> Metadata(const grpc::ServerContext& context, const char* key) {
  const auto found = context.client_metadata().find(key);
  if (found == context.client_metadata().end()) return std::nullopt;
  return std::string(found->second.data(), found->second.size());
}

std::optional<Hash> TokenOf(const grpc::ServerContext& context) {
  const auto header = Metadata(context, "authorization");
  if (!header) return std::nullopt;
  if (!absl::StartsWithIgnoreCase(*header, ToAbsl(kBearer))) return Sha256(*header);
  const std::string text = header->substr(kBearer.size());
  // What has not the form of a token is no token of anybody: its hash is known to no ledger.
  return access::TokenHash(text).value_or(Sha256(text));
}

}  // namespace

CallInfo CallInfoOf(const grpc::ServerContext& context) {
  CallInfo info;
  info.token = TokenOf(context);
  const absl::Time limit = absl::Now() + kCallLimit;
  info.deadline = std::min(absl::FromChrono(context.deadline()), limit);
  const auto language = Metadata(context, "accept-language");
  if (language && absl::StartsWithIgnoreCase(*language, "en")) info.language = Language::kEnglish;
  return info;
}

grpc::Status GrpcStatusOf(const google::rpc::Status& status) {
  if (status.code() == 0) return grpc::Status::OK;
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), status.message(),
                      status.SerializeAsString());
}

}  // namespace nhanrong::rpc

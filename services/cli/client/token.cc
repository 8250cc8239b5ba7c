#include "services/cli/client/token.h"

#include <fstream>

#include "absl/strings/escaping.h"
#include "services/base/ids.h"
#include "services/base/text.h"
#include "services/cli/client/files.h"

namespace nhanrong::cli {
namespace {

constexpr std::string_view kPrefix = "nr1_";
constexpr std::size_t kTokenBytes = 32;
// base64url of 32 bytes without padding.
constexpr std::size_t kTokenCharacters = 43;

}  // namespace

std::string NewToken() { return TokenText(RandomBytes(kTokenBytes)); }

std::string TokenText(std::string_view bytes) {
  std::string text = absl::WebSafeBase64Escape(ToAbsl(bytes));
  while (!text.empty() && text.back() == '=') text.pop_back();
  return std::string(kPrefix) + text;
}

std::optional<Hash> TokenHash(std::string_view token) {
  if (token.substr(0, kPrefix.size()) != kPrefix) return std::nullopt;
  const std::string body(token.substr(kPrefix.size()));
  std::string bytes;
  if (body.size() != kTokenCharacters || !absl::WebSafeBase64Unescape(body, &bytes)) {
    return std::nullopt;
  }
  if (bytes.size() != kTokenBytes) return std::nullopt;
  return Sha256(bytes);
}

absl::Status WriteTokenFile(const std::string& path, std::string_view token) {
  return CreateFile(path, std::string(token) + "\n");
}

absl::StatusOr<std::string> ReadSecretFile(const std::string& path) {
  std::ifstream in(path);
  std::string line;
  if (!in || !std::getline(in, line)) {
    return absl::NotFoundError("không đọc được / cannot read: " + path);
  }
  while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
  return line;
}

absl::StatusOr<std::string> ReadTokenFile(const std::string& path) {
  absl::StatusOr<std::string> token = ReadSecretFile(path);
  if (!token.ok()) return token;
  if (!TokenHash(*token)) {
    return absl::InvalidArgumentError(
        path + ": không phải thẻ truy cập dạng nr1_… / not a token of the form nr1_…");
  }
  return token;
}

}  // namespace nhanrong::cli

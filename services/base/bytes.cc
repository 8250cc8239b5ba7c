#include "services/base/bytes.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

#include "absl/strings/escaping.h"
#include "services/base/check.h"
#include "services/base/text.h"

namespace nhanrong {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

Hash Sha256Of(std::string_view first, std::string_view second) {
  // Kept per thread: making a context costs more than hashing a short input.
  thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context(EVP_MD_CTX_new());
  Hash out;
  const bool ok = EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1 &&
                  EVP_DigestUpdate(context.get(), first.data(), first.size()) == 1 &&
                  EVP_DigestUpdate(context.get(), second.data(), second.size()) == 1 &&
                  EVP_DigestFinal_ex(context.get(), out.data(), nullptr) == 1;
  NR_CHECK(ok, "SHA-256 of OpenSSL failed");
  return out;
}

bool IsHexDigit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

}  // namespace

Hash Sha256(std::string_view bytes) { return Sha256Of(bytes, {}); }

Hash LeafHash(std::string_view bytes) { return Sha256Of(std::string_view("\0", 1), bytes); }

Hash ChainHash(const Hash& previous, const Hash& leaf) {
  return Sha256Of(AsBytes(previous), AsBytes(leaf));
}

std::optional<Hash> HashFromBytes(std::string_view bytes) {
  Hash out;
  if (bytes.size() != out.size()) return std::nullopt;
  std::copy(bytes.begin(), bytes.end(), out.begin());
  return out;
}

std::string ToHex(std::string_view bytes) { return absl::BytesToHexString(ToAbsl(bytes)); }

std::optional<std::string> FromHex(std::string_view hex) {
  if (hex.size() % 2 != 0 || !std::all_of(hex.begin(), hex.end(), IsHexDigit)) return std::nullopt;
  return absl::HexStringToBytes(ToAbsl(hex));
}

void AppendBigEndian64(std::string& out, std::uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

std::uint64_t ReadBigEndian64(std::string_view bytes) {
  NR_CHECK(bytes.size() >= 8, "eight bytes needed");
  std::uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
  return value;
}

}  // namespace nhanrong

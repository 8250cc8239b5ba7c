// Hashes and text forms of bytes. Pure, thread-safe, cannot fail on any input.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace nhanrong {

// 32 bytes: a SHA-256 value.
using Hash = std::array<std::uint8_t, 32>;

Hash Sha256(std::string_view bytes);

// RFC 6962 section 2.1: SHA-256(0x00 || bytes).
Hash LeafHash(std::string_view bytes);

// SHA-256(previous || leaf): the running hash over accepted commits, all zero before the first.
Hash ChainHash(const Hash& previous, const Hash& leaf);

inline std::string_view AsBytes(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.data()), hash.size()};
}
// Absent unless `bytes` has exactly 32 of them.
std::optional<Hash> HashFromBytes(std::string_view bytes);

std::string ToHex(std::string_view bytes);
std::optional<std::string> FromHex(std::string_view hex);

// Big-endian, so that byte order is number order.
void AppendBigEndian64(std::string& out, std::uint64_t value);
// REQUIRES: bytes.size() >= 8.
std::uint64_t ReadBigEndian64(std::string_view bytes);

}  // namespace nhanrong

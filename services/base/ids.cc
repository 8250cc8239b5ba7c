#include "services/base/ids.h"

#include <openssl/sha.h>
#include <sodium.h>

#include <algorithm>
#include <cstring>

#include "services/base/bytes.h"
#include "services/base/check.h"

namespace nhanrong {
namespace {

constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kUlidLength = 26;
constexpr std::string_view kUuidForm = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

void PutMilliseconds(Id128& id, absl::Time when) {
  const std::int64_t ms = absl::ToUnixMillis(when);
  for (int i = 0; i < 6; ++i) id[i] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
}

Id128 TimedId(absl::Time when, std::string_view seed) {
  const Hash hash = Sha256(seed);
  Id128 id;
  std::copy_n(hash.begin(), id.size(), id.begin());
  PutMilliseconds(id, when);
  return id;
}

void StampVersion(Id128& id, std::uint8_t version) {
  id[6] = static_cast<std::uint8_t>((id[6] & 0x0f) | version << 4);
  id[8] = static_cast<std::uint8_t>((id[8] & 0x3f) | 0x80);
}

Id128 IdFrom(std::string_view bytes) {
  Id128 id;
  NR_CHECK(bytes.size() >= id.size(), "sixteen bytes needed");
  std::memcpy(id.data(), bytes.data(), id.size());
  return id;
}

}  // namespace

std::string UlidText(const Id128& id) {
  // 130 bits in 26 groups of five; the two extra bits lead and are zero.
  std::string text(kUlidLength, '0');
  for (std::size_t i = 0; i < kUlidLength; ++i) {
    int value = 0;
    for (int bit = 0; bit < 5; ++bit) {
      const int at = static_cast<int>(i) * 5 + bit - 2;
      const int set = at < 0 ? 0 : (id[at / 8] >> (7 - at % 8)) & 1;
      value = value << 1 | set;
    }
    text[i] = kCrockford[value];
  }
  return text;
}

std::optional<Id128> ParseUlid(std::string_view text) {
  if (text.size() != kUlidLength || text[0] > '7') return std::nullopt;
  Id128 id{};
  for (std::size_t i = 0; i < kUlidLength; ++i) {
    const std::size_t value = kCrockford.find(text[i]);
    if (value == std::string_view::npos) return std::nullopt;
    for (int bit = 0; bit < 5; ++bit) {
      const int at = static_cast<int>(i) * 5 + bit - 2;
      if (at >= 0 && (value >> (4 - bit) & 1)) id[at / 8] |= 1 << (7 - at % 8);
    }
  }
  return id;
}

std::string UuidText(const Id128& id) {
  const std::string hex = ToHex({reinterpret_cast<const char*>(id.data()), id.size()});
  std::string text;
  std::size_t next = 0;
  for (const char c : kUuidForm) text.push_back(c == '-' ? '-' : hex[next++]);
  return text;
}

std::optional<Id128> ParseUuid(std::string_view text) {
  if (text.size() != kUuidForm.size()) return std::nullopt;
  std::string hex;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((kUuidForm[i] == '-') != (text[i] == '-')) return std::nullopt;
    if (text[i] != '-') hex.push_back(text[i]);
  }
  const std::optional<std::string> bytes = FromHex(hex);
  if (!bytes) return std::nullopt;
  return IdFrom(*bytes);
}

std::string DerivedUlid(absl::Time when, std::string_view seed) {
  return UlidText(TimedId(when, seed));
}

std::string DerivedUuid7(absl::Time when, std::string_view seed) {
  Id128 id = TimedId(when, seed);
  StampVersion(id, 7);
  return UuidText(id);
}

std::string Uuid5(const Id128& name_space, std::string_view name) {
  std::string input(name_space.begin(), name_space.end());
  input.append(name);
  std::array<std::uint8_t, SHA_DIGEST_LENGTH> sha1;
  SHA1(reinterpret_cast<const std::uint8_t*>(input.data()), input.size(), sha1.data());
  Id128 id;
  std::copy_n(sha1.begin(), id.size(), id.begin());
  StampVersion(id, 5);
  return UuidText(id);
}

std::string RandomBytes(std::size_t count) {
  static const int ready = sodium_init();
  NR_CHECK(ready >= 0, "libsodium found no random source");
  std::string bytes(count, '\0');
  randombytes_buf(bytes.data(), bytes.size());
  return bytes;
}

std::string RandomUlid(absl::Time now) {
  Id128 id = IdFrom(RandomBytes(16));
  PutMilliseconds(id, now);
  return UlidText(id);
}

std::string RandomUuid4() {
  Id128 id = IdFrom(RandomBytes(16));
  StampVersion(id, 4);
  return UuidText(id);
}

}  // namespace nhanrong

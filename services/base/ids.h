// Identifiers: ULIDs name aggregates, UUIDs name submissions and events.
// Both are 128 bits; text forms are canonical (upper-case Crockford, lower-case UUID).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"

namespace nhanrong {

using Id128 = std::array<std::uint8_t, 16>;

// 26 characters of Crockford's base 32, first one at most '7' (github.com/ulid/spec).
std::string UlidText(const Id128& id);
// Absent unless `text` is a canonical ULID.
std::optional<Id128> ParseUlid(std::string_view text);
inline bool IsUlid(std::string_view text) { return ParseUlid(text).has_value(); }

// RFC 9562 text form, lower case.
std::string UuidText(const Id128& id);
// Accepts upper and lower case; absent unless `text` has the 8-4-4-4-12 form.
std::optional<Id128> ParseUuid(std::string_view text);

// A ULID that depends on nothing but its arguments: 48 bits of `when` in ms, then bits of
// SHA-256(seed). The same submission decided twice names the same new aggregate.
std::string DerivedUlid(absl::Time when, std::string_view seed);
// RFC 9562 version 7 layout, the random part made from `seed` as above.
std::string DerivedUuid7(absl::Time when, std::string_view seed);
// RFC 9562 version 5.
std::string Uuid5(const Id128& name_space, std::string_view name);

// From the operating system's random source.
std::string RandomBytes(std::size_t count);
std::string RandomUlid(absl::Time now);
std::string RandomUuid4();

}  // namespace nhanrong

// How a row version is keyed and stored. The order of stored keys is the order of row keys, and
// within a row the newest version first:
//
//   'r' | key, 0x00 written as 0x00 0xFF | 0x00 0x01 | big-endian (2^64 - 1 - position)
//
// No row's prefix is the beginning of another's. A value is one tag byte and the row's bytes. Keys
// that do not begin with 'r' are the store's own. Pure, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/base/strong.h"

namespace nhanrong::projector {

// Raised when keys or values are stored in another form.
inline constexpr std::uint32_t kRowFormat = 1;
inline constexpr char kRowSpace = 'r';
inline constexpr std::size_t kPositionBytes = 8;

// Tags of values.
inline constexpr char kLiveTag = 1;
inline constexpr char kDeletedTag = 0;

// Beginning of the stored keys of all rows whose key begins with `key_prefix`.
std::string ScanPrefix(std::string_view key_prefix);
// Smallest stored key that no longer begins with `stored_prefix`.
std::string After(std::string stored_prefix);
// The part that all versions of a row share, through the terminator.
std::string RowPrefix(std::string_view key);
// Of the newest version at or before `position`: a seek to it lands there.
std::string VersionKey(std::string_view row_prefix, Position position);

struct StoredKey {
  std::string_view row_prefix;  // points into the stored key
  Position position;
};
// Absent unless `stored` is a version's key.
std::optional<StoredKey> ParseStoredKey(std::string_view stored);
// REQUIRES: `row_prefix` is one.
std::string RowKeyOf(std::string_view row_prefix);

std::string StoredValue(const std::optional<std::string>& value);
// Whether `stored` is a value at all: a known tag stands in front.
bool IsStoredValue(std::string_view stored);

}  // namespace nhanrong::projector

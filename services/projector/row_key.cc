#include "services/projector/row_key.h"

#include <limits>

#include "services/base/bytes.h"
#include "services/base/check.h"

namespace nhanrong::projector {
namespace {

constexpr char kEscaped = '\xff';
constexpr std::string_view kTerminator("\x00\x01", 2);

std::uint64_t Inverted(std::uint64_t position) {
  return std::numeric_limits<std::uint64_t>::max() - position;
}

}  // namespace

std::string ScanPrefix(std::string_view key_prefix) {
  std::string stored(1, kRowSpace);
  stored.reserve(key_prefix.size() + 16);
  for (const char c : key_prefix) {
    stored.push_back(c);
    if (c == '\0') stored.push_back(kEscaped);
  }
  return stored;
}

std::string After(std::string stored_prefix) {
  while (!stored_prefix.empty() && stored_prefix.back() == '\xff') stored_prefix.pop_back();
  NR_CHECK(!stored_prefix.empty(), "a stored prefix begins with the row space");
  stored_prefix.back() = static_cast<char>(static_cast<unsigned char>(stored_prefix.back()) + 1);
  return stored_prefix;
}

std::string RowPrefix(std::string_view key) { return ScanPrefix(key).append(kTerminator); }

std::string VersionKey(std::string_view row_prefix, Position position) {
  std::string stored(row_prefix);
  AppendBigEndian64(stored, Inverted(position.value()));
  return stored;
}

std::optional<StoredKey> ParseStoredKey(std::string_view stored) {
  if (stored.size() < 1 + kTerminator.size() + kPositionBytes || stored[0] != kRowSpace) {
    return std::nullopt;
  }
  const std::string_view row_prefix = stored.substr(0, stored.size() - kPositionBytes);
  if (!row_prefix.ends_with(kTerminator)) return std::nullopt;
  return StoredKey{row_prefix,
                   Position(Inverted(ReadBigEndian64(stored.substr(row_prefix.size()))))};
}

std::string RowKeyOf(std::string_view row_prefix) {
  const std::string_view escaped = row_prefix.substr(1, row_prefix.size() - 1 - kTerminator.size());
  std::string key;
  key.reserve(escaped.size());
  for (std::size_t i = 0; i < escaped.size(); ++i) {
    key.push_back(escaped[i]);
    if (escaped[i] == '\0') ++i;  // the escape byte
  }
  return key;
}

std::string StoredValue(const std::optional<std::string>& value) {
  if (!value) return std::string(1, kDeletedTag);
  std::string stored;
  stored.reserve(value->size() + 1);
  stored.push_back(kLiveTag);
  stored.append(*value);
  return stored;
}

bool IsStoredValue(std::string_view stored) {
  if (stored.empty()) return false;
  return stored[0] == kLiveTag || (stored[0] == kDeletedTag && stored.size() == 1);
}

}  // namespace nhanrong::projector

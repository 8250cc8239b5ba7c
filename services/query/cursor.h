// Page tokens: where a list goes on, bound to its query, its as-of and its read model's version.
//
// Opaque to clients (base64url of a PageToken and a checksum), not secret and not signed: a forged
// one reads nothing that its sender could not ask for, since filters and access are applied on
// every page. Pure, thread-safe; a bad token is a typed error.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/civil_time.h"
#include "google/protobuf/message.h"
#include "services/base/bytes.h"
#include "services/base/strong.h"
#include "tl/expected.hpp"

namespace nhanrong::query {

// Characters. A token holds a few ledgers and one key; a longer one is not ours.
inline constexpr std::size_t kMaxTokenLength = 4096;

struct LedgerAsOf {
  std::string ledger;
  Position position;
  friend bool operator==(const LedgerAsOf&, const LedgerAsOf&) = default;
};

struct Cursor {
  Hash query_hash{};
  // The same positions on every page, whatever has been written since.
  std::vector<LedgerAsOf> as_of;
  std::string projection;
  std::uint32_t projection_version = 0;
  absl::CivilDay effective_on;
  // Key of the last row of the page before; never empty.
  std::string after;
  // How often the read model was folded again and put in place (services/projector).
  std::uint64_t projection_generation = 0;
  friend bool operator==(const Cursor&, const Cursor&) = default;
};

enum class CursorError {
  kMalformed,          // not made by EncodeCursor, cut or altered
  kOtherQuery,         // of another method, filter, as-of or effective day
  kProjectionChanged,  // the read model has another version, or was folded again: begin anew
};

std::string EncodeCursor(const Cursor& cursor);

// The cursor of `token`, if it belongs to this query and read model. Errors in the order of the
// enum.
tl::expected<Cursor, CursorError> DecodeCursor(std::string_view token, const Hash& query_hash,
                                               std::string_view projection,
                                               std::uint32_t projection_version,
                                               std::uint64_t projection_generation);

// Hash of a request of `method`, fields of QueryContext that may change from page to page
// (page_size, page_token, min_position) left out. REQUIRES: the request has a field `context` of
// that type.
Hash QueryHash(std::string_view method, const google::protobuf::Message& request);

}  // namespace nhanrong::query

#include "services/query/cursor.h"

#include <memory>

#include "absl/strings/escaping.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "nhanrong/rows/v1/page_token.pb.h"
#include "services/base/check.h"

namespace nhanrong::query {
namespace {

constexpr absl::CivilDay kDayZero(1970, 1, 1);
// Bytes of SHA-256: enough to see a cut or mistyped token.
constexpr std::size_t kChecksumBytes = 8;
// Fields of QueryContext that a next page may change.
constexpr const char* kPagingFields[] = {"page_size", "page_token", "min_position"};

std::string Checksum(std::string_view bytes) {
  const Hash hash = Sha256(bytes);
  return std::string(AsBytes(hash).substr(0, kChecksumBytes));
}

// Equal messages give equal bytes within one build; a token lives no longer than its read model.
std::string Deterministic(const google::protobuf::Message& message) {
  std::string bytes;
  google::protobuf::io::StringOutputStream stream(&bytes);
  google::protobuf::io::CodedOutputStream out(&stream);
  out.SetSerializationDeterministic(true);
  message.SerializeToCodedStream(&out);
  out.Trim();
  return bytes;
}

tl::expected<rows::v1::PageToken, CursorError> ParseToken(std::string_view token) {
  const auto malformed = tl::make_unexpected(CursorError::kMalformed);
  std::string bytes;
  if (token.size() > kMaxTokenLength) return malformed;
  if (!absl::WebSafeBase64Unescape(std::string(token), &bytes)) return malformed;
  if (bytes.size() <= kChecksumBytes) return malformed;
  const std::string_view payload = std::string_view(bytes).substr(kChecksumBytes);
  if (Checksum(payload) != std::string_view(bytes).substr(0, kChecksumBytes)) return malformed;
  rows::v1::PageToken parsed;
  if (!parsed.ParseFromArray(payload.data(), static_cast<int>(payload.size()))) return malformed;
  if (parsed.after().empty() || !HashFromBytes(parsed.query_hash())) return malformed;
  return parsed;
}

}  // namespace

std::string EncodeCursor(const Cursor& cursor) {
  NR_CHECK(!cursor.after.empty(), "a cursor has a key to go on after");
  rows::v1::PageToken token;
  token.set_query_hash(std::string(AsBytes(cursor.query_hash)));
  for (const LedgerAsOf& as_of : cursor.as_of) {
    rows::v1::PageLedger& ledger = *token.add_as_of();
    ledger.set_ledger(as_of.ledger);
    ledger.set_position(as_of.position.value());
  }
  token.set_projection(cursor.projection);
  token.set_projection_version(cursor.projection_version);
  token.set_effective_day(static_cast<std::int32_t>(cursor.effective_on - kDayZero));
  token.set_after(cursor.after);
  token.set_projection_generation(cursor.projection_generation);
  const std::string payload = Deterministic(token);
  return absl::WebSafeBase64Escape(Checksum(payload) + payload);
}

tl::expected<Cursor, CursorError> DecodeCursor(std::string_view token, const Hash& query_hash,
                                               std::string_view projection,
                                               std::uint32_t projection_version,
                                               std::uint64_t projection_generation) {
  const auto parsed = ParseToken(token);
  if (!parsed) return tl::make_unexpected(parsed.error());
  Cursor cursor;
  cursor.query_hash = *HashFromBytes(parsed->query_hash());
  for (const rows::v1::PageLedger& ledger : parsed->as_of()) {
    cursor.as_of.push_back({ledger.ledger(), Position(ledger.position())});
  }
  cursor.projection = parsed->projection();
  cursor.projection_version = parsed->projection_version();
  cursor.effective_on = kDayZero + parsed->effective_day();
  cursor.after = parsed->after();
  cursor.projection_generation = parsed->projection_generation();
  if (cursor.query_hash != query_hash) return tl::make_unexpected(CursorError::kOtherQuery);
  if (cursor.projection != projection || cursor.projection_version != projection_version ||
      cursor.projection_generation != projection_generation) {
    return tl::make_unexpected(CursorError::kProjectionChanged);
  }
  return cursor;
}

Hash QueryHash(std::string_view method, const google::protobuf::Message& request) {
  const std::unique_ptr<google::protobuf::Message> asked(request.New());
  asked->CopyFrom(request);
  const auto* field = asked->GetDescriptor()->FindFieldByName("context");
  NR_CHECK(field != nullptr, "a query has a context");
  google::protobuf::Message* context = asked->GetReflection()->MutableMessage(asked.get(), field);
  for (const char* name : kPagingFields) {
    const auto* paging = context->GetDescriptor()->FindFieldByName(name);
    NR_CHECK(paging != nullptr, "a context has paging fields");
    context->GetReflection()->ClearField(context, paging);
  }
  std::string hashed(method);
  hashed.push_back('\0');
  hashed += Deterministic(*asked);
  return Sha256(hashed);
}

}  // namespace nhanrong::query

#include "services/query/cursor.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "nhanrong/v1/query_service.pb.h"

namespace nhanrong::query {
namespace {

Cursor ThirdPage() {
  Cursor cursor;
  cursor.query_hash = Sha256("query");
  cursor.as_of = {{"a-ledger", Position(41)}, {"national", Position(7)}};
  cursor.projection = "things";
  cursor.projection_version = 3;
  cursor.effective_on = absl::CivilDay(1969, 7, 20);
  cursor.after = std::string("m/\0key", 6);
  return cursor;
}

tl::expected<Cursor, CursorError> Decoded(std::string_view token) {
  return DecodeCursor(token, Sha256("query"), "things", 3, 0);
}

v1::ListModelsRequest Request() {
  v1::ListModelsRequest request;
  request.mutable_context()->set_ledger("a-ledger");
  request.mutable_filter()->set_level(v1::MODEL_LEVEL_COMMUNE);
  return request;
}

TEST(CursorTest, ComesBackAsItWas) {
  const auto decoded = Decoded(EncodeCursor(ThirdPage()));
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(*decoded, ThirdPage());
}

TEST(CursorTest, IsMadeOfCharactersThatNeedNoEscapeInAnAddress) {
  const std::string token = EncodeCursor(ThirdPage());
  EXPECT_EQ(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                    "0123456789-_"),
            std::string::npos);
}

TEST(CursorTest, OfAnotherQueryIsRefused) {
  const auto decoded = DecodeCursor(EncodeCursor(ThirdPage()), Sha256("other"), "things", 3, 0);
  EXPECT_EQ(decoded.error(), CursorError::kOtherQuery);
}

TEST(CursorTest, OfAnotherProjectionOrVersionIsRefused) {
  const std::string token = EncodeCursor(ThirdPage());
  EXPECT_EQ(DecodeCursor(token, Sha256("query"), "things", 4, 0).error(),
            CursorError::kProjectionChanged);
  EXPECT_EQ(DecodeCursor(token, Sha256("query"), "things", 3, 1).error(),
            CursorError::kProjectionChanged)
      << "folded again meanwhile";
  EXPECT_EQ(DecodeCursor(token, Sha256("query"), "others", 3, 0).error(),
            CursorError::kProjectionChanged);
}

TEST(CursorTest, TextThatIsNoTokenIsMalformed) {
  const std::string token = EncodeCursor(ThirdPage());
  for (const std::string& text :
       {std::string(), std::string("!"), std::string("AAAA"), token.substr(0, token.size() - 4),
        token + "AAAA", std::string(kMaxTokenLength + 1, 'A')}) {
    EXPECT_EQ(Decoded(text).error(), CursorError::kMalformed) << text.substr(0, 80);
  }
}

RC_GTEST_PROP(CursorPropertyTest, AnyAlteredCharacterIsMalformed, ()) {
  std::string token = EncodeCursor(ThirdPage());
  const auto at = *rc::gen::inRange<std::size_t>(0, token.size() - 1);
  const char other = *rc::gen::elementOf(std::string("AbC019-_"));
  RC_PRE(token[at] != other);
  token[at] = other;
  RC_ASSERT(!Decoded(token).has_value());
  RC_ASSERT(Decoded(token).error() == CursorError::kMalformed);
}

TEST(QueryHashTest, IsTheSameOnEveryPage) {
  v1::ListModelsRequest next = Request();
  next.mutable_context()->set_page_token("token");
  next.mutable_context()->set_page_size(7);
  next.mutable_context()->set_min_position(12);
  EXPECT_EQ(QueryHash("ListModels", Request()), QueryHash("ListModels", next));
}

TEST(QueryHashTest, DiffersByMethodFilterAndAsOf) {
  v1::ListModelsRequest filtered = Request();
  filtered.mutable_filter()->set_level(v1::MODEL_LEVEL_PROVINCE);
  v1::ListModelsRequest earlier = Request();
  earlier.mutable_context()->set_as_of_position(0);
  EXPECT_NE(QueryHash("ListModels", Request()), QueryHash("CountModels", Request()));
  EXPECT_NE(QueryHash("ListModels", Request()), QueryHash("ListModels", filtered));
  EXPECT_NE(QueryHash("ListModels", Request()), QueryHash("ListModels", earlier));
}

}  // namespace
}  // namespace nhanrong::query

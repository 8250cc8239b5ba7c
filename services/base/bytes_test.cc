#include "services/base/bytes.h"

#include <gtest/gtest.h>

namespace nhanrong {
namespace {

// Known answers of RFC 6962 trees, as printed by transparency-dev/merkle.
TEST(BytesTest, LeafHashEqualsThePublishedValues) {
  EXPECT_EQ(ToHex(AsBytes(LeafHash(""))),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  EXPECT_EQ(ToHex(AsBytes(LeafHash("L123456"))),
            "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56");
}

TEST(BytesTest, ChainHashDependsOnOrder) {
  const Hash a = LeafHash("a");
  const Hash b = LeafHash("b");
  EXPECT_NE(ChainHash(a, b), ChainHash(b, a));
}

TEST(BytesTest, HexRoundTripsAndRefusesWhatIsNotHex) {
  EXPECT_EQ(FromHex(ToHex("\x01\xff")), "\x01\xff");
  EXPECT_EQ(FromHex("0g"), std::nullopt);
  EXPECT_EQ(FromHex("012"), std::nullopt);
}

TEST(BytesTest, BigEndianKeepsNumberOrderAsByteOrder) {
  std::string small, large;
  AppendBigEndian64(small, 255);
  AppendBigEndian64(large, 256);
  EXPECT_LT(small, large);
  EXPECT_EQ(ReadBigEndian64(large), 256u);
}

}  // namespace
}  // namespace nhanrong

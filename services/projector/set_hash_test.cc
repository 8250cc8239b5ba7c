#include "services/projector/set_hash.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <tuple>
#include <vector>

namespace nhanrong::projector {
namespace {

using Element = std::tuple<std::string, std::uint64_t, std::string>;

SetHash HashOf(const std::vector<Element>& elements) {
  SetHash hash;
  for (const auto& [key, position, value] : elements) hash.Add(key, Position(position), value);
  return hash;
}

RC_GTEST_PROP(SetHashTest, OrderDoesNotMatter, (std::vector<Element> elements)) {
  std::vector<Element> sorted = elements;
  std::sort(sorted.begin(), sorted.end());
  RC_ASSERT(HashOf(elements) == HashOf(sorted));
}

RC_GTEST_PROP(SetHashTest, BatchesDoNotMatter,
              (const std::vector<Element>& a, const std::vector<Element>& b)) {
  std::vector<Element> all = a;
  all.insert(all.end(), b.begin(), b.end());
  SetHash combined = HashOf(a);
  combined.Combine(HashOf(b));
  RC_ASSERT(combined.Digest() == HashOf(all).Digest());
}

TEST(SetHashTest, EveryPartOfAnElementCounts) {
  const SetHash hash = HashOf({{"ab", 1, "c"}});
  EXPECT_NE(hash, HashOf({{"a", 1, "bc"}}));
  EXPECT_NE(hash, HashOf({{"ab", 2, "c"}}));
  EXPECT_NE(hash, HashOf({{"ab", 1, "d"}}));
  EXPECT_NE(hash, HashOf({}));
}

TEST(SetHashTest, TheStateRoundTrips) {
  const SetHash hash = HashOf({{"k", 7, "v"}});
  EXPECT_EQ(SetHash::FromState(hash.State()), hash);
  EXPECT_EQ(SetHash::FromState("short"), std::nullopt);
}

// Computed apart from this code with Python's hashlib:
//   shake_128(pack('>QQQ', 1, 1, 0) + b'k' + b'v').digest(2048), summed as '<1024H' with that of
//   (1, 1, 1) 'k' 'w'; then sha256.
TEST(SetHashTest, TheDigestOfAKnownSetNeverChanges) {
  EXPECT_EQ(ToHex(AsBytes(HashOf({{"k", 0, "v"}, {"k", 1, "w"}}).Digest())),
            "fb127f4297582339681bf34ea743418c976fd1b05cab1d13fc5030d3fc3190b2");
}

}  // namespace
}  // namespace nhanrong::projector

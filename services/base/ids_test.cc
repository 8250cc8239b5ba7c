#include "services/base/ids.h"

#include <gtest/gtest.h>

namespace nhanrong {
namespace {

const absl::Time kWhen = absl::FromUnixMillis(1469918176385);

TEST(IdsTest, UlidOfAMomentStartsAsTheSpecificationShows) {
  EXPECT_EQ(DerivedUlid(kWhen, "x").substr(0, 10), "01ARYZ6S41");
}

TEST(IdsTest, UlidsRoundTripAndOrderByTime) {
  const std::string early = DerivedUlid(kWhen, "b");
  const std::string late = DerivedUlid(kWhen + absl::Milliseconds(1), "a");
  EXPECT_LT(early, late);
  EXPECT_EQ(UlidText(*ParseUlid(early)), early);
}

TEST(IdsTest, RefusesTextThatIsNoUlid) {
  EXPECT_FALSE(IsUlid(""));
  EXPECT_FALSE(IsUlid("81ARYZ6S410000000000000000"));
  EXPECT_FALSE(IsUlid("01aryz6s410000000000000000"));
  EXPECT_FALSE(IsUlid("01ARYZ6S41000000000000000U"));
}

TEST(IdsTest, DerivedIdsDependOnTheSeedAlone) {
  EXPECT_EQ(DerivedUuid7(kWhen, "s"), DerivedUuid7(kWhen, "s"));
  EXPECT_NE(DerivedUuid7(kWhen, "s"), DerivedUuid7(kWhen, "t"));
  EXPECT_EQ(DerivedUuid7(kWhen, "s")[14], '7');
}

// RFC 9562 appendix A.4: version 5 of "www.example.com" in the DNS name space.
TEST(IdsTest, Uuid5EqualsTheExampleOfTheRfc) {
  const auto dns = ParseUuid("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
  EXPECT_EQ(Uuid5(*dns, "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
}

TEST(IdsTest, UuidAcceptsUpperCaseAndRefusesOtherForms) {
  EXPECT_EQ(UuidText(*ParseUuid("6BA7B810-9DAD-11D1-80B4-00C04FD430C8")),
            "6ba7b810-9dad-11d1-80b4-00c04fd430c8");
  EXPECT_FALSE(ParseUuid("6ba7b8109dad11d180b400c04fd430c8"));
  EXPECT_FALSE(ParseUuid("6ba7b810-9dad-11d1-80b4-00c04fd430cg"));
}

TEST(IdsTest, RandomIdsDiffer) {
  EXPECT_NE(RandomUuid4(), RandomUuid4());
  EXPECT_NE(RandomUlid(kWhen), RandomUlid(kWhen));
}

}  // namespace
}  // namespace nhanrong

#include "services/cli/arguments.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nhanrong/v1/model.pb.h"
#include "nhanrong/v1/values.pb.h"
#include "services/base/clock.h"

namespace nhanrong::cli {
namespace {

using ::testing::HasSubstr;

absl::Time Vietnam(const std::string& text) {
  absl::Time time;
  std::string error;
  EXPECT_TRUE(absl::ParseTime("%Y-%m-%dT%H:%M:%E*S", text, VietnamTimeZone(), &time, &error));
  return time;
}

TEST(ParseMoment, ABareDateIsADayOfVietnam) {
  EXPECT_EQ(*ParseMoment("2021-05-05", DayEdge::kStart), Vietnam("2021-05-05T00:00:00"));
  EXPECT_EQ(*ParseMoment("2021-05-05", DayEdge::kEnd), Vietnam("2021-05-05T23:59:59.999999"));
}

TEST(ParseMoment, TimesWithAndWithoutOffset) {
  EXPECT_EQ(*ParseMoment("2021-05-05T08:30:00", DayEdge::kEnd), Vietnam("2021-05-05T08:30:00"));
  EXPECT_EQ(*ParseMoment("2021-05-05T01:30:00Z", DayEdge::kEnd), Vietnam("2021-05-05T08:30:00"));
  EXPECT_FALSE(ParseMoment("05/05/2021", DayEdge::kEnd).ok());
  EXPECT_FALSE(ParseMoment("2021-02-30", DayEdge::kEnd).ok());
}

TEST(ParsePositionOrTime, DigitsAreAPosition) {
  EXPECT_EQ(std::get<std::uint64_t>(*ParsePositionOrTime("41", DayEdge::kEnd)), 41u);
  EXPECT_TRUE(
      std::holds_alternative<absl::Time>(*ParsePositionOrTime("2021-05-05", DayEdge::kEnd)));
  EXPECT_FALSE(ParsePositionOrTime("-1", DayEdge::kEnd).ok());
}

TEST(ParseIsoDate, TakesOnlyDaysThatExist) {
  EXPECT_EQ(*ParseIsoDate("2020-02-29"), "2020-02-29");
  EXPECT_FALSE(ParseIsoDate("2021-02-29").ok());
  EXPECT_FALSE(ParseIsoDate("2021-2-9").ok());
}

TEST(Timestamps, GoThereAndBackBefore1970Too) {
  for (const char* text : {"1954-07-20T10:00:00.5", "2021-05-05T08:30:00.000001"}) {
    EXPECT_EQ(FromProto(ToProto(Vietnam(text))), Vietnam(text));
  }
}

TEST(ShortNames, AreThePartThatDiffers) {
  const auto& level = *v1::ModelLevel_descriptor();
  EXPECT_EQ(*ParseShortName(level, "province"), v1::MODEL_LEVEL_PROVINCE);
  EXPECT_EQ(*ParseShortName(level, "MODEL_LEVEL_PROVINCE"), v1::MODEL_LEVEL_PROVINCE);
  EXPECT_EQ(*ParseShortName(*v1::ModelField_descriptor(), "administrative-reform"),
            v1::MODEL_FIELD_ADMINISTRATIVE_REFORM);
  EXPECT_EQ(ShortName(*v1::Role_descriptor(), v1::ROLE_MAP_STEWARD), "map-steward");
  EXPECT_THAT(std::string(ParseShortName(level, "ward").status().message()),
              HasSubstr("province, district, commune"));
  EXPECT_FALSE(ParseShortName(level, "unspecified").ok());
}

}  // namespace
}  // namespace nhanrong::cli

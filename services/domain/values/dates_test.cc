#include "services/domain/values/dates.h"

#include <gtest/gtest.h>

namespace nhanrong::domain {
namespace {

using absl::CivilDay;

const CivilDay kRecorded(2026, 3, 10);

v1::BusinessDate Date(v1::DatePrecision precision, const std::string& value) {
  v1::BusinessDate date;
  date.set_precision(precision);
  date.set_value(value);
  return date;
}

SourceDocs IssuedOn(std::initializer_list<const char*> days) {
  SourceDocs docs;
  for (const char* day : days) docs.Add()->set_issued_on(day);
  return docs;
}

struct Period {
  v1::DatePrecision precision;
  std::string value;
  DayRange days;
};

TEST(DatesTest, EveryPrecisionNamesItsFirstAndLastDay) {
  const Period periods[] = {
      {v1::DATE_PRECISION_DAY, "2021-05-05", {CivilDay(2021, 5, 5), CivilDay(2021, 5, 5)}},
      {v1::DATE_PRECISION_MONTH, "2024-02", {CivilDay(2024, 2, 1), CivilDay(2024, 2, 29)}},
      {v1::DATE_PRECISION_QUARTER, "2021-Q4", {CivilDay(2021, 10, 1), CivilDay(2021, 12, 31)}},
      {v1::DATE_PRECISION_YEAR, "2019", {CivilDay(2019, 1, 1), CivilDay(2019, 12, 31)}},
      {v1::DATE_PRECISION_PHASE, "2016/2020", {CivilDay(2016, 1, 1), CivilDay(2020, 12, 31)}},
  };
  for (const Period& period : periods) {
    EXPECT_EQ(StatedDays(Date(period.precision, period.value)), period.days) << period.value;
  }
}

TEST(DatesTest, RefusesWhatIsNoDate) {
  const std::pair<v1::DatePrecision, std::string> wrong[] = {
      {v1::DATE_PRECISION_DAY, ""},
      {v1::DATE_PRECISION_DAY, "2021-02-29"},
      {v1::DATE_PRECISION_DAY, "2021-5-05"},
      {v1::DATE_PRECISION_DAY, "05/05/2021"},
      {v1::DATE_PRECISION_DAY, "2021-05-05x"},
      {v1::DATE_PRECISION_DAY, "0999-05-05"},
      {v1::DATE_PRECISION_MONTH, "2021-13"},
      {v1::DATE_PRECISION_MONTH, "2021-00"},
      {v1::DATE_PRECISION_MONTH, "2021-05-05"},
      {v1::DATE_PRECISION_QUARTER, "2021-Q5"},
      {v1::DATE_PRECISION_QUARTER, "2021-Q0"},
      {v1::DATE_PRECISION_YEAR, "19"},
      {v1::DATE_PRECISION_YEAR, "20190"},
      {v1::DATE_PRECISION_PHASE, "2020/2016"},
      {v1::DATE_PRECISION_PHASE, "2016-2020"},
      {v1::DATE_PRECISION_UNKNOWN_YEAR, "--02-30"},
      {v1::DATE_PRECISION_UNKNOWN_YEAR, "-05-31"},
      {v1::DATE_PRECISION_UNSPECIFIED, "2021-05-05"},
  };
  for (const auto& [precision, value] : wrong) {
    EXPECT_FALSE(IsBusinessDate(Date(precision, value))) << value;
  }
  EXPECT_TRUE(IsBusinessDate(Date(v1::DATE_PRECISION_UNKNOWN_YEAR, "--02-29")));
}

TEST(DatesTest, APeriodEndsAtTheLatestWithItsRecording) {
  const DayRange days = KnownDays(Date(v1::DATE_PRECISION_YEAR, "2026"), {}, kRecorded);
  EXPECT_EQ(days, (DayRange{CivilDay(2026, 1, 1), kRecorded}));
}

TEST(DatesTest, APeriodEndsAtTheLatestWithItsEarliestSource) {
  const auto phase = Date(v1::DATE_PRECISION_PHASE, "2016/2020");
  EXPECT_EQ(KnownDays(phase, IssuedOn({"2020-01-01", "2019-07-15"}), kRecorded).latest,
            CivilDay(2019, 7, 15));
}

TEST(DatesTest, ASourceBeforeTheStatedPeriodDoesNotEndIt) {
  const auto month = Date(v1::DATE_PRECISION_MONTH, "2021-04");
  EXPECT_EQ(KnownDays(month, IssuedOn({"2021-01-02"}), kRecorded).latest, CivilDay(2021, 4, 30));
  EXPECT_EQ(KnownDays(month, IssuedOn({"2021-01-02", "2021-04-20"}), kRecorded).latest,
            CivilDay(2021, 4, 20));
}

TEST(DatesTest, AnUnknownYearIsTheLastOneNotAfterTheSource) {
  const auto date = Date(v1::DATE_PRECISION_UNKNOWN_YEAR, "--05-31");
  const CivilDay in_2020(2020, 5, 31);
  EXPECT_EQ(KnownDays(date, IssuedOn({"2021-05-30"}), kRecorded), (DayRange{in_2020, in_2020}));
  const CivilDay in_2025(2025, 5, 31);
  EXPECT_EQ(KnownDays(date, {}, kRecorded), (DayRange{in_2025, in_2025}));
  const CivilDay leap(2024, 2, 29);
  EXPECT_EQ(KnownDays(Date(v1::DATE_PRECISION_UNKNOWN_YEAR, "--02-29"), {}, kRecorded),
            (DayRange{leap, leap}));
}

TEST(DatesTest, AnAbsentDateIsTheDayOfRecording) {
  EXPECT_EQ(KnownDays({}, {}, kRecorded), (DayRange{kRecorded, kRecorded}));
}

TEST(DatesTest, ADayInTheFutureStaysVisible) {
  const DayRange days = KnownDays(OnDay(kRecorded + 1), {}, kRecorded);
  EXPECT_EQ(days.earliest, kRecorded + 1);
}

TEST(DatesTest, DaysPrintAndParseBack) {
  EXPECT_EQ(DayText(CivilDay(2021, 5, 5)), "2021-05-05");
  EXPECT_EQ(ParseDay("2021-05-05"), CivilDay(2021, 5, 5));
}

TEST(DatesTest, TheDayIsThatOfVietnam) {
  const absl::Time evening =
      absl::FromCivil(absl::CivilSecond(2026, 3, 9, 17, 0, 0), absl::UTCTimeZone());
  EXPECT_EQ(DayOf(evening), CivilDay(2026, 3, 10));
}

}  // namespace
}  // namespace nhanrong::domain

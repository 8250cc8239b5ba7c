#include "services/cli/entry/date_entry.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "services/cli/format/vietnamese.h"

namespace nhanrong::cli {
namespace {

using ::testing::HasSubstr;

RawCell Text(const std::string& text) { return {.kind = RawCell::Kind::kText, .text = text}; }

std::string Read(const RawCell& cell) {
  const auto date = ParseDate(cell);
  return date ? date->value() : "! " + date.error().vi;
}
std::string Read(const std::string& text) { return Read(Text(text)); }

std::string Period(const std::string& text) {
  const auto period = ParsePeriod(Text(text));
  if (!period) return "! " + period.error().vi;
  return period->id() + " " + period->from() + ".." + period->to() + " " +
         v1::ReportingPeriod::Scheme_Name(period->scheme()).substr(7);
}

TEST(DateEntry, ReadsWhatOfficialsWrite) {
  for (const char* day :
       {"5/5/2021", "05/05/2021", "2021-05-05", "5-5-2021", "5.5.2021", "ngày 05 tháng 5 năm 2021",
        " 05 / 05 / 2021\u00A0", "Nga\u0300y 5 tha\u0301ng 5 na\u0306m 2021"}) {
    EXPECT_EQ(Read(day), "2021-05-05") << day;
  }
  for (const char* month : {"tháng 4/2021", "4/2021", "04/2021", "tháng 04 năm 2021", "T4/2021",
                            "2021-04", "THÁNG 4/2021"}) {
    EXPECT_EQ(Read(month), "2021-04") << month;
  }
  for (const char* quarter : {"quý I/2021", "Quý 1 năm 2021", "Q1/2021", "quý I-2021"}) {
    EXPECT_EQ(Read(quarter), "2021-Q1") << quarter;
  }
  EXPECT_EQ(Read("2021"), "2021");
  EXPECT_EQ(Read("năm 2021"), "2021");
  EXPECT_EQ(Read("2016-2020"), "2016/2020");
  EXPECT_EQ(Read("giai đoạn 2016–2020"), "2016/2020");
}

TEST(DateEntry, SaysWhatIsWrong) {
  EXPECT_THAT(Read("30/2/2021"), HasSubstr("không có ngày 30/2/2021"));
  EXPECT_THAT(Read("5/13/2021"), HasSubstr("không có tháng 13"));
  EXPECT_THAT(Read("5/5/21"), HasSubstr("bốn chữ số"));
  EXPECT_THAT(Read("5/5"), HasSubstr("thiếu năm"));
  EXPECT_THAT(Read("quý V/2021"), HasSubstr("quý là I"));
  EXPECT_THAT(Read("44321"), HasSubstr("bốn chữ số"));
  EXPECT_THAT(Read("2020-2016"), HasSubstr("không phải ngày"));
  EXPECT_THAT(Read("hôm qua"), HasSubstr("không phải ngày"));
}

TEST(DateEntry, ADateCellSaysAsMuchAsItShows) {
  RawCell cell = {.kind = RawCell::Kind::kDate, .text = "2021-04-01"};
  EXPECT_EQ(Read(cell), "2021-04-01");
  cell.shows_day = false;
  EXPECT_EQ(Read(cell), "2021-04");
  cell.shows_month = false;
  EXPECT_EQ(Read(cell), "2021");
  cell = {.kind = RawCell::Kind::kDate, .text = "2021-04-01", .shows_year = false};
  EXPECT_THAT(Read(cell), HasSubstr("không hiển thị năm"));
}

TEST(PeriodEntry, IsOfTheCalendarOfAPhaseOrOfDecree09) {
  EXPECT_EQ(Period("tháng 4/2021"), "2021-04 2021-04-01..2021-04-30 CALENDAR");
  EXPECT_EQ(Period("quý IV/2021"), "2021-Q4 2021-10-01..2021-12-31 CALENDAR");
  EXPECT_EQ(Period("2016-2020"), "2016-2020 2016-01-01..2020-12-31 PHASE");
  EXPECT_EQ(Period("từ 1/1/2019 đến 5/5/2021"),
            "2019-01-01/2021-05-05 2019-01-01..2021-05-05 CALENDAR");
  EXPECT_EQ(Period("tháng 4/2021 (NĐ 09)"), "2021-04 2021-03-15..2021-04-14 ND09");
  EXPECT_EQ(Period("tháng 1/2021 (NĐ 09)"), "2021-01 2020-12-15..2021-01-14 ND09");
  EXPECT_EQ(Period("2021 (NĐ 09)"), "2021 2020-12-15..2021-12-14 ND09");
  EXPECT_THAT(Period("từ 5/5/2021 đến 1/1/2019"), HasSubstr("trước khi bắt đầu"));
}

RC_GTEST_PROP(DateEntry, WhatIsPrintedIsReadAgainAsTheSame, ()) {
  const int year = *rc::gen::inRange(1900, 2201);
  const int month = *rc::gen::inRange(1, 13);
  const int day = *rc::gen::inRange(1, 29);
  char text[32];
  const int form = *rc::gen::inRange(0, 5);
  const char* kForms[] = {"%04d-%02d-%02d", "%04d-%02d", "%04d", "%04d-Q%d", "%04d/%04d"};
  const int second = form == 3 ? (month - 1) / 3 + 1 : form == 4 ? year : month;
  std::snprintf(text, sizeof text, kForms[form], year, second, day);
  v1::BusinessDate date;
  date.set_value(text);
  const std::string printed = DateText(date, Language::kVietnamese);
  RC_ASSERT(Read(printed) == text);
}

}  // namespace
}  // namespace nhanrong::cli

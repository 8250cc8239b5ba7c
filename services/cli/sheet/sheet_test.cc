#include "services/cli/sheet/sheet.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "rapidcheck/gtest.h"
#include "services/cli/sheet/csv_form.h"
#include "services/cli/sheet/sheet_sink.h"
#include "services/cli/sheet/xlsx_format.h"

namespace nhanrong::cli {
namespace {

constexpr Language kVi = Language::kVietnamese;

v1::Quantity AtLeast(std::int64_t value, const std::string& unit) {
  v1::Quantity quantity;
  quantity.set_value(value);
  quantity.set_unit(unit);
  quantity.set_bound(v1::BOUND_AT_LEAST);
  return quantity;
}

v1::BusinessDate Date(const std::string& value) {
  v1::BusinessDate date;
  date.set_value(value);
  return date;
}

Report Sample() {
  Report report;
  Sheet& sheet = report.sheets.emplace_back();
  sheet.name = "Mô hình";
  sheet.columns = {{"Tên", Column::Align::kLeft}, {"Số", Column::Align::kRight}};
  sheet.rows = {{std::string("=1+1"), WholeNumber{-1234}},
                {std::string("dòng 1\ndòng 2; \"hết\""), AtLeast(141, "mô hình")}};
  report.notes = {"Dữ liệu đến 05/05/2021"};
  return report;
}

std::string CsvOf(const Report& report, std::string* notes) {
  std::string bytes;
  const auto to = [](std::string& text) {
    return [&text](std::string_view more) {
      text += more;
      return absl::OkStatus();
    };
  };
  auto sink = MakeCsvSink({to(bytes), to(*notes)}, kVi);
  EXPECT_TRUE(WriteReport(report, *sink).ok());
  return bytes;
}

TEST(Csv, IsWhatASpreadsheetOfVietnamOpens) {
  std::string notes;
  EXPECT_EQ(CsvOf(Sample(), &notes),
            "\xEF\xBB\xBFTên;Số\r\n"
            "'=1+1;-1.234\r\n"
            "\"dòng 1\ndòng 2; \"\"hết\"\"\";hơn 141 mô hình\r\n");
  EXPECT_EQ(notes, "Dữ liệu đến 05/05/2021\n");
}

TEST(Csv, SeveralTablesStandBelowEachOther) {
  Report report = Sample();
  report.sheets.push_back(report.sheets[0]);
  report.sheets[1].rows.clear();
  std::string notes;
  EXPECT_THAT(CsvOf(report, &notes), testing::EndsWith("mô hình\r\n\r\nTên;Số\r\n"));
}

TEST(FormulaGuard, StopsFormulasAndLeavesNumbersAlone) {
  for (const char* formula : {"=1+1", "@SUM(A1)", "+84 912", "-2+3+cmd|' /C calc'!A0", "\t=1"}) {
    EXPECT_EQ(GuardFormula(formula), std::string("'") + formula);
  }
  for (const char* plain : {"-5", "-1.234,5", "+7", "-60,6%", "Xã Phú Hựu", "'tên'", "", "a=b"}) {
    EXPECT_EQ(GuardFormula(plain), plain);
  }
}

RC_GTEST_PROP(FormulaGuard, IsUndoneByTheReader, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::elementOf(std::string("'=+-@a1 ,")));
  RC_ASSERT(UnguardFormula(GuardFormula(text)) == text);
}

TEST(ReportText, ShowsEveryCellInItsForm) {
  EXPECT_EQ(ReportText(Sample(), kVi),
            "Tên                         Số\n"
            "─────────────  ───────────────\n"
            "=1+1                    -1.234\n"
            "dòng 1         hơn 141 mô hình\n"
            "dòng 2; \"hết\"\n"
            "Dữ liệu đến 05/05/2021\n");
}

TEST(XlsxNumber, KeepsTheNumberAndShowsItsBoundAndUnit) {
  const auto quantity = NumberOf(AtLeast(141, "mô hình"), kVi);
  ASSERT_TRUE(quantity);
  EXPECT_EQ(quantity->value, 141);
  EXPECT_EQ(quantity->format, "\"hơn \"#,##0\" mô hình\"");
  v1::Quantity mean = AtLeast(139, "tiêu chí/xã");
  mean.set_scale(1);
  mean.set_bound(v1::BOUND_EXACT);
  EXPECT_EQ(NumberOf(mean, kVi)->value, 13.9);
  EXPECT_EQ(NumberOf(mean, kVi)->format, "#,##0.0\" tiêu chí/xã\"");
}

TEST(XlsxNumber, ADayIsADayAndAMonthIsNot) {
  EXPECT_EQ(NumberOf(Date("2021-05-05"), kVi)->value, 44321);
  EXPECT_FALSE(NumberOf(Date("2021-04"), kVi));
  EXPECT_FALSE(NumberOf(Date("2016/2020"), kVi));
  EXPECT_EQ(NumberOf(absl::FromUnixSeconds(1620190800), kVi)->value, 44321.5);  // 12:00 in Vietnam
}

TEST(XlsxNumber, WhatADoubleCannotHoldStaysText) {
  EXPECT_FALSE(NumberOf(WholeNumber{INT64_MAX}, kVi));
  EXPECT_TRUE(NumberOf(WholeNumber{std::int64_t{1} << 53}, kVi));
  v1::Ratio ratio;
  ratio.mutable_numerator()->set_bound(v1::BOUND_EXACT);
  EXPECT_FALSE(NumberOf(ratio, kVi));
}

}  // namespace
}  // namespace nhanrong::cli

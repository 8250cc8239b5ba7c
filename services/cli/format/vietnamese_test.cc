#include "services/cli/format/vietnamese.h"

#include "gtest/gtest.h"

namespace nhanrong::cli {
namespace {

constexpr Language kVi = Language::kVietnamese;
constexpr Language kEn = Language::kEnglish;

v1::Quantity Of(std::int64_t value, v1::Bound bound = v1::BOUND_EXACT, std::uint32_t scale = 0,
                const std::string& unit = "mô hình") {
  v1::Quantity quantity;
  quantity.set_value(value);
  quantity.set_scale(scale);
  quantity.set_bound(bound);
  quantity.set_unit(unit);
  return quantity;
}

v1::Ratio Share(std::int64_t numerator, std::int64_t denominator, v1::Ratio::Rounding rounding) {
  v1::Ratio ratio;
  *ratio.mutable_numerator() = Of(numerator);
  *ratio.mutable_denominator() = Of(denominator);
  ratio.set_rounding(rounding);
  return ratio;
}

v1::BusinessDate Date(const std::string& value) {
  v1::BusinessDate date;
  date.set_value(value);
  return date;
}

TEST(NumberText, GroupsWithDotsAndUsesADecimalComma) {
  EXPECT_EQ(NumberText(1026739, kVi), "1.026.739");
  EXPECT_EQ(NumberText(-4682, kVi), "-4.682");
  EXPECT_EQ(NumberText(1026739, kEn), "1,026,739");
  EXPECT_EQ(DecimalText(139, 1, kVi), "13,9");
  EXPECT_EQ(DecimalText(5, 2, kVi), "0,05");
  EXPECT_EQ(DecimalText(170, 1, kVi), "17,0");
  EXPECT_EQ(NumberText(INT64_MIN, kVi), "-9.223.372.036.854.775.808");
}

TEST(QuantityText, SaysTheBound) {
  EXPECT_EQ(QuantityText(Of(174, v1::BOUND_AT_LEAST), kVi), "hơn 174 mô hình");
  EXPECT_EQ(QuantityText(Of(174, v1::BOUND_AT_LEAST), kEn), "at least 174 mô hình");
  EXPECT_EQ(QuantityText(Of(33), kVi), "33 mô hình");
  EXPECT_EQ(QuantityText(Of(255142, v1::BOUND_EXACT, 0, "m2"), kVi), "255.142 m2");
  EXPECT_EQ(QuantityText(Of(173, v1::BOUND_APPROX, 1, "tiêu chí/xã"), kVi),
            "khoảng 17,3 tiêu chí/xã");
}

TEST(MoneyText, KeepsTheUnitOfTheSourceAndEveryDigit) {
  v1::Money money;
  money.set_vnd(4945000000);
  money.set_display_unit(v1::Money::DISPLAY_UNIT_MILLION);
  money.set_bound(v1::BOUND_EXACT);
  EXPECT_EQ(MoneyText(money, kVi), "4.945 triệu đồng");
  money.set_vnd(4945500000);
  EXPECT_EQ(MoneyText(money, kVi), "4.945,5 triệu đồng");
  money.set_display_unit(v1::Money::DISPLAY_UNIT_DONG);
  EXPECT_EQ(MoneyText(money, kVi), "4.945.500.000 đồng");
  money.set_vnd(0);
  EXPECT_EQ(MoneyText(money, kVi), "0 đồng");
}

TEST(RatioText, RoundsFromTheIntegersByItsRule) {
  EXPECT_EQ(RatioText(Share(20, 33, v1::Ratio::ROUNDING_HALF_UP), kVi), "60,6%");
  EXPECT_EQ(RatioText(Share(2, 3, v1::Ratio::ROUNDING_TRUNC), kVi), "66,6%");
  EXPECT_EQ(RatioText(Share(2, 3, v1::Ratio::ROUNDING_HALF_UP), kVi), "66,7%");
  EXPECT_EQ(RatioText(Share(1, 2000, v1::Ratio::ROUNDING_HALF_EVEN), kVi), "0,0%");
  EXPECT_EQ(RatioText(Share(3, 2000, v1::Ratio::ROUNDING_HALF_EVEN), kVi), "0,2%");
}

TEST(RatioText, PrintsWhatTheSourcePrintedAndTheComputedOneBesideIt) {
  v1::Ratio ratio = Share(20, 33, v1::Ratio::ROUNDING_AS_PRINTED);
  ratio.set_printed("60%");
  EXPECT_EQ(RatioText(ratio, kVi), "60%");
  EXPECT_EQ(ComputedRatioText(ratio, kVi), "60,6%");
}

TEST(RatioText, ADenominatorOfZeroIsADash) {
  EXPECT_EQ(RatioText(Share(0, 0, v1::Ratio::ROUNDING_HALF_UP), kVi), "—");
  EXPECT_EQ(ComputedRatioText(Share(5, 0, v1::Ratio::ROUNDING_TRUNC), kEn), "—");
}

TEST(RatioText, ABoundedPartMakesABoundedShare) {
  v1::Ratio ratio = Share(1, 4, v1::Ratio::ROUNDING_HALF_UP);
  ratio.mutable_numerator()->set_bound(v1::BOUND_AT_LEAST);
  EXPECT_EQ(RatioText(ratio, kVi), "hơn 25,0%");
  ratio.mutable_denominator()->set_bound(v1::BOUND_AT_LEAST);
  EXPECT_EQ(RatioText(ratio, kVi), "khoảng 25,0%");
}

TEST(DateText, ShowsNoMoreThanIsKnown) {
  EXPECT_EQ(DateText(Date("2021-05-05"), kVi), "05/05/2021");
  EXPECT_EQ(DateText(Date("2021-04"), kVi), "tháng 4/2021");
  EXPECT_EQ(DateText(Date("2021-Q2"), kVi), "quý II/2021");
  EXPECT_EQ(DateText(Date("2019"), kVi), "năm 2019");
  EXPECT_EQ(DateText(Date("2016/2020"), kVi), "giai đoạn 2016–2020");
  EXPECT_EQ(DateText(Date("--05-31"), kVi), "31/05");
}

TEST(DateText, EnglishKeepsIsoOrder) {
  EXPECT_EQ(DateText(Date("2021-05-05"), kEn), "2021-05-05");
  EXPECT_EQ(DateText(Date("2021-04"), kEn), "April 2021");
  EXPECT_EQ(DateText(Date("2016/2020"), kEn), "2016–2020");
}

TEST(DateText, GivesBackWhatHasNoForm) {
  EXPECT_EQ(DateText(Date("2021-13"), kVi), "2021-13");
  EXPECT_EQ(DateText(Date("2021-Q9"), kVi), "2021-Q9");
  EXPECT_EQ(DateText(Date("hôm nay"), kVi), "hôm nay");
  EXPECT_EQ(DateText(Date(""), kVi), "");
}

TEST(TimeText, IsTheTimeOfVietnam) {
  EXPECT_EQ(TimeText(absl::FromUnixSeconds(0), kVi), "01/01/1970 07:00:00");
}

}  // namespace
}  // namespace nhanrong::cli

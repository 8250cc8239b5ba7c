#include "projections/counted_figures/figure_findings.h"

#include <gtest/gtest.h>

namespace nhanrong::projections {
namespace {

v1::Quantity Exactly(std::int64_t value) {
  v1::Quantity quantity;
  quantity.set_value(value);
  quantity.set_unit("models");
  quantity.set_bound(v1::BOUND_EXACT);
  return quantity;
}

v1::CountedFigure Figure(std::int64_t value) {
  v1::CountedFigure figure;
  *figure.mutable_quantity() = Exactly(value);
  return figure;
}

// 20 of 33, printed as `printed`.
v1::CountedFigure PrintedAs(const std::string& printed) {
  v1::CountedFigure figure = Figure(20);
  figure.set_part_of_figure_id("whole");
  figure.mutable_printed_share()->set_printed(printed);
  return figure;
}

std::vector<std::string> Rules(const std::vector<v1::Violation>& findings) {
  std::vector<std::string> rules;
  rules.reserve(findings.size());
  for (const v1::Violation& finding : findings) rules.push_back(finding.rule());
  return rules;
}

std::vector<v1::Violation> OfThirtyThree(const v1::CountedFigure& figure) {
  const v1::CountedFigure whole = Figure(33);
  return FindingsOf(figure, &whole);
}

using Strings = std::vector<std::string>;

TEST(ShareOfTest, KeepsTheIntegersAndNamesThePopulation) {
  const auto share = ShareOf(PrintedAs("60%"), Figure(33));
  ASSERT_TRUE(share.has_value());
  EXPECT_EQ(share->numerator().value(), 20);
  EXPECT_EQ(share->denominator().value(), 33);
  EXPECT_EQ(share->population_def_id(), "figure/whole");
  EXPECT_EQ(share->rounding(), v1::Ratio::ROUNDING_HALF_UP);
}

TEST(ShareOfTest, IsNotMadeOfDifferentUnits) {
  v1::CountedFigure other = Figure(33);
  other.mutable_quantity()->set_unit("sites");
  EXPECT_EQ(ShareOf(Figure(20), other), std::nullopt);
}

TEST(FindingsTest, ATruncatedShareIsFoundWithItsLikelyCause) {
  const auto findings = OfThirtyThree(PrintedAs("60%"));
  ASSERT_EQ(Rules(findings), Strings{"figure.printed_share"});
  const v1::Violation& finding = findings[0];
  EXPECT_EQ(finding.wrong_en(),
            "the source prints \"60%\", 20/33 is 60.6%; probably cut off, not rounded");
  EXPECT_EQ(finding.wrong_vi(),
            "nguồn in \"60%\", tính từ 20/33 là 60,6%; có lẽ nguồn đã cắt bỏ phần lẻ, không làm "
            "tròn");
  EXPECT_EQ(finding.right_en(), "61%");
}

TEST(FindingsTest, AnyOtherWrongShareNamesNoCause) {
  const auto findings = OfThirtyThree(PrintedAs("65%"));
  ASSERT_EQ(Rules(findings), Strings{"figure.printed_share"});
  EXPECT_EQ(findings[0].wrong_en(), "the source prints \"65%\", 20/33 is 60.6%");
}

TEST(FindingsTest, ARightShareIsRightAtItsOwnDecimals) {
  for (const char* printed : {"61%", "60,6%", "60.61 %"}) {
    EXPECT_EQ(Rules(OfThirtyThree(PrintedAs(printed))), Strings{}) << printed;
  }
}

TEST(FindingsTest, WithoutAWholeThePrintIsHeldAgainstItsOwnIntegers) {
  v1::CountedFigure figure = Figure(20);
  figure.mutable_printed_share()->set_printed("60%");
  EXPECT_EQ(Rules(FindingsOf(figure, nullptr)), Strings{});
  *figure.mutable_printed_share()->mutable_numerator() = Exactly(20);
  *figure.mutable_printed_share()->mutable_denominator() = Exactly(33);
  EXPECT_EQ(Rules(FindingsOf(figure, nullptr)), Strings{"figure.printed_share"});
}

TEST(FindingsTest, AShareOfNothingIsNoPercentage) {
  const v1::CountedFigure whole = Figure(0);
  v1::CountedFigure figure = PrintedAs("100%");
  figure.mutable_quantity()->set_value(0);
  const auto findings = FindingsOf(figure, &whole);
  ASSERT_EQ(Rules(findings), Strings{"figure.printed_share"});
  EXPECT_EQ(findings[0].right_en(), "—");
}

TEST(FindingsTest, NumbersThatAreNotExactAgreeWithAnyPercentage) {
  v1::CountedFigure figure = PrintedAs("65%");
  figure.mutable_quantity()->set_bound(v1::BOUND_AT_LEAST);
  EXPECT_EQ(Rules(OfThirtyThree(figure)), Strings{});
}

TEST(FindingsTest, IntegersBehindThePrintThatAreNotTheRecordedOnesAreFound) {
  v1::CountedFigure figure = PrintedAs("61%");
  *figure.mutable_printed_share()->mutable_numerator() = Exactly(20);
  *figure.mutable_printed_share()->mutable_denominator() = Exactly(33);
  EXPECT_EQ(Rules(OfThirtyThree(figure)), Strings{});
  figure.mutable_printed_share()->mutable_denominator()->set_value(34);
  const auto findings = OfThirtyThree(figure);
  ASSERT_EQ(Rules(findings), Strings{"figure.share_integers"});
  EXPECT_EQ(findings[0].right_en(), "20/33");
}

TEST(FindingsTest, APartLargerThanItsWholeIsFound) {
  EXPECT_EQ(Rules(OfThirtyThree(Figure(33))), Strings{});
  EXPECT_EQ(Rules(OfThirtyThree(Figure(34))), Strings{"figure.part_of_whole"});
}

}  // namespace
}  // namespace nhanrong::projections

#include "services/query/quantity_math.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <limits>

namespace nhanrong::query {
namespace {

constexpr std::array kBounds = {v1::BOUND_EXACT, v1::BOUND_AT_LEAST, v1::BOUND_AT_MOST,
                                v1::BOUND_APPROX, v1::BOUND_ORDER_OF_MAGNITUDE};

v1::Quantity Models(std::int64_t value, v1::Bound bound = v1::BOUND_EXACT,
                    std::uint32_t scale = 0) {
  v1::Quantity made;
  made.set_value(value);
  made.set_scale(scale);
  made.set_unit("models");
  made.set_bound(bound);
  return made;
}

std::string Printed(std::int64_t part, std::int64_t whole, std::uint32_t decimals,
                    v1::Ratio::Rounding rounding) {
  return PercentText(PercentOf(Models(part), Models(whole), decimals, rounding));
}

TEST(BoundsTest, AnAtLeastMakesTheSumAtLeast) {
  EXPECT_EQ(CombineBounds(v1::BOUND_AT_LEAST, v1::BOUND_EXACT), v1::BOUND_AT_LEAST);
  EXPECT_EQ(CombineBounds(v1::BOUND_AT_LEAST, v1::BOUND_AT_LEAST), v1::BOUND_AT_LEAST);
  EXPECT_EQ(CombineBounds(v1::BOUND_AT_MOST, v1::BOUND_EXACT), v1::BOUND_AT_MOST);
}

TEST(BoundsTest, OppositeBoundsBoundTheSumOnNeitherSide) {
  EXPECT_EQ(CombineBounds(v1::BOUND_AT_LEAST, v1::BOUND_AT_MOST), v1::BOUND_APPROX);
}

TEST(BoundsTest, TheWeakerKnowledgeWins) {
  EXPECT_EQ(CombineBounds(v1::BOUND_APPROX, v1::BOUND_AT_LEAST), v1::BOUND_APPROX);
  EXPECT_EQ(CombineBounds(v1::BOUND_ORDER_OF_MAGNITUDE, v1::BOUND_EXACT),
            v1::BOUND_ORDER_OF_MAGNITUDE);
  EXPECT_EQ(CombineBounds(v1::BOUND_UNSPECIFIED, v1::BOUND_EXACT), v1::BOUND_UNSPECIFIED);
}

TEST(BoundsTest, TheOrderOfTheSummandsDoesNotMatter) {
  for (const v1::Bound a : kBounds) {
    EXPECT_EQ(CombineBounds(a, a), a);
    EXPECT_EQ(CombineBounds(a, v1::BOUND_EXACT), a);
    for (const v1::Bound b : kBounds) {
      EXPECT_EQ(CombineBounds(a, b), CombineBounds(b, a));
      for (const v1::Bound c : kBounds) {
        EXPECT_EQ(CombineBounds(CombineBounds(a, b), c), CombineBounds(a, CombineBounds(b, c)));
      }
    }
  }
}

TEST(SumTest, AtLeast141AndExactly33AreAtLeast174) {
  const auto sum = Sum(Models(141, v1::BOUND_AT_LEAST), Models(33));
  ASSERT_TRUE(sum.has_value());
  EXPECT_EQ(sum->value(), 174);
  EXPECT_EQ(sum->bound(), v1::BOUND_AT_LEAST);
  EXPECT_EQ(sum->unit(), "models");
}

TEST(SumTest, ScalesAreAligned) {
  const auto sum = Sum(Models(139, v1::BOUND_EXACT, 1), Models(25, v1::BOUND_EXACT, 2));
  ASSERT_TRUE(sum.has_value());
  EXPECT_EQ(sum->value(), 1415);
  EXPECT_EQ(sum->scale(), 2u);
}

TEST(SumTest, DifferentUnitsAreNotAdded) {
  v1::Quantity area = Models(1);
  area.set_unit("m2");
  EXPECT_EQ(Sum(Models(1), area).error(), SumError::kUnitsDiffer);
}

TEST(SumTest, ASumThatDoesNotFitIsNoNumber) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(Sum(Models(kMost), Models(1)).error(), SumError::kTooLarge);
  EXPECT_EQ(Sum(Models(kMost), Models(0, v1::BOUND_EXACT, 4)).error(), SumError::kTooLarge);
  EXPECT_EQ(Sum(Models(1, v1::BOUND_EXACT, 5), Models(1)).error(), SumError::kTooLarge);
}

TEST(PercentTest, TwentyOfThirtyThreePrints60Point6And60OnlyTruncated) {
  EXPECT_EQ(Printed(20, 33, 1, v1::Ratio::ROUNDING_HALF_UP), "60,6%");
  EXPECT_EQ(Printed(20, 33, 0, v1::Ratio::ROUNDING_TRUNC), "60%");
  EXPECT_EQ(Printed(20, 33, 0, v1::Ratio::ROUNDING_HALF_UP), "61%");
}

TEST(PercentTest, HalvesGoUpOrToTheEvenNeighbour) {
  EXPECT_EQ(Printed(1, 8, 0, v1::Ratio::ROUNDING_HALF_UP), "13%");
  EXPECT_EQ(Printed(1, 8, 0, v1::Ratio::ROUNDING_HALF_EVEN), "12%");
  EXPECT_EQ(Printed(3, 8, 0, v1::Ratio::ROUNDING_HALF_EVEN), "38%");
  EXPECT_EQ(Printed(1, 8, 0, v1::Ratio::ROUNDING_TRUNC), "12%");
  EXPECT_EQ(Printed(1, 16, 1, v1::Ratio::ROUNDING_HALF_UP), "6,3%");
  EXPECT_EQ(Printed(1, 16, 1, v1::Ratio::ROUNDING_HALF_EVEN), "6,2%");
}

TEST(PercentTest, NothingOfNothingPrintsADash) {
  EXPECT_EQ(Printed(0, 0, 1, v1::Ratio::ROUNDING_HALF_UP), "—");
  EXPECT_EQ(Printed(5, 0, 1, v1::Ratio::ROUNDING_HALF_UP), "—");
  EXPECT_EQ(Printed(0, 5, 1, v1::Ratio::ROUNDING_HALF_UP), "0,0%");
}

TEST(PercentTest, ARoundingThatIsNoRuleGivesNoNumber) {
  EXPECT_EQ(Printed(1, 2, 1, v1::Ratio::ROUNDING_AS_PRINTED), "—");
}

TEST(PercentTest, ScalesOfPartAndWholeAreAligned) {
  const auto share = PercentOf(Models(139, v1::BOUND_EXACT, 1), Models(1390, v1::BOUND_EXACT, 2), 1,
                               v1::Ratio::ROUNDING_HALF_UP);
  EXPECT_EQ(PercentText(share), "100,0%");
}

TEST(PercentTest, LeadingZerosOfTheFractionArePrinted) {
  EXPECT_EQ(Printed(4001, 100'000, 3, v1::Ratio::ROUNDING_TRUNC), "4,001%");
}

TEST(NumberTextTest, DigitsStandBehindADecimalComma) {
  EXPECT_EQ(NumberText(Models(139, v1::BOUND_EXACT, 1)), "13,9");
  EXPECT_EQ(NumberText(Models(-5, v1::BOUND_EXACT, 2)), "-0,05");
  EXPECT_EQ(NumberText(Models(33)), "33");
  EXPECT_EQ(NumberText(Models(139, v1::BOUND_EXACT, 1), DecimalMark::kPoint), "13.9");
}

TEST(PercentTest, PrintedPercentagesAreReadBack) {
  EXPECT_EQ(ParsePercent("60%"), (Percent{60, 0}));
  EXPECT_EQ(ParsePercent("60,6%"), (Percent{606, 1}));
  EXPECT_EQ(ParsePercent("60.6 %"), (Percent{606, 1}));
  for (const char* other : {"", "%", "60", "-3%", "60,%", "60,12345%", "hơn 60%", "60%%"}) {
    EXPECT_EQ(ParsePercent(other), std::nullopt) << other;
  }
}

RC_GTEST_PROP(PercentPropertyTest, ARoundedShareLiesWithinHalfAUnitOfTheTrueOne, ()) {
  const std::int64_t whole = *rc::gen::inRange<std::int64_t>(1, 1'000'000'000);
  const std::int64_t part = *rc::gen::inRange<std::int64_t>(0, 1'000'000'000);
  const auto up = PercentOf(Models(part), Models(whole), 1, v1::Ratio::ROUNDING_HALF_UP);
  const auto down = PercentOf(Models(part), Models(whole), 1, v1::Ratio::ROUNDING_TRUNC);
  RC_ASSERT(up && down);
  RC_ASSERT(down->value * whole <= part * 1000);
  RC_ASSERT((down->value + 1) * whole > part * 1000);
  const std::int64_t off = 2 * (up->value * whole - part * 1000);
  RC_ASSERT(off <= whole && off > -whole);
}

RC_GTEST_PROP(PercentPropertyTest, WhatIsPrintedReadsBackAsItself, ()) {
  const Percent percent{*rc::gen::inRange<std::int64_t>(0, 1'000'000'000),
                        *rc::gen::inRange<std::uint32_t>(0, kMaxScale + 1)};
  RC_ASSERT(ParsePercent(PercentText(percent)) == percent);
}

}  // namespace
}  // namespace nhanrong::query

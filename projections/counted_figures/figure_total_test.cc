#include "projections/counted_figures/figure_total.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <set>

#include "services/projector/memory_rows.h"
#include "services/query/memory_unit_tree.h"

namespace nhanrong::projections {
namespace {

using ::testing::ElementsAre;

constexpr char kPhase[] = "2016-01-01/2020-12-31";
constexpr char kLater[] = "2021-01-01/2025-12-31";

// A figure as a source states it.
struct Stated {
  std::int64_t value = 0;
  v1::Bound bound = v1::BOUND_EXACT;
  const char* unit = "district";
  v1::ModelLevel level = v1::MODEL_LEVEL_UNSPECIFIED;
  v1::SectorBlock block = v1::SECTOR_BLOCK_UNSPECIFIED;
  std::string period = kPhase;
  const char* measure = "models";
  v1::ModelField field = v1::MODEL_FIELD_UNSPECIFIED;
};

class FigureTotalTest : public ::testing::Test {
 protected:
  FigureTotalTest() {
    units_.Add("province", "", "Province", v1::UNIT_LEVEL_PROVINCE)
        .Add("district", "province", "District", v1::UNIT_LEVEL_DISTRICT)
        .Add("east", "district", "East", v1::UNIT_LEVEL_COMMUNE)
        .Add("west", "district", "West", v1::UNIT_LEVEL_COMMUNE);
  }

  static v1::CountedFigureRow RowOf(const Stated& stated, std::size_t index) {
    v1::CountedFigureRow row;
    row.set_figure_id("f" + std::to_string(index));
    v1::CountedFigure& figure = *row.mutable_figure();
    figure.set_unit_id(stated.unit);
    figure.set_level(stated.level);
    figure.set_field(stated.field);
    figure.set_sector_block(stated.block);
    figure.mutable_quantity()->set_value(stated.value);
    figure.mutable_quantity()->set_unit(stated.measure);
    figure.mutable_quantity()->set_bound(stated.bound);
    if (!stated.period.empty()) {
      row.mutable_period()->set_from(stated.period.substr(0, 10));
      row.mutable_period()->set_to(stated.period.substr(11));
    }
    return row;
  }

  // "174 AT_LEAST", or the rule that says why there is no total.
  std::string Total(const std::vector<Stated>& figures) {
    rows_.clear();
    for (const Stated& stated : figures) rows_.push_back(RowOf(stated, rows_.size()));
    const auto rows = store_.AsOf(Position(0));
    const query::QueryScope scope{
        *rows, absl::CivilDay(2024, 1, 1), units_, v1::CLASSIFICATION_PUBLIC, 100, ""};
    made_ = TotalOf(
        scope, [&](const std::string& id) { return parts_.contains(id); }, rows_);
    if (!made_.quantity) return made_.absent ? made_.absent->rule() : "-";
    return std::to_string(made_.quantity->value()) + " " +
           v1::Bound_Name(made_.quantity->bound()).substr(6);
  }
  // By figure, the rules of its findings; "" when it was added.
  std::vector<std::string> Findings() const {
    std::vector<std::string> rules;
    for (const v1::CountedFigureRow& row : rows_) {
      rules.push_back(row.findings().empty() ? "" : row.findings(0).rule());
    }
    return rules;
  }

  projector::MemoryRows store_;
  query::MemoryUnitTree units_;
  std::set<std::string> parts_;
  std::vector<v1::CountedFigureRow> rows_;
  FigureTotal made_;
};

TEST_F(FigureTotalTest, DifferentStatedCategoriesOfOneUnitAndPeriodAreAdded) {
  EXPECT_EQ(Total({{33, v1::BOUND_EXACT, "province", v1::MODEL_LEVEL_PROVINCE},
                   {141, v1::BOUND_AT_LEAST, "province", v1::MODEL_LEVEL_DISTRICT}}),
            "174 AT_LEAST");
  EXPECT_EQ(made_.period->from(), "2016-01-01");
  EXPECT_EQ(Total({{7, v1::BOUND_EXACT, "district", v1::MODEL_LEVEL_UNSPECIFIED,
                    v1::SECTOR_BLOCK_ECONOMIC},
                   {8, v1::BOUND_EXACT, "east", v1::MODEL_LEVEL_UNSPECIFIED,
                    v1::SECTOR_BLOCK_CULTURE_SOCIETY}}),
            "15 EXACT");
}

TEST_F(FigureTotalTest, UnitsOfWhichNoneLiesWithinAnotherAreAdded) {
  EXPECT_EQ(Total({{3, v1::BOUND_EXACT, "east"}, {4, v1::BOUND_EXACT, "west"}}), "7 EXACT");
}

TEST_F(FigureTotalTest, OneNumberInTwoDocumentsIsCountedOnce) {
  EXPECT_EQ(Total({{33}, {33}, {33}}), "33 EXACT");
  EXPECT_THAT(Findings(), ElementsAre("", "figure.counted_once", "figure.counted_once"));
}

TEST_F(FigureTotalTest, OfStatementsThatAgreeTheOneThatSaysMostIsTaken) {
  EXPECT_EQ(Total({{30, v1::BOUND_AT_LEAST}, {33}, {40, v1::BOUND_AT_MOST}}), "33 EXACT");
  EXPECT_EQ(Total({{30, v1::BOUND_AT_LEAST}, {32, v1::BOUND_AT_LEAST}}), "32 AT_LEAST");
  EXPECT_EQ(Total({{41, v1::BOUND_AT_MOST}, {40, v1::BOUND_AT_MOST}}), "40 AT_MOST");
  EXPECT_EQ(Total({{30, v1::BOUND_APPROX}, {33}}), "33 EXACT");
}

TEST_F(FigureTotalTest, WhatSourcesDisputeIsNotAddedAndTheRestIsALowerBound) {
  EXPECT_EQ(Total({{33, v1::BOUND_EXACT, "east"}, {35, v1::BOUND_EXACT, "east"}}),
            "figure.disputed");
  EXPECT_EQ(Total({{33, v1::BOUND_EXACT, "east"},
                   {35, v1::BOUND_EXACT, "east"},
                   {4, v1::BOUND_EXACT, "west"}}),
            "4 AT_LEAST");
  EXPECT_THAT(Findings(), ElementsAre("figure.disputed", "figure.disputed", ""));
  EXPECT_EQ(Total({{30, v1::BOUND_AT_MOST}, {33, v1::BOUND_AT_LEAST}}), "figure.disputed");
  EXPECT_EQ(Total({{30, v1::BOUND_APPROX}, {33, v1::BOUND_APPROX}}), "figure.disputed");
}

TEST_F(FigureTotalTest, AKindOfTheSameUnitIsNotAddedToAllOfIt) {
  EXPECT_EQ(Total({{50}, {33, v1::BOUND_EXACT, "district", v1::MODEL_LEVEL_PROVINCE}}), "50 EXACT");
  EXPECT_THAT(Findings(), ElementsAre("", "figure.perhaps_counted"));
}

TEST_F(FigureTotalTest, WhatAUnitAbovePerhapsCountsAlreadyIsNotAdded) {
  EXPECT_EQ(Total({{7, v1::BOUND_EXACT, "east", v1::MODEL_LEVEL_DISTRICT},
                   {141, v1::BOUND_AT_LEAST, "province", v1::MODEL_LEVEL_DISTRICT}}),
            "141 AT_LEAST");
  EXPECT_THAT(Findings(), ElementsAre("figure.perhaps_counted", ""));
}

TEST_F(FigureTotalTest, AFieldThatTheSourceDoesNotStateIsNoCategory) {
  EXPECT_EQ(
      Total({{5, v1::BOUND_EXACT, "east", {}, {}, kPhase, "models", v1::MODEL_FIELD_NOT_STATED},
             {3, v1::BOUND_EXACT, "east", {}, {}, kPhase, "models", v1::MODEL_FIELD_TOURISM}}),
      "5 EXACT");
}

TEST_F(FigureTotalTest, AnInnerFigureThatIsLargerThanTheOuterOneIsDisputedAndTheRestIsALowerBound) {
  EXPECT_EQ(Total({{7, v1::BOUND_EXACT, "east"}, {5, v1::BOUND_EXACT, "district"}}), "5 AT_LEAST");
  EXPECT_THAT(Findings(), ElementsAre("figure.disputed", ""));
}

TEST_F(FigureTotalTest, OfTheSameThingsTheNewestPeriodIsTaken) {
  const Stated now = {40, v1::BOUND_EXACT, "district", {}, {}, kLater};
  EXPECT_EQ(Total({{33}, now}), "40 EXACT");
  EXPECT_EQ(made_.period->to(), "2025-12-31");
  EXPECT_THAT(Findings(), ElementsAre("figure.other_period", ""));
}

TEST_F(FigureTotalTest, WhatIsOfAnotherPeriodThanItsWholeIsNotAdded) {
  EXPECT_EQ(Total({{50}, {40, v1::BOUND_EXACT, "east", {}, {}, kLater}}), "50 EXACT");
  EXPECT_THAT(Findings(), ElementsAre("", "figure.other_period"));
}

TEST_F(FigureTotalTest, DifferentThingsOfDifferentPeriodsHaveNoTotal) {
  EXPECT_EQ(Total({{3, v1::BOUND_EXACT, "east"}, {4, v1::BOUND_EXACT, "west", {}, {}, kLater}}),
            "figure.total_period");
  EXPECT_EQ(Total({{3, v1::BOUND_EXACT, "east"}, {4, v1::BOUND_EXACT, "west", {}, {}, ""}}),
            "figure.total_period");
}

TEST_F(FigureTotalTest, OfFiguresThatMayOverlapTheLargestIsALowerBound) {
  EXPECT_EQ(Total({{5, v1::BOUND_EXACT, "district", v1::MODEL_LEVEL_DISTRICT},
                   {9, v1::BOUND_EXACT, "district", {}, v1::SECTOR_BLOCK_ECONOMIC}}),
            "9 AT_LEAST");
  EXPECT_THAT(Findings(), ElementsAre("figure.may_overlap", ""));
}

TEST_F(FigureTotalTest, UnitsThatTheMapDoesNotKnowMayOverlap) {
  EXPECT_EQ(Total({{5, v1::BOUND_EXACT, "gone"}, {9, v1::BOUND_EXACT, "east"}}), "9 AT_LEAST");
}

TEST_F(FigureTotalTest, OtherUnitsOfMeasureAreNotAddedAndTheRowSaysSo) {
  EXPECT_EQ(Total({{33}, {5, v1::BOUND_EXACT, "district", {}, {}, kPhase, "households"}}),
            "figure.total");
  EXPECT_THAT(Findings(), ElementsAre("", "figure.total"));
}

TEST_F(FigureTotalTest, ASumThatDoesNotFitIsNoTotal) {
  EXPECT_EQ(Total({{std::numeric_limits<std::int64_t>::max(), v1::BOUND_EXACT, "east"},
                   {1, v1::BOUND_EXACT, "west"}}),
            "figure.total");
}

TEST_F(FigureTotalTest, PartsOfAnotherRowAreNotAddedAndPartsAloneAreNoTotal) {
  parts_ = {"f1"};
  EXPECT_EQ(Total({{3, v1::BOUND_EXACT, "east"}, {4, v1::BOUND_EXACT, "west"}}), "3 EXACT");
  EXPECT_THAT(Findings(), ElementsAre("", ""));
  parts_ = {"f0", "f1"};
  EXPECT_EQ(Total({{3}, {4}}), "figure.total_parts");
}

TEST_F(FigureTotalTest, NoFiguresHaveNoTotalAndNoReason) { EXPECT_EQ(Total({}), "-"); }

}  // namespace
}  // namespace nhanrong::projections

#include "projections/counted_figures/counted_figures.h"

#include <gtest/gtest.h>

#include "projections/counted_figures/counted_figures_query.h"
#include "services/domain/values/dates.h"
#include "services/projector/projection_test_kit.h"
#include "services/query/memory_unit_tree.h"

namespace nhanrong::projections {
namespace {

class CountedFiguresTest : public ::testing::Test {
 protected:
  CountedFiguresTest() {
    units_.Add("province", "", "Province", v1::UNIT_LEVEL_PROVINCE)
        .Add("east", "province", "East", v1::UNIT_LEVEL_COMMUNE);
  }

  static v1::CountedFigure Models(std::int64_t value, v1::Bound bound = v1::BOUND_EXACT) {
    v1::CountedFigure figure;
    figure.set_subject(v1::FIGURE_SUBJECT_MODELS);
    figure.set_unit_id("province");
    figure.mutable_quantity()->set_value(value);
    figure.mutable_quantity()->set_unit("models");
    figure.mutable_quantity()->set_bound(bound);
    return figure;
  }
  static v1::CountedFigure PartOf(const std::string& whole, v1::CountedFigure figure) {
    figure.set_part_of_figure_id(whole);
    return figure;
  }
  static v1::Fact Recorded(const v1::CountedFigure& figure) {
    v1::Fact fact;
    *fact.mutable_counted_figure_recorded()->mutable_figure() = figure;
    return fact;
  }

  std::string Told(const std::string& id, const v1::Fact& fact, const char* day = "2021-05-05",
                   v1::Classification classification = v1::CLASSIFICATION_PUBLIC) {
    ledger_.Fact("figure/" + id, fact, day).Classified(classification);
    ledger_.Commit();
    return ledger_.event_id();
  }
  Position Now() const { return ledger_.commits().back().position; }

  CountedFigures Counted(const v1::ModelFilter& filter = {}, const char* day = "2024-12-31",
                         std::optional<Position> as_of = std::nullopt) {
    projector::MemoryRows store;
    const auto folded = projector::FoldAll(*MakeCountedFigures(), ledger_.commits(), store);
    EXPECT_TRUE(folded.ok()) << folded;
    const auto rows = store.AsOf(as_of.value_or(Now()));
    return *ListCountedFigures(
        {*rows, *domain::ParseDay(day), units_, v1::CLASSIFICATION_PUBLIC, 100, ""},
        v1::FIGURE_SUBJECT_MODELS, filter, reads_);
  }
  std::vector<v1::CountedFigureRow> Rows(const v1::ModelFilter& filter = {}) {
    return Counted(filter).page.items;
  }
  // "174 AT_LEAST"; "-" without a total.
  static std::string Text(const std::optional<v1::Quantity>& total) {
    if (!total) return "-";
    return std::to_string(total->value()) + " " + v1::Bound_Name(total->bound()).substr(6);
  }
  std::string Total(const v1::ModelFilter& filter = {}) {
    return Text(Counted(filter).total.quantity);
  }

  projector::CommitBuilder ledger_{
      "test", absl::FromCivil(absl::CivilDay(2025, 1, 1), absl::UTCTimeZone())};
  query::MemoryUnitTree units_;
  // Everything public, unless a test says otherwise.
  query::ReadsOf reads_ = [](std::string_view) { return v1::CLASSIFICATION_PUBLIC; };
};

TEST_F(CountedFiguresTest, AFigureShowsItsPeriodAndSources) {
  v1::ReportingPeriod period;
  period.set_id("2016-2020");
  v1::SourceDoc source;
  source.set_summary("A made-up report");
  source.set_issued_on("2021-05-06");
  ledger_.Fact("figure/f1", Recorded(Models(33)), "2016/2020").Period(period).Source(source);
  ledger_.Commit();
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows[0].figure_id(), "f1");
  EXPECT_EQ(rows[0].period().id(), "2016-2020");
  EXPECT_EQ(rows[0].sources(0).summary(), "A made-up report");
  EXPECT_EQ(rows[0].unit().name_at_event(), "Province");
  EXPECT_FALSE(rows[0].has_share());
}

TEST_F(CountedFiguresTest, APartIsNotAddedToItsWhole) {
  Told("f1", Recorded(Models(33)));
  Told("f2", Recorded(PartOf("f1", Models(20))));
  Told("f3", Recorded(PartOf("f2", Models(5))));
  EXPECT_EQ(Total(), "33 EXACT");
}

TEST_F(CountedFiguresTest, APartStandsForItselfWhenItsWholeDoesNotMatch) {
  v1::CountedFigure economic = Models(20);
  economic.set_sector_block(v1::SECTOR_BLOCK_ECONOMIC);
  Told("f1", Recorded(Models(33)));
  Told("f2", Recorded(PartOf("f1", economic)));
  v1::ModelFilter filter;
  filter.set_sector_block(v1::SECTOR_BLOCK_ECONOMIC);
  EXPECT_EQ(Total(filter), "20 EXACT");
}

TEST_F(CountedFiguresTest, TheShareIsThatOfTheWholeAndItsPrintIsChecked) {
  v1::CountedFigure part = PartOf("f1", Models(20));
  part.mutable_printed_share()->set_printed("60%");
  Told("f1", Recorded(Models(33)));
  Told("f2", Recorded(part));
  const auto rows = Rows();
  EXPECT_EQ(rows[1].share().numerator().value(), 20);
  EXPECT_EQ(rows[1].share().denominator().value(), 33);
  ASSERT_EQ(rows[1].findings_size(), 1);
  EXPECT_EQ(rows[1].findings(0).rule(), "figure.printed_share");
}

TEST_F(CountedFiguresTest, AFilterOnWhatAFigureDoesNotStateDoesNotHold) {
  v1::CountedFigure districts = Models(7);
  districts.set_level(v1::MODEL_LEVEL_DISTRICT);
  Told("f1", Recorded(districts));
  v1::ModelFilter level, field, status, year, unit, steward, successor;
  level.set_level(v1::MODEL_LEVEL_DISTRICT);
  field.set_field(v1::MODEL_FIELD_TOURISM);
  status.set_status(v1::MODEL_STATUS_ACTIVE);
  year.set_year(2021);
  unit.set_unit_id("east");
  steward.set_steward_agency_id("agency");
  successor.set_other_model_id("model");
  EXPECT_EQ(Total(level), "7 EXACT");
  for (const auto& filter : {field, status, year, unit, steward, successor}) {
    EXPECT_EQ(Total(filter), "-");
  }
}

TEST_F(CountedFiguresTest, ACorrectionChangesTheLaterAnswerAndNotTheEarlierOne) {
  v1::SourceDoc source;
  source.set_summary("A made-up report");
  ledger_.Fact("figure/f1", Recorded(Models(32)), "2021-05-05").Source(source);
  const Position before = ledger_.Commit();
  v1::Fact correction;
  correction.mutable_fact_corrected()->set_event_id(ledger_.event_id());
  *correction.mutable_fact_corrected()->mutable_replacement() = Recorded(Models(33));
  Told("f1", correction, "2022-01-01");
  EXPECT_EQ(Text(Counted({}, "2024-12-31", before).total.quantity), "32 EXACT");
  EXPECT_EQ(Total(), "33 EXACT");
  EXPECT_EQ(Rows()[0].sources(0).summary(), "A made-up report");
}

TEST_F(CountedFiguresTest, AnAnnulledFigureIsNeitherListedNorAWhole) {
  const std::string wrong = Told("f1", Recorded(Models(33)));
  Told("f2", Recorded(PartOf("f1", Models(20))));
  v1::Fact annulled;
  annulled.mutable_fact_annulled()->set_event_id(wrong);
  Told("f1", annulled);
  const auto counted = Counted();
  ASSERT_EQ(counted.page.items.size(), 1u);
  EXPECT_FALSE(counted.page.items[0].has_share());
  EXPECT_EQ(Text(counted.total.quantity), "20 EXACT");
}

TEST_F(CountedFiguresTest, AFigureIsThereFromTheDayOnWhichItIsKnownToHold) {
  Told("f1", Recorded(Models(33)), "2021-05-05");
  EXPECT_EQ(Counted({}, "2021-05-04").page.items.size(), 0u);
  EXPECT_EQ(Counted({}, "2021-05-05").page.items.size(), 1u);
}

TEST_F(CountedFiguresTest, WhatTheAskerMayNotReadShowsInNoShare) {
  Told("f1", Recorded(Models(33)), "2021-05-05", v1::CLASSIFICATION_INTERNAL);
  Told("f2", Recorded(PartOf("f1", Models(20))));
  const auto rows = Rows();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_FALSE(rows[0].has_share());
}

TEST_F(CountedFiguresTest, AWholeElsewhereShowsInAShareOnlyToWhoMayReadItThere) {
  v1::CountedFigure east = PartOf("f1", Models(20));
  east.set_unit_id("east");
  Told("f1", Recorded(Models(33)));
  Told("f2", Recorded(east));
  v1::ModelFilter of_east;
  of_east.set_unit_id("east");
  EXPECT_EQ(Rows(of_east).at(0).share().denominator().value(), 33);
  reads_ = [](std::string_view unit_id) {
    return unit_id == "east" ? v1::CLASSIFICATION_PUBLIC : v1::CLASSIFICATION_UNSPECIFIED;
  };
  ASSERT_EQ(Rows(of_east).size(), 1u);
  EXPECT_FALSE(Rows(of_east).at(0).has_share());
}

TEST_F(CountedFiguresTest, PagesHoldTheRowsAndTheTotalIsThatOfAll) {
  int figures = 0;
  for (const v1::ModelField field :
       {v1::MODEL_FIELD_TOURISM, v1::MODEL_FIELD_PRODUCTION, v1::MODEL_FIELD_DIRECTION,
        v1::MODEL_FIELD_POLITICAL_SYSTEM, v1::MODEL_FIELD_DEFENCE_SECURITY}) {
    v1::CountedFigure figure = Models(10);
    figure.set_field(field);
    Told("f" + std::to_string(figures++), Recorded(figure));
  }
  projector::MemoryRows store;
  ASSERT_TRUE(projector::FoldAll(*MakeCountedFigures(), ledger_.commits(), store).ok());
  const auto rows = store.AsOf(Now());
  std::vector<std::string> ids;
  std::string after;
  do {
    const auto counted = *ListCountedFigures(
        {*rows, absl::CivilDay(2024, 12, 31), units_, v1::CLASSIFICATION_PUBLIC, 2, after},
        v1::FIGURE_SUBJECT_MODELS, {}, reads_);
    for (const auto& row : counted.page.items) ids.push_back(row.figure_id());
    EXPECT_EQ(Text(counted.total.quantity), "50 EXACT");
    after = counted.page.next_after.value_or("");
  } while (!after.empty());
  EXPECT_EQ(ids, (std::vector<std::string>{"f0", "f1", "f2", "f3", "f4"}));
}

TEST_F(CountedFiguresTest, FiguresOfOtherSubjectsAreNotAmongThem) {
  v1::CountedFigure sites = Models(9);
  sites.set_subject(v1::FIGURE_SUBJECT_SITES);
  Told("f1", Recorded(sites));
  EXPECT_EQ(Rows().size(), 0u);
}

TEST_F(CountedFiguresTest, FiguresThatCountInACircleHaveNoTotal) {
  Told("f1", Recorded(PartOf("f2", Models(1))));
  Told("f2", Recorded(PartOf("f1", Models(2))));
  EXPECT_EQ(Total(), "-");
  EXPECT_EQ(Counted().total.absent->rule(), "figure.total_parts");
}

}  // namespace
}  // namespace nhanrong::projections

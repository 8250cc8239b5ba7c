#include "projections/units/units.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projections/units/unit_tree.h"
#include "projections/units/units_query.h"
#include "services/projector/projection_test_kit.h"

namespace nhanrong::projections {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

v1::Fact Established(const std::string& name, const std::string& parent = "",
                     const std::string& code = "", v1::UnitLevel level = v1::UNIT_LEVEL_COMMUNE) {
  v1::Fact fact;
  fact.mutable_unit_established()->set_name(name);
  fact.mutable_unit_established()->set_parent_unit_id(parent);
  fact.mutable_unit_established()->set_code(code);
  fact.mutable_unit_established()->set_level(level);
  return fact;
}

v1::Fact Renamed(const std::string& name) {
  v1::Fact fact;
  fact.mutable_unit_renamed()->set_name(name);
  return fact;
}

v1::Fact CodeGiven(const std::string& code, const std::string& from, const std::string& to = "") {
  v1::Fact fact;
  fact.mutable_unit_code_assigned()->set_code(code);
  fact.mutable_unit_code_assigned()->set_valid_from(from);
  fact.mutable_unit_code_assigned()->set_valid_to(to);
  return fact;
}

v1::Fact Correction(const std::string& event_id, const v1::Fact& replacement) {
  v1::Fact fact;
  fact.mutable_fact_corrected()->set_event_id(event_id);
  *fact.mutable_fact_corrected()->mutable_replacement() = replacement;
  return fact;
}

class UnitsTest : public testing::Test {
 protected:
  std::string Told(const std::string& unit, const v1::Fact& fact, const char* day) {
    ledger_.Fact("unit/" + unit, fact, day).Commit();
    return ledger_.event_id();
  }
  std::shared_ptr<projector::RowReader> Folded() {
    rows_ = std::make_unique<projector::MemoryRows>();
    EXPECT_TRUE(projector::FoldAll(*MakeUnits(), ledger_.commits(), *rows_).ok());
    return rows_->AsOf(Position(ledger_.commits().size()));
  }
  Page<v1::UnitEntry> List(absl::CivilDay day, const v1::ListUnitsRequest& request = {},
                           std::size_t page_size = 100, const std::string& after = "") {
    const auto rows = Folded();
    const StoredUnitTree tree(nullptr, rows);
    const query::QueryScope scope{*rows, day, tree, v1::CLASSIFICATION_PUBLIC, page_size, after};
    auto page = ListUnits(scope, request);
    EXPECT_TRUE(page.ok()) << page.status();
    return *std::move(page);
  }
  std::vector<std::string> Names(absl::CivilDay day, const v1::ListUnitsRequest& request = {}) {
    std::vector<std::string> names;
    for (const auto& entry : List(day, request).items) {
      names.push_back(entry.unit().name_at_event());
    }
    return names;
  }

  projector::CommitBuilder ledger_{"test", absl::FromUnixSeconds(1'760'000'000)};
  std::unique_ptr<projector::MemoryRows> rows_;
};

TEST_F(UnitsTest, AUnitHasTheNameOfTheDay) {
  Told("a", Established("Early", "", "70001"), "2020-01-01");
  Told("a", Renamed("Late"), "2024-07-01");
  EXPECT_THAT(Names(absl::CivilDay(2019, 12, 31)), IsEmpty());
  EXPECT_THAT(Names(absl::CivilDay(2024, 6, 30)), ElementsAre("Early"));
  EXPECT_THAT(Names(absl::CivilDay(2024, 7, 1)), ElementsAre("Late"));
}

TEST_F(UnitsTest, AnEntryTellsParentDayAndRevision) {
  Told("a", Established("A", "top", "70001"), "2020-01-01");
  Told("a", Renamed("B"), "2024-07-01");
  const v1::UnitEntry entry = List(absl::CivilDay(2024, 8, 1)).items.at(0);
  EXPECT_EQ(entry.unit().unit_id(), "a");
  EXPECT_EQ(entry.unit().code_at_event(), "70001");
  EXPECT_EQ(entry.parent_unit_id(), "top");
  EXPECT_EQ(entry.established_on().value(), "2020-01-01");
  EXPECT_EQ(entry.revision(), 1u);
}

TEST_F(UnitsTest, ACodeIsFoundAtItsHolderOfTheDay) {
  Told("a", Established("A", "", "70001"), "2020-01-01");
  Told("a", CodeGiven("70002", "2024-07-01"), "2024-07-01");
  Told("b", Established("B"), "2024-07-01");
  Told("b", CodeGiven("70001", "2024-07-01"), "2024-07-01");
  v1::ListUnitsRequest request;
  request.set_code("70001");
  EXPECT_THAT(Names(absl::CivilDay(2024, 6, 30), request), ElementsAre("A"));
  EXPECT_THAT(Names(absl::CivilDay(2024, 7, 1), request), ElementsAre("B"));
  request.set_code("7000");
  EXPECT_THAT(Names(absl::CivilDay(2024, 7, 1), request), IsEmpty());
}

TEST_F(UnitsTest, ACorrectedCodeIsNoLongerFound) {
  const std::string wrong = Told("a", Established("A", "", "70001"), "2020-01-01");
  Told("a", Correction(wrong, Established("A", "", "70009")), "2020-01-01");
  v1::ListUnitsRequest request;
  request.set_code("70001");
  EXPECT_THAT(Names(absl::CivilDay(2024, 1, 1), request), IsEmpty());
  request.set_code("70009");
  EXPECT_THAT(Names(absl::CivilDay(2024, 1, 1), request), ElementsAre("A"));
  EXPECT_EQ(Folded()->Get("c/70001/a"), std::nullopt);
}

TEST_F(UnitsTest, ASubtreeIsTheUnitAndWhatLiesBelow) {
  Told("p", Established("P", "", "", v1::UNIT_LEVEL_PROVINCE), "2020-01-01");
  Told("q", Established("Q", "", "", v1::UNIT_LEVEL_PROVINCE), "2020-01-01");
  Told("p1", Established("P1", "p"), "2020-01-01");
  Told("q1", Established("Q1", "q"), "2020-01-01");
  Told("p11", Established("P11", "p1", "", v1::UNIT_LEVEL_VILLAGE), "2022-01-01");
  v1::ListUnitsRequest request;
  request.set_unit_id("p");
  EXPECT_THAT(Names(absl::CivilDay(2021, 1, 1), request), ElementsAre("P", "P1"));
  EXPECT_THAT(Names(absl::CivilDay(2023, 1, 1), request), ElementsAre("P", "P1", "P11"));
}

TEST_F(UnitsTest, TheWholeMapIsNationalsUnitsAndThenTheLedgersOwn) {
  for (const char* id : {"a", "b", "c"}) Told(id, Established(id, "", "70001"), "2020-01-01");
  const auto national = Folded();
  projector::MemoryRows own_rows;
  projector::CommitBuilder own_ledger{"own", absl::FromUnixSeconds(1'760'000'000)};
  own_ledger.Fact("unit/z", Established("z", "a", "70001"), "2020-01-01").Commit();
  ASSERT_TRUE(projector::FoldAll(*MakeUnits(), own_ledger.commits(), own_rows).ok());
  const auto own = own_rows.AsOf(Position(0));
  const StoredUnitTree tree(national, own);
  v1::ListUnitsRequest request;
  std::string names;
  std::string after;
  const auto ask = [&](const std::shared_ptr<projector::RowReader>& rows) {
    return query::QueryScope{*rows, absl::CivilDay(2021, 1, 1), tree, v1::CLASSIFICATION_PUBLIC, 2,
                             after};
  };
  for (int pages = 0; pages < 9; ++pages) {
    const auto page = ListWholeMap(ask(national), ask(own), request);
    ASSERT_TRUE(page.ok()) << page.status();
    for (const auto& entry : page->items) names += entry.unit().name_at_event();
    if (!page->next_after) break;
    after = *page->next_after;
  }
  EXPECT_EQ(names, "abcz");
  after.clear();
  request.set_code("70001");
  EXPECT_EQ(ListWholeMap(ask(national), ask(own), request)->items.size(), 4u);
  request.set_unit_id("a");
  EXPECT_EQ(ListWholeMap(ask(national), ask(own), request)->items.size(), 2u);
}

TEST_F(UnitsTest, PagesFollowEachOther) {
  for (const char* id : {"a", "b", "c"}) Told(id, Established(id), "2020-01-01");
  const auto first = List(absl::CivilDay(2021, 1, 1), {}, 2);
  ASSERT_EQ(first.items.size(), 2u);
  const auto second = List(absl::CivilDay(2021, 1, 1), {}, 2, *first.next_after);
  ASSERT_EQ(second.items.size(), 1u);
  EXPECT_EQ(second.items[0].unit().unit_id(), "c");
  EXPECT_EQ(second.next_after, std::nullopt);
}

TEST_F(UnitsTest, TheMapLooksInTheNationFirstThenInTheLedger) {
  Told("nation", Established("Nation", "", "", v1::UNIT_LEVEL_NATION), "2000-01-01");
  Told("p", Established("National name", "nation", "", v1::UNIT_LEVEL_PROVINCE), "2000-01-01");
  const auto national = Folded();
  const auto kept = std::move(rows_);
  ledger_ = projector::CommitBuilder("own", absl::FromUnixSeconds(1'760'000'000));
  Told("p", Established("Own name"), "2000-01-01");
  Told("hamlet", Established("Hamlet", "p", "", v1::UNIT_LEVEL_VILLAGE), "2010-01-01");
  const StoredUnitTree map(national, Folded());
  const absl::CivilDay day(2020, 1, 1);
  EXPECT_EQ(map.Ref("p", day)->name_at_event(), "National name");
  EXPECT_EQ(map.Ref("hamlet", day)->name_at_event(), "Hamlet");
  EXPECT_EQ(map.Ref("hamlet", absl::CivilDay(2009, 1, 1)), std::nullopt);
  EXPECT_EQ(map.Ref("unheard", day), std::nullopt);
  EXPECT_TRUE(map.IsWithin("hamlet", "nation", day));
  EXPECT_FALSE(map.IsWithin("nation", "hamlet", day));
  EXPECT_TRUE(map.IsWithin("p", "p", day));
  EXPECT_TRUE(map.status().ok());
}

TEST_F(UnitsTest, ACircleOfParentsEndsTheWalk) {
  Told("a", Established("A", "b"), "2020-01-01");
  Told("b", Established("B", "a"), "2020-01-01");
  const StoredUnitTree map(nullptr, Folded());
  EXPECT_FALSE(map.IsWithin("a", "elsewhere", absl::CivilDay(2021, 1, 1)));
}

TEST_F(UnitsTest, ARowThatDoesNotParseIsAFault) {
  Told("a", Established("A"), "2020-01-01");
  Folded();
  rows_->Writer(Position(9))->Put(UnitKey("a"), "\xff");
  const auto rows = rows_->AsOf(Position(9));
  const StoredUnitTree map(nullptr, rows);
  EXPECT_EQ(map.Ref("a", absl::CivilDay(2021, 1, 1)), std::nullopt);
  EXPECT_TRUE(absl::IsDataLoss(map.status()));
}

TEST_F(UnitsTest, TypeAndParentAreThoseOfTheDay) {
  Told("a", Established("A", "p"), "2020-01-01");
  v1::Fact retyped, reparented;
  retyped.mutable_unit_retyped()->set_type(v1::UNIT_TYPE_WARD);
  retyped.mutable_unit_retyped()->set_name("Ward A");
  reparented.mutable_unit_reparented()->set_parent_unit_id("q");
  Told("a", retyped, "2024-03-01");
  Told("a", reparented, "2024-07-01");
  const auto on = [&](int month) { return List(absl::CivilDay(2024, month, 1)).items.at(0); };
  EXPECT_EQ(on(2).type(), v1::UNIT_TYPE_UNSPECIFIED);
  EXPECT_EQ(on(3).type(), v1::UNIT_TYPE_WARD);
  EXPECT_EQ(on(3).unit().name_at_event(), "Ward A");
  EXPECT_EQ(on(6).parent_unit_id(), "p");
  EXPECT_EQ(on(7).parent_unit_id(), "q");
}

TEST_F(UnitsTest, AnAbolishedUnitIsShownUpToItsEndAndAfterwardsWhenAskedFor) {
  Told("a", Established("A", "p", "70001"), "2020-01-01");
  v1::Fact abolished;
  abolished.mutable_unit_abolished();
  Told("a", abolished, "2024-07-01");
  const absl::CivilDay last(2024, 6, 30), end(2024, 7, 1);
  EXPECT_EQ(List(last).items.at(0).abolished_on(), "");
  EXPECT_THAT(Names(end), IsEmpty());
  v1::ListUnitsRequest request;
  request.set_include_abolished(true);
  const v1::UnitEntry entry = List(end, request).items.at(0);
  EXPECT_EQ(entry.unit().name_at_event(), "A");
  EXPECT_EQ(entry.abolished_on(), "2024-07-01");
  request.set_code("70001");
  EXPECT_THAT(Names(last, request), ElementsAre("A"));
  EXPECT_THAT(Names(end, request), IsEmpty());
}

TEST_F(UnitsTest, ARetiredCodeIsNoLongerFound) {
  Told("a", Established("A", "", "70001"), "2020-01-01");
  v1::Fact retired;
  retired.mutable_unit_code_retired()->set_code("70001");
  retired.mutable_unit_code_retired()->set_valid_to("2024-07-01");
  Told("a", retired, "2024-05-01");
  v1::ListUnitsRequest request;
  request.set_code("70001");
  EXPECT_THAT(Names(absl::CivilDay(2024, 6, 30), request), ElementsAre("A"));
  EXPECT_THAT(Names(absl::CivilDay(2024, 7, 1), request), IsEmpty());
}

TEST_F(UnitsTest, WhatLayInAnAbolishedUnitIsStillFoundInItsProvince) {
  Told("p", Established("P", "", "", v1::UNIT_LEVEL_PROVINCE), "2020-01-01");
  Told("a", Established("A", "p"), "2020-01-01");
  v1::Fact abolished;
  abolished.mutable_unit_abolished();
  Told("a", abolished, "2024-07-01");
  const StoredUnitTree map(nullptr, Folded());
  const absl::CivilDay later(2025, 1, 1);
  EXPECT_TRUE(map.IsWithin("a", "p", later));
  EXPECT_EQ(map.Ref("a", later)->name_at_event(), "A");
}

}  // namespace
}  // namespace nhanrong::projections

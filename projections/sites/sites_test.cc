#include "projections/sites/sites.h"

#include <gtest/gtest.h>

#include "projections/sites/sites_query.h"
#include "services/domain/values/dates.h"
#include "services/projector/projection_test_kit.h"
#include "services/query/memory_unit_tree.h"

namespace nhanrong::projections {
namespace {

class SitesTest : public ::testing::Test {
 protected:
  SitesTest() {
    units_.Add("province", "", "Province", v1::UNIT_LEVEL_PROVINCE)
        .Add("east", "province", "East", v1::UNIT_LEVEL_COMMUNE)
        .Add("west", "province", "West", v1::UNIT_LEVEL_COMMUNE);
  }

  static v1::Fact Started(const std::string& unit = "east", const std::string& model = "m1") {
    v1::Fact fact;
    v1::SiteDescription& description = *fact.mutable_site_started()->mutable_description();
    description.set_name("Site");
    description.set_unit_id(unit);
    description.set_model_id(model);
    return fact;
  }
  static v1::Fact Stopped() {
    v1::Fact fact;
    fact.mutable_site_stopped()->set_stop_reason(v1::SITE_STOP_REASON_COMPLETED);
    return fact;
  }
  static v1::Fact Output(std::int64_t value) {
    v1::Fact fact;
    fact.mutable_site_output_reported()->add_outputs()->set_value(value);
    return fact;
  }
  static v1::Fact Correction(const std::string& event_id, const v1::Fact& replacement,
                             const char* moved_to = nullptr) {
    v1::Fact fact;
    fact.mutable_fact_corrected()->set_event_id(event_id);
    *fact.mutable_fact_corrected()->mutable_replacement() = replacement;
    if (moved_to != nullptr) {
      *fact.mutable_fact_corrected()->mutable_occurred_on() = projector::DateOf(moved_to);
    }
    return fact;
  }
  static v1::Fact Annulment(const std::string& event_id) {
    v1::Fact fact;
    fact.mutable_fact_annulled()->set_event_id(event_id);
    return fact;
  }

  std::string Told(const std::string& site, const v1::Fact& fact, const char* day,
                   v1::Classification classification = v1::CLASSIFICATION_PUBLIC) {
    ledger_.Fact("site/" + site, fact, day).Classified(classification);
    ledger_.Commit();
    return ledger_.event_id();
  }
  Position Now() const { return ledger_.commits().back().position; }

  SitePage Listed(const char* day = "2024-12-31", const v1::ListSitesRequest& request = {},
                  std::optional<Position> as_of = std::nullopt) {
    projector::MemoryRows store;
    const auto folded = projector::FoldAll(*MakeSites(), ledger_.commits(), store);
    EXPECT_TRUE(folded.ok()) << folded;
    const auto rows = store.AsOf(as_of.value_or(Now()));
    return *ListSites(
        {*rows, *domain::ParseDay(day), units_, v1::CLASSIFICATION_PUBLIC, page_size_, after_},
        request);
  }
  // The first output of s1; -1: none.
  std::int64_t OutputOn(const char* day, std::optional<Position> as_of = std::nullopt) {
    const SitePage listed = Listed(day, {}, as_of);
    const auto& outputs = listed.page.items.at(0).outputs();
    return outputs.empty() ? -1 : outputs[0].value();
  }
  static std::vector<std::string> Ids(const SitePage& listed) {
    std::vector<std::string> ids;
    for (const v1::SiteSummary& site : listed.page.items) ids.push_back(site.site_id());
    return ids;
  }

  projector::CommitBuilder ledger_{
      "test", absl::FromCivil(absl::CivilDay(2025, 1, 1), absl::UTCTimeZone())};
  query::MemoryUnitTree units_;
  std::size_t page_size_ = 100;
  std::string after_;
};

using Strings = std::vector<std::string>;

TEST_F(SitesTest, ASiteOperatesFromItsStartUntilItsStop) {
  Told("s1", Started(), "2024-03-01");
  Told("s1", Stopped(), "2024-06-01");
  EXPECT_EQ(Listed("2024-02-29").total, 0u);
  const v1::SiteSummary site = Listed("2024-05-31").page.items.at(0);
  EXPECT_EQ(site.status(), v1::SITE_STATUS_OPERATING);
  EXPECT_EQ(site.unit().name_at_event(), "East");
  EXPECT_EQ(site.began_on().value(), "2024-03-01");
  const v1::SiteSummary stopped = Listed("2024-06-01").page.items.at(0);
  EXPECT_EQ(stopped.status(), v1::SITE_STATUS_STOPPED);
  EXPECT_EQ(stopped.status_since().value(), "2024-06-01");
}

TEST_F(SitesTest, TheLatestOutputsAreThoseOfTheLastReportKnownOnTheDay) {
  Told("s1", Started(), "2024-01-01");
  Told("s1", Output(30), "2024-03-01");
  Told("s1", Output(60), "2024-06-01");
  Told("s1", Output(45), "2024-04-15");  // back-dated
  EXPECT_EQ(OutputOn("2024-02-29"), -1);
  EXPECT_EQ(OutputOn("2024-04-14"), 30);
  EXPECT_EQ(OutputOn("2024-05-31"), 45);
  EXPECT_EQ(OutputOn("2024-06-01"), 60);
  EXPECT_EQ(OutputOn("2024-05-31", Position(2)), 30);
}

TEST_F(SitesTest, ReportsOfOneDayCountInTheOrderOfTheStream) {
  Told("s1", Started(), "2024-01-01");
  Told("s1", Output(1), "2024-03-01");
  Told("s1", Output(2), "2024-03-01");
  EXPECT_EQ(OutputOn("2024-03-01"), 2);
}

TEST_F(SitesTest, ACorrectedReportIsReplacedAndMayMove) {
  Told("s1", Started(), "2024-01-01");
  Told("s1", Output(30), "2024-03-01");
  const std::string wrong = Told("s1", Output(600), "2024-06-01");
  const Position before = Now();
  Told("s1", Correction(wrong, Output(60), "2024-05-01"), "2024-07-01");
  Told("s1", Correction(wrong, Output(61)), "2024-07-01");
  EXPECT_EQ(OutputOn("2024-12-31", before), 600);
  EXPECT_EQ(OutputOn("2024-12-31"), 61);
  EXPECT_EQ(OutputOn("2024-05-01"), 61);
  EXPECT_EQ(OutputOn("2024-04-30"), 30);
}

TEST_F(SitesTest, AnAnnulledReportGivesWayToTheOneBefore) {
  Told("s1", Started(), "2024-01-01");
  Told("s1", Output(30), "2024-03-01");
  Told("s1", Annulment(Told("s1", Output(600), "2024-06-01")), "2024-07-01");
  EXPECT_EQ(OutputOn("2024-12-31"), 30);
}

TEST_F(SitesTest, AReportThatTheAskerMayNotReadGivesWayToTheOneBefore) {
  Told("s1", Started(), "2024-01-01");
  Told("s1", Output(30), "2024-03-01");
  Told("s1", Output(60), "2024-06-01", v1::CLASSIFICATION_INTERNAL);
  EXPECT_EQ(OutputOn("2024-12-31"), 30);
}

TEST_F(SitesTest, ReportsOfDaysBefore1970StandInOrder) {
  Told("s1", Started(), "1950-01-01");
  Told("s1", Output(2), "1971-01-01");
  Told("s1", Output(1), "1969-12-31");
  EXPECT_EQ(OutputOn("1970-12-31"), 1);
  EXPECT_EQ(OutputOn("1969-12-30"), -1);
  EXPECT_EQ(OutputOn("2024-01-01"), 2);
}

TEST_F(SitesTest, ACorrectedDescriptionMovesTheSite) {
  const std::string wrong = Told("s1", Started("east"), "2024-01-01");
  const Position before = Now();
  Told("s1", Correction(wrong, Started("west")), "2024-07-01");
  v1::ListSitesRequest east;
  east.set_unit_id("east");
  EXPECT_EQ(Listed("2024-12-31", east, before).total, 1u);
  EXPECT_EQ(Listed("2024-12-31", east).total, 0u);
}

TEST_F(SitesTest, EveryFilterThatIsSetMustHold) {
  Told("s1", Started("east", "m1"), "2024-01-01");
  Told("s2", Started("west", "m1"), "2024-01-01");
  Told("s3", Started("west", "m2"), "2024-01-01");
  Told("s2", Stopped(), "2024-02-01");
  v1::ListSitesRequest request;
  request.set_unit_id("province");
  EXPECT_EQ(Ids(Listed("2024-12-31", request)), (Strings{"s1", "s2", "s3"}));
  request.set_model_id("m1");
  request.set_status(v1::SITE_STATUS_STOPPED);
  EXPECT_EQ(Ids(Listed("2024-12-31", request)), Strings{"s2"});
  request.set_site_id("s2");
  EXPECT_EQ(Ids(Listed("2024-12-31", request)), Strings{"s2"});
  request.set_site_id("s1");
  EXPECT_EQ(Ids(Listed("2024-12-31", request)), Strings{});
}

TEST_F(SitesTest, FiveSitesInFourUnitsAreCountedOverAllPages) {
  Told("s1", Started("a"), "2024-01-01");
  Told("s2", Started("b"), "2024-01-01");
  Told("s3", Started("b"), "2024-01-01");
  Told("s4", Started("c"), "2024-01-01");
  Told("s5", Started("d"), "2024-01-01");
  page_size_ = 2;
  Strings ids;
  for (bool more = true; more;) {
    const SitePage listed = Listed();
    EXPECT_EQ(listed.total, 5u);
    EXPECT_EQ(listed.units, 4u);
    for (const std::string& id : Ids(listed)) ids.push_back(id);
    more = listed.page.next_after.has_value();
    after_ = listed.page.next_after.value_or("");
  }
  EXPECT_EQ(ids, (Strings{"s1", "s2", "s3", "s4", "s5"}));
}

TEST_F(SitesTest, SitesThatTheAskerMayNotReadAreNotCounted) {
  Told("s1", Started("east"), "2024-01-01");
  Told("s2", Started("west"), "2024-01-01", v1::CLASSIFICATION_INTERNAL);
  EXPECT_EQ(Listed().total, 1u);
  EXPECT_EQ(Listed().units, 1u);
}

}  // namespace
}  // namespace nhanrong::projections

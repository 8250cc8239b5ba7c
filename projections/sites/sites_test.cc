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
  static v1::Fact FundingEnded() {
    v1::Fact fact;
    fact.mutable_site_funding_ended();
    return fact;
  }
  static v1::Fact Transferred(const std::string& unit, const std::string& owner = "") {
    v1::Fact fact;
    fact.mutable_site_transferred()->set_to_unit_id(unit);
    if (!owner.empty()) fact.mutable_site_transferred()->mutable_to_owner()->set_subject_id(owner);
    return fact;
  }
  static v1::Fact Inspected(v1::VerificationLevel level, v1::InspectionResult result,
                            const std::string& report_id = "") {
    v1::Fact fact;
    fact.mutable_site_inspected()->set_level(level);
    fact.mutable_site_inspected()->set_result(result);
    fact.mutable_site_inspected()->set_confirmed_report_id(report_id);
    return fact;
  }
  // With a certificate of 2024.
  static v1::Fact Revised(const std::string& name) {
    v1::Fact fact;
    v1::SiteDescriptionRevised& told = *fact.mutable_site_description_revised();
    told.set_name(name);
    told.mutable_particulars()->set_value_chain_stage(v1::VALUE_CHAIN_STAGE_PROCESSING);
    v1::Certificate& certificate = *told.mutable_particulars()->add_certificates();
    certificate.set_kind(v1::CERTIFICATE_KIND_VIETGAP);
    certificate.set_valid_from("2024-01-01");
    certificate.set_valid_to("2024-12-31");
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
  v1::SiteSummary SiteOn(const char* day, std::optional<Position> as_of = std::nullopt) {
    return Listed(day, {}, as_of).page.items.at(0);
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

constexpr auto kCommune = v1::VERIFICATION_LEVEL_COMMUNE_CONFIRMED;
constexpr auto kInspected = v1::VERIFICATION_LEVEL_INSPECTED;
constexpr auto kConfirmed = v1::INSPECTION_RESULT_CONFIRMED;
constexpr auto kDeficiencies = v1::INSPECTION_RESULT_DEFICIENCIES;
constexpr auto kNotFound = v1::INSPECTION_RESULT_NOT_FOUND;

TEST_F(SitesTest, ASiteIsAsVerifiedAsItsBestConfirmation) {
  Told("s1", Started(), "2024-01-01");
  Told("s1", Inspected(kInspected, kConfirmed), "2024-02-01");
  Told("s1", Inspected(kCommune, kConfirmed), "2024-03-01");
  Told("s1", Inspected(kInspected, kDeficiencies), "2024-04-01");
  EXPECT_EQ(SiteOn("2024-01-31").verification_level(), v1::VERIFICATION_LEVEL_SELF_REPORTED);
  EXPECT_FALSE(SiteOn("2024-01-31").has_last_inspection());
  const v1::SiteSummary site = SiteOn("2024-04-01");
  EXPECT_EQ(site.verification_level(), kInspected);
  EXPECT_EQ(site.last_inspection().result(), kDeficiencies);
  EXPECT_EQ(site.last_inspection().on().value(), "2024-04-01");
  EXPECT_EQ(site.status(), v1::SITE_STATUS_OPERATING);
}

TEST_F(SitesTest, ASiteThatWasNotFoundIsInvalidatedUntilThatIsAnnulled) {
  Told("s1", Started(), "2024-01-01");
  const std::string lost = Told("s1", Inspected(kCommune, kNotFound), "2024-02-01");
  const Position before = Now();
  EXPECT_EQ(SiteOn("2024-02-01").status(), v1::SITE_STATUS_INVALIDATED);
  EXPECT_EQ(SiteOn("2024-02-01").verification_level(), v1::VERIFICATION_LEVEL_SELF_REPORTED);
  Told("s1", Correction(lost, Inspected(kCommune, kConfirmed)), "2024-03-01");
  EXPECT_EQ(SiteOn("2024-02-01").status(), v1::SITE_STATUS_OPERATING);
  EXPECT_EQ(SiteOn("2024-02-01").verification_level(), kCommune);
  Told("s1", Annulment(lost), "2024-03-01");
  EXPECT_FALSE(SiteOn("2024-02-01").has_last_inspection());
  EXPECT_EQ(SiteOn("2024-02-01", before).status(), v1::SITE_STATUS_INVALIDATED);
}

TEST_F(SitesTest, OutputsAreSelfReportedUntilAnInspectionNamesThem) {
  Told("s1", Started(), "2024-01-01");
  const std::string first = Told("s1", Output(1), "2024-02-01");
  Told("s1", Inspected(kCommune, kConfirmed, first), "2024-03-01");
  EXPECT_EQ(SiteOn("2024-02-28").outputs_level(), v1::VERIFICATION_LEVEL_SELF_REPORTED);
  EXPECT_EQ(SiteOn("2024-03-01").outputs_level(), kCommune);
  Told("s1", Output(2), "2024-04-01");
  EXPECT_EQ(SiteOn("2024-04-01").outputs_level(), v1::VERIFICATION_LEVEL_SELF_REPORTED);
  EXPECT_EQ(SiteOn("2024-04-01").verification_level(), kCommune);
}

TEST_F(SitesTest, AnInspectionThatTheAskerMayNotReadDoesNotCount) {
  Told("s1", Started(), "2024-01-01");
  Told("s1", Inspected(kCommune, kConfirmed), "2024-02-01");
  Told("s1", Inspected(kInspected, kConfirmed), "2024-03-01", v1::CLASSIFICATION_INTERNAL);
  EXPECT_EQ(SiteOn("2024-03-01").verification_level(), kCommune);
  EXPECT_EQ(SiteOn("2024-03-01").last_inspection().level(), kCommune);
}

TEST_F(SitesTest, TheEndOfFundingStaysKnownAfterTheStop) {
  Told("s1", Started(), "2024-01-01");
  Told("s1", FundingEnded(), "2024-02-01");
  Told("s1", Output(1), "2024-03-01");
  Told("s1", Stopped(), "2024-04-01");
  EXPECT_FALSE(SiteOn("2024-01-31").has_funding_ended_on());
  EXPECT_EQ(SiteOn("2024-03-31").status(), v1::SITE_STATUS_FUNDING_ENDED);
  EXPECT_EQ(SiteOn("2024-04-01").status(), v1::SITE_STATUS_STOPPED);
  EXPECT_EQ(SiteOn("2024-04-01").funding_ended_on().value(), "2024-02-01");
}

TEST_F(SitesTest, ATransferredSiteLiesInItsNewUnitFromThatDay) {
  const std::string begun = Told("s1", Started("east"), "2024-01-01");
  Told("s1", Transferred("west", "owner"), "2024-02-01");
  Told("s1", Revised("Renamed"), "2024-03-01");
  EXPECT_EQ(SiteOn("2024-01-31").unit().name_at_event(), "East");
  const v1::SiteSummary site = SiteOn("2024-03-01");
  EXPECT_EQ(site.unit().name_at_event(), "West");
  EXPECT_EQ(site.description().unit_id(), "west");
  EXPECT_EQ(site.description().owner().subject_id(), "owner");
  EXPECT_EQ(site.description().name(), "Renamed");
  EXPECT_EQ(site.description().model_id(), "m1");
  v1::ListSitesRequest west;
  west.set_unit_id("west");
  EXPECT_EQ(Listed("2024-01-31", west).total, 0u);
  EXPECT_EQ(Listed("2024-02-01", west).total, 1u);
  Told("s1", Correction(begun, Started("east", "m2")), "2024-04-01");
  EXPECT_EQ(SiteOn("2024-03-01").unit().name_at_event(), "West");
  EXPECT_EQ(SiteOn("2024-03-01").description().model_id(), "m2");
}

TEST_F(SitesTest, SitesAreFoundByLevelStageAndCertificateOfTheDay) {
  for (const char* id : {"s1", "s2"}) Told(id, Started(), "2024-01-01");
  Told("s2", Inspected(kInspected, kConfirmed), "2024-02-01");
  Told("s1", Revised("Certified"), "2024-02-01");
  v1::ListSitesRequest verified, processing, certified;
  verified.set_verified_at_least(kCommune);
  processing.set_value_chain_stage(v1::VALUE_CHAIN_STAGE_PROCESSING);
  certified.set_certificate(v1::CERTIFICATE_KIND_VIETGAP);
  EXPECT_EQ(Ids(Listed("2024-12-31", verified)), Strings{"s2"});
  EXPECT_EQ(Ids(Listed("2024-12-31", processing)), Strings{"s1"});
  EXPECT_EQ(Ids(Listed("2024-12-31", certified)), Strings{"s1"});
  EXPECT_EQ(Ids(Listed("2025-01-01", certified)), Strings{});
}

}  // namespace
}  // namespace nhanrong::projections

// What was classified higher since is not shown by asking for the time before, in any read model.
#include <gtest/gtest.h>

#include "projections/agency_directory/agency_directory.h"
#include "projections/agency_directory/agency_directory_query.h"
#include "projections/counted_figures/counted_figures.h"
#include "projections/counted_figures/counted_figures_query.h"
#include "projections/model_card/model_card.h"
#include "projections/model_card/model_card_query.h"
#include "projections/model_list/model_list.h"
#include "projections/model_list/model_list_query.h"
#include "projections/sites/sites.h"
#include "projections/sites/sites_query.h"
#include "services/projector/past_rows.h"
#include "services/projector/projection_test_kit.h"
#include "services/query/memory_unit_tree.h"

namespace nhanrong::projections {
namespace {

class AsShownTodayTest : public ::testing::Test {
 protected:
  // Tells a public fact, notes the moment, and classifies the fact higher, on another day.
  void GivenRaised(const std::string& stream, const v1::Fact& fact) {
    ledger_.Fact(stream, fact, "2024-03-01").Classified(v1::CLASSIFICATION_PUBLIC);
    before_ = ledger_.Commit();
    v1::Fact correction;
    correction.mutable_fact_corrected()->set_event_id(ledger_.event_id());
    *correction.mutable_fact_corrected()->mutable_replacement() = fact;
    *correction.mutable_fact_corrected()->mutable_occurred_on() = projector::DateOf("2024-03-02");
    ledger_.Fact(stream, correction, "2024-05-01").Classified(v1::CLASSIFICATION_INTERNAL);
    ledger_.Commit();
  }
  void GivenPublic(const std::string& stream, const v1::Fact& fact) {
    ledger_.Fact(stream, fact, "2024-02-01").Classified(v1::CLASSIFICATION_PUBLIC);
    ledger_.Commit();
  }
  // The rows of before the correction, for somebody who may read so much.
  query::QueryScope Before(std::unique_ptr<projector::Projection> projection,
                           v1::Classification reads_up_to) {
    projection_ = std::move(projection);
    store_ = std::make_unique<projector::MemoryRows>();
    EXPECT_TRUE(projector::FoldAll(*projection_, ledger_.commits(), *store_).ok());
    rows_ = std::make_shared<projector::PastRows>(
        store_->AsOf(before_), store_->AsOf(ledger_.commits().back().position), projection_);
    return {*rows_, absl::CivilDay(2024, 4, 1), units_, reads_up_to, 100, ""};
  }

  projector::CommitBuilder ledger_;
  Position before_;
  query::MemoryUnitTree units_;
  std::shared_ptr<projector::Projection> projection_;
  std::unique_ptr<projector::MemoryRows> store_;
  std::shared_ptr<projector::RowReader> rows_;
};

constexpr auto kPublic = v1::CLASSIFICATION_PUBLIC;
constexpr auto kInternal = v1::CLASSIFICATION_INTERNAL;

v1::Fact Registered() {
  v1::Fact fact;
  fact.mutable_model_registered()->mutable_definition()->set_name("One");
  return fact;
}
v1::Fact Started() {
  v1::Fact fact;
  fact.mutable_site_started()->mutable_description()->set_name("Pond");
  return fact;
}

TEST_F(AsShownTodayTest, OfAModel) {
  GivenRaised("model/1", Registered());
  EXPECT_FALSE(FindModel(Before(MakeModelList(), kPublic), "1")->has_value());
  EXPECT_TRUE(FindModel(Before(MakeModelList(), kInternal), "1")->has_value());
}

TEST_F(AsShownTodayTest, OfASite) {
  GivenRaised("site/1", Started());
  EXPECT_EQ(ListSites(Before(MakeSites(), kPublic), {})->total, 0u);
  EXPECT_EQ(ListSites(Before(MakeSites(), kInternal), {})->total, 1u);
}

TEST_F(AsShownTodayTest, OfAReportOfOutputsThatIsOnAnotherDayByNow) {
  GivenPublic("site/1", Started());
  v1::Fact report;
  report.mutable_site_output_reported()->add_outputs()->set_value(12'345);
  GivenRaised("site/1", report);
  const auto outputs = [&](v1::Classification reads_up_to) {
    return ListSites(Before(MakeSites(), reads_up_to), {})->page.items.at(0).outputs_size();
  };
  EXPECT_EQ(outputs(kPublic), 0);
  EXPECT_EQ(outputs(kInternal), 1);
}

TEST_F(AsShownTodayTest, OfACountedFigure) {
  v1::Fact counted;
  counted.mutable_counted_figure_recorded()->mutable_figure()->set_subject(
      v1::FIGURE_SUBJECT_MODELS);
  GivenRaised("figure/1", counted);
  const auto figures = [&](v1::Classification reads_up_to) {
    return ListCountedFigures(Before(MakeCountedFigures(), reads_up_to), v1::FIGURE_SUBJECT_MODELS,
                              {}, [&](std::string_view) { return reads_up_to; })
        ->page.items.size();
  };
  EXPECT_EQ(figures(kPublic), 0u);
  EXPECT_EQ(figures(kInternal), 1u);
}

TEST_F(AsShownTodayTest, OfAnEntryOfATimeline) {
  GivenPublic("model/1", Registered());
  v1::Fact progress;
  progress.mutable_model_progress_reported()->set_narrative("going well");
  GivenRaised("model/1", progress);
  EXPECT_EQ(Timeline(Before(MakeModelCard(), kPublic), "1")->items.size(), 1u);
  EXPECT_EQ(Timeline(Before(MakeModelCard(), kInternal), "1")->items.size(), 2u);
}

TEST_F(AsShownTodayTest, OfAnAgency) {
  v1::Fact established;
  established.mutable_agency_established()->set_name("Office");
  GivenRaised("agency/1", established);
  EXPECT_EQ(ListAgencies(Before(MakeAgencyDirectory(), kPublic), {})->items.size(), 0u);
  EXPECT_EQ(ListAgencies(Before(MakeAgencyDirectory(), kInternal), {})->items.size(), 1u);
}

}  // namespace
}  // namespace nhanrong::projections

#include "projections/model_list/model_list_test_kit.h"
#include "services/query/quantity_math.h"

namespace nhanrong::projections {
namespace {

TEST_F(ModelListTest, AModelShowsWhatIsKnownOfIt) {
  Told("m1", Registered(Definition("One")), "2024-03-01");
  Told("m1", Submitted(), "2024-04-01");
  const auto found = FindModel(Scope("2024-05-01", Now()), "m1");
  ASSERT_TRUE(found->has_value());
  const v1::ModelSummary& model = **found;
  EXPECT_EQ(model.definition().name(), "One");
  EXPECT_EQ(model.unit().name_at_event(), "East");
  EXPECT_EQ(model.status(), v1::MODEL_STATUS_SUBMITTED);
  EXPECT_EQ(model.status_since().value(), "2024-04-01");
  EXPECT_EQ(model.began_on().value(), "2024-03-01");
  EXPECT_EQ(model.agency().name_at_event(), "Agency One");
  EXPECT_EQ(model.revision(), 1u);
  EXPECT_FALSE(model.from_document());
}

TEST_F(ModelListTest, EachStepOfTheLifeCycleHoldsFromItsDay) {
  Told("m1", Registered(Definition("One")), "2024-01-01");
  Told("m1", Submitted(), "2024-02-01");
  v1::Fact screened, approved, closed;
  screened.mutable_model_screened();
  approved.mutable_model_pilot_approved();
  closed.mutable_model_closed();
  Told("m1", screened, "2024-03-01");
  Told("m1", approved, "2024-04-01");
  Told("m1", closed, "2024-05-01");
  EXPECT_EQ(StatusOn("2023-12-31"), v1::MODEL_STATUS_UNSPECIFIED);
  EXPECT_EQ(StatusOn("2024-01-31"), v1::MODEL_STATUS_DRAFT);
  EXPECT_EQ(StatusOn("2024-02-01"), v1::MODEL_STATUS_SUBMITTED);
  EXPECT_EQ(StatusOn("2024-03-31"), v1::MODEL_STATUS_SCREENED);
  EXPECT_EQ(StatusOn("2024-04-30"), v1::MODEL_STATUS_PILOTING);
  EXPECT_EQ(StatusOn("2024-05-01"), v1::MODEL_STATUS_CLOSED);
}

TEST_F(ModelListTest, ProgressChangesNothingButTheRevision) {
  Told("m1", Registered(Definition("One")), "2024-03-01");
  v1::Fact progress;
  progress.mutable_model_progress_reported()->set_narrative("going well");
  Told("m1", progress, "2024-04-01");
  const auto found = FindModel(Scope("2024-05-01", Now()), "m1");
  EXPECT_EQ((*found)->status_since().value(), "2024-03-01");
  EXPECT_EQ((*found)->revision(), 1u);
}

TEST_F(ModelListTest, ABackDatedModelIsThereOnItsDayAndUnknownBeforeItWasEntered) {
  Told("m2", Registered(Definition("Two")), "2024-06-01");
  const Position before = Now();
  ledger_.Channel(v1::INGEST_CHANNEL_MIGRATION);
  v1::Fact recorded;
  *recorded.mutable_model_recorded_from_document()->mutable_definition() = Definition("Old");
  recorded.mutable_model_recorded_from_document()->set_stated_status(v1::MODEL_STATUS_ACTIVE);
  Told("m1", recorded, "2019-05-05");
  EXPECT_EQ(NameOn("2024-12-31", before), "-");
  EXPECT_EQ(NameOn("2019-05-04", Now()), "-");
  EXPECT_EQ(NameOn("2019-05-05", Now()), "Old");
  EXPECT_EQ(StatusOn("2019-05-05"), v1::MODEL_STATUS_ACTIVE);
  EXPECT_TRUE((*FindModel(Scope("2024-12-31", Now()), "m1"))->from_document());
}

TEST_F(ModelListTest, APhaseIsKnownToHoldFromTheDayOfItsSource) {
  v1::SourceDoc source;
  source.set_issued_on("2018-09-10");
  ledger_.Fact("model/m1", Registered(Definition("One")), "2016/2020").Source(source);
  ledger_.Commit();
  EXPECT_EQ(NameOn("2018-09-09", Now()), "-");
  EXPECT_EQ(NameOn("2018-09-10", Now()), "One");
}

TEST_F(ModelListTest, ACorrectionChangesTheLaterAnswerAndNotTheEarlierOne) {
  const std::string wrong = Told("m1", Registered(Definition("Wrong")), "2024-03-01");
  const Position before = Now();
  Told("m1", Correction(wrong, Registered(Definition("Right", "west")), "2024-02-01"),
       "2024-12-01");
  EXPECT_EQ(NameOn("2024-03-01", before), "Wrong");
  EXPECT_EQ(NameOn("2024-02-15", before), "-");
  EXPECT_EQ(NameOn("2024-02-15", Now()), "Right");
  const auto found = FindModel(Scope("2024-02-15", Now()), "m1");
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->unit().name_at_event(), "West");
  EXPECT_EQ((*found)->agency().agency_id(), "agency-1");
  EXPECT_EQ((*found)->revision(), 1u);
}

TEST_F(ModelListTest, AnAnnulledStepHasNotHappened) {
  Told("m1", Registered(Definition("One")), "2024-03-01");
  const std::string wrong = Told("m1", Submitted(), "2024-04-01");
  v1::Fact annulled;
  annulled.mutable_fact_annulled()->set_event_id(wrong);
  Told("m1", annulled, "2024-05-01");
  EXPECT_EQ(StatusOn("2024-06-01"), v1::MODEL_STATUS_DRAFT);
}

TEST_F(ModelListTest, AModelWhoseBeginningIsAnnulledIsNeitherListedNorCounted) {
  const std::string wrong = Told("m1", Registered(Definition("One")), "2024-03-01");
  v1::Fact annulled;
  annulled.mutable_fact_annulled()->set_event_id(wrong);
  Told("m1", annulled, "2024-03-01");
  EXPECT_EQ(Listed(), Strings{});
  EXPECT_EQ(Counted(v1::MODEL_DIMENSION_LEVEL), Counts{});
}

TEST_F(ModelListTest, WhatTheAskerMayNotReadIsNeitherListedNorCounted) {
  Told("m1", Registered(Definition("Open")), "2024-03-01");
  Told("m2", Registered(Definition("Inner")), "2024-03-01", v1::CLASSIFICATION_INTERNAL);
  Told("m3", Registered(Definition("Absent is inner")), "2024-03-01",
       v1::CLASSIFICATION_UNSPECIFIED);
  EXPECT_EQ(Listed(), Strings{"m1"});
  EXPECT_EQ(Counted(v1::MODEL_DIMENSION_UNIT), (Counts{{"east", 1}}));
  reads_up_to_ = v1::CLASSIFICATION_INTERNAL;
  EXPECT_EQ(Listed(), (Strings{"m1", "m2", "m3"}));
}

TEST_F(ModelListTest, EveryFilterThatIsSetMustHold) {
  v1::ModelDefinition west = Definition("Two", "west");
  west.set_field(v1::MODEL_FIELD_TOURISM);
  Told("m1", Registered(Definition("One")), "2023-05-01");
  Told("m2", Registered(west), "2024-05-01");
  Told("m2", Submitted(), "2024-06-01");
  v1::ModelFilter filter;
  filter.set_unit_id("province");
  EXPECT_EQ(Listed(filter), (Strings{"m1", "m2"}));
  filter.set_field(v1::MODEL_FIELD_TOURISM);
  filter.set_status(v1::MODEL_STATUS_SUBMITTED);
  filter.set_year(2024);
  EXPECT_EQ(Listed(filter), Strings{"m2"});
  filter.set_unit_id("east");
  EXPECT_EQ(Listed(filter), Strings{});
}

TEST_F(ModelListTest, YearsAreThoseOfTheBeginningAndAPhaseHasNoYear) {
  Told("m1", Registered(Definition("One")), "2021-05-05");
  Told("m2", Registered(Definition("Two")), "2021");
  Told("m3", Registered(Definition("Three")), "2016/2020");
  Told("m4", Registered(Definition("Four")), "--05-31");
  EXPECT_EQ(Counted(v1::MODEL_DIMENSION_YEAR),
            (Counts{{"2016/2020", 1}, {"2021", 2}, {"DATE_PRECISION_UNKNOWN_YEAR", 1}}));
  v1::ModelFilter filter;
  filter.set_year(2016);
  EXPECT_EQ(Listed(filter), Strings{});
}

TEST_F(ModelListTest, ThirtyThreeModelsOfWhichTwentyEconomicPrint60Point6Percent) {
  for (int i = 0; i < 33; ++i) {
    v1::ModelDefinition definition = Definition("Model " + std::to_string(i), "province");
    if (i >= 20) definition.set_sector_block(v1::SECTOR_BLOCK_CULTURE_SOCIETY);
    Told("m" + std::to_string(100 + i), Registered(definition), "2024-03-01");
  }
  const auto counts = CountModels(Scope("2024-12-31", Now()), {}, v1::MODEL_DIMENSION_SECTOR_BLOCK);
  EXPECT_EQ(counts->named_total, 33u);
  ASSERT_EQ(counts->rows.size(), 2u);
  EXPECT_EQ(counts->rows[1].key(), "SECTOR_BLOCK_ECONOMIC");
  v1::Quantity part, whole;
  part.set_value(static_cast<std::int64_t>(counts->rows[1].named()));
  whole.set_value(static_cast<std::int64_t>(counts->named_total));
  using query::PercentOf;
  using query::PercentText;
  EXPECT_EQ(PercentText(PercentOf(part, whole, 1, v1::Ratio::ROUNDING_HALF_UP)), "60,6%");
  EXPECT_EQ(PercentText(PercentOf(part, whole, 0, v1::Ratio::ROUNDING_TRUNC)), "60%");
}

TEST_F(ModelListTest, PagesStayTheSameWhileModelsCome) {
  for (const char* id : {"m1", "m3", "m5"}) Told(id, Registered(Definition(id)), "2024-03-01");
  const Position as_of = Now();
  page_size_ = 2;
  const auto first = ListModels(Scope("2024-12-31", as_of), {});
  ASSERT_EQ(first->items.size(), 2u);
  for (const char* id : {"m2", "m4"}) Told(id, Registered(Definition(id)), "2024-03-01");
  after_ = *first->next_after;
  const auto second = ListModels(Scope("2024-12-31", as_of), {});
  ASSERT_EQ(second->items.size(), 1u);
  EXPECT_EQ(second->items[0].model_id(), "m5");
  EXPECT_EQ(second->next_after, std::nullopt);
}

TEST_F(ModelListTest, FactsOfOtherStreamsMakeNoRow) {
  v1::Fact site;
  site.mutable_site_started();
  ledger_.Fact("site/s1", site, "2024-03-01");
  ledger_.Commit();
  EXPECT_EQ(Listed(), Strings{});
}

}  // namespace
}  // namespace nhanrong::projections

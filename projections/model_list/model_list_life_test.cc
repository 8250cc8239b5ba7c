// The later life of a model: versions, suspension, transfers, stewards, giving way.
#include "projections/model_list/model_list_test_kit.h"

namespace nhanrong::projections {
namespace {

TEST_F(ModelListTest, ARevisionIsTheNextVersionAndTheApprovedOneStaysKnown) {
  Told("m1", Registered(Definition("One")), "2024-01-01");
  Told("m1", Revised("Two"), "2024-02-01");
  Told("m1", Approved(), "2024-03-01");
  const std::string third = Told("m1", Revised("Three"), "2024-04-01");
  EXPECT_EQ(On("2024-01-31").definition_version(), 1u);
  EXPECT_EQ(On("2024-03-01").definition().name(), "Two");
  EXPECT_EQ(On("2024-03-01").definition().unit_id(), "east");
  EXPECT_EQ(On("2024-04-01").definition_version(), 3u);
  EXPECT_EQ(On("2024-04-01").approved_version(), 2u);
  Told("m1", Annulment(third), "2024-05-01");
  EXPECT_EQ(On("2024-04-01").definition().name(), "Two");
  EXPECT_EQ(On("2024-04-01").definition_version(), 2u);
}

TEST_F(ModelListTest, AResumedModelHasTheStatusFromBefore) {
  Told("m1", Registered(Definition("One")), "2024-01-01");
  Told("m1", Approved(), "2024-02-01");
  Told("m1", Suspended(), "2024-03-01");
  const std::string resumed = Told("m1", Resumed(), "2024-04-01");
  EXPECT_EQ(StatusOn("2024-03-31"), v1::MODEL_STATUS_SUSPENDED);
  EXPECT_EQ(On("2024-03-31").status_before(), v1::MODEL_STATUS_PILOTING);
  EXPECT_EQ(StatusOn("2024-04-01"), v1::MODEL_STATUS_PILOTING);
  EXPECT_EQ(On("2024-04-01").status_since().value(), "2024-04-01");
  EXPECT_EQ(On("2024-04-01").status_before(), v1::MODEL_STATUS_UNSPECIFIED);
  Told("m1", Annulment(resumed), "2024-05-01");
  EXPECT_EQ(StatusOn("2024-04-01"), v1::MODEL_STATUS_SUSPENDED);
}

TEST_F(ModelListTest, ATransferMovesTheModelFromItsDay) {
  Named("agency-2", "Agency Two", "2020-01-01");
  const std::string begun = Told("m1", Registered(Definition("One")), "2024-01-01");
  const std::string moved = Told("m1", Transferred("west", "agency-2"), "2024-02-01");
  EXPECT_EQ(On("2024-01-31").unit().name_at_event(), "East");
  EXPECT_EQ(On("2024-01-31").agency().name_at_event(), "Agency One");
  EXPECT_EQ(On("2024-02-01").unit().name_at_event(), "West");
  EXPECT_EQ(On("2024-02-01").definition().unit_id(), "west");
  EXPECT_EQ(On("2024-02-01").agency().name_at_event(), "Agency Two");
  v1::ModelFilter filter;
  filter.set_unit_id("east");
  EXPECT_EQ(Listed(filter), Strings{});
  // A correction of the beginning, whose envelope names the unit of today, changes the beginning.
  v1::AdminUnitRef west;
  west.set_unit_id("west");
  ledger_.Fact("model/m1", Correction(begun, Registered(Definition("Right"))), "2024-03-01")
      .Classified(v1::CLASSIFICATION_PUBLIC)
      .Unit(west);
  ledger_.Commit();
  EXPECT_EQ(On("2024-01-31").unit().name_at_event(), "East");
  EXPECT_EQ(On("2024-02-01").unit().name_at_event(), "West");
  Told("m1", Correction(moved, Transferred("", "agency-2")), "2024-03-01");
  EXPECT_EQ(On("2024-02-01").unit().name_at_event(), "East");
}

TEST_F(ModelListTest, StewardsAreNamedOnTheDayAndReplacedByTheNextList) {
  Named("agency-2", "Agency Two", "2020-01-01");
  v1::Fact renamed;
  renamed.mutable_agency_renamed()->set_name("Agency Two And More");
  Told("m1", Registered(Definition("One")), "2024-01-01");
  Told("m1", Stewards("agency-2"), "2024-02-01");
  ledger_.Fact("agency/agency-2", renamed, "2024-06-01");
  ledger_.Commit();
  EXPECT_EQ(On("2024-01-31").stewards_size(), 0);
  const v1::ModelSummary model = On("2024-05-31");
  ASSERT_EQ(model.stewards_size(), 2);
  EXPECT_EQ(model.stewards(0).task(), v1::STEWARD_TASK_GUIDE);
  EXPECT_EQ(model.stewards(0).agency().name_at_event(), "Agency Two");
  EXPECT_EQ(model.stewards(1).unit().name_at_event(), "West");
  EXPECT_EQ(On("2024-06-01").stewards(0).agency().name_at_event(), "Agency Two And More");
  v1::ModelFilter filter;
  filter.set_steward_agency_id("agency-2");
  EXPECT_EQ(Listed(filter), Strings{"m1"});
  Told("m1", Stewards("agency-3"), "2024-07-01");
  EXPECT_EQ(Listed(filter), Strings{});
  EXPECT_EQ(On("2024-07-01").stewards(0).agency().agency_id(), "agency-3");
}

TEST_F(ModelListTest, StewardsThatTheAskerMayNotReadAreNotShown) {
  Told("m1", Registered(Definition("One")), "2024-01-01");
  Told("m1", Stewards("agency-2"), "2024-02-01", v1::CLASSIFICATION_INTERNAL);
  EXPECT_EQ(On("2024-03-01").definition().name(), "One");
  EXPECT_EQ(On("2024-03-01").stewards_size(), 0);
  reads_up_to_ = v1::CLASSIFICATION_INTERNAL;
  EXPECT_EQ(On("2024-03-01").stewards_size(), 2);
}

TEST_F(ModelListTest, AnApprovalThatTheAskerMayNotReadIsNotToldByItsVersion) {
  Told("m1", Registered(Definition("One")), "2024-01-01");
  Told("m1", Approved(), "2024-02-01", v1::CLASSIFICATION_INTERNAL);
  v1::Fact closed;
  closed.mutable_model_closed();
  Told("m1", closed, "2024-03-01");
  EXPECT_EQ(StatusOn("2024-03-01"), v1::MODEL_STATUS_CLOSED);
  EXPECT_EQ(On("2024-03-01").approved_version(), 0u);
  reads_up_to_ = v1::CLASSIFICATION_INTERNAL;
  EXPECT_EQ(On("2024-03-01").approved_version(), 1u);
}

TEST_F(ModelListTest, WhatGaveWayNamesTheOtherModelAndIsFoundByIt) {
  v1::Fact merged, superseded, rejected, reclassified;
  merged.mutable_model_merged_as_duplicate()->set_other_model_id("m9");
  superseded.mutable_model_closed()->set_close_reason(v1::MODEL_CLOSE_REASON_SUPERSEDED);
  superseded.mutable_model_closed()->set_other_model_id("m9");
  rejected.mutable_model_rejected()->set_note("no");
  reclassified.mutable_model_reclassified()->set_as(v1::MODEL_RECLASSIFICATION_INITIATIVE);
  reclassified.mutable_model_reclassified()->set_registry("Initiatives");
  for (const char* id : {"m1", "m2", "m3", "m4"}) {
    Told(id, Registered(Definition(id)), "2024-01-01");
  }
  const std::string wrong = Told("m1", merged, "2024-02-01");
  Told("m2", superseded, "2024-02-01");
  Told("m3", rejected, "2024-02-01");
  Told("m4", reclassified, "2024-02-01");
  EXPECT_EQ(On("2024-02-01").other_model_id(), "m9");
  EXPECT_EQ(Counted(v1::MODEL_DIMENSION_STATUS),
            (Counts{{"MODEL_STATUS_MERGED", 1},
                    {"MODEL_STATUS_CLOSED", 1},
                    {"MODEL_STATUS_REJECTED", 1},
                    {"MODEL_STATUS_RECLASSIFIED_AS_INITIATIVE", 1}}));
  v1::ModelFilter filter;
  filter.set_other_model_id("m9");
  EXPECT_EQ(Listed(filter), (Strings{"m1", "m2"}));
  const auto other = FindModel(Scope("2024-12-31", Now()), "m2");
  EXPECT_EQ((*other)->close_reason(), v1::MODEL_CLOSE_REASON_SUPERSEDED);
  EXPECT_EQ((*FindModel(Scope("2024-12-31", Now()), "m4"))->registry(), "Initiatives");
  Told("m1", Annulment(wrong), "2024-03-01");
  EXPECT_EQ(Listed(filter), Strings{"m2"});
  EXPECT_EQ(On("2024-02-01").other_model_id(), "");
}

}  // namespace
}  // namespace nhanrong::projections

#include "projections/stream_rows/stream_rows.h"

#include <gtest/gtest.h>

#include "services/domain/agency/agency.h"
#include "services/projector/projection_test_kit.h"

namespace nhanrong::projections {
namespace {

v1::Fact Named(const std::string& name) {
  v1::Fact fact;
  fact.mutable_agency_renamed()->set_name(name);
  return fact;
}

v1::Fact Correction(const std::string& event_id, const std::string& name) {
  v1::Fact fact;
  fact.mutable_fact_corrected()->set_event_id(event_id);
  *fact.mutable_fact_corrected()->mutable_replacement() = Named(name);
  return fact;
}

v1::Fact Annulment(const std::string& event_id) {
  v1::Fact fact;
  fact.mutable_fact_annulled()->set_event_id(event_id);
  return fact;
}

class StreamRowsTest : public testing::Test {
 protected:
  StreamRowsTest() { ledger_.RecordedAt(absl::FromUnixSeconds(1'750'000'000)); }
  std::string Told(const v1::Fact& fact, const char* day,
                   v1::Classification classification = v1::CLASSIFICATION_PUBLIC) {
    ledger_.Fact("agency/a", fact, day).Classified(classification).Commit();
    return ledger_.event_id();
  }
  rows::v1::StreamRow Row() const {
    rows::v1::StreamRow row;
    for (const projector::Commit& commit : ledger_.commits()) {
      const v1::Event& event = commit.record.events().events(0);
      EXPECT_TRUE(FoldStreamRow({commit, event, *domain::FactOf(event)}, row).ok());
    }
    return row;
  }
  std::string Name(std::optional<absl::CivilDay> day = std::nullopt) const {
    return StreamOf(Row(), domain::kAgency, day).as<domain::AgencyState>().name;
  }

  projector::CommitBuilder ledger_;
};

TEST_F(StreamRowsTest, AFactCountsFromTheDayOnWhichItIsKnownToHold) {
  Told(Named("old"), "2023");
  Told(Named("new"), "2024-05-06");
  EXPECT_EQ(Name(absl::CivilDay(2023, 12, 30)), "");
  EXPECT_EQ(Name(absl::CivilDay(2023, 12, 31)), "old");
  EXPECT_EQ(Name(absl::CivilDay(2024, 5, 6)), "new");
}

TEST_F(StreamRowsTest, FactsAreFoldedInLedgerOrder) {
  v1::Fact suspended, resumed;
  suspended.mutable_agency_suspended();
  resumed.mutable_agency_resumed();
  Told(suspended, "2024-05-06");
  Told(resumed, "2024-01-01");
  EXPECT_EQ(StreamOf(Row(), domain::kAgency).as<domain::AgencyState>().status,
            v1::AGENCY_STATUS_ESTABLISHED);
}

TEST_F(StreamRowsTest, ACorrectionTakesThePlaceOfItsFact) {
  const std::string wrong = Told(Named("wrong"), "2024-01-01");
  const std::string last = Told(Named("last"), "2024-02-01");
  Told(Correction(wrong, "right"), "2024-03-01");
  EXPECT_EQ(Name(), "last");
  Told(Annulment(last), "2024-03-01");
  EXPECT_EQ(Name(), "right");
  EXPECT_EQ(Row().revision(), 3u);
}

TEST_F(StreamRowsTest, TheHighestClassificationInForceCounts) {
  Told(Named("a"), "2024-01-01");
  const std::string secret = Told(Named("b"), "2024-01-01", v1::CLASSIFICATION_SENSITIVE);
  EXPECT_EQ(ClassificationOf(Row()), v1::CLASSIFICATION_SENSITIVE);
  Told(Annulment(secret), "2024-01-01");
  EXPECT_EQ(ClassificationOf(Row()), v1::CLASSIFICATION_PUBLIC);
}

}  // namespace
}  // namespace nhanrong::projections

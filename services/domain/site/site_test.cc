#include "services/domain/site/site.h"

#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

using SiteTest = DomainTest;

const std::string kModelField = "command.start_site.description.model_id";

v1::SiteDescription& DescriptionOf(Act& act) {
  return *act.submission.mutable_command()->mutable_start_site()->mutable_description();
}

TEST_F(SiteTest, ASiteNeedsAKnownModel) {
  EXPECT_THAT(When(StartSite()), Breaks("site.model_unknown@" + kModelField));
}

TEST_F(SiteTest, ASiteStartsOnlyWhileItsModelIsInUse) {
  Given(ActsInto("model", "SCREENED"));
  const Outcome early = When(StartSite());
  EXPECT_THAT(early, Breaks("site.model_state@" + kModelField));
  EXPECT_EQ(early.violations[0].actual, "SCREENED");
  Given({ApprovePilot()});
  EXPECT_THAT(When(StartSite()), Gives("SiteStarted"));
}

TEST_F(SiteTest, ASiteOfADocumentMayBelongToAModelInAnyState) {
  Given({RecordModelFromDocument(v1::MODEL_STATUS_CLOSED)});
  EXPECT_THAT(When(StartSite()), Breaks("site.model_state@" + kModelField));
  EXPECT_THAT(When(RecordSiteFromDocument(v1::SITE_STATUS_STOPPED)),
              Gives("SiteRecordedFromDocument"));
  EXPECT_EQ(StateName("site/" + Id("điểm")), "STOPPED");
}

TEST_F(SiteTest, AReplicationNamesAKnownSite) {
  Given(ActsInto("model", "ACTIVE"));
  Act act = StartSite();
  v1::SiteOrigin& origin = *DescriptionOf(act).mutable_origin();
  origin.set_kind(v1::SiteOrigin::KIND_REPLICATION);
  EXPECT_THAT(When(act), Gives("SiteStarted"));
  act.submission.mutable_command()->mutable_start_site()->set_site_id(Id("điểm 2"));
  DescriptionOf(act).mutable_origin()->set_from_site_id(Id("điểm 2"));
  EXPECT_THAT(When(act),
              Breaks("site.origin_unknown@command.start_site.description.origin.from_site_id"));
  DescriptionOf(act).mutable_origin()->set_from_site_id(Id("điểm"));
  EXPECT_THAT(When(act), Gives("SiteStarted"));
}

TEST_F(SiteTest, OutputsOfTheStagesBeforeMayBeReportedLater) {
  Given(ActsInto("model", "ACTIVE"));
  Given({StartSite().On("2026-03-01"), RecordSiteOutput()});
  EXPECT_THAT(When(RecordSiteOutput().On("2026-03-02").Because("Bổ sung")),
              Gives("SiteOutputReported"));
}

}  // namespace
}  // namespace nhanrong::domain

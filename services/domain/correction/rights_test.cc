#include "services/domain/correction/rights.h"

#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

class RightsTest : public DomainTest {
 protected:
  // Whether `role` of agency `agency` may annul revision `n` of the stream.
  bool May(const std::string& stream, std::size_t n, v1::Role role, const std::string& agency) {
    const Act act = AnnulFact(stream, EventId(stream, n)).As(role).Of(agency);
    Violations found;
    const Stream& read = world_.Read(stream);
    CheckRights(RequestOf(act), read.type(), read.facts().at(n), Field(found, ""));
    return found.empty();
  }
  const std::string model_ = "model/" + Id("mô hình");
};

TEST_F(RightsTest, AFactIsMendedByTheAgencyThatRecordedItAndByTheProvince) {
  Given({RegisterModel()});
  EXPECT_TRUE(May(model_, 0, v1::ROLE_COMMUNE_OFFICER, "Sở A"));
  EXPECT_FALSE(May(model_, 0, v1::ROLE_COMMUNE_OFFICER, "Sở khác"));
  EXPECT_TRUE(May(model_, 0, v1::ROLE_PROVINCIAL_OFFICE, "Sở khác"));
  EXPECT_TRUE(May(model_, 0, v1::ROLE_COMPETENT_AUTHORITY, "Sở khác"));
  EXPECT_FALSE(May(model_, 0, v1::ROLE_ADMINISTRATOR, "Sở khác"));
  EXPECT_FALSE(May(model_, 0, v1::ROLE_MAP_STEWARD, "Sở khác"));
}

TEST_F(RightsTest, AScreeningIsMendedByThoseWhoScreenOrApprove) {
  Given(ActsInto("model", "SCREENED"));
  EXPECT_FALSE(May(model_, 2, v1::ROLE_COMMUNE_OFFICER, "Sở A"));
  EXPECT_FALSE(May(model_, 2, v1::ROLE_PROVINCIAL_OFFICE, "Sở A"));
  EXPECT_TRUE(May(model_, 2, v1::ROLE_DEPARTMENT_SPECIALIST, "Sở khác"));
  EXPECT_TRUE(May(model_, 2, v1::ROLE_COMPETENT_AUTHORITY, "Sở khác"));
}

TEST_F(RightsTest, AnApprovalIsMendedByTheCompetentAuthorityAlone) {
  Given(ActsInto("model", "PILOTING"));
  EXPECT_FALSE(May(model_, 3, v1::ROLE_DEPARTMENT_SPECIALIST, "Sở A"));
  EXPECT_FALSE(May(model_, 3, v1::ROLE_PROVINCIAL_OFFICE, "Sở A"));
  EXPECT_TRUE(May(model_, 3, v1::ROLE_COMPETENT_AUTHORITY, "Sở A"));
}

TEST_F(RightsTest, NobodyWidensHisOwnRightsByACorrection) {
  Given(ActsInto("actor", "REGISTERED"));
  const std::string actor = "actor/" + Id("Bình");
  EXPECT_FALSE(May(actor, 1, v1::ROLE_COMMUNE_OFFICER, "Sở A"));
  EXPECT_FALSE(May(actor, 1, v1::ROLE_PROVINCIAL_OFFICE, "Sở A"));
  EXPECT_TRUE(May(actor, 1, v1::ROLE_ADMINISTRATOR, "Sở A"));
}

TEST_F(RightsTest, UnitsAreMendedByMapStewards) {
  Given({EstablishUnit()});
  const std::string unit = "unit/" + Id("xã mới");
  EXPECT_TRUE(May(unit, 0, v1::ROLE_MAP_STEWARD, "Sở khác"));
  EXPECT_FALSE(May(unit, 0, v1::ROLE_PROVINCIAL_OFFICE, "Sở A"));
}

TEST_F(RightsTest, ARefusalNamesThoseWhoMay) {
  Given({RegisterModel()});
  const Outcome outcome = When(AnnulFact(model_, EventId(model_, 0)).Of("Sở khác"));
  EXPECT_THAT(outcome, Breaks("correction.rights@command.annul_fact.event_id"));
  EXPECT_EQ(outcome.violations[0].actual,
            "agency/" + Id("Sở A") + ", PROVINCIAL_OFFICE, COMPETENT_AUTHORITY");
}

TEST_F(RightsTest, TheAgencyForWhichAFactWasRecordedMendsIt) {
  Given({RegisterModel().Of("Trung tâm").OnBehalfOf("Sở A")});
  EXPECT_TRUE(May(model_, 0, v1::ROLE_COMMUNE_OFFICER, "Trung tâm"));
  EXPECT_TRUE(May(model_, 0, v1::ROLE_COMMUNE_OFFICER, "Sở A"));
  EXPECT_FALSE(May(model_, 0, v1::ROLE_COMMUNE_OFFICER, "Sở khác"));
}

}  // namespace
}  // namespace nhanrong::domain

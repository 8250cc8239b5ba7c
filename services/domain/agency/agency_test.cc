#include "services/domain/agency/agency.h"

#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

using AgencyTest = DomainTest;

TEST_F(AgencyTest, AnElectronicIdHasOneHolder) {
  EXPECT_THAT(When(EstablishAgency()), Gives("AgencyEstablished", "ValueReserved"));
  Act other = EstablishAgency();
  other.submission.mutable_command()->mutable_establish_agency()->set_agency_id(Id("Sở khác"));
  const Outcome outcome = When(other);
  EXPECT_THAT(outcome, Breaks("agency-eid.taken@command.establish_agency.electronic_id"));
  EXPECT_EQ(outcome.violations[0].actual, "agency/" + Id("Sở mới"));
}

TEST_F(AgencyTest, ANewNameDiffers) {
  Given({EstablishAgency()});
  EXPECT_THAT(When(RenameAgency("Sở mới")), Breaks("agency.same_name@command.rename_agency.name"));
  Given({RenameAgency("Sở Tên Khác")});
  EXPECT_EQ(world_.Read("agency/" + Id("Sở mới")).as<AgencyState>().name, "Sở Tên Khác");
}

TEST_F(AgencyTest, ANameOfEarlierDaysThatIsToldLaterIsNotThePresentOne) {
  Act late = RenameAgency("Sở Xưa").On("2026-03-05");
  late.submission.set_reason("Gửi muộn");
  Given({EstablishAgency().On("2026-03-02"), RenameAgency("Sở Nay").On("2026-03-08"), late});
  EXPECT_EQ(world_.Read("agency/" + Id("Sở mới")).as<AgencyState>().name, "Sở Nay");
}

TEST_F(AgencyTest, ItsUnitIsKnown) {
  Act act = EstablishAgency();
  act.submission.mutable_command()->mutable_establish_agency()->set_unit_id(Id("đâu đó"));
  EXPECT_THAT(When(act), Breaks("unit.unknown@command.establish_agency.unit_id"));
}

TEST_F(AgencyTest, ASuspendedAgencyWorksAgainWhenItIsResumed) {
  const auto agency = [&] { return world_.Read("agency/" + Id("Sở mới")).as<AgencyState>(); };
  Given({EstablishAgency(), SuspendAgency()});
  EXPECT_FALSE(agency().works());
  Given({RenameAgency("Sở Tên Khác"), ResumeAgency()});
  EXPECT_TRUE(agency().works());
}

TEST_F(AgencyTest, AClosedAgencyStaysClosedAndKeepsItsElectronicId) {
  Given({EstablishAgency(), CloseAgency()});
  EXPECT_THAT(When(ResumeAgency()), Breaks("agency.state@command.resume_agency.agency_id"));
  Act other = OfAgency(EstablishAgency(), "Sở khác");
  EXPECT_THAT(When(other), Breaks("agency-eid.taken@command.establish_agency.electronic_id"));
}

TEST_F(AgencyTest, NobodyIsRegisteredInAClosedAgency) {
  Given({EstablishAgency(), SuspendAgency()});
  EXPECT_THAT(When(OfAgency(RegisterActor(), "Sở mới")), Gives("ActorRegistered"));
  Given({CloseAgency()});
  EXPECT_THAT(When(ThatOf(OfAgency(RegisterActor(), "Sở mới"), "Cúc")),
              Breaks("actor.agency_closed@command.register_actor.agency_id"));
}

// What belongs to an abolished unit is wound up afterwards.
TEST_F(AgencyTest, AnAgencyIsClosedAfterItsUnitWasAbolished) {
  Act act = EstablishAgency();
  act.submission.mutable_command()->mutable_establish_agency()->set_unit_id(Id("xã mới"));
  Given({EstablishUnit(), act.On("2026-03-02"), AbolishUnit().On("2026-03-08")});
  EXPECT_THAT(When(CloseAgency()), Gives("AgencyClosed"));
}

}  // namespace
}  // namespace nhanrong::domain

#include "services/domain/unit/unit.h"

#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"
#include "services/domain/reservation/reservation.h"

namespace nhanrong::domain {
namespace {

using absl::CivilDay;

class UnitTest : public DomainTest {
 protected:
  const UnitState& Unit() { return world_.Read("unit/" + Id("xã mới")).as<UnitState>(); }
  // Holder of a code on a day, "" for nobody.
  std::string HolderOf(const std::string& code, const std::string& day) {
    const Stream& stream = world_.Read("reserved/unit-code/" + code);
    const auto* span = stream.as<ReservationState>().HolderOn(day);
    return span == nullptr ? "" : span->holder;
  }
};

Act Another(const std::string& code) {
  Act act = EstablishUnit();
  v1::EstablishUnit& unit = *act.submission.mutable_command()->mutable_establish_unit();
  unit.set_unit_id(Id("xã khác"));
  unit.set_code(code);
  return act;
}

TEST_F(UnitTest, NamesAreDated) {
  Given({EstablishUnit(), RenameUnit("Xã Ba").On("2026-03-09"),
         RenameUnit("Xã Hai").On("2026-03-05").Because("Nhập sót")});
  EXPECT_EQ(Unit().NameOn(CivilDay(2026, 2, 28)), std::nullopt);
  EXPECT_EQ(Unit().NameOn(CivilDay(2026, 3, 4)), "Xã Mới");
  EXPECT_EQ(Unit().NameOn(CivilDay(2026, 3, 5)), "Xã Hai");
  EXPECT_EQ(Unit().NameOn(CivilDay(2026, 3, 9)), "Xã Ba");
}

TEST_F(UnitTest, TheParentHoldsFromTheFirstDay) {
  Given({EstablishUnit()});
  EXPECT_EQ(Unit().ParentOn(CivilDay(2026, 2, 28)), std::nullopt);
  EXPECT_EQ(Unit().ParentOn(CivilDay(2026, 3, 1)), Id("tỉnh"));
}

TEST_F(UnitTest, ALaterCodeEndsTheOneBeforeAndFreesIt) {
  Given({EstablishUnit()});
  EXPECT_THAT(When(AssignUnitCode("99002", "2026-03-05")),
              Gives("UnitCodeAssigned", "ValueReleased", "ValueReserved", "ValueReserved"));
  EXPECT_EQ(Unit().CodeOn(CivilDay(2026, 3, 4)), "99001");
  EXPECT_EQ(Unit().CodeOn(CivilDay(2026, 3, 5)), "99002");
  EXPECT_EQ(HolderOf("99001", "2026-03-04"), "unit/" + Id("xã mới"));
  EXPECT_EQ(HolderOf("99001", "2026-03-05"), "");
}

TEST_F(UnitTest, ACodeHasOneHolderOnAnyDay) {
  Given({EstablishUnit()});
  EXPECT_THAT(When(Another("99001")), Breaks("unit-code.taken@command.establish_unit.code"));
  Given({AssignUnitCode("99002", "2026-03-05")});
  EXPECT_THAT(When(Another("99001").On("2026-03-04")),
              Breaks("unit-code.taken@command.establish_unit.code"));
  EXPECT_THAT(When(Another("99001").On("2026-03-05")), Gives("UnitEstablished", "ValueReserved"));
  EXPECT_EQ(HolderOf("99001", "2026-03-05"), "unit/" + Id("xã khác"));
}

TEST_F(UnitTest, ACodeMayEnd) {
  Given({EstablishUnit(), AssignUnitCode("99002", "2026-03-05", "2026-03-07")});
  EXPECT_EQ(Unit().CodeOn(CivilDay(2026, 3, 6)), "99002");
  EXPECT_EQ(Unit().CodeOn(CivilDay(2026, 3, 7)), std::nullopt);
}

TEST_F(UnitTest, ACodeDoesNotStartBeforeItsUnit) {
  Given({EstablishUnit()});
  EXPECT_THAT(When(AssignUnitCode("99002", "2026-02-28")),
              Breaks("date.before_start@command.assign_unit_code.valid_from"));
}

TEST_F(UnitTest, ANewNameDiffersFromTheOneOfTheDay) {
  Given({EstablishUnit()});
  EXPECT_THAT(When(RenameUnit("Xã Mới")), Breaks("unit.same_name@command.rename_unit.name"));
}

TEST_F(UnitTest, TheParentIsKnownAndOfAHigherLevel) {
  const std::string field = "command.establish_unit.parent_unit_id";
  Act act = EstablishUnit();
  v1::EstablishUnit& unit = *act.submission.mutable_command()->mutable_establish_unit();
  unit.set_parent_unit_id(Id("đâu đó"));
  EXPECT_THAT(When(act), Breaks("unit.unknown@" + field));
  unit.set_parent_unit_id(Id("xã"));
  const Outcome outcome = When(act);
  EXPECT_THAT(outcome, Breaks("unit.parent_level@" + field));
  EXPECT_EQ(outcome.violations[0].actual, "UNIT_LEVEL_COMMUNE");
  unit.set_level(v1::UNIT_LEVEL_VILLAGE);
  EXPECT_THAT(When(act), Gives("UnitEstablished", "ValueReserved"));
}

}  // namespace
}  // namespace nhanrong::domain

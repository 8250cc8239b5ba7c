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

TEST_F(UnitTest, ANameToldLaterIsTheLaterOneHoweverCoarseTheDateOfTheOneBefore) {
  Given({EstablishUnit(), RenameUnit("Xã Hai").On("2026", v1::DATE_PRECISION_YEAR),
         RenameUnit("Xã Ba").On("2026-03-05").Because("Nhập sót")});
  EXPECT_EQ(Unit().NameOn(CivilDay(2026, 3, 4)), "Xã Mới");
  EXPECT_EQ(Unit().NameOn(CivilDay(2026, 3, 5)), "Xã Ba");
  EXPECT_EQ(Unit().NameOn(CivilDay(2026, 3, 10)), "Xã Ba");
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

TEST_F(UnitTest, ATypeIsDatedAndBringsItsName) {
  Given({EstablishUnit(), RetypeUnit(v1::UNIT_TYPE_WARD, "Phường Mới").On("2026-03-05")});
  EXPECT_EQ(Unit().TypeOn(CivilDay(2026, 3, 4)), std::nullopt);
  EXPECT_EQ(Unit().TypeOn(CivilDay(2026, 3, 5)), v1::UNIT_TYPE_WARD);
  EXPECT_EQ(Unit().NameOn(CivilDay(2026, 3, 4)), "Xã Mới");
  EXPECT_EQ(Unit().NameOn(CivilDay(2026, 3, 5)), "Phường Mới");
  EXPECT_THAT(When(RetypeUnit(v1::UNIT_TYPE_WARD, "Phường Mới")),
              Breaks("unit.same_type@command.retype_unit.type"));
}

TEST_F(UnitTest, ATypeIsOfTheUnitsLevel) {
  Act act = EstablishUnit();
  act.submission.mutable_command()->mutable_establish_unit()->set_type(v1::UNIT_TYPE_TOWN);
  const Outcome outcome = When(act);
  EXPECT_THAT(outcome, Breaks("unit.type_level@command.establish_unit.type"));
  EXPECT_EQ(outcome.violations[0].actual, "UNIT_LEVEL_DISTRICT");
  Given({EstablishUnit()});
  EXPECT_THAT(When(RetypeUnit(v1::UNIT_TYPE_VILLAGE, "Ấp Mới")),
              Breaks("unit.type_level@command.retype_unit.type"));
}

TEST_F(UnitTest, EveryTypeHasItsLevel) {
  for (int type = 1; type <= v1::UnitType_MAX; ++type) {
    EXPECT_NE(LevelOf(static_cast<v1::UnitType>(type)), v1::UNIT_LEVEL_UNSPECIFIED) << type;
  }
}

TEST_F(UnitTest, AParentIsDatedAndDiffers) {
  Given({EstablishUnit(), ReparentUnit("nước").On("2026-03-05")});
  EXPECT_EQ(Unit().ParentOn(CivilDay(2026, 3, 4)), Id("tỉnh"));
  EXPECT_EQ(Unit().ParentOn(CivilDay(2026, 3, 5)), Id("nước"));
  const std::string field = "command.reparent_unit.parent_unit_id";
  EXPECT_THAT(When(ReparentUnit("nước")), Breaks("unit.same_parent@" + field));
  EXPECT_THAT(When(ReparentUnit("xã")), Breaks("unit.parent_level@" + field));
  EXPECT_THAT(When(ReparentUnit("xã mới")), Breaks("unit.parent_level@" + field));
  EXPECT_THAT(When(ReparentUnit("đâu đó")), Breaks("unit.unknown@" + field));
}

TEST_F(UnitTest, ARetiredCodeIsFreeFromThatDayOn) {
  Given({EstablishUnit()});
  EXPECT_THAT(When(RetireUnitCode("99001", "2026-03-05")),
              Gives("UnitCodeRetired", "ValueReleased", "ValueReserved"));
  EXPECT_EQ(Unit().CodeOn(CivilDay(2026, 3, 4)), "99001");
  EXPECT_EQ(Unit().CodeOn(CivilDay(2026, 3, 5)), std::nullopt);
  EXPECT_EQ(HolderOf("99001", "2026-03-04"), "unit/" + Id("xã mới"));
  EXPECT_EQ(HolderOf("99001", "2026-03-05"), "");
  EXPECT_THAT(When(Another("99001").On("2026-03-04")),
              Breaks("unit-code.taken@command.establish_unit.code"));
  EXPECT_THAT(When(Another("99001").On("2026-03-05")), Gives("UnitEstablished", "ValueReserved"));
}

TEST_F(UnitTest, OnlyACodeThatIsHeldLongerIsRetired) {
  Given({EstablishUnit(), AssignUnitCode("99002", "2026-03-05", "2026-03-07")});
  const std::string not_held = "unit.code_not_held@command.retire_unit_code.code";
  EXPECT_THAT(When(RetireUnitCode("99009", "2026-03-06")), Breaks(not_held));
  EXPECT_THAT(When(RetireUnitCode("99001", "2026-03-05")), Breaks(not_held));
  EXPECT_THAT(When(RetireUnitCode("99002", "2026-03-07")), Breaks(not_held));
  EXPECT_THAT(When(RetireUnitCode("99002", "2026-03-05")), Breaks(not_held));
  EXPECT_THAT(When(RetireUnitCode("99002", "2026-03-06")),
              Gives("UnitCodeRetired", "ValueReleased", "ValueReserved"));
}

TEST_F(UnitTest, ARetiredCodeMayComeBackToItsUnit) {
  Given({EstablishUnit(), RetireUnitCode("99001", "2026-03-05"),
         AssignUnitCode("99001", "2026-03-08")});
  EXPECT_EQ(Unit().CodeOn(CivilDay(2026, 3, 4)), "99001");
  EXPECT_EQ(Unit().CodeOn(CivilDay(2026, 3, 7)), std::nullopt);
  EXPECT_EQ(Unit().CodeOn(CivilDay(2026, 3, 8)), "99001");
}

TEST_F(UnitTest, AnAbolishedUnitIsNoMoreAndItsCodesAreFree) {
  Given({EstablishUnit()});
  EXPECT_THAT(When(AbolishUnit().On("2026-03-08")),
              Gives("UnitAbolished", "ValueReleased", "ValueReserved"));
  EXPECT_TRUE(Unit().EstablishedOn(CivilDay(2026, 3, 7)));
  EXPECT_FALSE(Unit().EstablishedOn(CivilDay(2026, 3, 8)));
  EXPECT_EQ(HolderOf("99001", "2026-03-07"), "unit/" + Id("xã mới"));
  EXPECT_EQ(HolderOf("99001", "2026-03-08"), "");
  EXPECT_EQ(StateName("unit/" + Id("xã mới")), "ABOLISHED");
}

TEST_F(UnitTest, AnAbolishedUnitIsShownAsOnItsLastDay) {
  Given({EstablishUnit(), AbolishUnit().On("2026-03-08")});
  const v1::AdminUnitRef ref = UnitRefOn(Id("xã mới"), Unit(), CivilDay(2026, 4, 1));
  EXPECT_EQ(ref.name_at_event(), "Xã Mới");
  EXPECT_EQ(ref.code_at_event(), "99001");
  EXPECT_EQ(Unit().ParentOn(CivilDay(2026, 4, 1)), Id("tỉnh"));
}

TEST_F(UnitTest, AUnitIsNotAbolishedBeforeWhatIsToldOfIt) {
  Given({EstablishUnit(), RenameUnit("Xã Hai").On("2026-03-06")});
  const Outcome outcome = When(AbolishUnit().On("2026-03-06"));
  EXPECT_THAT(outcome, Breaks("unit.abolished_too_early@command.abolish_unit"));
  EXPECT_EQ(outcome.violations[0].actual, "2026-03-06");
  EXPECT_THAT(When(AbolishUnit().On("2026-03-07")),
              Gives("UnitAbolished", "ValueReleased", "ValueReserved"));
}

TEST_F(UnitTest, AnAbolitionThatWasWrongIsAnnulled) {
  Given({EstablishUnit(), AbolishUnit()});
  const std::string unit = "unit/" + Id("xã mới");
  Given({AnnulFact(unit, EventId(unit, 1)).As(v1::ROLE_MAP_STEWARD)});
  EXPECT_TRUE(Unit().EstablishedOn(today_));
  EXPECT_EQ(HolderOf("99001", "2026-03-10"), unit);
}

TEST_F(UnitTest, NothingIsPutBelowAnAbolishedUnit) {
  Given({EstablishUnit(), AbolishUnit().On("2026-03-08")});
  Act village = Another("");
  v1::EstablishUnit& unit = *village.submission.mutable_command()->mutable_establish_unit();
  unit.set_level(v1::UNIT_LEVEL_VILLAGE);
  unit.set_parent_unit_id(Id("xã mới"));
  EXPECT_THAT(When(village.On("2026-03-08")),
              Breaks("unit.abolished@command.establish_unit.parent_unit_id"));
  EXPECT_THAT(When(village.On("2026-03-07")), Gives("UnitEstablished"));
}

}  // namespace
}  // namespace nhanrong::domain

#include "services/domain/correction/correction.h"

#include "services/domain/agency/agency.h"
#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"
#include "services/domain/model/model.h"
#include "services/domain/reservation/reservation.h"
#include "services/domain/unit/unit.h"

namespace nhanrong::domain {
namespace {

const std::string kEvent = "command.correct_fact.event_id";
const std::string kAnnulled = "command.annul_fact.event_id";

class CorrectionTest : public DomainTest {
 protected:
  const std::string model_ = "model/" + Id("mô hình");
  const std::string unit_ = "unit/" + Id("xã mới");

  const ModelState& Model() { return world_.Read(model_).as<ModelState>(); }
  // The fact of revision `n`, for a test to change.
  v1::Fact FactAt(const std::string& stream, std::size_t n) {
    return world_.History(stream).at(n).fact;
  }
  Act Correct(const std::string& stream, std::size_t n, const v1::Fact& fact) {
    return CorrectFact(stream, EventId(stream, n), fact);
  }
  Act Annul(const std::string& stream, std::size_t n) {
    return AnnulFact(stream, EventId(stream, n));
  }
  v1::Fact Renamed(const std::string& name) {
    v1::Fact fact = FactAt(model_, 0);
    fact.mutable_model_registered()->mutable_definition()->set_name(name);
    return fact;
  }
};

Act Moved(Act act, const std::string& day) {
  v1::BusinessDate& date =
      *act.submission.mutable_command()->mutable_correct_fact()->mutable_occurred_on();
  date.set_value(day);
  date.set_precision(v1::DATE_PRECISION_DAY);
  return act;
}

TEST_F(CorrectionTest, ACorrectedFactStandsInThePlaceOfTheWrongOne) {
  Given(ActsInto("model", "PILOTING"));
  EXPECT_THAT(When(Correct(model_, 0, Renamed("Tên đúng"))), Gives("FactCorrected"));
  EXPECT_EQ(Model().definition.name(), "Tên đúng");
  EXPECT_EQ(Model().status, v1::MODEL_STATUS_PILOTING);
  EXPECT_EQ(world_.Read(model_).events(), 5u);
  EXPECT_EQ(world_.Read(model_).facts().size(), 4u);
}

TEST_F(CorrectionTest, ACorrectedFactCanBeCorrectedAgainByItsOwnId) {
  Given({RegisterModel()});
  Given({Correct(model_, 0, Renamed("Lần một")), Correct(model_, 0, Renamed("Lần hai"))});
  EXPECT_EQ(Model().definition.name(), "Lần hai");
}

TEST_F(CorrectionTest, WhoStatedTheFactDoesNotChange) {
  Given(ActsInto("model", "SUBMITTED"));
  Given({Correct(model_, 1, FactAt(model_, 1)).By("người duyệt")});
  EXPECT_EQ(Model().submitted_by.actor_id, Id("người trình"));
}

TEST_F(CorrectionTest, OnlyAFactInForceOfThisStreamCanBeCorrected) {
  Given({RegisterModel(), EstablishUnit()});
  EXPECT_THAT(When(CorrectFact(model_, EventId(unit_, 0), Renamed("x"))),
              Breaks("correction.not_in_force@" + kEvent));
  Given({Annul(model_, 0)});
  EXPECT_THAT(When(Correct(model_, 0, Renamed("x"))), Breaks("correction.not_in_force@" + kEvent));
}

TEST_F(CorrectionTest, ACorrectionIsOfTheSameType) {
  Given({RegisterModel()});
  v1::Fact other;
  other.mutable_model_submitted();
  const Outcome outcome = When(Correct(model_, 0, other));
  EXPECT_THAT(outcome, Breaks("correction.type@command.correct_fact.replacement"));
  EXPECT_EQ(outcome.violations[0].actual, "nhanrong.v1.ModelRegistered");
}

TEST_F(CorrectionTest, CorrectionsReservationsAndLedgersAreNotCorrectable) {
  Given({RegisterModel(), EstablishUnit()});
  Given({Correct(model_, 0, Renamed("x"))});
  EXPECT_THAT(When(Annul(model_, 1)), Breaks("correction.not_correctable@" + kAnnulled));
  const std::string reserved = "reserved/unit-code/99001";
  EXPECT_THAT(When(Annul(reserved, 0)), Breaks("correction.not_correctable@" + kAnnulled));
  EXPECT_THAT(When(AnnulFact("ledger/tinh-thu", EventId(model_, 0))),
              Breaks("correction.not_correctable@" + kAnnulled));
}

TEST_F(CorrectionTest, AnAnnulledFactIsTakenOut) {
  Given(ActsInto("model", "SUBMITTED"));
  Given({Annul(model_, 1)});
  EXPECT_EQ(Model().status, v1::MODEL_STATUS_DRAFT);
  EXPECT_THAT(When(SubmitModel()), Gives("ModelSubmitted"));
}

TEST_F(CorrectionTest, AFactOnWhichALaterOneRestsIsNotAnnulled) {
  Given(ActsInto("model", "SCREENED"));
  const Outcome first = When(Annul(model_, 0));
  EXPECT_THAT(first, Breaks("correction.breaks_later@" + kAnnulled));
  EXPECT_EQ(first.violations[0].actual, EventId(model_, 1));
  const Outcome second = When(Annul(model_, 1));
  EXPECT_EQ(second.violations[0].actual, EventId(model_, 2));
}

TEST_F(CorrectionTest, AnnullingTheOnlyFactLeavesAnAbsentStreamThatExists) {
  Given({RegisterModel()});
  Given({Annul(model_, 0)});
  EXPECT_EQ(StateName(model_), "ABSENT");
  EXPECT_TRUE(world_.Read(model_).exists());
  EXPECT_EQ(world_.Read(model_).events(), 2u);
  EXPECT_THAT(When(RegisterModel().ExpectingNothing()),
              Breaks("stream.expected_revision@expect_absent"));
  EXPECT_THAT(When(RegisterModel()), Gives("ModelRegistered"));
}

TEST_F(CorrectionTest, ADateMovesWithinTheOrderOfTheSteps) {
  Given({RegisterModel().On("2026-03-02"), SubmitModel().On("2026-03-05"),
         ScreenModel().On("2026-03-08")});
  const v1::Fact submitted = FactAt(model_, 1);
  EXPECT_THAT(When(Moved(Correct(model_, 1, submitted), "2026-03-01")),
              Breaks("date.before_last_step@command.correct_fact.occurred_on"));
  const Outcome late = When(Moved(Correct(model_, 1, submitted), "2026-03-09"));
  EXPECT_THAT(late, Breaks("correction.breaks_later@" + kEvent));
  EXPECT_EQ(late.violations[0].actual, EventId(model_, 2));
  EXPECT_THAT(When(Moved(Correct(model_, 1, submitted), "2026-03-11")),
              Breaks("date.future@command.correct_fact.occurred_on"));
  Given({Moved(Correct(model_, 1, submitted), "2026-03-06")});
  EXPECT_EQ(world_.Read(model_).facts()[1].days.latest, absl::CivilDay(2026, 3, 6));
}

TEST_F(CorrectionTest, TheStartDoesNotMoveBehindAFactThatIsThere) {
  Given({RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE).On("2026-03-02"),
         ReportProgress().On("2026-03-04")});
  const Outcome outcome = When(Moved(Correct(model_, 0, FactAt(model_, 0)), "2026-03-05"));
  EXPECT_THAT(outcome, Breaks("correction.breaks_later@" + kEvent));
  EXPECT_EQ(outcome.violations[0].actual, EventId(model_, 1));
}

TEST_F(CorrectionTest, TheRulesOfTheFactHoldForItsReplacement) {
  Given(ActsInto("model", "SCREENED"));
  v1::Fact screened = FactAt(model_, 2);
  screened.mutable_model_screened()->mutable_checklist()->set_is_initiative(
      v1::ClassificationChecklist::ANSWER_YES);
  const std::string in = "command.correct_fact.replacement.";
  EXPECT_THAT(When(Correct(model_, 2, screened).As(v1::ROLE_DEPARTMENT_SPECIALIST)),
              Breaks("model.not_a_model@" + in + "model_screened.checklist.is_initiative"));
  v1::Fact moved = Renamed("x");
  moved.mutable_model_registered()->mutable_definition()->set_unit_id(Id("đâu đó"));
  EXPECT_THAT(When(Correct(model_, 0, moved)),
              Breaks("unit.unknown@" + in + "model_registered.definition.unit_id"));
}

TEST_F(CorrectionTest, AFactOfADocumentStaysQuoted) {
  Given({RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE), ReportProgress().FromDocument()});
  v1::Fact fact = FactAt(model_, 1);
  fact.mutable_model_progress_reported()->mutable_figures(0)->clear_raw_text();
  EXPECT_THAT(When(Correct(model_, 1, fact)),
              Breaks("quantity.raw_text@command.correct_fact.replacement."
                     "model_progress_reported.figures[0].raw_text"));
}

TEST_F(CorrectionTest, AStatedStatusIsNotCorrectedAwayFromUnderLaterFacts) {
  Given({RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE), ReportProgress()});
  v1::Fact fact = FactAt(model_, 0);
  fact.mutable_model_recorded_from_document()->set_stated_status(v1::MODEL_STATUS_CLOSED);
  const Outcome outcome = When(Correct(model_, 0, fact));
  EXPECT_THAT(outcome, Breaks("correction.breaks_later@" + kEvent));
  EXPECT_EQ(outcome.violations[0].actual, EventId(model_, 1));
}

TEST_F(CorrectionTest, ACorrectedSiteKeepsAModelThatWasClosedSince) {
  Given(ActsInto("site", "OPERATING"));
  Given({CloseModel()});
  const std::string site = "site/" + Id("điểm");
  v1::Fact fact = FactAt(site, 0);
  fact.mutable_site_started()->mutable_description()->set_name("Ao số 2");
  EXPECT_THAT(When(Correct(site, 0, fact)), Gives("FactCorrected"));
  fact.mutable_site_started()->mutable_description()->set_model_id(Id("mô hình lạ"));
  EXPECT_TRUE(HasBroken(When(Correct(site, 0, fact)), "site.model_unknown"));
}

TEST_F(CorrectionTest, AnExpectationHoldsForCorrectionsToo) {
  Given({RegisterModel()});
  EXPECT_THAT(When(Annul(model_, 0).Expecting(3)),
              Breaks("stream.expected_revision@expected_revision"));
}

TEST_F(CorrectionTest, ACorrectedCodeMovesItsReservation) {
  Given({EstablishUnit()});
  v1::Fact fact = FactAt(unit_, 0);
  fact.mutable_unit_established()->set_code("99009");
  EXPECT_THAT(When(Correct(unit_, 0, fact).As(v1::ROLE_MAP_STEWARD)),
              Gives("FactCorrected", "ValueReleased", "ValueReserved"));
  EXPECT_EQ(StateName("reserved/unit-code/99001"), "ABSENT");
  EXPECT_EQ(StateName("reserved/unit-code/99009"), "HELD");
}

TEST_F(CorrectionTest, ACorrectedDateMovesItsReservation) {
  Given({EstablishUnit()});
  Given({Moved(Correct(unit_, 0, FactAt(unit_, 0)), "2026-03-04").As(v1::ROLE_MAP_STEWARD)});
  const auto& code = world_.Read("reserved/unit-code/99001").as<ReservationState>();
  ASSERT_EQ(code.spans.size(), 1u);
  EXPECT_EQ(code.spans[0].valid_from, "2026-03-04");
}

TEST_F(CorrectionTest, ACorrectionDoesNotTakeAValueOfAnother) {
  Given({EstablishAgency()});
  Act other = EstablishAgency();
  v1::EstablishAgency& agency = *other.submission.mutable_command()->mutable_establish_agency();
  agency.set_agency_id(Id("Sở khác"));
  agency.set_electronic_id("T99.02");
  Given({other});
  const std::string stream = "agency/" + Id("Sở khác");
  v1::Fact fact = FactAt(stream, 0);
  fact.mutable_agency_established()->set_electronic_id("T99.01");
  EXPECT_THAT(When(Correct(stream, 0, fact).As(v1::ROLE_ADMINISTRATOR)),
              Breaks("agency-eid.taken@command.correct_fact.replacement.agency_established."
                     "electronic_id"));
}

TEST_F(CorrectionTest, AnAnnulmentDoesNotTakeBackWhatIsNowAnothers) {
  Given({EstablishUnit(), AssignUnitCode("99002", "2026-03-05")});
  Act other = EstablishUnit().On("2026-03-05");
  other.submission.mutable_command()->mutable_establish_unit()->set_unit_id(Id("xã khác"));
  Given({other});
  EXPECT_THAT(When(Annul(unit_, 1).As(v1::ROLE_MAP_STEWARD)),
              Breaks("unit-code.taken@" + kAnnulled));
}

// What rests on a stream: "xã" lies below "tỉnh", "Bình" is of "Sở mới", "điểm" is of "mô hình".
class GroundTest : public CorrectionTest {
 protected:
  const std::string province_ = "unit/" + Id("tỉnh");
  const std::string site_ = "site/" + Id("điểm");
  // The correction of the province, by its steward.
  Outcome Province(const v1::Fact& fact) {
    return When(Correct(province_, 0, fact).As(v1::ROLE_MAP_STEWARD));
  }
};

TEST_F(GroundTest, AUnitThatHasOthersBelowIsNotAnnulled) {
  const Outcome outcome = When(Annul(province_, 0).As(v1::ROLE_MAP_STEWARD));
  EXPECT_THAT(outcome, Breaks("correction.breaks_other@" + kAnnulled));
  EXPECT_EQ(outcome.violations[0].actual, "unit/" + Id("xã"));
}

TEST_F(GroundTest, AUnitDoesNotBeginAfterThoseBelowOrOnTheirLevel) {
  const v1::Fact fact = FactAt(province_, 0);
  EXPECT_THAT(When(Moved(Correct(province_, 0, fact), "2026-03-09").As(v1::ROLE_MAP_STEWARD)),
              Breaks("correction.breaks_other@" + kEvent));
  v1::Fact lower = fact;
  lower.mutable_unit_established()->set_level(v1::UNIT_LEVEL_COMMUNE);
  lower.mutable_unit_established()->clear_type();
  EXPECT_THAT(Province(lower), Breaks("correction.breaks_other@" + kEvent));
  v1::Fact named = fact;
  named.mutable_unit_established()->set_name("Tỉnh Tên Đúng");
  EXPECT_THAT(Province(named), Gives("FactCorrected"));
}

TEST_F(GroundTest, AUnitIsAnnulledWhenNothingLiesBelowAnyMore) {
  Given({EstablishUnit()});
  Given({Annul(unit_, 0).As(v1::ROLE_MAP_STEWARD)});
  Given({Annul("unit/" + Id("xã"), 0).As(v1::ROLE_MAP_STEWARD)});
  EXPECT_TRUE(When(Annul(province_, 0).As(v1::ROLE_MAP_STEWARD)).violations.empty());
}

TEST_F(GroundTest, AModelThatHasSitesIsNotAnnulled) {
  Given({RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE), StartSite()});
  const Outcome outcome = When(Annul(model_, 0));
  EXPECT_THAT(outcome, Breaks("correction.breaks_other@" + kAnnulled));
  EXPECT_EQ(outcome.violations[0].actual, site_);
  Given({Annul(site_, 0)});
  EXPECT_THAT(When(Annul(model_, 0)), Gives("FactAnnulled"));
}

TEST_F(GroundTest, AModelDoesNotComeIntoUseAfterItsSites) {
  Given({RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE).On("2026-03-02"),
         StartSite().On("2026-03-04")});
  EXPECT_THAT(When(Moved(Correct(model_, 0, FactAt(model_, 0)), "2026-03-05")),
              Breaks("correction.breaks_other@" + kEvent));
  EXPECT_THAT(When(Moved(Correct(model_, 0, FactAt(model_, 0)), "2026-03-03")),
              Gives("FactCorrected"));
}

TEST_F(GroundTest, AnApprovalUnderASiteIsNotAnnulled) {
  Given(ActsInto("model", "PILOTING"));
  Given({StartSite()});
  EXPECT_THAT(When(Annul(model_, 3).As(v1::ROLE_COMPETENT_AUTHORITY)),
              Breaks("correction.breaks_other@" + kAnnulled));
}

TEST_F(GroundTest, AnAgencyThatHasPeopleIsNotAnnulled) {
  Act actor = RegisterActor();
  actor.submission.mutable_command()->mutable_register_actor()->set_agency_id(Id("Sở mới"));
  Given({EstablishAgency(), actor});
  const std::string agency = "agency/" + Id("Sở mới");
  EXPECT_THAT(When(Annul(agency, 0).As(v1::ROLE_ADMINISTRATOR)),
              Breaks("correction.breaks_other@" + kAnnulled));
}

TEST_F(GroundTest, WhatBeginsToRestOnAStreamAndWhatTakesItAwayMeetInOneStream) {
  Given({RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE)});
  const std::string uses = UseStream(model_);
  world_.Forget();
  EXPECT_EQ(When(StartSite()).events.at(1).stream(), uses);
  EXPECT_TRUE(world_.reads().contains(model_));
  world_.Forget();
  When(Annul(model_, 0));
  EXPECT_TRUE(world_.reads().contains(uses));
}

TEST_F(CorrectionTest, WhatWasRevokedStaysRevoked) {
  Given({RegisterActor(), GrantRole("quyền"), RevokeGrant("quyền"),
         IssueCredential("chứng thực", 'a'), RevokeCredential("chứng thực")});
  const std::string actor = "actor/" + Id("Bình");
  for (const std::size_t revoked : {2u, 4u}) {
    EXPECT_THAT(When(Annul(actor, revoked).As(v1::ROLE_ADMINISTRATOR)),
                Breaks("correction.not_correctable@" + kAnnulled));
    EXPECT_THAT(When(Correct(actor, revoked, FactAt(actor, revoked)).As(v1::ROLE_ADMINISTRATOR)),
                Breaks("correction.not_correctable@" + kEvent));
  }
}

TEST_F(CorrectionTest, IsClassifiedLikeTheFactWhereItDoesNotSay) {
  Given({RegisterModel().Classified(v1::CLASSIFICATION_SENSITIVE)});
  const auto classification = [&](const Act& act) {
    return When(act).events.at(0).classification();
  };
  EXPECT_EQ(classification(Correct(model_, 0, Renamed("x"))), v1::CLASSIFICATION_SENSITIVE);
  EXPECT_EQ(classification(Annul(model_, 0)), v1::CLASSIFICATION_SENSITIVE);
}

TEST_F(CorrectionTest, MakesAFactKnownToMorePeopleOnlyByThoseWhoMendTheFactsOfAll) {
  Given({RegisterModel().Classified(v1::CLASSIFICATION_SENSITIVE)});
  const Act open = Correct(model_, 0, Renamed("x")).Classified(v1::CLASSIFICATION_PUBLIC);
  const Outcome outcome = When(open);
  EXPECT_THAT(outcome, Breaks("correction.classification@classification"));
  EXPECT_EQ(outcome.violations[0].actual, "PROVINCIAL_OFFICE, COMPETENT_AUTHORITY");
  EXPECT_THAT(When(open.As(v1::ROLE_PROVINCIAL_OFFICE)), Gives("FactCorrected"));
  EXPECT_THAT(When(open.Classified(v1::CLASSIFICATION_INTERNAL)), Gives("FactCorrected"));
}

TEST_F(CorrectionTest, SaysWhenItIsBackDatedItselfOrDatesAFactBack) {
  Given({RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE).On("2026-01-15"), ReportProgress()});
  const auto backdated = [&](const Act& act) { return When(act).events.at(0).backdated(); };
  const v1::Fact progress = FactAt(model_, 1);
  EXPECT_FALSE(backdated(Correct(model_, 1, progress)));
  EXPECT_TRUE(backdated(Correct(model_, 1, progress).On("2026-01-20")));
  EXPECT_TRUE(backdated(Moved(Correct(model_, 1, progress), "2026-01-20")));
  EXPECT_FALSE(backdated(Moved(Correct(model_, 1, progress), "2026-03-09")));
}

TEST_F(CorrectionTest, NeedsTheUnitsOfBeforeAndAfter) {
  Given({RegisterModel(), EstablishUnit()});
  v1::Fact moved = Renamed("x");
  moved.mutable_model_registered()->mutable_definition()->set_unit_id(Id("xã mới"));
  const Act act = Correct(model_, 0, moved);
  EXPECT_THAT(ScopeUnits(RequestOf(act), world_),
              ::testing::IsSupersetOf({Id("xã"), Id("xã mới")}));
}

TEST_F(CorrectionTest, NeedsToReadWhatItNamesAndWhatItIsAbout) {
  Given({RegisterModel()});
  const Act annulment = Annul(model_, 0);
  EXPECT_EQ(ReadsNeeded(RequestOf(annulment), world_), v1::CLASSIFICATION_INTERNAL);
  Given({SubmitModel().Classified(v1::CLASSIFICATION_SENSITIVE)});
  EXPECT_EQ(ReadsNeeded(RequestOf(annulment), world_), v1::CLASSIFICATION_SENSITIVE);
  EXPECT_EQ(ReadsNeeded(RequestOf(ScreenModel()), world_), v1::CLASSIFICATION_SENSITIVE);
  EXPECT_EQ(ReadsNeeded(RequestOf(StartSite()), world_), v1::CLASSIFICATION_SENSITIVE)
      << "of a model that he may not read";
}

TEST_F(CorrectionTest, AUnitDoesNotBecomeItsOwnAncestor) {
  const std::string province = "unit/" + Id("tỉnh");
  v1::Fact fact = FactAt(province, 0);
  fact.mutable_unit_established()->set_level(v1::UNIT_LEVEL_VILLAGE);
  fact.mutable_unit_established()->set_parent_unit_id(Id("xã"));
  EXPECT_TRUE(
      HasBroken(When(Correct(province, 0, fact).As(v1::ROLE_MAP_STEWARD)), "unit.parent_level"));
}

TEST_F(CorrectionTest, TheEventNamesTheUnitAsItIsAfterwards) {
  Given({RegisterModel(), EstablishUnit()});
  v1::Fact fact = Renamed("x");
  fact.mutable_model_registered()->mutable_definition()->set_unit_id(Id("xã mới"));
  EXPECT_EQ(When(Correct(model_, 0, fact)).events.at(0).unit().unit_id(), Id("xã mới"));
  EXPECT_EQ(When(Annul(model_, 0)).events.at(0).unit().unit_id(), Id("xã mới"));
}

}  // namespace
}  // namespace nhanrong::domain

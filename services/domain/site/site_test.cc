#include "services/domain/site/site.h"

#include <set>

#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

class SiteTest : public DomainTest {
 protected:
  const std::string stream_ = "site/" + Id("điểm");

  const SiteState& Site() { return world_.Read(stream_).as<SiteState>(); }
};

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

Act Confirming(const std::string& report_id) {
  Act act = InspectSite();
  act.submission.mutable_command()->mutable_inspect_site()->set_confirmed_report_id(report_id);
  return act;
}

TEST_F(SiteTest, WhoStartedOrReportedASiteDoesNotInspectIt) {
  Given(ActsInto("site", "OPERATING"));
  Given({RecordSiteOutput().By("người báo cáo")});
  for (const char* person : {"An", "người báo cáo"}) {
    EXPECT_THAT(When(InspectSite().By(person)), Breaks("site.own_inspection@command.inspect_site"));
  }
  EXPECT_THAT(When(InspectSite()), Gives("SiteInspected"));
}

TEST_F(SiteTest, TheLevelFitsTheRole) {
  using enum v1::VerificationLevel;
  using enum v1::Role;
  const std::vector<std::pair<v1::VerificationLevel, std::set<v1::Role>>> fits = {
      {VERIFICATION_LEVEL_COMMUNE_CONFIRMED, {ROLE_COMMUNE_LEADER}},
      {VERIFICATION_LEVEL_DEPARTMENT_VERIFIED, {ROLE_DEPARTMENT_SPECIALIST}},
      {VERIFICATION_LEVEL_INSPECTED,
       {ROLE_DEPARTMENT_SPECIALIST, ROLE_PROVINCIAL_OFFICE, ROLE_COMPETENT_AUTHORITY}},
  };
  Given(ActsInto("site", "OPERATING"));
  for (const auto& [level, roles] : fits) {
    for (int role = 1; role < v1::Role_ARRAYSIZE; ++role) {
      const auto as = static_cast<v1::Role>(role);
      const Outcome outcome = When(InspectSite(v1::INSPECTION_RESULT_CONFIRMED, level).As(as));
      EXPECT_EQ(outcome.violations.empty(), roles.contains(as)) << level << " " << role;
      if (!roles.contains(as)) {
        EXPECT_THAT(outcome, Breaks("site.level_role@command.inspect_site.level"));
      }
    }
  }
}

TEST_F(SiteTest, ASiteThatIsNotFoundIsInvalidated) {
  for (const char* before : {"OPERATING", "FUNDING_ENDED", "STOPPED"}) {
    DomainTestWorld fresh;
    std::swap(world_, fresh);
    Given(BaseActs());
    Given(ActsInto("site", before));
    Given({InspectSite(v1::INSPECTION_RESULT_DEFICIENCIES)});
    EXPECT_EQ(StateName(stream_), before);
    Given({InspectSite(v1::INSPECTION_RESULT_NOT_FOUND)});
    EXPECT_EQ(StateName(stream_), "INVALIDATED");
  }
}

TEST_F(SiteTest, AnInspectionIsTakenBackByThoseAboveTheSiteAndTheStatusFollows) {
  Given(ActsInto("site", "INVALIDATED"));
  const Act annul = AnnulFact(stream_, EventId(stream_, 1));
  EXPECT_THAT(When(annul.As(v1::ROLE_COMMUNE_OFFICER)),
              Breaks("correction.rights@command.annul_fact.event_id"));
  EXPECT_THAT(When(annul.As(v1::ROLE_COMPETENT_AUTHORITY)), Gives("FactAnnulled"));
  EXPECT_EQ(StateName(stream_), "OPERATING");
  Given({RecordSiteOutput()});
}

TEST_F(SiteTest, AnInspectionConfirmsAReportThatIsInForce) {
  Given(ActsInto("site", "OPERATING"));
  Given({RecordSiteOutput()});
  EXPECT_THAT(When(Confirming(EventId(stream_, 0))),
              Breaks("site.report_unknown@command.inspect_site.confirmed_report_id"));
  EXPECT_THAT(When(Confirming(EventId(stream_, 1))), Gives("SiteInspected"));
  // The report stays as long as the inspection that rests on it.
  const Outcome outcome = When(AnnulFact(stream_, EventId(stream_, 1)));
  EXPECT_THAT(outcome, Breaks("correction.breaks_later@command.annul_fact.event_id"));
  EXPECT_EQ(outcome.violations[0].actual, EventId(stream_, 2));
  Act shaky = Confirming(EventId(stream_, 1));
  v1::InspectSite& told = *shaky.submission.mutable_command()->mutable_inspect_site();
  told.set_result(v1::INSPECTION_RESULT_DEFICIENCIES);
  told.set_note("Số liệu chưa khớp");
  EXPECT_THAT(When(shaky), Breaks("id.not_allowed@command.inspect_site.confirmed_report_id"));
}

TEST_F(SiteTest, ASiteLivesOnWhenItsFundingHasEnded) {
  Given(ActsInto("site", "FUNDING_ENDED"));
  Given({RecordSiteOutput(), ReviseDescription()});
  EXPECT_THAT(When(EndFunding()), Breaks("site.state@command.end_funding.site_id"));
  Given({StopSite()});
  EXPECT_EQ(StateName(stream_), "STOPPED");
}

TEST_F(SiteTest, ATransferMovesASiteToAnotherUnitOrOwner) {
  Given(ActsInto("site", "OPERATING"));
  EXPECT_THAT(When(TransferSite("xã")), Breaks("transfer.same@command.transfer_site"));
  EXPECT_THAT(When(TransferSite("đâu đó")),
              Breaks("unit.unknown@command.transfer_site.to_unit_id"));
  Act nobody = TransferSite();
  nobody.submission.mutable_command()->mutable_transfer_site()->clear_to_unit_id();
  EXPECT_THAT(When(nobody), Breaks("transfer.nothing@command.transfer_site"));
  nobody.submission.mutable_command()->mutable_transfer_site()->mutable_to_owner()->set_subject_id(
      Id("chủ mới"));
  EXPECT_THAT(When(nobody), Gives("SiteTransferred"));
  EXPECT_EQ(Site().description.owner().subject_id(), Id("chủ mới"));
  EXPECT_EQ(Site().description.unit_id(), Id("xã"));
  Given({TransferSite()});
  EXPECT_EQ(Site().description.unit_id(), Id("tỉnh"));
}

TEST_F(SiteTest, ARevisionChangesNameAndParticularsAlone) {
  Given(ActsInto("site", "OPERATING"));
  Given({TransferSite(), ReviseDescription()});
  EXPECT_EQ(Site().description.name(), "Ao số 1, mở rộng");
  EXPECT_EQ(Site().description.unit_id(), Id("tỉnh"));
  EXPECT_EQ(Site().description.model_id(), Id("mô hình"));
  EXPECT_THAT(When(ReviseDescription()), Breaks("revision.same@command.revise_description"));
  Act bare = ReviseDescription();
  bare.submission.mutable_command()->mutable_revise_description()->clear_particulars();
  EXPECT_THAT(When(bare), Gives("SiteDescriptionRevised"));
  EXPECT_TRUE(Site().description.particulars().scale().empty());
  Given({AnnulFact(stream_, EventId(stream_, 3))});
  EXPECT_EQ(Site().description.particulars().scale_size(), 1);
}

TEST_F(SiteTest, ParticularsAreChecked) {
  using P = v1::SiteParticulars;
  struct Spoilt {
    void (*how)(P&);
    std::string said;
  };
  const std::vector<Spoilt> table = {
      {[](P& p) { p.mutable_scale(0)->clear_unit(); }, "field.required@scale[0].unit"},
      {[](P& p) { p.set_value_chain_stage(v1::ValueChainStage(99)); },
       "enum.unknown@value_chain_stage"},
      {[](P& p) { p.mutable_certificates(0)->clear_kind(); },
       "field.required@certificates[0].kind"},
      {[](P& p) { p.mutable_certificates(0)->set_kind(v1::CERTIFICATE_KIND_OTHER); },
       "field.required@certificates[0].name"},
      {[](P& p) { p.mutable_certificates(0)->set_valid_to("2025-12-31"); },
       "date.order@certificates[0].valid_to"},
      {[](P& p) { p.mutable_buyer_contracts(0)->clear_buyer(); },
       "field.required@buyer_contracts[0].buyer"},
      {[](P& p) { p.mutable_buyer_contracts(0)->clear_commodity(); },
       "field.required@buyer_contracts[0].commodity"},
      {[](P& p) { p.mutable_buyer_contracts(0)->mutable_document()->clear_issuer(); },
       "field.required@buyer_contracts[0].document.issuer"},
      {[](P& p) {
         while (p.certificates_size() < 21) *p.add_certificates() = p.certificates(0);
       },
       "list.length@certificates"},
  };
  for (const Spoilt& spoilt : table) {
    Act act = ReviseDescription();
    spoilt.how(
        *act.submission.mutable_command()->mutable_revise_description()->mutable_particulars());
    std::string said = spoilt.said;
    said.insert(said.find('@') + 1, "command.revise_description.particulars.");
    EXPECT_THAT(When(act), Breaks(said));
  }
}

TEST_F(SiteTest, StartsNotBeforeItsModelWasInUse) {
  Given({RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE).On("2026-03-05")});
  EXPECT_THAT(When(StartSite().On("2026-03-04")),
              Breaks("model.before_use@command.start_site.description.model_id"));
  EXPECT_THAT(When(RecordSiteFromDocument(v1::SITE_STATUS_OPERATING).On("2026-03-04")),
              Gives("SiteRecordedFromDocument"));
}

}  // namespace
}  // namespace nhanrong::domain

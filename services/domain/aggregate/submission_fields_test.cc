// Field rules of submissions: each broken field is named by its path, and nothing is recorded.
#include <functional>

#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Found(const v1::Submission& submission) {
  return Broken({{}, CheckFields(submission)});
}

// A submission, what spoils it, and what must be said.
struct Spoilt {
  Act act;
  std::function<void(v1::Submission&, v1::Command&)> how;
  std::string said;
};

void AllAreSaid(const std::vector<Spoilt>& table) {
  for (const Spoilt& spoilt : table) {
    v1::Submission submission = spoilt.act.submission;
    ASSERT_THAT(Found(submission), IsEmpty()) << spoilt.said;
    spoilt.how(submission, *submission.mutable_command());
    EXPECT_THAT(Found(submission), ElementsAre(spoilt.said));
  }
}

TEST(SubmissionFieldsTest, EverySampleIsWellFormed) {
  for (const CommandType* type : AllCommands()) {
    if (type->aggregate == nullptr) continue;
    EXPECT_THAT(Found(SampleAct(type->kind).submission), IsEmpty());
  }
}

TEST(SubmissionFieldsTest, TheEnvelopeIsChecked) {
  using S = v1::Submission;
  using C = v1::Command;
  const Act act = RegisterModel();
  AllAreSaid({
      {act, [](S& s, C&) { s.clear_ledger(); }, "field.required@ledger"},
      {act, [](S& s, C&) { s.clear_submission_id(); }, "field.required@submission_id"},
      {act, [](S& s, C&) { s.set_submission_id("1"); }, "id.uuid@submission_id"},
      {act, [](S& s, C&) { s.clear_command(); }, "field.required@command"},
      {act, [](S& s, C&) { s.clear_occurred_on(); }, "field.required@occurred_on"},
      {act, [](S& s, C&) { s.mutable_occurred_on()->set_value("10/3"); },
       "date.form@occurred_on.value"},
      {act, [](S& s, C&) { s.set_reason(std::string(1001, 'x')); }, "text.length@reason"},
      {act, [](S& s, C&) { s.set_channel(v1::INGEST_CHANNEL_MIGRATION); },
       "source.required@sources"},
      {act,
       [](S& s, C&) {
         s.add_sources()->CopyFrom(SampleSource()), s.mutable_sources(0)->clear_kind();
       },
       "field.required@sources[0].kind"},
      {act,
       [](S& s, C&) {
         while (s.sources_size() < 21) *s.add_sources() = SampleSource();
       },
       "list.length@sources"},
      {act, [](S& s, C&) { s.set_classification(static_cast<v1::Classification>(9)); },
       "enum.unknown@classification"},
      {act, [](S& s, C&) { s.set_grant_id("g"); }, "id.ulid@grant_id"},
      {act, [](S& s, C&) { s.set_on_behalf_of_agency_id("g"); }, "id.ulid@on_behalf_of_agency_id"},
      {act, [](S& s, C&) { s.set_causation_id(std::string(65, 'c')); }, "text.length@causation_id"},
  });
}

TEST(SubmissionFieldsTest, CommandsAskForWhatTheyNeedOfTheEnvelope) {
  using S = v1::Submission;
  using C = v1::Command;
  AllAreSaid({
      {ReturnModel(), [](S& s, C&) { s.clear_reason(); }, "field.required@reason"},
      {RecordCountedFigure(), [](S& s, C&) { s.clear_period(); }, "field.required@period"},
      {RecordCountedFigure(), [](S& s, C&) { s.clear_channel(); }, "channel.migration@channel"},
      {RecordSiteFromDocument(v1::SITE_STATUS_STOPPED), [](S& s, C&) { s.clear_sources(); },
       "source.required@sources"},
      {AnnulFact("model/" + Id("m"), "00000000-0000-7000-8000-000000000000"),
       [](S& s, C&) { s.clear_reason(); }, "field.required@reason"},
  });
}

TEST(SubmissionFieldsTest, UnitsAgenciesAndActorsAreChecked) {
  using S = v1::Submission;
  using C = v1::Command;
  AllAreSaid({
      {EstablishUnit(), [](S&, C& c) { c.mutable_establish_unit()->clear_parent_unit_id(); },
       "field.required@command.establish_unit.parent_unit_id"},
      {EstablishUnit(),
       [](S&, C& c) { c.mutable_establish_unit()->set_level(v1::UNIT_LEVEL_NATION); },
       "unit.parent_of_nation@command.establish_unit.parent_unit_id"},
      {EstablishUnit(), [](S&, C& c) { c.mutable_establish_unit()->set_code("1"); },
       "unit.code_form@command.establish_unit.code"},
      {RenameUnit("a"), [](S&, C& c) { c.mutable_rename_unit()->clear_unit_id(); },
       "field.required@command.rename_unit.unit_id"},
      {AssignUnitCode("99002", "2026-03-05"),
       [](S&, C& c) { c.mutable_assign_unit_code()->set_valid_to("2026-03-05"); },
       "date.order@command.assign_unit_code.valid_to"},
      {EstablishAgency(), [](S&, C& c) { c.mutable_establish_agency()->set_electronic_id("a"); },
       "agency.electronic_id_form@command.establish_agency.electronic_id"},
      {RegisterActor(), [](S&, C& c) { c.mutable_register_actor()->clear_subject(); },
       "actor.subject_kind@command.register_actor.subject"},
      {RegisterActor(),
       [](S&, C& c) { c.mutable_register_actor()->set_kind(v1::ACTOR_KIND_SYSTEM); },
       "actor.subject_kind@command.register_actor.subject"},
      {GrantRole("g"), [](S&, C& c) { c.mutable_grant_role()->clear_reads_up_to(); },
       "field.required@command.grant_role.reads_up_to"},
      {GrantRole("g"), [](S&, C& c) { c.mutable_grant_role()->set_grant_id("x"); },
       "id.ulid@command.grant_role.grant_id"},
      {RevokeGrant("g"), [](S&, C& c) { c.mutable_revoke_grant()->clear_grant_id(); },
       "field.required@command.revoke_grant.grant_id"},
      {IssueCredential("c", 'a'),
       [](S&, C& c) { c.mutable_issue_credential()->set_token_sha256("a"); },
       "hash.length@command.issue_credential.token_sha256"},
  });
}

TEST(SubmissionFieldsTest, ModelsSitesAndFiguresAreChecked) {
  using S = v1::Submission;
  using C = v1::Command;
  const std::string site = "command.start_site.description.origin.";
  AllAreSaid({
      {RegisterModel(), [](S&, C& c) { c.mutable_register_model()->clear_definition(); },
       "field.required@command.register_model.definition"},
      {RegisterModel(),
       [](S&, C& c) {
         c.mutable_register_model()->mutable_definition()->set_name(std::string(301, 'x'));
       },
       "text.length@command.register_model.definition.name"},
      {ScreenModel(),
       [](S&, C& c) { c.mutable_screen_model()->mutable_checklist()->clear_is_initiative(); },
       "field.required@command.screen_model.checklist.is_initiative"},
      {ReturnModel(), [](S&, C& c) { c.mutable_return_model()->clear_note(); },
       "field.required@command.return_model.note"},
      {ReportProgress(),
       [](S&, C& c) { c.mutable_report_progress()->mutable_figures(0)->set_scale(5); },
       "quantity.scale@command.report_progress.figures[0].scale"},
      {CloseModel(), [](S&, C& c) { c.mutable_close_model()->clear_close_reason(); },
       "field.required@command.close_model.close_reason"},
      {RecordModelFromDocument(v1::MODEL_STATUS_ACTIVE),
       [](S&, C& c) {
         c.mutable_record_model_from_document()->set_stated_status(v1::MODEL_STATUS_DRAFT);
       },
       "enum.not_allowed@command.record_model_from_document.stated_status"},
      {StartSite(),
       [](S&, C& c) {
         c.mutable_start_site()->mutable_description()->mutable_origin()->set_kind(
             v1::SiteOrigin::KIND_NOT_STATED);
       },
       "site.origin_not_stated@" + site + "kind"},
      {StartSite(),
       [](S&, C& c) {
         c.mutable_start_site()->mutable_description()->mutable_origin()->set_from_site_id(Id("x"));
       },
       "site.origin_source@" + site + "from_site_id"},
      {RecordSiteOutput(), [](S&, C& c) { c.mutable_record_site_output()->clear_outputs(); },
       "field.required@command.record_site_output.outputs"},
      {RecordCountedFigure(),
       [](S&, C& c) {
         c.mutable_record_counted_figure()->mutable_figure()->mutable_quantity()->clear_raw_text();
       },
       "quantity.raw_text@command.record_counted_figure.figure.quantity.raw_text"},
      {RecordCountedFigure(),
       [](S&, C& c) {
         c.mutable_record_counted_figure()->mutable_figure()->mutable_quantity()->set_value(-1);
       },
       "quantity.negative@command.record_counted_figure.figure.quantity.value"},
  });
}

TEST(SubmissionFieldsTest, CorrectionsAreCheckedAsTheCommandThatMadeTheFact) {
  using S = v1::Submission;
  using C = v1::Command;
  v1::Fact fact;
  *fact.mutable_model_registered()->mutable_definition() = SampleDefinition();
  const Act act = CorrectFact("model/" + Id("m"), "00000000-0000-7000-8000-000000000000", fact);
  AllAreSaid({
      {act, [](S&, C& c) { c.mutable_correct_fact()->set_stream("modell/" + Id("m")); },
       "stream.form@command.correct_fact.stream"},
      {act, [](S&, C& c) { c.mutable_correct_fact()->set_stream("model/x"); },
       "stream.form@command.correct_fact.stream"},
      {act, [](S&, C& c) { c.mutable_correct_fact()->clear_stream(); },
       "field.required@command.correct_fact.stream"},
      {act, [](S&, C& c) { c.mutable_correct_fact()->set_event_id("x"); },
       "id.uuid@command.correct_fact.event_id"},
      {act, [](S&, C& c) { c.mutable_correct_fact()->clear_replacement(); },
       "field.required@command.correct_fact.replacement"},
      {act,
       [](S&, C& c) {
         c.mutable_correct_fact()
             ->mutable_replacement()
             ->mutable_model_registered()
             ->mutable_definition()
             ->clear_name();
       },
       "field.required@command.correct_fact.replacement.model_registered.definition.name"},
      {act, [](S&, C& c) { c.mutable_correct_fact()->mutable_occurred_on()->set_value("2026"); },
       "field.required@command.correct_fact.occurred_on.precision"},
  });
}

TEST(SubmissionFieldsTest, AFigureOfADocumentIsQuotedInProgressReports) {
  Act act = ReportProgress().FromDocument();
  act.submission.mutable_command()->mutable_report_progress()->mutable_figures(0)->clear_raw_text();
  EXPECT_THAT(Found(act.submission),
              ElementsAre("quantity.raw_text@command.report_progress.figures[0].raw_text"));
}

}  // namespace
}  // namespace nhanrong::domain

// Bad submissions of every kind, those on models and sites beside the ones here.
#include "absl/time/clock.h"
#include "services/base/ids.h"
#include "tests/e2e/bad_input_scene.h"

namespace nhanrong::e2e {
namespace {

Deed Registration(const BadInputScene& s) { return RegisterModel(NewId(), s.map.commune); }

// The officer registers a model whose definition was changed.
template <typename Change>
Step Defined(BadInputScene& s, const Change& change) {
  Deed deed = Registration(s);
  change(*deed.submission.mutable_command()->mutable_register_model()->mutable_definition());
  return {s.staff.officer, deed};
}

// The officer sends a changed submission of a model.
template <typename Change>
Step Changed(BadInputScene& s, const Change& change) {
  Deed deed = Registration(s);
  change(deed.submission);
  return {s.staff.officer, deed};
}

Step OnDay(BadInputScene& s, const char* day, v1::DatePrecision precision) {
  return {s.staff.officer, Registration(s).On(day, precision)};
}

template <typename Change>
Step Figured(BadInputScene& s, const Change& change) {
  Deed deed = RecordCountedFigure(NewId(), s.map.commune);
  change(deed.submission);
  return {s.staff.officer, deed};
}

v1::Quantity& FigureOf(v1::Submission& submission) {
  return *submission.mutable_command()
              ->mutable_record_counted_figure()
              ->mutable_figure()
              ->mutable_quantity();
}

v1::EvidenceRef Photo() {
  v1::EvidenceRef photo;
  photo.set_sha256(std::string(32, 'p'));
  photo.set_kind("ảnh");
  photo.set_size_bytes(1);
  photo.set_media_type("image/jpeg");
  return photo;
}

std::string Letters(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "ộ";
  return text;
}

// Each part within its limit, all together above that of a record.
void Swell(v1::Submission& submission) {
  submission.mutable_command()->mutable_register_model()->mutable_definition()->set_summary(
      Letters(4000));
  for (int i = 0; i < 20; ++i) {
    v1::SourceDoc& source = *submission.add_sources();
    source.set_kind(Letters(64));
    source.set_issued_on("2021-01-01");
    source.set_issuer(Letters(200));
    source.set_summary(Letters(500));
    source.set_article(Letters(200));
  }
}

v1::Fact Registered(const BadInputScene& s) {
  v1::Fact fact;
  *fact.mutable_model_registered()->mutable_definition() =
      Definition(s.map.commune, "Nuôi ốc trong mương vườn");
  return fact;
}

v1::Fact Note() {
  v1::Fact fact;
  fact.mutable_model_returned()->set_note("Bổ sung");
  return fact;
}

std::vector<Row> Texts() {
  const std::string name = "command.register_model.definition.name ";
  return {
      {"text in NFD",
       [](BadInputScene& s) {
         return Defined(s, [](auto& d) { d.set_name("Nuo\xcc\x82i lu\xcc\x9bo\xcc\x9bn"); });
       },
       kInvalid,
       {name + "text.nfc"}},
      {"control character",
       [](BadInputScene& s) { return Defined(s, [](auto& d) { d.set_name("Nuôi\x01lươn"); }); },
       kInvalid,
       {name + "text.characters"}},
      {"text too long",
       [](BadInputScene& s) { return Defined(s, [](auto& d) { d.set_name(Letters(301)); }); },
       kInvalid,
       {name + "text.length"}},
      {"space at the end",
       [](BadInputScene& s) { return Defined(s, [](auto& d) { d.set_name("Nuôi lươn "); }); },
       kInvalid,
       {name + "text.trimmed"}},
      {"no name",
       [](BadInputScene& s) { return Defined(s, [](auto& d) { d.clear_name(); }); },
       kInvalid,
       {name + "field.required"}},
      {"three faults at once",
       [](BadInputScene& s) {
         return Defined(s, [](v1::ModelDefinition& d) {
           d.clear_name();
           d.set_unit_id("xã");
           d.set_field(v1::ModelField(77));
         });
       },
       kInvalid,
       {name + "field.required", "command.register_model.definition.field enum.unknown",
        "command.register_model.definition.unit_id id.ulid"}},
      {"record too large",
       [](BadInputScene& s) { return Changed(s, Swell); },
       kInvalid,
       {" submission.too_large"}},
  };
}

std::vector<Row> Forms() {
  return {
      {"submission id that is no UUID",
       [](BadInputScene& s) { return Changed(s, [](auto& d) { d.set_submission_id("so-12"); }); },
       kInvalid,
       {"submission_id id.uuid"}},
      {"ULID in lower case",
       [](BadInputScene& s) {
         return Changed(s, [](auto& d) {
           d.mutable_command()->mutable_register_model()->set_model_id(
               "01jq6zq9x4hm8tq3zv5k7r2abc");
         });
       },
       kInvalid,
       {"command.register_model.model_id id.ulid"}},
      {"unknown enumerator",
       [](BadInputScene& s) {
         return Defined(s, [](auto& d) { d.set_level(v1::ModelLevel(99)); });
       },
       kInvalid,
       {"command.register_model.definition.level enum.unknown"}},
      {"missing enumerator",
       [](BadInputScene& s) { return Defined(s, [](auto& d) { d.clear_level(); }); },
       kInvalid,
       {"command.register_model.definition.level field.required"}},
      {"no command",
       [](BadInputScene& s) { return Changed(s, [](auto& d) { d.clear_command(); }); },
       kInvalid,
       {"command field.required"}},
      {"51 pieces of evidence",
       [](BadInputScene& s) {
         return Changed(s, [](auto& d) {
           for (int i = 0; i < 51; ++i) *d.add_evidence() = Photo();
         });
       },
       kInvalid,
       {"evidence list.length"}},
      {"evidence with a short hash",
       [](BadInputScene& s) {
         return Changed(s, [](auto& d) {
           *d.add_evidence() = Photo();
           *d.add_evidence() = Photo();
           d.mutable_evidence(1)->set_sha256("ngắn");
         });
       },
       kInvalid,
       {"evidence[1].sha256 hash.length"}},
  };
}

std::vector<Row> Documents() {
  return {
      {"scale 5",
       [](BadInputScene& s) { return Figured(s, [](auto& d) { FigureOf(d).set_scale(5); }); },
       kInvalid,
       {"command.record_counted_figure.figure.quantity.scale quantity.scale"}},
      {"negative figure",
       [](BadInputScene& s) { return Figured(s, [](auto& d) { FigureOf(d).set_value(-1); }); },
       kInvalid,
       {"command.record_counted_figure.figure.quantity.value quantity.negative"}},
      {"figure without its words",
       [](BadInputScene& s) { return Figured(s, [](auto& d) { FigureOf(d).clear_raw_text(); }); },
       kInvalid,
       {"command.record_counted_figure.figure.quantity.raw_text quantity.raw_text"}},
      {"period that ends before it begins",
       [](BadInputScene& s) {
         return Figured(s, [](auto& d) { d.mutable_period()->set_to("2021-03-31"); });
       },
       kInvalid,
       {"period.to date.order"}},
      {"migration without a source",
       [](BadInputScene& s) { return Figured(s, [](auto& d) { d.clear_sources(); }); },
       kInvalid,
       {"sources source.required"}},
      {"document command of another channel",
       [](BadInputScene& s) {
         return Figured(s, [](auto& d) { d.set_channel(v1::INGEST_CHANNEL_GRPC); });
       },
       kInvalid,
       {"channel channel.migration"}},
      {"correction without a reason",
       [](BadInputScene& s) -> Step {
         return {s.staff.officer,
                 CorrectFact("model/" + s.draft, s.draft_event, Registered(s)).Because("")};
       },
       kInvalid,
       {"reason field.required"}},
      {"correction of no stream",
       [](BadInputScene& s) -> Step {
         return {s.staff.officer, AnnulFact("mohinh/1", s.draft_event)};
       },
       kInvalid,
       {"command.annul_fact.stream stream.form"}},
      {"electronic id in lower case",
       [](BadInputScene& s) -> Step {
         return {s.book.administrator(), EstablishAgency(NewId(), s.map.commune, "h99.1")};
       },
       kInvalid,
       {"command.establish_agency.electronic_id agency.electronic_id_form"}},
      {"unknown ledger",
       [](BadInputScene& s) { return Changed(s, [](auto& d) { d.set_ledger("so-nao-do"); }); },
       kInvalid,
       {"ledger ledger.unknown"}},
      {"own moment of recording on a real clock",
       [](BadInputScene& s) {
         return Changed(s, [](auto& d) { d.mutable_simulated_recorded_at()->set_seconds(1); });
       },
       kInvalid,
       {"simulated_recorded_at clock.not_simulated"}},
  };
}

std::vector<Row> Dates() {
  const std::vector<std::string> form = {"occurred_on.value date.form"};
  return {
      {"30 February",
       [](BadInputScene& s) { return OnDay(s, "2021-02-30", v1::DATE_PRECISION_DAY); }, kInvalid,
       form},
      {"month 13", [](BadInputScene& s) { return OnDay(s, "2021-13", v1::DATE_PRECISION_MONTH); },
       kInvalid, form},
      {"quarter 5",
       [](BadInputScene& s) { return OnDay(s, "2021-Q5", v1::DATE_PRECISION_QUARTER); }, kInvalid,
       form},
      {"phase that ends before it begins",
       [](BadInputScene& s) { return OnDay(s, "2020/2016", v1::DATE_PRECISION_PHASE); }, kInvalid,
       form},
      {"day with the precision of a month",
       [](BadInputScene& s) { return OnDay(s, "2021-05-05", v1::DATE_PRECISION_MONTH); }, kInvalid,
       form},
      {"date without precision",
       [](BadInputScene& s) { return OnDay(s, "2021-05-05", v1::DATE_PRECISION_UNSPECIFIED); },
       kInvalid,
       {"occurred_on.precision field.required"}},
      {"no date",
       [](BadInputScene& s) -> Step {
         return {s.staff.officer, Registration(s).Undated()};
       },
       kInvalid,
       {"occurred_on field.required"}},
      {"date in the future",
       [](BadInputScene& s) { return OnDay(s, "2999-01-01", v1::DATE_PRECISION_DAY); },
       kRefused,
       {"occurred_on date.future"}},
      {"back-dated without a reason",
       [](BadInputScene& s) { return OnDay(s, "2021-05-05", v1::DATE_PRECISION_DAY); },
       kRefused,
       {"reason date.backdated_reason"}},
  };
}

std::vector<Row> Clashes() {
  return {
      {"unit that is not there",
       [](BadInputScene& s) { return Defined(s, [](auto& d) { d.set_unit_id(NewId()); }); },
       kRefused,
       {"command.register_model.definition.unit_id unit.unknown"}},
      {"electronic id of another agency",
       [](BadInputScene& s) -> Step {
         return {s.book.administrator(), EstablishAgency(NewId(), s.map.commune, s.electronic_id)};
       },
       kRefused,
       {"command.establish_agency.electronic_id agency-eid.taken"}},
      {"code of another unit",
       [](BadInputScene& s) -> Step {
         return {s.map.steward(), AssignUnitCode(s.map.other_commune, s.unit_code, "2021-01-01")};
       },
       kRefused,
       {"command.assign_unit_code.code unit-code.taken"}},
      {"wrong expected revision",
       [](BadInputScene& s) -> Step {
         return {s.staff.leader, SubmitModel(s.draft).Expecting(7)};
       },
       kRefused,
       {"expected_revision stream.expected_revision"}},
      {"expected to be absent",
       [](BadInputScene& s) -> Step {
         Deed deed = SubmitModel(s.draft);
         deed.submission.set_expect_absent(true);
         return {s.staff.leader, deed};
       },
       kRefused,
       {"expect_absent stream.expected_revision"}},
      {"correction of an event that is not in force",
       [](BadInputScene& s) -> Step {
         return {s.staff.officer, CorrectFact("model/" + s.draft, RandomUuid4(), Registered(s))};
       },
       kRefused,
       {"command.correct_fact.event_id correction.not_in_force"}},
      {"correction of another type",
       [](BadInputScene& s) -> Step {
         return {s.staff.officer, CorrectFact("model/" + s.draft, s.draft_event, Note())};
       },
       kRefused,
       {"command.correct_fact.replacement correction.type"}},
      {"site of no model",
       [](BadInputScene& s) -> Step {
         return {s.staff.officer, StartSite(NewId(), NewId(), s.map.commune)};
       },
       kRefused,
       {"command.start_site.description.model_id site.model_unknown"}},
      {"checklist that says no model",
       [](BadInputScene& s) -> Step {
         Deed deed = ScreenModel(s.draft);
         deed.submission.mutable_command()
             ->mutable_screen_model()
             ->mutable_checklist()
             ->set_is_model(v1::ClassificationChecklist::ANSWER_NO);
         return {s.staff.screener, deed};
       },
       kRefused,
       {"command.screen_model.model_id model.state",
        "command.screen_model.checklist.is_model model.not_a_model"}},
  };
}

std::vector<Row> AllRows() {
  std::vector<Row> rows;
  for (const auto& some : {Texts(), Forms(), Documents(), Dates(), Clashes(), BadAdministration(),
                           BadModels(), BadSites()}) {
    rows.insert(rows.end(), some.begin(), some.end());
  }
  return rows;
}

class BadSubmissionTest : public BadInputTest, public ::testing::WithParamInterface<Row> {};

TEST_P(BadSubmissionTest, IsToldWhatIsWrongAndTheServiceGoesOn) {
  const Row& row = GetParam();
  const Step step = row.step(Scene());
  const LedgerScene& ledger = *step.who.scene;
  const v1::Submission submission = step.who.Write(step.what);
  const std::uint64_t before = ledger.Commits();
  const Submitted answer = step.who.client.Submit(submission);
  EXPECT_EQ(Outline(answer), row.outline);
  EXPECT_THAT(Findings(answer), ::testing::UnorderedElementsAreArray(row.findings));
  std::vector<std::string> fields;
  for (const v1::Violation& one : answer.detail.violations()) fields.push_back(one.field());
  EXPECT_EQ(answer.standard_fields, fields);
  // The same again, in English: the same answer, and nothing more is recorded.
  const Submitted english = step.who.client.InEnglish().Submit(submission);
  EXPECT_EQ(Findings(english), Findings(answer));
  ExpectWords(answer, english);
  const bool refused = row.outline == std::string(kRefused);
  EXPECT_EQ(ledger.Commits(), before + (refused ? 1 : 0));
  EXPECT_EQ(answer.detail.has_refusal_position(), refused);
  ExpectServiceGoesOn();
}

INSTANTIATE_TEST_SUITE_P(All, BadSubmissionTest, ::testing::ValuesIn(AllRows()),
                         [](const ::testing::TestParamInfo<Row>& of) {
                           return NameOfRow(of.param.what);
                         });

}  // namespace
}  // namespace nhanrong::e2e

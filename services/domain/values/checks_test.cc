#include "services/domain/values/checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "rule@field" of all that `check` finds.
std::vector<std::string> Found(const std::function<void(const Field&)>& check) {
  Violations found;
  check(Field(found, "x"));
  std::vector<std::string> names;
  for (const Violation& one : found) names.push_back(one.rule + "@" + one.field);
  return names;
}

// `message` as `change` leaves it, checked.
template <typename M, typename Check>
std::vector<std::string> Changed(M message, const std::function<void(M&)>& change, Check check) {
  change(message);
  return Found([&](const Field& at) { check(at, message); });
}

std::vector<std::string> OfQuantity(const std::function<void(v1::Quantity&)>& change,
                                    Told told = Told::kFirstHand) {
  return Changed<v1::Quantity>(SampleQuantity(), change, [&](const Field& at, const auto& message) {
    CheckQuantity(at, message, told);
  });
}

TEST(QuantityTest, AWholeOneIsWellFormed) {
  EXPECT_THAT(OfQuantity([](auto&) {}), IsEmpty());
  EXPECT_THAT(OfQuantity([](auto& q) { q.set_scale(4); }), IsEmpty());
}

TEST(QuantityTest, NamesEveryFieldThatIsWrong) {
  EXPECT_THAT(OfQuantity([](auto& q) { q.set_scale(5); }), ElementsAre("quantity.scale@x.scale"));
  EXPECT_THAT(OfQuantity([](auto& q) {
                q.clear_unit();
                q.clear_bound();
              }),
              ElementsAre("field.required@x.unit", "field.required@x.bound"));
  EXPECT_THAT(OfQuantity([](auto& q) { q.set_unit(std::string(33, 'm')); }),
              ElementsAre("text.length@x.unit"));
  EXPECT_THAT(OfQuantity([](auto& q) { q.set_raw_text(std::string(201, 'm')); }),
              ElementsAre("text.length@x.raw_text"));
  EXPECT_THAT(OfQuantity([](auto& q) { q.set_bound(static_cast<v1::Bound>(99)); }),
              ElementsAre("enum.unknown@x.bound"));
}

TEST(QuantityTest, AFigureFromADocumentIsQuoted) {
  EXPECT_THAT(OfQuantity([](auto& q) { q.clear_raw_text(); }), IsEmpty());
  EXPECT_THAT(OfQuantity([](auto& q) { q.clear_raw_text(); }, Told::kByDocument),
              ElementsAre("quantity.raw_text@x.raw_text"));
}

TEST(MoneyTest, NeedsItsDisplayUnitAndBound) {
  EXPECT_THAT(Found([](const Field& at) { CheckMoney(at, {}, Told::kFirstHand); }),
              ElementsAre("field.required@x.display_unit", "field.required@x.bound"));
}

TEST(RatioTest, KeepsItsIntegersAndNamesItsPopulation) {
  v1::Ratio ratio;
  const auto check = [](const Field& at, const v1::Ratio& r) {
    CheckRatio(at, r, Told::kFirstHand);
  };
  EXPECT_THAT(Changed<v1::Ratio>(
                  ratio, [](auto&) {}, check),
              ElementsAre("field.required@x.numerator", "field.required@x.denominator",
                          "field.required@x.population_def_id", "field.required@x.rounding"));
  *ratio.mutable_numerator() = SampleQuantity();
  *ratio.mutable_denominator() = SampleQuantity();
  ratio.set_population_def_id("12 mô hình cấp xã");
  ratio.set_rounding(v1::Ratio::ROUNDING_AS_PRINTED);
  EXPECT_THAT(Changed<v1::Ratio>(
                  ratio, [](auto&) {}, check),
              ElementsAre("field.required@x.printed"));
  EXPECT_THAT(Changed<v1::Ratio>(
                  ratio, [](auto& r) { r.set_printed("60%"); }, check),
              IsEmpty());
}

TEST(PeriodTest, RunsFromItsFirstDayToItsLast) {
  const auto check = [](const Field& at, const v1::ReportingPeriod& p) { CheckPeriod(at, p); };
  const auto of = [&](const std::function<void(v1::ReportingPeriod&)>& change) {
    return Changed<v1::ReportingPeriod>(SamplePeriod(), change, check);
  };
  EXPECT_THAT(of([](auto&) {}), IsEmpty());
  EXPECT_THAT(of([](auto& p) { p.set_to(p.from()); }), IsEmpty());
  EXPECT_THAT(of([](auto& p) { p.set_to("2024-12-31"); }), ElementsAre("date.order@x.to"));
  EXPECT_THAT(of([](auto& p) { p.set_due_on("31/12"); }), ElementsAre("date.day_form@x.due_on"));
  EXPECT_THAT(of([](auto& p) { p.Clear(); }),
              ElementsAre("field.required@x.scheme", "field.required@x.id", "field.required@x.from",
                          "field.required@x.to"));
}

TEST(SourceTest, NamesKindDayIssuerAndSummary) {
  const auto check = [](const Field& at, const v1::SourceDoc& s) { CheckSource(at, s); };
  const auto of = [&](const std::function<void(v1::SourceDoc&)>& change) {
    return Changed<v1::SourceDoc>(SampleSource(), change, check);
  };
  EXPECT_THAT(of([](auto&) {}), IsEmpty());
  EXPECT_THAT(of([](auto& s) { s.Clear(); }),
              ElementsAre("field.required@x.kind", "field.required@x.issued_on",
                          "field.required@x.issuer", "field.required@x.summary"));
  EXPECT_THAT(of([](auto& s) { s.set_file_sha256(Token('h')); }),
              ElementsAre("field.required@x.media_type"));
  EXPECT_THAT(of([](auto& s) {
                s.set_file_sha256("short");
                s.set_media_type("pdf");
              }),
              ElementsAre("hash.length@x.file_sha256", "media_type.form@x.media_type"));
}

TEST(EvidenceTest, HasHashKindSizeAndMediaType) {
  v1::EvidenceRef evidence;
  const auto check = [](const Field& at, const v1::EvidenceRef& e) { CheckEvidence(at, e); };
  EXPECT_THAT(Changed<v1::EvidenceRef>(
                  evidence, [](auto&) {}, check),
              ElementsAre("field.required@x.sha256", "field.required@x.kind",
                          "field.required@x.size_bytes", "field.required@x.media_type"));
  evidence.set_sha256(Token('h'));
  evidence.set_kind("photo");
  evidence.set_size_bytes(1);
  evidence.set_media_type("image/jpeg");
  EXPECT_THAT(Changed<v1::EvidenceRef>(
                  evidence, [](auto&) {}, check),
              IsEmpty());
  EXPECT_THAT(Changed<v1::EvidenceRef>(
                  evidence, [](auto& e) { e.mutable_captured_at()->set_nanos(-1); }, check),
              ElementsAre("timestamp.range@x.captured_at"));
}

TEST(BusinessDateTest, ValueAndPrecisionAgree) {
  v1::BusinessDate date;
  const auto check = [](const Field& at, const v1::BusinessDate& d) { CheckBusinessDate(at, d); };
  const auto of = [&] {
    return Changed<v1::BusinessDate>(
        date, [](auto&) {}, check);
  };
  EXPECT_THAT(of(), ElementsAre("field.required@x.value"));
  date.set_value("2021-05");
  EXPECT_THAT(of(), ElementsAre("field.required@x.precision"));
  date.set_precision(v1::DATE_PRECISION_DAY);
  EXPECT_THAT(of(), ElementsAre("date.form@x.value"));
  date.set_precision(v1::DATE_PRECISION_MONTH);
  EXPECT_THAT(of(), IsEmpty());
}

struct Form {
  void (*check)(const Field&, std::string_view);
  std::string text;
  std::string rule;  // "" for well-formed
};

TEST(FormTest, EveryFormKnowsItsOwn) {
  const auto ulid = [](const Field& at, std::string_view t) {
    CheckUlid(at, t, Presence::kRequired);
  };
  const auto code = [](const Field& at, std::string_view t) {
    CheckUnitCode(at, t, Presence::kRequired);
  };
  const auto media = [](const Field& at, std::string_view t) {
    CheckMediaType(at, t, Presence::kOptional);
  };
  const Form forms[] = {
      {ulid, Id("x"), ""},
      {ulid, "x", "id.ulid"},
      {ulid, "", "field.required"},
      {CheckUuid, "00000000-0000-4000-8000-000000000001", ""},
      {CheckUuid, "1", "id.uuid"},
      {CheckUuid, "", "field.required"},
      {code, "82", ""},
      {code, "301", ""},
      {code, "01234", ""},
      {code, "1", "unit.code_form"},
      {code, "1234", "unit.code_form"},
      {code, "0123a", "unit.code_form"},
      {CheckElectronicId, "", ""},
      {CheckElectronicId, "T99.01", ""},
      {CheckElectronicId, "t99", "agency.electronic_id_form"},
      {CheckElectronicId, std::string(36, 'A'), "agency.electronic_id_form"},
      {CheckLedgerName, "national", ""},
      {CheckLedgerName, "tỉnh", "ledger.name"},
      {CheckLedgerName, std::string(65, 'a'), "ledger.name"},
      {media, "", ""},
      {media, "application/vnd.ms-excel", ""},
      {media, "application/", "media_type.form"},
      {media, "a/b/c", "media_type.form"},
  };
  for (const Form& form : forms) {
    const auto found = Found([&](const Field& at) { form.check(at, form.text); });
    EXPECT_EQ(found.empty() ? "" : found[0], form.rule.empty() ? form.rule : form.rule + "@x")
        << form.text;
  }
}

TEST(FormTest, AListNamesItsLimit) {
  EXPECT_THAT(Found([](const Field& at) { CheckListLength(at, 51, 1, 50); }),
              ElementsAre("list.length@x"));
  EXPECT_THAT(Found([](const Field& at) { CheckListLength(at, 0, 1, 50); }),
              ElementsAre("field.required@x"));
  EXPECT_THAT(Found([](const Field& at) { CheckListLength(at, 50, 1, 50); }), IsEmpty());
}

TEST(FormTest, AnEnumNamesWhatIsAllowed) {
  Violations found;
  CheckEnum(Field(found, "x"), v1::UNIT_LEVEL_VILLAGE, Presence::kRequired,
            {v1::UNIT_LEVEL_NATION, v1::UNIT_LEVEL_PROVINCE});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rule, "enum.not_allowed");
  EXPECT_EQ(found[0].actual, "UNIT_LEVEL_NATION, UNIT_LEVEL_PROVINCE");
}

}  // namespace
}  // namespace nhanrong::domain

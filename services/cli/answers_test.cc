#include "services/cli/answers.h"

#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "services/cli/words.h"

namespace nhanrong::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr Language kVi = Language::kVietnamese;
constexpr Language kEn = Language::kEnglish;

template <typename Message>
Message Parse(const std::string& json) {
  Message message;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &message).ok());
  return message;
}

constexpr char kMeta[] = R"("meta":{"positions":[{"ledger":"so-a","position":"41",
  "recordedAt":"2021-05-05T03:00:00Z","lagCommits":"2"}],"effectiveOn":"2021-05-05",
  "projection":"models","projectionVersion":3,"simulatedClock":true})";

TEST(Footer, SaysHowFarTheDataGoAndThatTheClockIsSimulated) {
  const auto answer = Parse<v1::ListModelsResponse>("{" + std::string(kMeta) + "}");
  const std::string text = AnswerText(answer, kVi);
  EXPECT_THAT(text, HasSubstr("Dữ liệu đến 05/05/2021 10:00:00 (sổ so-a, vị trí 41, trễ 2)"));
  EXPECT_THAT(text, HasSubstr("bảng đọc models, phiên bản 3"));
  EXPECT_THAT(text, HasSubstr("ĐỒNG HỒ MÔ PHỎNG"));
  EXPECT_THAT(AnswerText(answer, kEn), HasSubstr("SIMULATED CLOCK"));
}

TEST(Footer, ARealClockIsNotMentioned) {
  EXPECT_THAT(AnswerText(v1::ListModelsResponse(), kVi), Not(HasSubstr("MÔ PHỎNG")));
}

TEST(Count, ShowsNamedAndCountedSideBySideWithBothShares) {
  const auto answer = Parse<v1::CountModelsResponse>(R"({"namedTotal":"11",
    "rows":[{"key":"MODEL_LEVEL_PROVINCE","named":"7"},{"key":"2019","named":"4"}],
    "countedTotal":{"value":"174","unit":"mô hình","bound":"BOUND_AT_LEAST"},
    "counted":[{"figure":{"subject":"FIGURE_SUBJECT_MODELS","level":"MODEL_LEVEL_PROVINCE",
        "sectorBlock":"SECTOR_BLOCK_ECONOMIC",
        "quantity":{"value":"20","unit":"mô hình","bound":"BOUND_EXACT"},
        "printedShare":{"printed":"60%"}},
      "share":{"numerator":{"value":"20","bound":"BOUND_EXACT"},
               "denominator":{"value":"33","bound":"BOUND_EXACT"}},
      "findings":[{"wrongVi":"nguồn in 60%","rightVi":"20/33 là 60,6%"}]}]})");
  const std::string text = AnswerText(answer, kVi);
  EXPECT_THAT(text, HasSubstr("hơn 174 mô hình"));
  EXPECT_THAT(text, HasSubstr("cấp tỉnh"));
  EXPECT_THAT(text, HasSubstr("mô hình, cấp tỉnh, khối kinh tế"));
  EXPECT_THAT(text, HasSubstr("60,6%"));
  EXPECT_THAT(text, HasSubstr("60%"));
  EXPECT_THAT(text, HasSubstr("• nguồn in 60% → 20/33 là 60,6%"));
}

TEST(Accepted, SaysPositionEventsAndWhetherItIsARepeat) {
  const auto answer = Parse<v1::Accepted>(R"({"ledger":"so-a","position":"7","submissionId":"s",
    "repeated":true,"simulatedClock":true,"events":[{"eventId":"e","stream":"model/1",
    "revision":"0","type":"nhanrong.v1.ModelRegistered"}]})");
  const std::string text = AcceptedText(answer, kVi);
  EXPECT_THAT(text, HasSubstr("Đã nhận từ trước"));
  EXPECT_THAT(text, HasSubstr("vị trí 7"));
  EXPECT_THAT(text, HasSubstr("Đã đăng ký mô hình"));
  EXPECT_THAT(text, HasSubstr("MÔ PHỎNG"));
}

TEST(Model, TimelineNamesCorrections) {
  const auto answer = Parse<v1::GetModelResponse>(R"({"model":{"definition":{"name":"Sổ tay"},
      "beganOn":{"value":"2020"},"fromDocument":true},
    "timeline":[{"position":"3","type":"nhanrong.v1.ModelRecordedFromDocument",
      "occurredOn":{"value":"2019"},"correctedBy":"e2"}]})");
  const std::string text = AnswerText(answer, kVi);
  EXPECT_THAT(text, HasSubstr("năm 2020"));
  EXPECT_THAT(text, HasSubstr("đã đính chính bởi e2"));
  EXPECT_THAT(text, HasSubstr("theo văn bản"));
}

TEST(Sites, CountsSitesAndUnits) {
  const auto answer = Parse<v1::ListSitesResponse>(R"({"total":"5","units":"4","sites":[
    {"description":{"name":"Vườn"},"unit":{"nameAtEvent":"Xã A"},"status":"SITE_STATUS_OPERATING"}]})");
  EXPECT_THAT(AnswerText(answer, kVi), HasSubstr("Tổng số điểm: 5\nSố đơn vị hành chính: 4\n"));
}

constexpr char kActingFor[] =
    R"("actingFor":{"delegationId":"01D","form":"DELEGATION_FORM_KT","principalActorId":"01X",
  "principalTitle":"Chủ tịch UBND xã","principalAgency":{"nameAtEvent":"UBND xã A"},
  "document":{"kind":"Quyết định","number":"3/QĐ-UBND","issuedOn":"2021-02-01","issuer":"UBND xã A"}})";

TEST(ActingFor, SaysFormPrincipalAndDocument) {
  const auto accepted =
      Parse<v1::Accepted>("{\"ledger\":\"so-a\"," + std::string(kActingFor) + "}");
  EXPECT_THAT(AcceptedText(accepted, kVi),
              HasSubstr("Ký: KT. Chủ tịch UBND xã (UBND xã A), Quyết định 3/QĐ-UBND 01/02/2021 "
                        "(UBND xã A)"));
  EXPECT_THAT(AcceptedText(v1::Accepted(), kVi), Not(HasSubstr("Ký:")));
}

TEST(ActingFor, AnAgencyIsNamedByItself) {
  auto answer = Parse<v1::ListSubmissionsResponse>(
      R"({"submissions":[{"commandType":"nhanrong.v1.SubmitModel","role":"ROLE_AGENCY_SYSTEM",
      "agency":{"nameAtEvent":"Trung tâm"},)" +
      std::string(kActingFor) + "}]}");
  v1::ActingFor& acting_for = *answer.mutable_submissions(0)->mutable_acting_for();
  acting_for.set_form(v1::DELEGATION_FORM_TUQ);
  acting_for.clear_principal_actor_id();
  const std::string text = AnswerText(answer, kVi);
  EXPECT_THAT(text, HasSubstr("Trung tâm, hệ thống của cơ quan"));
  EXPECT_THAT(text, HasSubstr("TUQ. UBND xã A, Quyết định"));
}

TEST(Agencies, ShowWhatIsSuspendedAndWhatIsDelegated) {
  const auto answer = Parse<v1::ListAgenciesResponse>(
      R"({"agencies":[{"agency":{"nameAtEvent":"UBND xã A"},"status":"AGENCY_STATUS_SUSPENDED",
      "statusSince":{"value":"2021-03-01","precision":"DATE_PRECISION_DAY"},
      "actors":[{"title":"Phó Chủ tịch","grants":[{"role":"ROLE_COMMUNE_OFFICER","suspended":true}],
      "credentialIds":["c"],"suspendedCredentialIds":["d"],
      "delegations":[{"validTo":"2021-12-31","commands":["submit_model"],)" +
      std::string(kActingFor) + "}]}]}]}");
  const std::string text = AnswerText(answer, kVi);
  EXPECT_THAT(text, HasSubstr("tạm dừng từ 01/03/2021"));
  EXPECT_THAT(text, HasSubstr("cán bộ nhập liệu xã (tạm dừng)"));
  EXPECT_THAT(text, HasSubstr("1 (+1 tạm dừng)"));
  EXPECT_THAT(text, HasSubstr("submit_model đến 31/12/2021"));
  EXPECT_THAT(text, HasSubstr("mã 01D"));
  EXPECT_THAT(AnswerText(answer, kEn), HasSubstr("suspended since 2021-03-01"));
}

TEST(Units, ShowTypeAndAbolition) {
  const auto answer = Parse<v1::ListUnitsResponse>(
      R"({"units":[{"unit":{"nameAtEvent":"Huyện A"},"type":"UNIT_TYPE_RURAL_DISTRICT",
      "abolishedOn":"2025-07-01"}]})");
  EXPECT_THAT(AnswerText(answer, kVi), HasSubstr("huyện"));
  EXPECT_THAT(AnswerText(answer, kVi), HasSubstr("01/07/2025"));
}

// A new enumerator or event without words would be shown by its bare name.
TEST(Words, EveryEventAndWhatPeopleSeeOfAdministrationHasThem) {
  const auto* kinds = v1::Fact::descriptor()->FindOneofByName("kind");
  for (int i = 0; i < kinds->field_count(); ++i) {
    const std::string name = kinds->field(i)->message_type()->name();
    EXPECT_NE(EventWord(name, kVi), name);
  }
  for (const auto* type : {v1::UnitType_descriptor(), v1::AgencyStatus_descriptor(),
                           v1::DelegationForm_descriptor(), v1::Role_descriptor()}) {
    for (int i = 1; i < type->value_count(); ++i) {
      EXPECT_NE(WordOf(*type, type->value(i)->number(), kVi), type->value(i)->name());
    }
  }
}

}  // namespace
}  // namespace nhanrong::cli

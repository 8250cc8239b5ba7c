#include "services/cli/answers_life.h"

#include "gmock/gmock.h"
#include "google/protobuf/util/json_util.h"
#include "gtest/gtest.h"
#include "services/cli/answers.h"
#include "services/cli/words.h"

namespace nhanrong::cli {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;

constexpr Language kVi = Language::kVietnamese;
constexpr Language kEn = Language::kEnglish;

template <typename Message>
Message Parse(const std::string& json) {
  Message message;
  EXPECT_TRUE(google::protobuf::util::JsonStringToMessage(json, &message).ok());
  return message;
}

TEST(Model, ShowsVersionsStewardsAndWhatItGoesBackTo) {
  const auto answer = Parse<v1::GetModelResponse>(R"({"model":{"definition":{"name":"Sổ tay"},
    "status":"MODEL_STATUS_SUSPENDED","statusBefore":"MODEL_STATUS_PILOTING",
    "definitionVersion":3,"approvedVersion":2,"stewards":[
      {"task":"STEWARD_TASK_GUIDE","agency":{"nameAtEvent":"Sở A"}},
      {"task":"STEWARD_TASK_URGE","unit":{"nameAtEvent":"Xã B"}},
      {"task":"STEWARD_TASK_GUIDE","unit":{"nameAtEvent":"Xã C"}}]}})");
  const std::string text = AnswerText(answer, kVi);
  EXPECT_THAT(text, ContainsRegex("Bản mô tả +3 \\(bản được phê duyệt: 2\\)"));
  EXPECT_THAT(text, ContainsRegex("Trước khi tạm dừng +thí điểm"));
  EXPECT_THAT(text, ContainsRegex("Hướng dẫn +Sở A; Xã C"));
  EXPECT_THAT(AnswerText(answer, kEn), ContainsRegex("Urges +Xã B"));
}

TEST(Model, ShowsWhyAndToWhatItGaveWay) {
  const auto answer = Parse<v1::GetModelResponse>(R"({"model":{"status":"MODEL_STATUS_CLOSED",
    "closeReason":"MODEL_CLOSE_REASON_SUPERSEDED","otherModelId":"01X","registry":"Sổ sáng kiến",
    "registryNumber":"SK-7"}})");
  const std::string text = AnswerText(answer, kVi);
  EXPECT_THAT(text, HasSubstr("được mô hình khác thay thế"));
  EXPECT_THAT(text, ContainsRegex("Nhường cho mô hình +01X"));
  EXPECT_THAT(text, HasSubstr("Sổ sáng kiến, SK-7"));
}

TEST(Sites, ASingleSiteShowsAllOfItself) {
  const auto answer = Parse<v1::ListSitesResponse>(R"({"meta":{"effectiveOn":"2026-01-01"},
    "sites":[{"description":{"name":"Vườn","modelId":"01M","particulars":{
        "scale":[{"value":"15","scale":1,"unit":"ha","bound":"BOUND_EXACT"}],
        "valueChainStage":"VALUE_CHAIN_STAGE_PROCESSING",
        "certificates":[{"kind":"CERTIFICATE_KIND_VIETGAP","number":"VG-1","validTo":"2025-12-31"},
                        {"kind":"CERTIFICATE_KIND_OCOP","name":"4 sao","validTo":"2026-01-01"}],
        "buyerContracts":[{"buyer":"Công ty B","commodity":"xoài","validFrom":"2025-01-01"}]}},
      "status":"SITE_STATUS_FUNDING_ENDED","verificationLevel":"VERIFICATION_LEVEL_INSPECTED",
      "outputsLevel":"VERIFICATION_LEVEL_SELF_REPORTED",
      "fundingEndedOn":{"value":"2025-06-30","precision":"DATE_PRECISION_DAY"},
      "lastInspection":{"on":{"value":"2025-07-01","precision":"DATE_PRECISION_DAY"},
        "level":"VERIFICATION_LEVEL_INSPECTED","result":"INSPECTION_RESULT_CONFIRMED"}}]})");
  const std::string text = AnswerText(answer, kVi);
  EXPECT_THAT(text, HasSubstr("01/07/2025, đã kiểm tra thực địa, đúng như báo cáo"));
  EXPECT_THAT(text, ContainsRegex("Hết kinh phí hỗ trợ +30/06/2025"));
  EXPECT_THAT(text, HasSubstr("1,5 ha"));
  EXPECT_THAT(text, HasSubstr("VietGAP, số VG-1, đến 31/12/2025, đã hết hạn"));
  EXPECT_THAT(text, HasSubstr("OCOP 4 sao, đến 01/01/2026\n"));
  EXPECT_THAT(text, HasSubstr("Công ty B: xoài, từ 01/01/2025"));
  EXPECT_THAT(AnswerText(answer, kEn), HasSubstr("expired"));
}

// A missing word would be shown as the name of the enumerator.
TEST(Words, EveryEnumeratorOfModelsAndSitesHasThem) {
  const auto all_have_words = [](const google::protobuf::EnumDescriptor* type) {
    for (int i = 1; i < type->value_count(); ++i) {
      const std::string& name = type->value(i)->name();
      EXPECT_NE(WordOf(name, kVi), name);
      EXPECT_NE(WordOf(name, kEn), name);
    }
  };
  for (const auto* type : {v1::ModelStatus_descriptor(), v1::SiteStatus_descriptor(),
                           v1::StewardTask_descriptor(), v1::ModelCloseReason_descriptor(),
                           v1::VerificationLevel_descriptor(), v1::InspectionResult_descriptor(),
                           v1::ValueChainStage_descriptor(), v1::CertificateKind_descriptor()}) {
    all_have_words(type);
  }
}

}  // namespace
}  // namespace nhanrong::cli

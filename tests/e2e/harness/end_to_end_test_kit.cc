#include "tests/e2e/harness/end_to_end_test_kit.h"

namespace nhanrong::e2e {

ServerProcess& EndToEndTest::Server() {
  static ServerProcess server;
  return server;
}

Country& EndToEndTest::Map() {
  static Country country(Server());
  return country;
}

void EndToEndTest::Given(const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    const Submitted answer = step.who.Does(step.what);
    ASSERT_TRUE(answer.ok()) << ::testing::PrintToString(answer)
                             << step.what.submission.ShortDebugString();
  }
}

void ExpectWords(const Answer& vietnamese, const Answer& english) {
  for (const v1::Violation& one : vietnamese.detail.violations()) {
    EXPECT_FALSE(one.wrong_vi().empty()) << one.rule();
    EXPECT_FALSE(one.wrong_en().empty()) << one.rule();
    EXPECT_FALSE(one.right_vi().empty()) << one.rule();
    EXPECT_FALSE(one.right_en().empty()) << one.rule();
    EXPECT_EQ(one.wrong_en().find("does not know"), std::string::npos) << one.rule();
  }
  EXPECT_FALSE(vietnamese.status.message().empty());
  EXPECT_FALSE(english.status.message().empty());
  EXPECT_NE(vietnamese.status.message(), english.status.message());
}

}  // namespace nhanrong::e2e

#include "services/cli/demo/demo.h"

#include <filesystem>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/base/ids.h"
#include "services/cli/client/files.h"
#include "services/cli/import/lines.h"
#include "services/domain/aggregate/decision.h"

namespace nhanrong::cli {
namespace {

using ::testing::HasSubstr;

std::string FreshDemo(const std::string& plan) {
  std::string root = testing::TempDir() + "/nhanrong-" + RandomUuid4();
  std::filesystem::create_directories(root + "/x");
  EXPECT_TRUE(ReplaceFile(root + "/x/demo.json", plan).ok());
  return root;
}

TEST(FindDemo, LooksBelowTheGivenFolder) {
  const std::string root = FreshDemo("{}");
  EXPECT_EQ(*FindDemo(root, "x"), root + "/x");
  EXPECT_EQ(FindDemo(root, "y").status().code(), absl::StatusCode::kNotFound);
}

TEST(ReadPlan, RefusesUnknownFieldsTokensAndFiles) {
  const auto message = [](const std::string& plan) {
    return std::string(ReadPlan(FreshDemo(plan) + "/x").status().message());
  };
  EXPECT_THAT(message(R"({"ledgerz":[]})"), HasSubstr("ledgerz"));
  EXPECT_THAT(message(R"({"steps":[{"import":{"file":"demo.json","as":"nobody"}}]})"),
              HasSubstr("nobody"));
  EXPECT_THAT(message(R"({"ledgers":[{"token":"a"}],"steps":[{"import":{"file":"no","as":"a"}}]})"),
              HasSubstr("no such file"));
}

TEST(ReadPlan, AcceptsATokenThatAnEarlierStepMakes) {
  EXPECT_TRUE(ReadPlan(FreshDemo(R"({"ledgers":[{"token":"a"}],"steps":[
      {"credential":{"as":"a","token":"b"}},{"import":{"file":"demo.json","as":"b"}}]})") +
                       "/x")
                  .ok());
}

// As it is sent: the event that a line refers to has an id of its own.
v1::Submission Resolved(const ImportLine& line) {
  v1::Submission submission = line.submission;
  if (!line.refers_to.empty()) {
    submission.mutable_command()->mutable_correct_fact()->set_event_id(RandomUuid4());
  }
  return submission;
}

// What the repository ships: every plan is sound, every line a submission, every id one line's own.
TEST(ShippedDemos, AreWellFormed) {
  int plans = 0;
  for (const auto& folder : std::filesystem::directory_iterator(NHANRONG_SHIPPED_DEMOS)) {
    if (!folder.is_directory()) continue;
    ++plans;
    const auto plan = ReadPlan(folder.path().string());
    ASSERT_TRUE(plan.ok()) << plan.status();
    EXPECT_GE(plan->queries_size(), 3);
    for (const demo::DemoStep& step : plan->steps()) {
      if (!step.has_import()) continue;
      const std::string content = *ReadWholeFile((folder.path() / step.import().file()).string());
      ImportReader reader(content, {step.import().ledger()});
      std::set<std::string> ids;
      while (const auto line = reader.Next()) {
        EXPECT_EQ(line->problem, "") << step.import().file() << ":" << line->number;
        EXPECT_EQ(line->submission.ledger(), step.import().ledger());
        EXPECT_TRUE(ParseUuid(line->submission.submission_id()).has_value());
        EXPECT_TRUE(ids.insert(line->submission.submission_id()).second) << line->number;
        EXPECT_TRUE(line->refers_to.empty() || ids.count(line->refers_to) == 1) << line->number;
        EXPECT_TRUE(line->submission.has_simulated_recorded_at()) << line->number;
        for (const domain::Violation& violation : domain::CheckFields(Resolved(*line))) {
          ADD_FAILURE() << step.import().file() << ":" << line->number << " " << violation.field;
        }
      }
    }
  }
  EXPECT_GE(plans, 1);
}

}  // namespace
}  // namespace nhanrong::cli

// The model of the admission rule, checked: it holds, each sentence of the rule is needed, and the
// real admission component says of every record what the model says of it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "tests/model/model_run.h"
#include "tests/model/replay.h"

namespace nhanrong::model {

// For the name and the messages of a case.
void PrintTo(const Run& run, std::ostream* out) { *out << run.name; }

namespace {

void Print(std::string_view line) { std::cout << line << "\n"; }

std::vector<Run> RunsThat(bool hold) {
  std::vector<Run> runs = QuickRuns();
  std::erase_if(runs, [hold](const Run& run) { return run.must_hold != hold; });
  return runs;
}

std::string CaseName(const testing::TestParamInfo<Run>& info) {
  std::string name;
  bool upper = true;
  for (const char c : info.param.name) {
    if (c != '-') name.push_back(upper ? static_cast<char>(std::toupper(c)) : c);
    upper = c == '-';
  }
  return name;
}

class RuleModelTest : public testing::TestWithParam<Run> {};

TEST_P(RuleModelTest, Holds) { EXPECT_EQ(RunModel("--only " + GetParam().name, Print), 0); }
INSTANTIATE_TEST_SUITE_P(Whole, RuleModelTest, testing::ValuesIn(RunsThat(true)), CaseName);

class CounterexampleTest : public testing::TestWithParam<Run> {
 protected:
  void SetUp() override {
    folder_ = testing::TempDir() + "nhanrong-counterexample." + std::to_string(getpid());
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  // Has the model find the counterexample; what the real code says to each of its records.
  RunReplay FindAndReplay() {
    EXPECT_EQ(RunModel("--only " + GetParam().name + " --keep '" + folder_ + "'", Print), 0);
    RunReplay replay;
    std::ifstream run(folder_ + "/" + GetParam().name + ".run");
    for (std::string line; std::getline(run, line);) replay.Step(line);
    return replay;
  }

 private:
  std::string folder_;
};

// Where a reader lacks a sentence of the rule, it goes on over a record that the real one voids or
// stops at. Where a gateway does, both judge every record alike: the flaw is in what was proposed
// or answered.
TEST_P(CounterexampleTest, IsFoundAndTheCodeIsNotMisled) {
  const RunReplay replay = FindAndReplay();
  EXPECT_GT(replay.judged(), 0u);
  for (const Difference& difference : replay.differences()) {
    EXPECT_NE(difference.code, ModelVerdict::kAccepted) << difference.line;
  }
  EXPECT_EQ(replay.differences().empty(), GetParam().flaw != "rule");
}
INSTANTIATE_TEST_SUITE_P(LeftOut, CounterexampleTest, testing::ValuesIn(RunsThat(false)), CaseName);

TEST(ModelAndCodeTest, SayTheSameOfEveryRecordOfEveryLogOfTwoSubmissionsAndOneFault) {
  std::set<std::string, std::less<>> logs;
  const int exit_code = RunModel("--logs 'SUBMISSIONS=2 FAULTS=1 IMPATIENCE=0 DRAWN=63'",
                                 [&logs](std::string_view line) { logs.emplace(line); });
  ASSERT_EQ(exit_code, 0);
  std::size_t judged = 0;
  for (const std::string& log : logs) {
    const LogReplay replay = ReplayLog(log);
    judged += replay.judged;
    for (const Difference& difference : replay.differences) {
      ADD_FAILURE() << difference.line << ": the model says "
                    << static_cast<int>(difference.model.value_or(ModelVerdict::kStopped))
                    << ", the code " << static_cast<int>(difference.code) << " in " << log;
    }
    if (HasFailure()) break;
  }
  std::cout << logs.size() << " logs, " << judged << " records\n";
  EXPECT_GT(logs.size(), 1'000u) << "the model prints too few logs";
}

}  // namespace
}  // namespace nhanrong::model

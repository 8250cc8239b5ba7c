// `nhanrong submit --stream` against the real program, on both engines: outcomes in order, each
// submission recorded once whatever is killed, limits that make it wait.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>

#include "absl/strings/str_split.h"
#include "services/cli/client/json.h"
#include "services/ledger/kafka/test_broker.h"
#include "tests/crash/history_checks.h"
#include "tests/crash/installation.h"

namespace nhanrong::crash {
namespace {

using ::testing::Gt;
using ::testing::HasSubstr;

constexpr int kLines = 2'000;

class StreamTest : public ::testing::TestWithParam<std::string> {
 protected:
  StreamTest()
      : installation_(GetParam() == "kafka" ? ledger::TestBroker::SharedBootstrap() : ""),
        server_(installation_.Add("serve", "data")),
        workload_(MakeWorkload(kLines, GetParam())),
        file_(installation_.root() + "/work.ndjson"),
        out_(installation_.root() + "/stream.out"),
        err_(installation_.root() + "/stream.err") {
    WriteFile(file_, workload_.lines);
  }

  void StartServer(std::vector<std::string> flags = {}) {
    server_->flags = std::move(flags);
    ASSERT_NO_FATAL_FAILURE(installation_.Start(*server_));
    ASSERT_NO_FATAL_FAILURE(installation_.Found(*server_));
    commits_before_ = installation_.Info(*server_).commits();
  }
  std::unique_ptr<Process> StartStream() {
    return std::make_unique<Process>(
        installation_.Command(*server_, "officer", {"submit", "--stream", file_}), out_, err_);
  }
  // Outcomes that were printed; a line that is being written is not one yet.
  std::vector<v1::StreamOutcome> Outcomes() const {
    std::vector<v1::StreamOutcome> outcomes;
    const std::string text = FileText(out_);
    for (const auto line :
         absl::StrSplit(text.substr(0, text.rfind('\n') + 1), '\n', absl::SkipEmpty())) {
      v1::StreamOutcome outcome;
      EXPECT_TRUE(cli::ParseJson(std::string(line), &outcome).ok()) << line;
      outcomes.push_back(std::move(outcome));
    }
    return outcomes;
  }
  std::size_t Printed() const {
    const std::string text = FileText(out_);
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  void ExpectAllAnsweredInOrderAndRecordedOnce() {
    const auto outcomes = Outcomes();
    ASSERT_EQ(outcomes.size(), workload_.expected.size());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      EXPECT_EQ(outcomes[i].sequence(), i + 1);
      EXPECT_EQ(outcomes[i].submission_id(), workload_.expected[i].submission_id);
      EXPECT_EQ(outcomes[i].has_accepted(), workload_.expected[i].accepted) << "line " << i + 1;
    }
    const auto history = installation_.History(*server_);
    ExpectSoundHistory(history);
    ExpectRecordedOnce(history, workload_.expected);
    EXPECT_EQ(history.size(), commits_before_ + workload_.expected.size());
  }

  Installation installation_;
  const std::unique_ptr<Server> server_;
  const Workload workload_;
  const std::string file_, out_, err_;
  std::uint64_t commits_before_ = 0;
};

TEST_P(StreamTest, EveryLineHasItsOutcomeInOrder) {
  ASSERT_NO_FATAL_FAILURE(StartServer());
  const auto stream = StartStream();
  EXPECT_EQ(stream->Wait(kPatience * 2), 2) << "refused lines: " << FileText(err_);
  ExpectAllAnsweredInOrderAndRecordedOnce();
  EXPECT_THAT(FileText(err_), HasSubstr("Accepted"));
}

TEST_P(StreamTest, AServerThatIsKilledIsFoundAgainAndNothingIsDoneTwice) {
  ASSERT_NO_FATAL_FAILURE(StartServer());
  const auto stream = StartStream();
  for (const std::size_t moment : {200, 900}) {
    ASSERT_TRUE(Await([&] { return Printed() >= moment; })) << FileText(err_);
    server_->process->Kill();
    ASSERT_NO_FATAL_FAILURE(installation_.Start(*server_));
  }
  EXPECT_EQ(stream->Wait(kPatience * 2), 2) << FileText(err_);
  EXPECT_THAT(FileText(err_), HasSubstr("The stream broke"));
  ExpectAllAnsweredInOrderAndRecordedOnce();
}

TEST_P(StreamTest, AServerThatIsToldToStopAnswersWhatItTookAndSaysToReconnect) {
  ASSERT_NO_FATAL_FAILURE(StartServer({"--agency-rate", "300"}));
  const auto stream = StartStream();
  ASSERT_TRUE(Await([&] { return Printed() >= 350; })) << FileText(err_);
  server_->process->Signal(SIGTERM);
  EXPECT_EQ(server_->process->Wait(kPatience), 0) << installation_.LogOf(*server_);
  ASSERT_TRUE(Await([&] { return FileText(err_).find("same ids") != std::string::npos; }))
      << FileText(err_);
  server_->flags.clear();
  ASSERT_NO_FATAL_FAILURE(installation_.Start(*server_));
  EXPECT_EQ(stream->Wait(kPatience * 2), 2) << FileText(err_);
  ExpectAllAnsweredInOrderAndRecordedOnce();
}

TEST_P(StreamTest, ASenderThatIsKilledAndStartedAgainRecordsEachOnce) {
  ASSERT_NO_FATAL_FAILURE(StartServer());
  {
    const auto stream = StartStream();
    ASSERT_TRUE(Await([&] { return Printed() >= 300; })) << FileText(err_);
  }
  WriteFile(out_, "");
  EXPECT_EQ(StartStream()->Wait(kPatience * 2), 2) << FileText(err_);
  ExpectAllAnsweredInOrderAndRecordedOnce();
  EXPECT_TRUE(Outcomes()[0].accepted().repeated());
}

TEST_P(StreamTest, ALimitMakesAStreamWaitAndAnImportBySeveralCallsComeAgain) {
  ASSERT_NO_FATAL_FAILURE(StartServer({"--agency-in-flight", "40"}));
  EXPECT_EQ(StartStream()->Wait(kPatience * 2), 2) << FileText(err_);
  ExpectAllAnsweredInOrderAndRecordedOnce();
  const std::string metrics = HttpGet(server_->http, "/metrics");
  const std::string met =
      "nhanrong_limits_met{ledger=\"crash\",limit=\"agency_submissions_in_flight\"";
  EXPECT_THAT(metrics, HasSubstr(met + ",agency=\"" + kAgency + "\",way=\"waited\"}"));
  // Calls are refused and come again; within each the order is kept.
  const Workload calls = MakeWorkload(150, "calls of " + GetParam());
  WriteFile(file_, calls.lines);
  const Finished imported = installation_.Cli(
      *server_, "officer", {"import", file_, "--in-flight", "2", "--batch", "80"});
  EXPECT_EQ(imported.exit, 2) << imported.err;
  ExpectRecordedOnce(installation_.History(*server_), calls.expected);
  EXPECT_THAT(HttpGet(server_->http, "/metrics"), HasSubstr("way=\"refused\"}"));
}

INSTANTIATE_TEST_SUITE_P(Engines, StreamTest, ::testing::Values("embedded", "kafka"),
                         [](const auto& of) { return of.param; });

}  // namespace
}  // namespace nhanrong::crash

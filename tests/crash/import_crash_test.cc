// An import during which everything is killed again and again records each submission once, gives
// the same answers afterwards, and leaves read models that a rebuild equals.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <functional>
#include <iostream>
#include <random>
#include <set>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "services/cli/client/json.h"
#include "services/ledger/kafka/test_broker.h"
#include "tests/crash/history_checks.h"
#include "tests/crash/installation.h"
#include "tests/crash/prober.h"

namespace nhanrong::crash {
namespace {

constexpr int kSubmissionsDefault = 3'000;
constexpr int kKills = 4;
// After its moment came a kill waits up to so long: anywhere within a batch.
constexpr int kLaterMsMax = 60;
constexpr char kBatchLines[] = "100";

int FromEnvironment(const char* name, int otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr || *text == '\0' ? otherwise : std::atoi(text);
}

// What the importer has noted in FILE.progress.
struct Progress {
  std::uint64_t line = 0;
  std::uint64_t accepted = 0, repeated = 0, refused = 0, invalid = 0;
};
Progress ProgressOf(const std::string& file) {
  std::istringstream in(FileText(file + ".progress"));
  std::string header, sha256;
  std::uint64_t refused_bytes = 0;
  Progress noted;
  in >> header >> sha256 >> noted.line >> refused_bytes >> noted.accepted >> noted.repeated >>
      noted.refused >> noted.invalid;
  return in ? noted : Progress();
}

class ImportCrashTest : public ::testing::TestWithParam<std::string> {
 protected:
  ImportCrashTest()
      : broker_(GetParam() == "kafka" ? std::make_unique<ledger::TestBroker>() : nullptr),
        installation_(broker_ ? broker_->bootstrap() : ""),
        server_(installation_.Add("serve", "data")),
        workload_(MakeWorkload(FromEnvironment("NHANRONG_CRASH_SUBMISSIONS", kSubmissionsDefault),
                               GetParam())) {
    seed_ = static_cast<unsigned>(
        FromEnvironment("NHANRONG_CRASH_SEED", static_cast<int>(std::random_device{}() >> 1)));
    random_.seed(seed_);
    std::cout << "NHANRONG_CRASH_SEED=" << seed_ << std::endl;
    file_ = installation_.root() + "/work.ndjson";
    WriteFile(file_, workload_.lines);
  }

  int Random(int max) { return std::uniform_int_distribution<int>(0, max)(random_); }

  std::vector<std::string> ImportArguments(const std::string& file) const {
    return {"import", file, "--ledger", kLedger, "--batch", kBatchLines, "--timeout", "60"};
  }
  std::unique_ptr<Process> StartImport() {
    auto arguments = ImportArguments(file_);
    arguments.push_back("--resume");
    return std::make_unique<Process>(installation_.Command(*server_, "officer", arguments),
                                     installation_.root() + "/import.out",
                                     installation_.root() + "/import.err");
  }

  void KillEverything(Process& importer) {
    std::vector<std::function<void()>> kills = {[&] { server_->process->Kill(); },
                                                [&] { importer.Kill(); }};
    if (broker_) kills.emplace_back([&] { broker_->Kill(); });
    std::shuffle(kills.begin(), kills.end(), random_);
    for (const auto& kill : kills) kill();
  }

  // Begins again after a kill, half of the time with one more kill while it starts.
  void StartEverything() {
    if (broker_) broker_->Start();
    if (Random(1) == 1) {
      installation_.StartWithoutWaiting(*server_);
      server_->process->Wait(absl::Milliseconds(Random(200)));
      server_->process->Kill();
      ++kills_;
    }
    installation_.Start(*server_);
  }

  // Whatever was answered before is in the history, at the place where it was then.
  void ExpectNothingLost() {
    const auto positions = PositionsOf(installation_.History(*server_));
    const std::uint64_t noted = ProgressOf(file_).line;
    for (std::uint64_t i = 0; i < noted; ++i) {
      EXPECT_EQ(positions.count(workload_.expected[i].submission_id), 1u) << "line " << i + 1;
    }
    for (const auto& [id, position] : positions_) {
      const auto now = positions.find(id);
      ASSERT_NE(now, positions.end()) << id;
      EXPECT_EQ(now->second, position) << id;
    }
    positions_ = positions;
  }

  void ImportWithKills() {
    const auto share = static_cast<int>(workload_.expected.size()) / kKills;
    for (int i = 0; i < kKills; ++i) {
      const auto moment = static_cast<std::uint64_t>(i * share + Random(share));
      const auto importer = StartImport();
      Await([&] { return ProgressOf(file_).line >= moment || !importer->Runs(); });
      importer->Wait(absl::Milliseconds(Random(kLaterMsMax)));
      std::cout << "kill at line " << ProgressOf(file_).line << std::endl;
      KillEverything(*importer);
      ++kills_;
      ASSERT_NO_FATAL_FAILURE(StartEverything());
      ASSERT_NO_FATAL_FAILURE(ExpectNothingLost());
    }
    const auto importer = StartImport();
    const auto exit = importer->Wait(kPatience * 4);
    EXPECT_EQ(exit, 2) << "refused lines" << FileText(installation_.root() + "/import.err");
    std::cout << "kills: " << kills_ << std::endl;
  }

  void ExpectNotesOfTheImporter() {
    const Progress noted = ProgressOf(file_);
    EXPECT_EQ(noted.line, workload_.expected.size());
    EXPECT_EQ(noted.accepted + noted.repeated, static_cast<std::uint64_t>(workload_.accepted));
    EXPECT_EQ(noted.refused, static_cast<std::uint64_t>(workload_.refused));
    EXPECT_EQ(noted.invalid, 0u);
    std::multiset<std::string> listed;
    const std::string refused_lines = FileText(file_ + ".refused.ndjson");
    for (const auto line : absl::StrSplit(refused_lines, '\n', absl::SkipEmpty())) {
      if (absl::StartsWith(line, "#")) continue;
      v1::Submission submission;
      EXPECT_TRUE(cli::ParseJson(std::string(line), &submission).ok());
      listed.insert(submission.submission_id());
    }
    std::multiset<std::string> expected;
    for (const Expected& one : workload_.expected) {
      if (!one.accepted) expected.insert(one.submission_id);
    }
    EXPECT_EQ(listed, expected);
  }

  // The whole file again, as if nothing had been noted.
  void ExpectImportedAgainChangesNothing() {
    const std::uint64_t commits = installation_.Info(*server_).commits();
    const std::string again = installation_.root() + "/again.ndjson";
    WriteFile(again, workload_.lines);
    const absl::Time start = absl::Now();
    auto arguments = ImportArguments(again);
    arguments.push_back("--resume");
    const Finished imported = installation_.Cli(*server_, "officer", arguments);
    std::cout << "imported again in " << absl::Now() - start << ": " << imported.out;
    const Progress noted = ProgressOf(again);
    EXPECT_EQ(noted.accepted, 0u);
    EXPECT_EQ(noted.repeated, static_cast<std::uint64_t>(workload_.accepted));
    EXPECT_EQ(noted.refused, static_cast<std::uint64_t>(workload_.refused));
    EXPECT_EQ(installation_.Info(*server_).commits(), commits);
  }

  void RestartWithout(const std::string& folder) {
    server_->process->Signal(SIGTERM);
    EXPECT_EQ(server_->process->Wait(kPatience), 0) << installation_.LogOf(*server_);
    std::filesystem::remove_all(folder);
    const absl::Time start = absl::Now();
    installation_.Start(*server_);
    std::cout << "ready " << absl::Now() - start << " after start without "
              << std::filesystem::path(folder).filename() << std::endl;
  }

  void ExpectAReadModelIsWhatARebuildGives(const std::vector<Noted>& notes) {
    const std::uint64_t commits = installation_.Info(*server_).commits();
    const auto digests = installation_.Digests(*server_, commits);
    EXPECT_EQ(installation_.CheckExit(*server_), 0);
    std::vector<std::string> lost = {server_->data + "/read-models"};
    if (broker_) lost.push_back(server_->data);  // the topic alone is enough
    for (const std::string& folder : lost) {
      ASSERT_NO_FATAL_FAILURE(RestartWithout(folder));
      EXPECT_EQ(installation_.Digests(*server_, commits), digests);
      EXPECT_EQ(installation_.CheckExit(*server_), 0);
      ExpectSameAnswers(*installation_.ClientOf(*server_, "officer"), notes);
      EXPECT_EQ(installation_.Info(*server_).commits(), commits);
    }
  }

  std::vector<std::unique_ptr<cli::Client>> Clients() const {
    std::vector<std::unique_ptr<cli::Client>> clients;
    clients.push_back(installation_.ClientOf(*server_, "officer"));
    return clients;
  }

  unsigned seed_ = 0;
  std::mt19937 random_;
  int kills_ = 0;
  const std::unique_ptr<ledger::TestBroker> broker_;
  Installation installation_;
  const std::unique_ptr<Server> server_;
  const Workload workload_;
  std::string file_;
  std::map<std::string, std::uint64_t> positions_;  // of ids, as seen after the last kill
};

TEST_P(ImportCrashTest, RecordsEachSubmissionOnceAndAnswersTheSameWhateverIsKilled) {
  ASSERT_NO_FATAL_FAILURE(installation_.Start(*server_));
  ASSERT_NO_FATAL_FAILURE(installation_.Found(*server_));
  const std::string model = IdOf("probed");
  v1::Accepted accepted;
  ASSERT_TRUE(cli::Ok(SubmitUntilAnswered(Clients(), ModelInUse(model), &accepted)));
  const std::uint64_t commits_before = installation_.Info(*server_).commits();
  Prober prober(Clients(), model, "probe");
  ASSERT_NO_FATAL_FAILURE(ImportWithKills());
  prober.Finish();
  std::cout << prober.notes().size() << " answers of the probe\n";
  EXPECT_GT(prober.notes().size(), 0u);

  ExpectNotesOfTheImporter();
  const auto history = installation_.History(*server_);
  EXPECT_EQ(history.size(), commits_before + workload_.expected.size() + prober.notes().size());
  ExpectSoundHistory(history);
  ASSERT_NO_FATAL_FAILURE(ExpectNothingLost());
  ExpectRecordedOnce(history, workload_.expected);
  for (std::size_t i = 0; i < prober.notes().size(); ++i) {
    EXPECT_EQ(prober.notes()[i].accepted.events(0).revision(), i + 1);
  }
  ExpectImportedAgainChangesNothing();
  ExpectSameAnswers(*installation_.ClientOf(*server_, "officer"), prober.notes());
  ExpectAReadModelIsWhatARebuildGives(prober.notes());
}

INSTANTIATE_TEST_SUITE_P(Engines, ImportCrashTest, ::testing::Values("embedded", "kafka"),
                         [](const auto& engine) { return engine.param; });

// The broker is away, before or after the server started.
class BrokerAwayTest : public ::testing::Test {
 protected:
  cli::Failure SubmitOnce(const v1::Submission& submission) {
    v1::SubmitRequest request;
    *request.mutable_submission() = submission;
    v1::SubmitResponse response;
    return installation_.ClientOf(*server_, "officer")->Call(request, &response);
  }
  void ExpectUnavailable(const v1::Submission& submission) {
    EXPECT_EQ(cli::CodeName(SubmitOnce(submission)), "UNAVAILABLE");
  }
  void ExpectRecordedOnceServiceIsBack(const std::vector<v1::Submission>& submissions) {
    std::vector<Expected> expected;
    for (const v1::Submission& submission : submissions) {
      cli::Failure failure;
      Await([&] { return cli::Ok(failure = SubmitOnce(submission)); });
      EXPECT_TRUE(cli::Ok(failure)) << failure.ShortDebugString();
      expected.push_back({submission.submission_id(), true, 1});
    }
    EXPECT_TRUE(Await([&] { return installation_.IsReady(*server_); }));
    const auto history = installation_.History(*server_);
    ExpectSoundHistory(history);
    ExpectRecordedOnce(history, expected);
  }

  ledger::TestBroker broker_;
  Installation installation_{broker_.bootstrap()};
  const std::unique_ptr<Server> server_ = installation_.Add("serve", "data");
};

TEST_F(BrokerAwayTest, NothingIsAcknowledgedAndServiceResumesByItself) {
  ASSERT_NO_FATAL_FAILURE(installation_.Start(*server_));
  ASSERT_NO_FATAL_FAILURE(installation_.Found(*server_));
  const v1::Submission first = ModelInUse(IdOf("away"));
  const v1::Submission second = ModelInUse(IdOf("away at start"));

  broker_.Stop();
  ExpectUnavailable(first);
  EXPECT_TRUE(Await([&] { return !installation_.IsReady(*server_); }));

  server_->process->Kill();
  installation_.StartWithoutWaiting(*server_);
  EXPECT_TRUE(Await([&] { return !installation_.Readiness(*server_).empty(); }));
  EXPECT_FALSE(installation_.IsReady(*server_));
  ExpectUnavailable(second);

  broker_.Start();
  ExpectRecordedOnceServiceIsBack({first, second});
}

}  // namespace
}  // namespace nhanrong::crash

// Two gateways and a projector on one topic: whatever the gateways are sent, and however they end,
// each submission is recorded once and gets one answer.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <random>
#include <set>
#include <thread>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "services/ledger/kafka/test_broker.h"
#include "tests/crash/history_checks.h"
#include "tests/crash/installation.h"
#include "tests/crash/prober.h"

namespace nhanrong::crash {
namespace {

constexpr int kWriters = 4;
constexpr std::size_t kStepsOfEachWriter = 60;
constexpr int kKills = 3;

class TwoGatewaysTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(installation_.Start(*first_));
    ASSERT_NO_FATAL_FAILURE(installation_.Found(*first_));
    for (Server* server : {second_.get(), projector_.get()}) {
      ASSERT_NO_FATAL_FAILURE(installation_.Start(*server));
    }
    v1::Accepted accepted;
    ASSERT_TRUE(cli::Ok(SubmitUntilAnswered(BothFrom(0), ModelInUse(model_), &accepted)));
  }

  // Clients of both gateways; `turn` says which comes first.
  std::vector<std::unique_ptr<cli::Client>> BothFrom(int turn) const {
    std::vector<std::unique_ptr<cli::Client>> clients;
    for (int i = 0; i < 2; ++i) {
      const Server& server = (turn + i) % 2 == 0 ? *first_ : *second_;
      clients.push_back(installation_.ClientOf(server, "officer"));
    }
    return clients;
  }

  cli::Failure Submit(const Server& server, const v1::Submission& submission,
                      v1::Accepted* accepted) const {
    v1::SubmitRequest request;
    *request.mutable_submission() = submission;
    v1::SubmitResponse response;
    const cli::Failure failure =
        installation_.ClientOf(server, "officer")->Call(request, &response);
    *accepted = response.accepted();
    return failure;
  }

  std::vector<std::unique_ptr<Prober>> StartWriters() const {
    std::vector<std::unique_ptr<Prober>> writers;
    for (int i = 0; i < kWriters; ++i) {
      writers.push_back(
          std::make_unique<Prober>(BothFrom(i), model_, "writer " + std::to_string(i)));
    }
    return writers;
  }

  // All that the writers noted stands in the history once, with the positions and revisions that
  // they were told; the stream has nothing else but its beginning.
  void ExpectAllRecordedOnce(const std::vector<std::unique_ptr<Prober>>& writers) {
    // A process of its own: it may read a moment later what the gateways have answered.
    std::uint64_t highest = 0;
    for (const auto& writer : writers) {
      for (const Noted& noted : writer->notes()) {
        highest = std::max<std::uint64_t>(highest, noted.accepted.position());
      }
    }
    EXPECT_TRUE(Await([&] { return installation_.Info(*projector_).commits() > highest; }));
    const auto history = installation_.History(*projector_);
    ExpectSoundHistory(history);
    const auto positions = PositionsOf(history);
    std::set<std::uint64_t> revisions = {0};
    for (const auto& writer : writers) {
      for (const Noted& noted : writer->notes()) {
        const auto found = positions.find(noted.submission.submission_id());
        ASSERT_NE(found, positions.end());
        EXPECT_EQ(found->second, noted.accepted.position());
        EXPECT_TRUE(revisions.insert(noted.accepted.events(0).revision()).second);
      }
      ExpectSameAnswers(*installation_.ClientOf(*second_, "officer"), writer->notes());
    }
    EXPECT_EQ(*revisions.rbegin() + 1, revisions.size()) << "revisions are dense";
  }

  Finished Kcat(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command = {"kcat", "-b", installation_.kafka(), "-t",
                                        installation_.topic_prefix() + kLedger};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return RunToEnd(command, installation_.root());
  }

  Installation installation_{ledger::TestBroker::SharedBootstrap()};
  const std::unique_ptr<Server> first_ = installation_.Add("gateway", "first");
  const std::unique_ptr<Server> second_ = installation_.Add("gateway", "second");
  const std::unique_ptr<Server> projector_ = installation_.Add("projector", "projector");
  const std::string model_ = IdOf("model of many writers");
};

TEST_F(TwoGatewaysTest, TheSameSubmissionThroughBothIsOneEventWithOneAnswer) {
  for (int i = 0; i < 20; ++i) {
    const std::string name = "both " + std::to_string(i);
    const v1::Submission submission = Progress(model_, SubmissionIdOf(name), name);
    std::array<v1::Accepted, 2> answers;
    std::array<cli::Failure, 2> failures;
    {
      std::jthread other([&] { failures[0] = Submit(*first_, submission, &answers[0]); });
      failures[1] = Submit(*second_, submission, &answers[1]);
    }
    for (std::size_t k = 0; k < 2; ++k) {
      ASSERT_TRUE(cli::Ok(failures[k])) << failures[k].ShortDebugString();
      answers[k].clear_repeated();
    }
    EXPECT_EQ(answers[0].SerializeAsString(), answers[1].SerializeAsString());
    EXPECT_EQ(answers[0].events(0).revision(), static_cast<std::uint64_t>(i) + 1);

    v1::Submission other = submission;
    other.mutable_command()->mutable_report_progress()->set_narrative("khác");
    for (const Server* server : {first_.get(), second_.get()}) {
      EXPECT_EQ(cli::CodeName(Submit(*server, other, &answers[0])), "ALREADY_EXISTS");
    }
  }
}

TEST_F(TwoGatewaysTest, ConcurrentStepsOfOneStreamThroughBothAreDenseAndComplete) {
  const auto writers = StartWriters();
  for (const auto& writer : writers) {
    EXPECT_TRUE(Await([&] { return writer->answered() >= kStepsOfEachWriter; }));
  }
  for (const auto& writer : writers) writer->Finish();
  ExpectAllRecordedOnce(writers);
}

TEST_F(TwoGatewaysTest, AKilledGatewayLosesNothingThatTheOtherIsAskedAgain) {
  std::mt19937 random(std::random_device{}());
  const auto writers = StartWriters();
  for (int i = 0; i < kKills; ++i) {
    Server& victim = i % 2 == 0 ? *first_ : *second_;
    const std::size_t goal =
        writers[0]->answered() + std::uniform_int_distribution<std::size_t>(5, 40)(random);
    EXPECT_TRUE(Await([&] { return writers[0]->answered() >= goal; }));
    victim.process->Kill();
    ASSERT_NO_FATAL_FAILURE(installation_.Start(victim));
  }
  for (const auto& writer : writers) writer->Finish();
  ExpectAllRecordedOnce(writers);
}

TEST_F(TwoGatewaysTest, AGatewayThatIsToldToStopAnswersWhatItHasTaken) {
  const auto stopped = installation_.ClientOf(*first_, "officer");
  constexpr int kTaken = 300;
  v1::SubmitManyRequest request;
  for (int i = 0; i < kTaken; ++i) {
    const std::string name = "taken " + std::to_string(i);
    *request.add_submissions() = Progress(model_, SubmissionIdOf(name), name);
  }
  v1::SubmitManyResponse response;
  cli::Failure failure;
  const std::uint64_t before = installation_.Info(*second_).commits();
  std::jthread caller([&] { failure = stopped->Call(request, &response); });
  // The first ones are recorded: the call has been taken.
  EXPECT_TRUE(Await([&] { return installation_.Info(*second_).commits() > before; }));
  first_->process->Signal(SIGTERM);
  EXPECT_EQ(first_->process->Wait(kPatience), 0) << installation_.LogOf(*first_);
  caller.join();
  ASSERT_TRUE(cli::Ok(failure)) << failure.ShortDebugString();
  ASSERT_EQ(response.outcomes_size(), kTaken);
  for (const v1::SubmitOutcome& outcome : response.outcomes()) {
    EXPECT_TRUE(outcome.has_accepted()) << outcome.ShortDebugString();
  }
}

TEST_F(TwoGatewaysTest, RecordsAreCloudEventsAndGarbageInTheTopicIsVoidAndCounted) {
  const Finished read = Kcat({"-C", "-e", "-q", "-f", "%o %h\n"});
  ASSERT_EQ(read.exit, 0) << read.err;
  const std::vector<std::string> lines = absl::StrSplit(read.out, '\n', absl::SkipEmpty());
  EXPECT_EQ(lines.size(), installation_.Info(*projector_).commits());
  for (const std::string& line : lines) {
    EXPECT_TRUE(absl::StrContains(line, "ce_type=vn.nhanrong.record.v1")) << line;
  }
  const std::string garbage = installation_.root() + "/garbage";
  WriteFile(garbage, "no record\nand no record again\n");
  ASSERT_EQ(Kcat({"-P", "-l", garbage}).exit, 0);
  for (Server* server : {first_.get(), second_.get(), projector_.get()}) {
    EXPECT_TRUE(Await([&] {
      const v1::LedgerInfo info = installation_.Info(*server);
      return info.void_records() == 2 && info.undecodable_records() == 2;
    })) << installation_.Info(*server).ShortDebugString();
    EXPECT_TRUE(installation_.IsReady(*server)) << installation_.Readiness(*server);
  }
  v1::Accepted accepted;
  const auto after = Progress(model_, SubmissionIdOf("after garbage"), "sau rác");
  EXPECT_TRUE(cli::Ok(Submit(*second_, after, &accepted)));
  EXPECT_EQ(accepted.position(), lines.size());
}

}  // namespace
}  // namespace nhanrong::crash

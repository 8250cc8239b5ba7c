// A topic that loses records, or is made again, while processes follow it: each of them stops that
// ledger with a clear word, acknowledges nothing that rests on it, and goes on with the others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <set>
#include <thread>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "nhanrong/v1/record.pb.h"
#include "services/ledger/kafka/kafka_admin.h"
#include "services/ledger/kafka/kafka_log.h"
#include "services/ledger/kafka/test_broker.h"
#include "tests/crash/installation.h"
#include "tests/crash/workload.h"

namespace nhanrong::kafka_edges {
namespace {

using crash::Await;
using crash::Finished;
using crash::IdOf;
using crash::Installation;
using crash::kLedger;
using crash::kPatience;
using crash::ModelInUse;
using crash::Progress;
using crash::Server;
using crash::SubmissionIdOf;
using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Value;

// Ledgers beside kLedger, which has people.
constexpr char kBeheaded[] = "beheaded";
constexpr char kUnharmed[] = "unharmed";
constexpr char kLostTail[] = "it has lost its tail";
constexpr char kOtherRecord[] = "is not the one that was read there before";
constexpr char kNoBeginning[] = "its beginning was removed";
constexpr char kCutBefore[] = "it was cut or changed";

// A gateway and a projector on one topic of a broker of their own.
class KafkaLossTest : public ::testing::Test {
 protected:
  void SetUp() override {
    options_.bootstrap_servers = broker_.bootstrap();
    options_.topic_prefix = installation_.topic_prefix();
    options_.single_broker = true;
    ASSERT_NO_FATAL_FAILURE(installation_.Start(*gateway_));
    ASSERT_NO_FATAL_FAILURE(installation_.Found(*gateway_));
    ASSERT_NO_FATAL_FAILURE(installation_.Start(*projector_));
    ASSERT_TRUE(cli::Ok(Submit(ModelInUse(model_))));
  }

  cli::Failure Submit(const v1::Submission& submission) const {
    v1::SubmitRequest request;
    *request.mutable_submission() = submission;
    v1::SubmitResponse response;
    return installation_.ClientOf(*gateway_, "officer", absl::Seconds(3))->Call(request, &response);
  }
  v1::Submission Report(int number) const {
    const std::string name = "report " + std::to_string(number);
    return Progress(model_, SubmissionIdOf(name), name);
  }

  void MakeLedger(const std::string& name) const {
    const Finished made = installation_.Cli(
        *gateway_, "",
        {"admin", "ledger", "create", name, "--operator-token-file",
         gateway_->data + "/operator.token", "--agency", "Văn phòng", "--title", "Quản trị",
         "--role", "map-steward", "--token-out", installation_.TokenFile(name)});
    ASSERT_EQ(made.exit, 0) << made.err;
  }
  // The first unit, or the second one, which lies in it.
  Finished EstablishUnit(const std::string& ledger, std::size_t which) const {
    const std::string text = absl::StrReplaceAll(
        crash::UnitLines(), {{std::string("\"") + kLedger + "\"", "\"" + ledger + "\""}});
    const std::vector<std::string> lines = absl::StrSplit(text, '\n');
    const std::string file = installation_.root() + "/" + ledger + std::to_string(which);
    crash::WriteFile(file, lines[which] + "\n");
    return installation_.Cli(*gateway_, ledger, {"import", file, "--ledger", ledger});
  }
  std::uint64_t CommitsOf(const Server& server, const std::string& ledger) const {
    const std::string metrics = crash::HttpGet(server.http, "/metrics");
    const std::string name = "nhanrong_ledger_commits{ledger=\"" + ledger + "\"} ";
    const auto at = metrics.find(name);
    return at == std::string::npos ? 0 : std::strtoull(&metrics[at + name.size()], nullptr, 10);
  }

  // Stops the broker and takes the newest record away, as a disk might that lied about what it has.
  void StopAndCutTail(const std::string& ledger) {
    constexpr int kBytesCut = 10;
    broker_.Stop();
    const auto log = broker_.LogOf(installation_.topic_prefix() + ledger);
    const auto segment = log / "00000000000000000000.log";
    // Without this mark the broker looks at each log when it starts, as after a power cut.
    std::filesystem::remove(log.parent_path() / ".kafka_cleanshutdown");
    // A segment is made longer than what it holds, and filled with zeros.
    const std::string held = crash::FileText(segment.string());
    std::filesystem::resize_file(segment, held.find_last_not_of('\0') + 1 - kBytesCut);
  }
  void DeleteTopicAndMakeItAgain() {
    auto admin = ledger::KafkaAdmin::Make(options_);
    ASSERT_TRUE(admin.ok()) << admin.status();
    ASSERT_TRUE(admin->DeleteTopic(options_.topic_prefix + kLedger).ok());
    ledger::KafkaLogStore store(options_);
    EXPECT_TRUE(Await([&] { return store.Create(kLedger).ok(); }));  // forgotten in the background
  }

  template <typename Word>
  void ExpectStopped(const Server& server, const std::string& ledger, const Word& word) const {
    const auto told = AllOf(HasSubstr("ledger " + ledger + ": "), word);
    EXPECT_TRUE(Await([&] { return Value(installation_.Readiness(server), told); }))
        << server.role << ": " << installation_.Readiness(server) << installation_.LogOf(server);
    EXPECT_FALSE(installation_.IsReady(server));
    EXPECT_TRUE(Await([&] { return Value(installation_.LogOf(server), told); }))
        << server.role << ": " << installation_.LogOf(server);
  }
  void ExpectNothingIsTaken(int number) const {
    const cli::Failure failure = Submit(Report(number));
    EXPECT_EQ(cli::CodeName(failure), "UNAVAILABLE");
    EXPECT_THAT(failure.ShortDebugString(), HasSubstr("\"NOT_NOW\""));
  }
  void Restart(Server& server) {
    server.process->Signal(SIGTERM);
    ASSERT_EQ(server.process->Wait(kPatience), 0) << installation_.LogOf(server);
    installation_.StartWithoutWaiting(server);
  }

  ledger::TestBroker broker_;
  Installation installation_{broker_.bootstrap()};
  ledger::KafkaLogOptions options_;
  const std::unique_ptr<Server> gateway_ = installation_.Add("gateway", "gateway");
  const std::unique_ptr<Server> projector_ = installation_.Add("projector", "projector");
  const std::string model_ = IdOf("a model");
};

TEST_F(KafkaLossTest, WhatABrokerLostWhileItWasAwayStopsThatLedgerAloneAndStaysNoticed) {
  for (const char* ledger : {kBeheaded, kUnharmed}) {
    ASSERT_NO_FATAL_FAILURE(MakeLedger(ledger));
    ASSERT_EQ(EstablishUnit(ledger, 0).exit, 0);
  }
  ASSERT_TRUE(cli::Ok(Submit(Report(1))));
  const std::uint64_t commits = CommitsOf(*gateway_, kLedger);
  EXPECT_TRUE(Await([&] {
    return CommitsOf(*projector_, kLedger) == commits && CommitsOf(*projector_, kBeheaded) == 2 &&
           CommitsOf(*projector_, kUnharmed) == 2;
  }));
  {
    auto admin = ledger::KafkaAdmin::Make(options_);
    ASSERT_TRUE(admin->DeleteRecordsBefore(options_.topic_prefix + kBeheaded, Place(1)).ok());
  }
  StopAndCutTail(kLedger);
  broker_.Start();

  for (const Server* server : {gateway_.get(), projector_.get()}) {
    ExpectStopped(*server, kLedger, AnyOf(HasSubstr(kLostTail), HasSubstr(kOtherRecord)));
    ExpectStopped(*server, kBeheaded, HasSubstr(kNoBeginning));
  }
  ExpectNothingIsTaken(2);
  const Finished other = EstablishUnit(kUnharmed, 1);
  EXPECT_EQ(other.exit, 0) << other.err;
  EXPECT_TRUE(Await([&] { return CommitsOf(*projector_, kUnharmed) == 3; }));

  for (Server* server : {gateway_.get(), projector_.get()}) {
    ASSERT_NO_FATAL_FAILURE(Restart(*server));
    ExpectStopped(*server, kLedger, HasSubstr(kCutBefore));
    ExpectStopped(*server, kBeheaded, HasSubstr(kNoBeginning));
  }
  ExpectNothingIsTaken(3);
}

// A record that a stranger appended hides that the log is shorter: it is as long as it was.
TEST_F(KafkaLossTest, ALogThatWasCutAndHasGrownAgainIsNoticed) {
  ASSERT_TRUE(cli::Ok(Submit(Report(1))));
  const std::uint64_t commits = CommitsOf(*gateway_, kLedger);
  EXPECT_TRUE(Await([&] { return CommitsOf(*projector_, kLedger) == commits; }));
  for (Server* server : {gateway_.get(), projector_.get()}) server->process->Signal(SIGSTOP);
  StopAndCutTail(kLedger);
  broker_.Start();
  const std::string garbage = installation_.root() + "/garbage";
  crash::WriteFile(garbage, "one\ntwo\nthree\n");
  const Finished written = crash::RunToEnd({"kcat", "-b", broker_.bootstrap(), "-P", "-t",
                                            options_.topic_prefix + kLedger, "-l", garbage},
                                           installation_.root());
  ASSERT_EQ(written.exit, 0) << written.err;
  for (Server* server : {gateway_.get(), projector_.get()}) {
    server->process->Signal(SIGCONT);
    ExpectStopped(*server, kLedger, HasSubstr(kOtherRecord));
  }
  ExpectNothingIsTaken(2);
}

TEST_F(KafkaLossTest, ATopicThatIsDeletedAndMadeAgainUnderLoadGivesNoAnswers) {
  std::set<std::string> acknowledged;
  std::atomic<std::size_t> answered = 0;
  std::jthread sender([&](const std::stop_token& stop) {
    for (int i = 0; !stop.stop_requested(); ++i) {
      const v1::Submission report = Report(i);
      if (!cli::Ok(Submit(report))) continue;
      acknowledged.insert(report.submission_id());
      ++answered;
    }
  });
  EXPECT_TRUE(Await([&] { return answered > 20; }));
  ASSERT_NO_FATAL_FAILURE(DeleteTopicAndMakeItAgain());
  for (const Server* server : {gateway_.get(), projector_.get()}) {
    ExpectStopped(*server, kLedger,
                  AnyOf(HasSubstr(kLostTail), HasSubstr(kOtherRecord), HasSubstr("has no place"),
                        HasSubstr("has places")));
  }
  sender.request_stop();
  sender.join();
  ExpectNothingIsTaken(-1);

  // Whatever was sent while the topic was another one lies there, and nobody was told that it does.
  options_.read_only = true;
  const auto log = ledger::KafkaLogStore(options_).Open(kLedger);
  ASSERT_TRUE(log.ok()) << log.status();
  const auto reader = (*log)->OpenReader(Place(0));
  const auto records = (*reader)->Read(1'000, absl::Seconds(1));
  ASSERT_TRUE(records.ok()) << records.status();
  for (const ledger::LogRecord& stray : *records) {
    v1::Record record;
    ASSERT_TRUE(record.ParseFromString(stray.bytes));
    EXPECT_EQ(acknowledged.count(record.submission_id()), 0u);
  }
}

}  // namespace
}  // namespace nhanrong::kafka_edges

// A broker that restarts, stalls, forgets connections or refuses a producer while submissions run,
// and strangers who write the topic: nothing acknowledged is lost, nothing is there twice, nobody
// is told a wrong thing, and the service goes on by itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <set>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/ledger/kafka/test_broker.h"
#include "tests/crash/history_checks.h"
#include "tests/crash/installation.h"
#include "tests/crash/prober.h"
#include "tests/kafka_edges/swallowing_proxy.h"

namespace nhanrong::kafka_edges {
namespace {

using crash::Await;
using crash::Finished;
using crash::IdOf;
using crash::Installation;
using crash::Prober;
using crash::Progress;
using crash::Server;
using crash::SubmissionIdOf;
using ::testing::HasSubstr;

constexpr int kWriters = 4;
constexpr std::size_t kAnswersBetweenFaults = 40;
constexpr int kRestarts = 2;
// Longer than an append may take (10 s): what is under way is given up as unknown.
constexpr absl::Duration kFreeze = absl::Seconds(12);
constexpr absl::Duration kCallTimeout = absl::Seconds(3);
// 20,000 submissions of 2 kB held, 64 MB on their way to the broker, and what callers send.
constexpr std::uint64_t kGrowthMaxKilobytes = 400 * 1024;

struct Scene {
  explicit Scene(const std::string& bootstrap) : installation(bootstrap) {
    installation.Start(*gateway);
    installation.Found(*gateway);
    installation.Start(*projector);
    v1::Accepted accepted;
    EXPECT_TRUE(
        cli::Ok(crash::SubmitUntilAnswered(Clients(), crash::ModelInUse(model), &accepted)));
  }

  std::vector<std::unique_ptr<cli::Client>> Clients() const {
    std::vector<std::unique_ptr<cli::Client>> clients;
    clients.push_back(installation.ClientOf(*gateway, "officer", kCallTimeout));
    return clients;
  }
  std::unique_ptr<Prober> StartWriter(const std::string& name) const {
    return std::make_unique<Prober>(Clients(), model, name);
  }
  std::vector<std::unique_ptr<Prober>> StartWriters() const {
    std::vector<std::unique_ptr<Prober>> writers;
    for (int i = 0; i < kWriters; ++i)
      writers.push_back(StartWriter("writer " + std::to_string(i)));
    return writers;
  }
  // Each writer has so many more answers.
  static void ExpectGoesOn(const std::vector<std::unique_ptr<Prober>>& writers) {
    for (const auto& writer : writers) {
      const std::size_t goal = writer->answered() + kAnswersBetweenFaults;
      EXPECT_TRUE(Await([&] { return writer->answered() >= goal; }));
    }
  }
  // All that was acknowledged stands in the history once, where it was said to stand; and the
  // stream holds nothing else but its beginning and what `others` sent.
  void ExpectAllRecordedOnce(const std::vector<std::unique_ptr<Prober>>& writers,
                             const std::set<std::string>& others = {}) const {
    std::uint64_t highest = 0;
    std::set<std::string> known = others;
    for (const auto& writer : writers) {
      writer->Finish();
      for (const crash::Noted& noted : writer->notes()) {
        highest = std::max<std::uint64_t>(highest, noted.accepted.position());
        known.insert(noted.submission.submission_id());
      }
    }
    EXPECT_TRUE(Await([&] { return installation.Info(*projector).commits() > highest; }));
    const auto history = installation.History(*projector);
    crash::ExpectSoundHistory(history);
    const auto positions = crash::PositionsOf(history);
    for (const auto& writer : writers) {
      for (const crash::Noted& noted : writer->notes()) {
        const auto found = positions.find(noted.submission.submission_id());
        ASSERT_NE(found, positions.end()) << "acknowledged and not there";
        EXPECT_EQ(found->second, noted.accepted.position());
      }
    }
    for (const v1::HistoryEntry& entry : history) {
      const v1::Record& record = entry.record();
      if (record.command_type() != "nhanrong.v1.ReportProgress") continue;
      EXPECT_EQ(known.count(record.submission_id()), 1u) << record.submission_id();
    }
  }

  Finished Intrude(const std::string& what) const {
    return crash::RunToEnd({"/usr/bin/python3", NHANRONG_INTRUDER, what, installation.kafka(),
                            installation.topic_prefix() + crash::kLedger},
                           installation.root());
  }
  std::uint64_t MemoryKilobytes() const {
    std::ifstream status(absl::StrCat("/proc/", gateway->process->pid(), "/status"));
    for (std::string word; status >> word;) {
      if (word != "VmRSS:") continue;
      std::uint64_t kilobytes = 0;
      status >> kilobytes;
      return kilobytes;
    }
    return 0;
  }

  Installation installation;
  const std::unique_ptr<Server> gateway = installation.Add("gateway", "gateway");
  const std::unique_ptr<Server> projector = installation.Add("projector", "projector");
  const std::string model = IdOf("a model");
};

// Sends batches until it is stopped, and counts what it is told.
class Flood {
 public:
  explicit Flood(const Scene& scene)
      : client_(scene.installation.ClientOf(*scene.gateway, "officer", kCallTimeout)),
        thread_([this, model = scene.model](const std::stop_token& stop) { Run(stop, model); }) {}

  // Every id that was sent.
  std::set<std::string> Stop() {
    thread_.request_stop();
    thread_.join();
    return sent_;
  }
  std::size_t accepted() const { return accepted_; }
  std::size_t unknown() const { return unknown_; }
  std::size_t other() const { return other_; }

  static constexpr int kBatch = 500;

 private:
  void Run(const std::stop_token& stop, const std::string& model) {
    for (int number = 0; !stop.stop_requested();) {
      v1::SubmitManyRequest request;
      for (int i = 0; i < kBatch; ++i) {
        const std::string name = "flood " + std::to_string(number++);
        *request.add_submissions() = Progress(model, SubmissionIdOf(name), name);
        sent_.insert(SubmissionIdOf(name));
      }
      v1::SubmitManyResponse response;
      const cli::Failure failure = client_->Call(request, &response);
      if (!cli::Ok(failure)) {
        Count(failure);
        continue;
      }
      for (const v1::SubmitOutcome& outcome : response.outcomes()) {
        if (outcome.has_accepted()) {
          ++accepted_;
        } else {
          Count(outcome.error());
        }
      }
    }
  }
  // "Unknown" is what the gateway says at the deadline, or the client when it hears nothing.
  void Count(const google::rpc::Status& failure) {
    const std::string name = cli::CodeName(failure);
    const bool typed =
        name == "UNAVAILABLE" || name == "DEADLINE_EXCEEDED" || name == "RESOURCE_EXHAUSTED";
    ++(typed ? unknown_ : other_);
  }

  const std::unique_ptr<cli::Client> client_;
  std::set<std::string> sent_;
  std::atomic<std::size_t> accepted_ = 0, unknown_ = 0, other_ = 0;
  std::jthread thread_;
};

TEST(KafkaFaultsTest, RestartsAStallAndAFencedProducerUnderLoadLoseNothingAndTellNothingWrong) {
  ledger::TestBroker broker;
  const Scene scene(broker.bootstrap());
  const auto writers = scene.StartWriters();
  scene.ExpectGoesOn(writers);
  for (int i = 0; i < kRestarts; ++i) {
    broker.Kill();
    broker.Start();
    scene.ExpectGoesOn(writers);
  }

  const Finished fenced = scene.Intrude("fence");
  EXPECT_EQ(fenced.exit, 0) << fenced.err;
  scene.ExpectGoesOn(writers);

  Flood flood(scene);
  EXPECT_TRUE(Await([&] { return flood.accepted() > 0; }));
  const std::uint64_t before = scene.MemoryKilobytes();
  broker.Freeze();
  const absl::Time frozen = absl::Now();
  const std::size_t unknown = flood.unknown();
  // What had come back when it froze is still told, with the first call that ends.
  EXPECT_TRUE(Await([&] { return flood.unknown() > unknown; }));
  const std::size_t accepted = flood.accepted();
  EXPECT_TRUE(Await(
      [&] { return absl::Now() - frozen > kFreeze && flood.unknown() > unknown + Flood::kBatch; }));
  EXPECT_EQ(flood.accepted(), accepted) << "acknowledged while the broker stood still";
  EXPECT_LT(scene.MemoryKilobytes(), before + kGrowthMaxKilobytes);
  broker.Resume();
  const std::set<std::string> flooded = flood.Stop();
  EXPECT_EQ(flood.other(), 0u);
  scene.ExpectGoesOn(writers);
  scene.ExpectAllRecordedOnce(writers, flooded);
}

TEST(KafkaFaultsTest, ConnectionsThatSwallowWhatIsSentAreGivenUpAndMadeAnew) {
  const int port = crash::FreePort();
  // Whoever asks the broker where it is hears of the proxy.
  ledger::TestBroker broker(
      {.properties = absl::StrCat("advertised.listeners=CLIENTS://127.0.0.1:", port, "\n")});
  SwallowingProxy proxy(port, broker.port());
  const Scene scene(absl::StrCat("127.0.0.1:", port));
  const auto writers = scene.StartWriters();
  scene.ExpectGoesOn(writers);

  proxy.Swallow();
  v1::SubmitRequest request;
  *request.mutable_submission() = Progress(scene.model, SubmissionIdOf("swallowed"), "swallowed");
  v1::SubmitResponse response;
  const absl::Time start = absl::Now();
  const cli::Failure failure = scene.Clients()[0]->Call(request, &response);
  EXPECT_FALSE(cli::Ok(failure));
  EXPECT_TRUE(cli::IsRetryable(failure)) << failure.ShortDebugString();
  EXPECT_LT(absl::Now() - start, 2 * kCallTimeout);
  proxy.Pass();

  scene.ExpectGoesOn(writers);
  scene.ExpectAllRecordedOnce(writers, {SubmissionIdOf("swallowed")});
}

class GarbageTest : public ::testing::Test {
 protected:
  const Scene scene_{ledger::TestBroker::SharedBootstrap()};
};

// Random bytes, nothing, tombstones, copies of every record, halves of them, as large as the topic
// takes, compressed and not; and records of another ledger.
TEST_F(GarbageTest, WhatStrangersWriteIsVoidAndCountedAndDisturbsNobody) {
  const auto writers = scene_.StartWriters();
  scene_.ExpectGoesOn(writers);
  const Finished written = scene_.Intrude("garbage");
  ASSERT_EQ(written.exit, 0) << written.err;
  scene_.ExpectGoesOn(writers);
  const auto count = std::stoull(written.out);
  for (const Server* server : {scene_.gateway.get(), scene_.projector.get()}) {
    EXPECT_TRUE(Await([&] { return scene_.installation.Info(*server).void_records() >= count; }));
    EXPECT_TRUE(scene_.installation.IsReady(*server)) << scene_.installation.Readiness(*server);
    EXPECT_THAT(crash::HttpGet(server->http, "/metrics"),
                HasSubstr("nhanrong_ledger_void_records{ledger=\"crash\"}"));
  }
  scene_.ExpectAllRecordedOnce(writers);
  EXPECT_EQ(scene_.installation.Info(*scene_.projector).void_records(), count);
}

}  // namespace
}  // namespace nhanrong::kafka_edges

// A log that lost what was read from it before is noticed at the start, and is not served.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>

#include "absl/strings/match.h"
#include "services/ledger/kafka/kafka_admin.h"
#include "services/ledger/kafka/kafka_log.h"
#include "services/ledger/kafka/test_broker.h"
#include "tests/crash/installation.h"
#include "tests/crash/workload.h"

namespace nhanrong::crash {
namespace {

constexpr char kWord[] = "it was cut or changed";

class LostLogTest : public ::testing::Test {
 protected:
  // A ledger that this installation has read to its end; stopped.
  void MakeAndStop(Installation& installation, Server& server) {
    ASSERT_NO_FATAL_FAILURE(installation.Start(server));
    ASSERT_NO_FATAL_FAILURE(installation.Found(server));
    v1::SubmitRequest request;
    *request.mutable_submission() = ModelInUse(IdOf("lost"));
    v1::SubmitResponse response;
    ASSERT_TRUE(cli::Ok(installation.ClientOf(server, "officer")->Call(request, &response)));
    server.process->Signal(SIGTERM);
    EXPECT_EQ(server.process->Wait(kPatience), 0);
  }

  // Cuts the newest record in two.
  static void CutTheEmbeddedLog(const Server& server) {
    std::filesystem::path last;
    for (const auto& segment :
         std::filesystem::directory_iterator(server.data + "/ledgers/" + kLedger + "/log")) {
      last = std::max(last, segment.path());
    }
    constexpr int kBytesCut = 10;
    std::filesystem::resize_file(last, std::filesystem::file_size(last) - kBytesCut);
  }

  void ExpectNoticed(Installation& installation, Server& server) {
    installation.StartWithoutWaiting(server);
    EXPECT_TRUE(Await([&] { return absl::StrContains(installation.Readiness(server), kWord); }))
        << installation.Readiness(server) << installation.LogOf(server);
    EXPECT_FALSE(installation.IsReady(server));
    EXPECT_TRUE(absl::StrContains(installation.LogOf(server), kWord));
    v1::SubmitRequest request;
    *request.mutable_submission() = ModelInUse(IdOf("after the loss"));
    v1::SubmitResponse response;
    EXPECT_EQ(cli::CodeName(installation.ClientOf(server, "officer")->Call(request, &response)),
              "UNAVAILABLE");
  }
};

TEST_F(LostLogTest, AnEmbeddedLogWhoseTailWasCutIsNotServed) {
  Installation installation;
  const auto server = installation.Add("serve", "data");
  ASSERT_NO_FATAL_FAILURE(MakeAndStop(installation, *server));
  CutTheEmbeddedLog(*server);
  ExpectNoticed(installation, *server);
}

TEST_F(LostLogTest, ReadModelsAloneKnowWhatTheLogHasLost) {
  Installation installation;
  const auto server = installation.Add("serve", "data");
  ASSERT_NO_FATAL_FAILURE(MakeAndStop(installation, *server));
  CutTheEmbeddedLog(*server);
  std::filesystem::remove(server->data + "/read-models/" + kLedger + "/watermark");
  ExpectNoticed(installation, *server);
}

TEST_F(LostLogTest, ATopicThatWasDeletedAndMadeAgainIsNotServed) {
  Installation installation(ledger::TestBroker::SharedBootstrap());
  const auto server = installation.Add("serve", "data");
  ASSERT_NO_FATAL_FAILURE(MakeAndStop(installation, *server));
  ledger::KafkaLogOptions options;
  options.bootstrap_servers = installation.kafka();
  options.topic_prefix = installation.topic_prefix();
  options.single_broker = true;
  auto admin = ledger::KafkaAdmin::Make(options);
  ASSERT_TRUE(admin.ok());
  ASSERT_TRUE(admin->DeleteTopic(installation.topic_prefix() + kLedger).ok());
  // The broker forgets it in the background.
  ledger::KafkaLogStore store(options);
  EXPECT_TRUE(Await([&] { return store.Create(kLedger).ok(); }));
  ExpectNoticed(installation, *server);
}

}  // namespace
}  // namespace nhanrong::crash

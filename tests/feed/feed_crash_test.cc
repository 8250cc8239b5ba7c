// However the feed ends, its consumers get every event, in order, and doubles that are equal.
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <iostream>
#include <random>

#include "services/ledger/kafka/kafka_admin.h"
#include "services/ledger/kafka/test_broker.h"
#include "tests/crash/installation.h"
#include "tests/crash/prober.h"
#include "tests/crash/workload.h"
#include "tests/feed/consumer.h"

namespace nhanrong::feed_out {
namespace {

using crash::Await;
using crash::kLedger;
using crash::Server;

constexpr int kKills = 22;
constexpr int kSubmissions = 4'000;
// Events between a start and the next kill: somewhere within a batch.
constexpr int kEventsMax = 300;

class FeedCrashTest : public ::testing::Test {
 protected:
  explicit FeedCrashTest(const std::string& broker = ledger::TestBroker::SharedBootstrap())
      : installation_(broker) {}

  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(installation_.Start(*server_));
    ASSERT_NO_FATAL_FAILURE(installation_.Found(*server_));
    v1::Accepted accepted;
    ASSERT_TRUE(
        cli::Ok(crash::SubmitUntilAnswered(Clients(), crash::ModelInUse(model_), &accepted)));
  }

  std::vector<std::unique_ptr<cli::Client>> Clients() const {
    std::vector<std::unique_ptr<cli::Client>> clients;
    clients.push_back(installation_.ClientOf(*server_, "officer"));
    return clients;
  }
  void Import(int submissions) {
    const auto workload = crash::MakeWorkload(submissions, "feed");
    crash::WriteFile(installation_.root() + "/work.ndjson", workload.lines);
    const auto imported = installation_.Cli(
        *server_, "officer",
        {"import", installation_.root() + "/work.ndjson", "--ledger", kLedger, "--batch", "500"});
    ASSERT_EQ(imported.exit, 2) << "refused lines" << imported.err;
  }

  // `instance`: its stable name; empty: none.
  std::unique_ptr<Server> AddFeed(const std::string& name, const std::string& instance) {
    auto feed = installation_.Add("feed", name);
    if (!instance.empty()) feed->more = {"--instance", instance};
    return feed;
  }
  std::uint64_t Published() {
    ledger::KafkaLogOptions options;
    options.bootstrap_servers = installation_.kafka();
    auto admin = ledger::KafkaAdmin::Make(options);
    const auto bounds = admin.ok()
                            ? admin->Bounds(installation_.topic_prefix() + kLedger + ".events")
                            : admin.status();
    return bounds.ok() ? bounds->end.value() : 0;
  }
  void AwaitSomeMore() {
    const std::uint64_t goal = Published() + static_cast<std::uint64_t>(Random(1, kEventsMax));
    EXPECT_TRUE(Await([&] { return Published() >= goal; })) << Published() << " of " << goal;
  }
  int Random(int min, int max) { return std::uniform_int_distribution(min, max)(random_); }

  // The consumer finds nothing wrong and every event of the history.
  void ExpectAllConsumed(const std::vector<Server*>& feeds) {
    const std::uint64_t commits = installation_.Info(*server_).commits();
    EXPECT_TRUE(Await([&] {
      return std::any_of(feeds.begin(), feeds.end(),
                         [&](const Server* feed) { return IsFed(feed->http, kLedger, commits); });
    }));
    std::uint64_t events = 0;
    for (const v1::HistoryEntry& entry : installation_.History(*server_)) {
      events += static_cast<std::uint64_t>(entry.record().events().events_size());
    }
    const Consumed consumed = Consume(installation_.kafka(), installation_.topic_prefix(), kLedger);
    EXPECT_EQ(consumed.exit, 0) << consumed.why;
    EXPECT_EQ(consumed.events, events);
    std::cout << consumed.events << " events, " << consumed.doubles << " doubles\n";
  }

  crash::Installation installation_;
  const std::unique_ptr<Server> server_ = installation_.Add("serve", "data");
  const std::string model_ = crash::IdOf("fed");
  std::mt19937 random_{Seed()};
};

TEST_F(FeedCrashTest, AKilledFeedLosesNothing) {
  ASSERT_NO_FATAL_FAILURE(Import(kSubmissions));
  crash::Prober prober(Clients(), model_, "probe");
  const auto feed = AddFeed("feed", "feed-1");
  for (int i = 0; i < kKills; ++i) {
    installation_.StartWithoutWaiting(*feed);
    AwaitSomeMore();
    feed->process->Kill();
  }
  ASSERT_NO_FATAL_FAILURE(installation_.Start(*feed));
  prober.Finish();
  ExpectAllConsumed({feed.get()});
}

TEST_F(FeedCrashTest, OfTwoFeedsTheOtherGoesOn) {
  crash::Prober prober(Clients(), model_, "probe");
  const auto first = AddFeed("first", "");
  const auto second = AddFeed("second", "");
  for (Server* feed : {first.get(), second.get()}) installation_.StartWithoutWaiting(*feed);
  for (int i = 0; i < 2; ++i) {
    AwaitSomeMore();
    Server& victim = i == 0 ? *first : *second;
    victim.process->Kill();
    AwaitSomeMore();
    installation_.StartWithoutWaiting(victim);
  }
  AwaitSomeMore();
  prober.Finish();
  ExpectAllConsumed({first.get(), second.get()});
}

TEST_F(FeedCrashTest, AFeedThatWasFrozenDoesNoHarm) {
  crash::Prober prober(Clients(), model_, "probe");
  const auto first = AddFeed("first", "");
  const auto second = AddFeed("second", "");
  installation_.StartWithoutWaiting(*first);
  AwaitSomeMore();
  first->process->Signal(SIGSTOP);
  installation_.StartWithoutWaiting(*second);
  AwaitSomeMore();
  first->process->Signal(SIGCONT);
  AwaitSomeMore();
  prober.Finish();
  ExpectAllConsumed({first.get(), second.get()});
}

class FeedBrokerCrashTest : public FeedCrashTest {
 protected:
  FeedBrokerCrashTest() : FeedCrashTest(broker_->bootstrap()) {}
  // Made before the base, which needs it; of this suite alone.
  static void SetUpTestSuite() { broker_ = std::make_unique<ledger::TestBroker>(); }
  static void TearDownTestSuite() { broker_.reset(); }
  static std::unique_ptr<ledger::TestBroker> broker_;
};
std::unique_ptr<ledger::TestBroker> FeedBrokerCrashTest::broker_;

TEST_F(FeedBrokerCrashTest, ABrokerThatRestartsCostsOnlyTime) {
  ASSERT_NO_FATAL_FAILURE(Import(kSubmissions));
  crash::Prober prober(Clients(), model_, "probe");
  const auto feed = AddFeed("feed", "");
  installation_.StartWithoutWaiting(*feed);
  for (int i = 0; i < 2; ++i) {
    AwaitSomeMore();
    broker_->Kill();
    broker_->Start();
  }
  AwaitSomeMore();
  prober.Finish();
  ExpectAllConsumed({feed.get()});
  feed->process->Signal(SIGTERM);
  EXPECT_EQ(feed->process->Wait(crash::kPatience), 0) << installation_.LogOf(*feed);
}

}  // namespace
}  // namespace nhanrong::feed_out

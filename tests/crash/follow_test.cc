// Who follows a ledger sees every commit, without a gap, whoever is killed meanwhile.
#include <gtest/gtest.h>

#include <iostream>
#include <random>

#include "services/ledger/kafka/test_broker.h"
#include "tests/crash/history_checks.h"
#include "tests/crash/installation.h"
#include "tests/crash/prober.h"

namespace nhanrong::crash {
namespace {

constexpr int kKillsOfTheFollower = 8;
constexpr int kKillsOfTheServer = 3;

class FollowTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(installation_.Start(*server_));
    ASSERT_NO_FATAL_FAILURE(installation_.Found(*server_));
    v1::Accepted accepted;
    ASSERT_TRUE(cli::Ok(SubmitUntilAnswered(Clients(), ModelInUse(model_), &accepted)));
  }

  std::vector<std::unique_ptr<cli::Client>> Clients() const {
    std::vector<std::unique_ptr<cli::Client>> clients;
    clients.push_back(installation_.ClientOf(*server_, "officer"));
    return clients;
  }

  void StartFollower() {
    follower_ = std::make_unique<Process>(
        installation_.Command(*server_, "auditor",
                              {"history", "read", "--ledger", kLedger, "--follow", "--resume-file",
                               installation_.root() + "/place"}),
        out_, installation_.root() + "/follower.err");
  }

  // Commits that the follower's output holds, whole lines alone.
  std::size_t Followed() const {
    const std::string text = FileText(out_);
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }

  // A kill between a line and its note in the resume file may bring that one line again, and may
  // cut a line, which then comes whole: at most one of either for each kill of the follower.
  std::vector<v1::HistoryEntry> WithoutTheDocumentedRepeats(int kills) {
    std::vector<v1::HistoryEntry> entries;
    int repeats = 0;
    for (v1::HistoryEntry& entry : EntriesOf(FileText(out_))) {
      if (!entries.empty() && entry.position() == entries.back().position()) {
        EXPECT_EQ(entry.SerializeAsString(), entries.back().SerializeAsString());
        ++repeats;
      } else {
        entries.push_back(std::move(entry));
      }
    }
    EXPECT_LE(repeats, kills);
    return entries;
  }

  void ExpectAllFollowed(Prober& prober, int kills) {
    prober.Finish();
    const std::uint64_t commits = installation_.Info(*server_).commits();
    EXPECT_TRUE(Await([&] { return Followed() >= commits; })) << Followed() << " of " << commits;
    follower_->Kill();
    const auto entries = WithoutTheDocumentedRepeats(kills);
    EXPECT_EQ(entries.size(), commits);
    ExpectSoundHistory(entries);
    const auto positions = PositionsOf(entries);
    for (const Noted& noted : prober.notes()) {
      const auto found = positions.find(noted.submission.submission_id());
      ASSERT_NE(found, positions.end());
      EXPECT_EQ(found->second, noted.accepted.position());
      EXPECT_EQ(entries[found->second].leaf_hash(), noted.accepted.leaf_hash());
    }
    std::cout << commits << " commits followed through " << kills << " kills of the follower\n";
  }

  // Waits until the follower has some more commits.
  void AwaitMore() {
    const std::size_t goal =
        Followed() + std::uniform_int_distribution<std::size_t>(1, 40)(random_);
    EXPECT_TRUE(Await([&] { return Followed() >= goal; })) << Followed() << " of " << goal;
  }

  Installation installation_{GetParam() == "kafka" ? ledger::TestBroker::SharedBootstrap() : ""};
  const std::unique_ptr<Server> server_ = installation_.Add("serve", "data");
  const std::string model_ = IdOf("followed");
  const std::string out_ = installation_.root() + "/followed.ndjson";
  std::unique_ptr<Process> follower_;
  std::mt19937 random_{std::random_device{}()};
};

TEST_P(FollowTest, ASubmissionShowsUpWithHashesThatCanBeComputedFromItsBytes) {
  StartFollower();
  v1::Accepted accepted;
  const auto submission = Progress(model_, SubmissionIdOf("seen"), "thấy");
  ASSERT_TRUE(cli::Ok(SubmitUntilAnswered(Clients(), submission, &accepted)));
  EXPECT_TRUE(Await([&] { return Followed() == accepted.position() + 1; }));
  const auto entries = EntriesOf(FileText(out_));
  ExpectSoundHistory(entries);
  ASSERT_FALSE(entries.empty());
  EXPECT_EQ(entries.back().record().submission_id(), submission.submission_id());
  EXPECT_EQ(entries.back().leaf_hash(), accepted.leaf_hash());
}

TEST_P(FollowTest, AKilledFollowerGoesOnWithoutAGap) {
  Prober prober(Clients(), model_, "probe");
  for (int i = 0; i < kKillsOfTheFollower; ++i) {
    StartFollower();
    AwaitMore();
    follower_->Kill();
  }
  StartFollower();
  ExpectAllFollowed(prober, kKillsOfTheFollower);
}

TEST_P(FollowTest, AFollowerOutlivesItsServer) {
  Prober prober(Clients(), model_, "probe");
  StartFollower();
  for (int i = 0; i < kKillsOfTheServer; ++i) {
    AwaitMore();
    server_->process->Kill();
    ASSERT_NO_FATAL_FAILURE(installation_.Start(*server_));
  }
  AwaitMore();
  ExpectAllFollowed(prober, 0);
}

INSTANTIATE_TEST_SUITE_P(Engines, FollowTest, ::testing::Values("embedded", "kafka"),
                         [](const auto& engine) { return engine.param; });

}  // namespace
}  // namespace nhanrong::crash

#include "services/ledger/follower/ledger_follower.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "services/ledger/admission/record_kit.h"
#include "services/ledger/memory/memory_log.h"

namespace nhanrong::ledger {
namespace {

constexpr absl::Duration kSoon = absl::Seconds(10);

class Heard : public Listener {
 public:
  void OnAccepted(const Commit& commit) override { accepted.push_back(commit.position.value()); }
  void OnVoid(const Hash&, VoidReason reason) override { voids.push_back(reason); }
  std::vector<std::uint64_t> accepted;
  std::vector<VoidReason> voids;
};

class LedgerFollowerTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(store_.Create("made-up").ok());
    log_ = *store_.Open("made-up");
    Append(RecordKit(writer_, "genesis").Opens());
  }
  void Append(const RecordKit& kit) { AppendBytes(kit.Bytes()); }
  void AppendBytes(const std::string& bytes) {
    std::ignore = writer_.Judge(bytes);
    store_.Control("made-up").AppendOutsider(bytes);
  }
  void AppendStreams(int count) {
    for (int i = 0; i < count; ++i) {
      const std::string id = std::to_string(writer_.commits());
      Append(RecordKit(writer_, id).Writes("a/" + id, {}).At(1'000 + writer_.commits()));
    }
  }
  std::unique_ptr<LedgerFollower> Follow(std::string watermark = "") {
    auto follower = std::make_unique<LedgerFollower>(
        *log_, LedgerFollower::Options{.name = "made-up", .watermark_path = std::move(watermark)});
    follower->AddListener(&heard_);
    follower->Start();
    return follower;
  }

  MemoryLogStore store_;
  std::unique_ptr<Log> log_;
  Admission writer_;  // the history as it should be read
  Heard heard_;
};

TEST_F(LedgerFollowerTest, FoldsWhatIsThereAndWhatComes) {
  AppendStreams(3);
  auto follower = Follow();
  ASSERT_TRUE(follower->WaitCaughtUp(kSoon));
  EXPECT_EQ(follower->counters().commits, 4u);
  AppendStreams(1);
  EXPECT_TRUE(follower->WaitCommits(5, kSoon));
}

TEST_F(LedgerFollowerTest, CountsVoidRecordsAndGoesOn) {
  AppendBytes("garbage");
  Append(RecordKit(writer_, "stale").Writes("ledger/made-up", {}));
  AppendStreams(1);
  auto follower = Follow();
  ASSERT_TRUE(follower->WaitCommits(2, kSoon));
  follower->Stop();
  EXPECT_EQ(follower->counters().void_records, 2u);
  EXPECT_EQ(follower->counters().undecodable_records, 1u);
  EXPECT_EQ(heard_.voids, (std::vector{VoidReason::kUndecodable, VoidReason::kStaleWrite}));
  EXPECT_EQ(heard_.accepted, (std::vector<std::uint64_t>{0, 1}));
}

TEST_F(LedgerFollowerTest, TellsHowManyCommitsWereRecordedAtAMoment) {
  AppendStreams(2);
  auto follower = Follow();
  ASSERT_TRUE(follower->WaitCaughtUp(kSoon));
  EXPECT_EQ(follower->CommitsAt(absl::FromUnixSeconds(999)), 0u);
  EXPECT_EQ(follower->CommitsAt(absl::FromUnixSeconds(1'000)), 1u);
  EXPECT_EQ(follower->CommitsAt(absl::FromUnixSeconds(1'001)), 2u);
  EXPECT_EQ(follower->RecordedAt(Position(2)), absl::FromUnixSeconds(1'002));
}

TEST_F(LedgerFollowerTest, ReadsCommitsAgainAcrossVoidRecords) {
  AppendStreams(2);
  AppendBytes("garbage");
  AppendStreams(2);
  auto follower = Follow();
  ASSERT_TRUE(follower->WaitCaughtUp(kSoon));
  const auto again = follower->ReadCommits(Position(1), 3);
  ASSERT_TRUE(again.ok()) << again.status();
  ASSERT_EQ(again->size(), 3u);
  EXPECT_EQ((*again)[2].position, Position(3));
  EXPECT_NE((*again)[2].bytes, "garbage");
}

TEST_F(LedgerFollowerTest, GoesOnByItselfAfterTheLogWasAway) {
  auto follower = Follow();
  ASSERT_TRUE(follower->WaitCaughtUp(kSoon));
  store_.Control("made-up").SetReachable(false);
  store_.Control("made-up").SetReachable(true);
  AppendStreams(1);
  EXPECT_TRUE(follower->WaitCommits(2, kSoon));
}

TEST_F(LedgerFollowerTest, StopsWhenTheLogLostItsTail) {
  AppendStreams(2);
  auto follower = Follow();
  ASSERT_TRUE(follower->WaitCaughtUp(kSoon));
  store_.Control("made-up").Truncate(Place(1));
  EXPECT_FALSE(follower->WaitCommits(99, kSoon));
  EXPECT_EQ(follower->status().code(), absl::StatusCode::kDataLoss) << follower->status();
}

TEST_F(LedgerFollowerTest, NextRunStopsWhenTheLogIsShorterThanTheLastRunHadRead) {
  const std::string path = testing::TempDir() + "/watermark_shorter";
  std::filesystem::remove(path);
  AppendStreams(2);
  {
    auto follower = Follow(path);
    ASSERT_TRUE(follower->WaitCaughtUp(kSoon));
  }
  store_.Control("made-up").Truncate(Place(2));
  auto follower = Follow(path);
  EXPECT_FALSE(follower->WaitCaughtUp(kSoon));
  EXPECT_NE(follower->status().message().find("cut or changed"), absl::string_view::npos);
}

TEST_F(LedgerFollowerTest, DamagedWatermarkIsNotTakenForNone) {
  const std::string path = testing::TempDir() + "/watermark_damaged";
  std::FILE* file = std::fopen(path.c_str(), "w");
  std::fputs("nonsense", file);
  std::fclose(file);
  auto follower = Follow(path);
  EXPECT_FALSE(follower->WaitCaughtUp(kSoon));
  EXPECT_EQ(follower->status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(LedgerFollowerTest, StopsTwiceWithoutHarm) {
  auto follower = Follow();
  follower->Stop();
  follower->Stop();
}

}  // namespace
}  // namespace nhanrong::ledger

#include "services/ledger/follower/commit_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/ledger/admission/record_kit.h"
#include "services/ledger/memory/memory_log.h"

namespace nhanrong::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr absl::Duration kSoon = absl::Seconds(10);

class CommitReaderTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(store_.Create("made-up").ok());
    log_ = *store_.Open("made-up");
    follower_ = std::make_unique<LedgerFollower>(*log_, LedgerFollower::Options{.name = "made-up"});
    follower_->Start();
    Append(RecordKit(writer_, "genesis").Opens().Bytes());
  }
  void Append(const std::string& bytes) {
    std::ignore = writer_.Judge(bytes);
    store_.Control("made-up").AppendOutsider(bytes);
  }
  std::string Commit() {
    const std::string id = std::to_string(writer_.commits());
    const std::string bytes = RecordKit(writer_, id).Writes("a/" + id, {}).Bytes();
    Append(bytes);
    return bytes;
  }
  // Positions of what the reader gives once the follower has everything.
  std::vector<std::uint64_t> Positions(CommitReader& reader, std::size_t commits_max = 100) {
    EXPECT_TRUE(follower_->WaitCommits(writer_.commits(), kSoon));
    const auto commits = reader.Read(commits_max);
    EXPECT_TRUE(commits.ok()) << commits.status();
    std::vector<std::uint64_t> positions;
    for (const auto& commit : *commits) positions.push_back(commit.position.value());
    return positions;
  }

  MemoryLogStore store_;
  std::unique_ptr<Log> log_;
  Admission writer_;
  std::unique_ptr<LedgerFollower> follower_;
};

TEST_F(CommitReaderTest, GivesEachCommitOnceAndWhatComesLater) {
  CommitReader reader(*follower_, Position(0));
  Commit();
  EXPECT_THAT(Positions(reader), ElementsAre(0, 1));
  EXPECT_THAT(Positions(reader), IsEmpty());
  Commit();
  EXPECT_THAT(Positions(reader), ElementsAre(2));
}

TEST_F(CommitReaderTest, PassesOverVoidsAndGivesTheBytesAsTheyStand) {
  CommitReader reader(*follower_, Position(1));
  Append("no record");
  const std::string bytes = Commit();
  Append("no record");
  ASSERT_TRUE(follower_->WaitCommits(2, kSoon));
  const auto commits = reader.Read(10);
  ASSERT_TRUE(commits.ok()) << commits.status();
  ASSERT_THAT(*commits, SizeIs(1));
  EXPECT_EQ(commits->front().bytes, bytes);
}

TEST_F(CommitReaderTest, GivesNoMoreThanIsAskedFor) {
  CommitReader reader(*follower_, Position(0));
  for (int i = 0; i < 4; ++i) Commit();
  EXPECT_THAT(Positions(reader, 2), ElementsAre(0, 1));
  EXPECT_THAT(Positions(reader, 2), ElementsAre(2, 3));
  EXPECT_EQ(reader.next(), 4u);
}

TEST_F(CommitReaderTest, GoesOnAtTheSamePlaceAfterTheLogWasAway) {
  CommitReader reader(*follower_, Position(0));
  Commit();
  EXPECT_THAT(Positions(reader), ElementsAre(0, 1));
  Commit();
  ASSERT_TRUE(follower_->WaitCommits(3, kSoon));
  store_.Control("made-up").SetReachable(false);
  EXPECT_FALSE(reader.Read(10).ok());
  store_.Control("made-up").SetReachable(true);
  EXPECT_THAT(Positions(reader), ElementsAre(2));
}

}  // namespace
}  // namespace nhanrong::ledger

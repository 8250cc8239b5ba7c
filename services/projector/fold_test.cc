// Folding: independent of batches, repeats and crashes; parked streams; other histories.
#include "services/projector/fold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <rocksdb/db.h>

#include <algorithm>
#include <functional>

#include "absl/strings/str_cat.h"
#include "services/projector/journal_test_kit.h"
#include "services/projector/projection_test_kit.h"
#include "services/projector/row_key.h"
#include "services/projector/test_directory.h"

namespace nhanrong::projector {
namespace {

constexpr char kLedgerId[] = "0123456789abcdef";

std::unique_ptr<ProjectionFold> OpenFold(const TestDirectory& directory) {
  auto fold = ProjectionFold::Open(directory.path(), "l", kLedgerId, MakeJournal());
  EXPECT_TRUE(fold.ok()) << fold.status();
  return *std::move(fold);
}

Hash DigestOf(const ProjectionFold& fold) { return fold.progress().set.Digest(); }

Hash DigestInOneBatch(const std::vector<Commit>& commits) {
  const TestDirectory directory;
  const auto fold = OpenFold(directory);
  EXPECT_TRUE(fold->ApplyBatch(commits).ok());
  return DigestOf(*fold);
}

// Each pair: how many commits to go back, and how many to deliver from there.
RC_GTEST_PROP(FoldTest, AnySplitAndAnyRepeatGiveTheSameDigest,
              (const std::vector<std::pair<std::uint8_t, std::uint8_t>>& deliveries)) {
  static const std::vector<Commit> commits = JournalCommits(40);
  static const Hash expected = DigestInOneBatch(commits);
  const TestDirectory directory;
  const auto fold = OpenFold(directory);
  for (const auto& [back, count] : deliveries) {
    const std::size_t from = fold->commits() - std::min<std::size_t>(fold->commits(), back % 8);
    RC_ASSERT(fold->ApplyBatch(absl::MakeSpan(commits).subspan(from, count % 12)).ok());
  }
  RC_ASSERT(fold->ApplyBatch(commits).ok());
  RC_ASSERT(DigestOf(*fold) == expected);
}

TEST(FoldTest, AReopenedStoreGoesOnWhereItWas) {
  const std::vector<Commit> commits = JournalCommits(40);
  const TestDirectory directory;
  ASSERT_TRUE(OpenFold(directory)->ApplyBatch(absl::MakeSpan(commits).first(17)).ok());
  const auto fold = OpenFold(directory);
  EXPECT_EQ(fold->commits(), 17u);
  EXPECT_EQ(fold->progress().running, commits[16].running);
  ASSERT_TRUE(fold->ApplyBatch(commits).ok());
  EXPECT_EQ(DigestOf(*fold), DigestInOneBatch(commits));
}

TEST(FoldTest, WithinOneCommitTheLastWriteOfAKeyCounts) {
  CommitBuilder ledger;
  ledger.Fact("unit/a", Renamed("first"), "2024-01-01");
  ledger.Fact("unit/a", Renamed("second"), "2024-01-01").Commit();
  const TestDirectory directory;
  const auto fold = OpenFold(directory);
  ASSERT_TRUE(fold->ApplyBatch(ledger.commits()).ok());
  EXPECT_EQ(fold->progress().row_versions, 2u) << "the row of the stream, and that of the commit";
  EXPECT_EQ(fold->store().AsOf(Position(0))->Get("name/unit/a"), "first,second");
}

TEST(FoldTest, CommitsOfAnotherHistoryAreRefused) {
  const TestDirectory directory;
  const std::vector<Commit> commits = JournalCommits(10);
  ASSERT_TRUE(OpenFold(directory)->ApplyBatch(absl::MakeSpan(commits).first(5)).ok());
  CommitBuilder other("other");
  for (int i = 0; i < 10; ++i) other.Fact("unit/z", Renamed("z"), "2024-01-01").Commit();
  const absl::Span<const Commit> strange = other.commits();
  EXPECT_TRUE(absl::IsDataLoss(OpenFold(directory)->ApplyBatch(strange)));
  EXPECT_TRUE(absl::IsDataLoss(OpenFold(directory)->ApplyBatch(strange.subspan(5))));
  EXPECT_TRUE(OpenFold(directory)->ApplyBatch(commits).ok());
}

TEST(FoldTest, AMissingCommitIsAnErrorThatStays) {
  const TestDirectory directory;
  const std::vector<Commit> commits = JournalCommits(10);
  const auto fold = OpenFold(directory);
  EXPECT_TRUE(absl::IsInternal(fold->ApplyBatch(absl::MakeSpan(commits).subspan(1))));
  EXPECT_TRUE(absl::IsInternal(fold->ApplyBatch(commits)));
  EXPECT_EQ(fold->commits(), 0u);
}

TEST(FoldTest, AnEventOfUnknownTypeParksItsStreamAlone) {
  CommitBuilder ledger;
  ledger.Fact("unit/a", Renamed("1"), "2024-01-01").Commit();
  ledger.UnknownFact("unit/a").Fact("unit/b", Renamed("2"), "2024-01-01").Commit();
  ledger.Fact("unit/a", Renamed("3"), "2024-01-01").Commit();
  const TestDirectory directory;
  ASSERT_TRUE(OpenFold(directory)->ApplyBatch(absl::MakeSpan(ledger.commits()).first(2)).ok());
  const auto fold = OpenFold(directory);
  ASSERT_TRUE(fold->ApplyBatch(ledger.commits()).ok());

  const auto rows = fold->store().AsOf(Position(2));
  EXPECT_EQ(rows->Get("name/unit/a"), "1");
  EXPECT_EQ(rows->Get("name/unit/b"), "2");
  const v1::ProjectionInfo info = fold->info();
  ASSERT_EQ(info.parked_size(), 1);
  EXPECT_EQ(info.parked(0).stream(), "unit/a");
  EXPECT_EQ(info.parked(0).since_position(), 1u);
  EXPECT_EQ(info.parked(0).events(), 2u);
  EXPECT_THAT(info.parked(0).reason(), testing::HasSubstr("nhanrong.v9.Unheard"));
  EXPECT_EQ(DigestOf(*fold), DigestInOneBatch(ledger.commits()));
}

TEST(FoldTest, AnEventThatFailsLeavesNoRowBehind) {
  CommitBuilder ledger;
  ledger.Fact("unit/a", Renamed("kept"), "2024-01-01");
  ledger.Fact("unit/b", Renamed(kUnfoldable), "2024-01-01");
  ledger.Fact("unit/c", Renamed("kept"), "2024-01-01").Commit();
  const TestDirectory directory;
  const auto fold = OpenFold(directory);
  ASSERT_TRUE(fold->ApplyBatch(ledger.commits()).ok());
  const auto rows = fold->store().AsOf(Position(0));
  EXPECT_EQ(rows->Get("name/unit/a"), "kept");
  EXPECT_EQ(rows->Get("name/unit/b"), std::nullopt);
  EXPECT_EQ(rows->Get("name/unit/c"), "kept");
  EXPECT_EQ(rows->Get("commit"), "0");
  EXPECT_EQ(fold->info().parked(0).stream(), "unit/b");
}

TEST(FoldTest, AStoreOfAnotherLedgerIsRefusedByName) {
  const TestDirectory directory;
  OpenFold(directory);
  const auto opened =
      ProjectionFold::Open(directory.path(), "l", "fedcba9876543210", MakeJournal());
  EXPECT_TRUE(absl::IsFailedPrecondition(opened.status())) << opened.status();
  EXPECT_THAT(std::string(opened.status().message()), testing::HasSubstr("of ledger l"));
}

// Runs `change` on the database while no store has it open.
void ChangeRaw(const TestDirectory& directory, const std::function<void(rocksdb::DB&)>& change) {
  rocksdb::DB* raw = nullptr;
  const std::string path = RowStore::DirectoryOf(directory.path(), {"journal", 1, "l", ""});
  ASSERT_TRUE(rocksdb::DB::Open(rocksdb::Options(), path, &raw).ok());
  const std::unique_ptr<rocksdb::DB> db(raw);
  change(*db);
}

TEST(FoldTest, CheckFindsAChangedByte) {
  const std::vector<Commit> commits = JournalCommits(20);
  const TestDirectory directory;
  ASSERT_TRUE(OpenFold(directory)->ApplyBatch(commits).ok());
  EXPECT_TRUE(OpenFold(directory)->Check()->equal());
  ChangeRaw(directory, [](rocksdb::DB& db) {
    const std::string key = VersionKey(RowPrefix("commit"), Position(7));
    std::string value;
    ASSERT_TRUE(db.Get(rocksdb::ReadOptions(), key, &value).ok());
    value.back() ^= 1;
    ASSERT_TRUE(db.Put(rocksdb::WriteOptions(), key, value).ok());
  });
  const auto checked = OpenFold(directory)->Check();
  ASSERT_TRUE(checked.ok());
  EXPECT_FALSE(checked->equal());
  EXPECT_NE(checked->recomputed_digest(), checked->info().digest());
}

TEST(FoldTest, CheckFindsARowTooMany) {
  const TestDirectory directory;
  ASSERT_TRUE(OpenFold(directory)->ApplyBatch(JournalCommits(20)).ok());
  ChangeRaw(directory, [](rocksdb::DB& db) {
    const std::string key = VersionKey(RowPrefix("name/unit/new"), Position(7));
    ASSERT_TRUE(db.Put(rocksdb::WriteOptions(), key, StoredValue("forged")).ok());
  });
  EXPECT_FALSE(OpenFold(directory)->Check()->equal());
}

TEST(FoldTest, AValueThatIsNoneMakesTheReaderSaySo) {
  const TestDirectory directory;
  ASSERT_TRUE(OpenFold(directory)->ApplyBatch(JournalCommits(20)).ok());
  ChangeRaw(directory, [](rocksdb::DB& db) {
    const std::string key = VersionKey(RowPrefix("commit"), Position(7));
    ASSERT_TRUE(db.Put(rocksdb::WriteOptions(), key, "").ok());
  });
  const auto fold = OpenFold(directory);
  const auto later = fold->store().AsOf(Position(8));
  EXPECT_EQ(later->Get("commit"), "8");
  EXPECT_TRUE(later->status().ok());
  const auto damaged = fold->store().AsOf(Position(7));
  EXPECT_EQ(damaged->Get("commit"), std::nullopt);
  EXPECT_TRUE(absl::IsDataLoss(damaged->status()));
}

TEST(FoldTest, ADestroyedStoreIsBuiltAnewWithTheSameDigest) {
  const std::vector<Commit> commits = JournalCommits(20);
  const TestDirectory directory;
  const std::string path = RowStore::DirectoryOf(directory.path(), {"journal", 1, "l", ""});
  EXPECT_TRUE(RowStore::Destroy(path).ok()) << "nothing there";
  ASSERT_TRUE(OpenFold(directory)->ApplyBatch(commits).ok());
  ASSERT_TRUE(RowStore::Destroy(path).ok());
  const auto fold = OpenFold(directory);
  EXPECT_EQ(fold->commits(), 0u);
  ASSERT_TRUE(fold->ApplyBatch(commits).ok());
  EXPECT_EQ(DigestOf(*fold), DigestInOneBatch(commits));
}

}  // namespace
}  // namespace nhanrong::projector

#include "services/projector/runner.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "services/projector/journal_test_kit.h"
#include "services/projector/test_directory.h"

namespace nhanrong::projector {
namespace {

constexpr char kLedgerId[] = "0123456789abcdef";

// A second read model, under another name.
class Copy final : public Projection {
 public:
  std::string_view name() const override { return "copy"; }
  std::uint32_t version() const override { return 3; }
  absl::Status Fold(const FoldEvent& event, RowWriter& rows) override {
    return inner_->Fold(event, rows);
  }

 private:
  std::unique_ptr<Projection> inner_ = MakeJournal();
};

class RunnerTest : public testing::Test {
 protected:
  std::unique_ptr<ProjectionRunner> OpenRunner(bool with_copy = true) {
    std::vector<std::unique_ptr<Projection>> projections;
    projections.push_back(MakeJournal());
    if (with_copy) projections.push_back(std::make_unique<Copy>());
    auto runner = ProjectionRunner::Open(directory_.path(), "l", kLedgerId, std::move(projections));
    EXPECT_TRUE(runner.ok()) << runner.status();
    return *std::move(runner);
  }
  absl::Span<const Commit> Some(std::size_t from, std::size_t count) const {
    return absl::MakeSpan(commits_).subspan(from, count);
  }

  const std::vector<Commit> commits_ = JournalCommits(2 * kBatchCommitsMax + 10);
  const TestDirectory directory_;
};

TEST_F(RunnerTest, EveryReadModelFoldsWhatIsDelivered) {
  const auto runner = OpenRunner();
  ASSERT_TRUE(runner->Deliver(commits_).ok());
  EXPECT_EQ(runner->next_position(), Position(commits_.size()));
  for (const v1::ProjectionInfo& info : runner->info()) EXPECT_EQ(info.commits(), commits_.size());
  EXPECT_NE(runner->Rows("journal", Position(3)), nullptr);
  EXPECT_EQ(runner->Rows("journal", Position(commits_.size())), nullptr) << "not folded yet";
  EXPECT_EQ(runner->Rows("unheard", Position(3)), nullptr);
  EXPECT_EQ(runner->VersionOf("copy"), 3u);
}

TEST_F(RunnerTest, ANewReadModelIsBroughtUpWhileTheOthersPassOver) {
  ASSERT_TRUE(OpenRunner(false)->Deliver(Some(0, 50)).ok());
  const auto runner = OpenRunner();
  EXPECT_EQ(runner->next_position(), Position(0));
  ASSERT_TRUE(runner->Deliver(commits_).ok());
  EXPECT_EQ(runner->commits(), commits_.size());
  const auto all = runner->Check();
  ASSERT_TRUE(all.ok()) << all.status();
  for (const v1::CheckedProjection& checked : *all) EXPECT_TRUE(checked.equal());
}

TEST_F(RunnerTest, AWaiterIsToldWhenThePositionIsFolded) {
  const auto runner = OpenRunner();
  std::jthread reader([&] { ASSERT_TRUE(runner->Deliver(commits_).ok()); });
  EXPECT_TRUE(runner->WaitReached(commits_.size(), absl::InfiniteFuture()));
  EXPECT_NE(runner->Rows("copy", Position(commits_.size() - 1)), nullptr);
}

TEST_F(RunnerTest, AWaiterForWhatIsFoldedIsToldAtOnce) {
  const auto runner = OpenRunner();
  ASSERT_TRUE(runner->Deliver(Some(0, 5)).ok());
  bool told = false;
  runner->WhenReached(5, absl::InfinitePast(), [&](bool reached) { told = reached; });
  EXPECT_TRUE(told);
}

TEST_F(RunnerTest, AWaiterIsToldWhenItsDeadlinePasses) {
  const auto runner = OpenRunner();
  std::atomic<int> reached = 0, missed = 0;
  const auto count = [&](bool is_reached) { ++(is_reached ? reached : missed); };
  runner->WhenReached(9, absl::InfiniteFuture(), count);
  runner->WhenReached(3, absl::Now() + absl::Hours(1), count);
  EXPECT_FALSE(runner->WaitReached(1, absl::Now() + absl::Milliseconds(20)));
  EXPECT_FALSE(runner->WaitReached(1, absl::InfinitePast()));
  ASSERT_TRUE(runner->Deliver(Some(0, 5)).ok());
  EXPECT_EQ(reached, 1);
  EXPECT_EQ(missed, 0);
}

TEST_F(RunnerTest, DestructionTellsWaitersThatItWillNotCome) {
  int missed = 0;
  {
    const auto runner = OpenRunner();
    runner->WhenReached(9, absl::InfiniteFuture(),
                        [&](bool reached) { missed += reached ? 0 : 1; });
  }
  EXPECT_EQ(missed, 1);
}

TEST_F(RunnerTest, AfterEndWaitsNobodyWaitsButFoldingGoesOn) {
  const auto runner = OpenRunner();
  bool told = false;
  runner->WhenReached(9, absl::InfiniteFuture(), [&](bool reached) { told = !reached; });
  runner->EndWaits();
  EXPECT_TRUE(told);
  EXPECT_FALSE(runner->WaitReached(9, absl::InfiniteFuture()));
  EXPECT_TRUE(runner->Deliver(Some(0, 9)).ok());
  EXPECT_TRUE(runner->WaitReached(9, absl::InfiniteFuture()));
}

TEST_F(RunnerTest, AnErrorStopsTheRunnerAndItsWaiters) {
  const auto runner = OpenRunner();
  bool told = false;
  runner->WhenReached(9, absl::InfiniteFuture(), [&](bool reached) { told = !reached; });
  EXPECT_FALSE(runner->Deliver(Some(3, 2)).ok());
  EXPECT_TRUE(told);
  EXPECT_TRUE(absl::IsInternal(runner->status()));
  EXPECT_FALSE(runner->Deliver(commits_).ok());
  EXPECT_FALSE(runner->WaitReached(1, absl::InfiniteFuture()));
}

TEST_F(RunnerTest, ReadersKeepTheirMomentWhileTheRunnerWrites) {
  const auto runner = OpenRunner();
  ASSERT_TRUE(runner->Deliver(Some(0, 100)).ok());
  const auto rows = runner->Rows("journal", Position(99));
  std::atomic<bool> ended = false;
  std::jthread reader([&] {
    while (!ended) EXPECT_EQ(rows->Get("commit"), "99");
  });
  EXPECT_TRUE(runner->Deliver(commits_).ok());
  ended = true;
}

}  // namespace
}  // namespace nhanrong::projector

// A fold that is killed anywhere, or finds the disk full, goes on to the same digest.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <random>
#include <thread>

#include "services/projector/fold.h"
#include "services/projector/journal_test_kit.h"
#include "services/projector/runner.h"
#include "services/projector/test_directory.h"

namespace nhanrong::projector {
namespace {

constexpr char kLedgerId[] = "0123456789abcdef";
constexpr std::size_t kCommits = 10'000;
constexpr std::size_t kCommitsOfABatch = 7;
constexpr int kKills = 12;
// A child is killed so many batches after its start at most, and then so much later.
constexpr int kBatchesOfALifeMax = 100;
constexpr int kDelayMaxUs = 2'000;

// Folds until it is killed or done; a byte to `progress` for each batch. Runs in the child: no
// assertion of GoogleTest in here.
[[noreturn]] void FoldAll(const std::string& root, const std::vector<Commit>& commits,
                          int progress) {
  auto fold = ProjectionFold::Open(root, "l", kLedgerId, MakeJournal());
  if (!fold.ok()) _exit(2);
  for (std::size_t i = (*fold)->commits(); i < commits.size(); i += kCommitsOfABatch) {
    const auto batch = absl::MakeSpan(commits).subspan(i, kCommitsOfABatch);
    if (!(*fold)->ApplyBatch(batch).ok()) _exit(3);
    if (write(progress, "b", 1) != 1) _exit(4);
  }
  _exit(0);
}

// Starts a child and kills it after `batches` and `delay`.
void FoldAndKill(const std::string& root, const std::vector<Commit>& commits, int batches,
                 std::chrono::microseconds delay) {
  int progress[2];
  ASSERT_EQ(pipe(progress), 0);
  const pid_t child = fork();
  if (child == 0) FoldAll(root, commits, progress[1]);
  close(progress[1]);
  char byte = 0;
  for (int i = 0; i < batches; ++i) ASSERT_EQ(read(progress[0], &byte, 1), 1) << "the child failed";
  std::this_thread::sleep_for(delay);
  kill(child, SIGKILL);
  int how = 0;
  waitpid(child, &how, 0);
  close(progress[0]);
  ASSERT_TRUE(WIFSIGNALED(how)) << "exit " << WEXITSTATUS(how);
}

TEST(CrashTest, AfterEveryKillTheStoreHoldsAPrefixAndTheFoldGoesOn) {
  const std::vector<Commit> commits = JournalCommits(kCommits);
  const TestDirectory directory;
  std::mt19937 random(20'240'501);
  std::uniform_int_distribution<int> life_batches(0, kBatchesOfALifeMax);
  std::uniform_int_distribution<int> delay_us(0, kDelayMaxUs);
  std::uint64_t before = 0;
  for (int i = 0; i < kKills; ++i) {
    const int batches = life_batches(random);
    FoldAndKill(directory.path(), commits, batches, std::chrono::microseconds(delay_us(random)));
    const auto fold = ProjectionFold::Open(directory.path(), "l", kLedgerId, MakeJournal());
    ASSERT_TRUE(fold.ok()) << fold.status();
    const std::uint64_t count = (*fold)->commits();
    EXPECT_GE(count, before + batches * kCommitsOfABatch) << "what was told is stored";
    EXPECT_TRUE((*fold)->Check()->equal()) << "after " << count << " commits";
    const Hash expected = count == 0 ? Hash{} : commits[count - 1].running;
    EXPECT_EQ((*fold)->progress().running, expected);
    before = count;
  }
  const auto fold = ProjectionFold::Open(directory.path(), "l", kLedgerId, MakeJournal());
  ASSERT_TRUE((*fold)->ApplyBatch(commits).ok());
  const TestDirectory whole_directory;
  const auto whole = ProjectionFold::Open(whole_directory.path(), "l", kLedgerId, MakeJournal());
  ASSERT_TRUE((*whole)->ApplyBatch(commits).ok());
  EXPECT_EQ((*fold)->progress(), (*whole)->progress());
}

// While it lives, no file of this process grows: every write to the disk fails.
class NoMoreBytes {
 public:
  NoMoreBytes() : old_handler_(signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &old_);
    rlimit none = old_;
    none.rlim_cur = 0;
    setrlimit(RLIMIT_FSIZE, &none);
  }
  ~NoMoreBytes() {
    setrlimit(RLIMIT_FSIZE, &old_);
    signal(SIGXFSZ, old_handler_);
  }

 private:
  sighandler_t old_handler_;
  rlimit old_{};
};

TEST(CrashTest, AFullDiskStopsTheRunnerAndAReopenedOneGoesOn) {
  const std::vector<Commit> commits = JournalCommits(400);
  const TestDirectory directory;
  const auto open = [&] {
    std::vector<std::unique_ptr<Projection>> journal;
    journal.push_back(MakeJournal());
    return *ProjectionRunner::Open(directory.path(), "l", kLedgerId, std::move(journal));
  };
  {
    const auto runner = open();
    ASSERT_TRUE(runner->Deliver(absl::MakeSpan(commits).first(100)).ok());
    bool told = false;
    runner->WhenReached(400, absl::InfiniteFuture(), [&](bool reached) { told = !reached; });
    {
      const NoMoreBytes full;
      EXPECT_TRUE(absl::IsUnavailable(runner->Deliver(commits)));
    }
    EXPECT_TRUE(told);
    EXPECT_EQ(runner->commits(), 100u);
    EXPECT_TRUE(absl::IsUnavailable(runner->Deliver(commits))) << "it stays stopped";
    EXPECT_EQ(runner->Rows("journal", Position(99))->Get("commit"), "99");
  }
  const auto runner = open();
  EXPECT_EQ(runner->next_position(), Position(100));
  ASSERT_TRUE(runner->Deliver(commits).ok());
  EXPECT_TRUE((*runner->Check())[0].equal());
}

}  // namespace
}  // namespace nhanrong::projector

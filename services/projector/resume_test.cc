// Parked streams folded again: the outcome is that of a rebuild, whatever happens meanwhile.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <random>

#include "absl/strings/str_cat.h"
#include "services/projector/journal_test_kit.h"
#include "services/projector/projection_test_kit.h"
#include "services/projector/runner.h"
#include "services/projector/test_directory.h"

namespace nhanrong::projector {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

constexpr char kLedgerId[] = "0123456789abcdef";
constexpr char kUnheard[] = "nhanrong.v9.Unheard";

// A read model in which every row depends on all events before it, of whatever stream: an event
// that is left out or folded out of order shows in every later row.
class Chain final : public Projection {
 public:
  std::string_view name() const override { return "chain"; }
  std::uint32_t version() const override { return 1; }
  absl::Status Fold(const FoldEvent& event, RowWriter& rows) override {
    const std::string before = rows.Get("last").value_or("");
    const std::string link =
        absl::StrCat(before, event.event.stream(), event.fact.unit_renamed().name());
    rows.Put("last", ToHex(AsBytes(Sha256(link))));
    rows.Put(absl::StrCat("stream/", event.event.stream()), link);
    if (event.fact.unit_renamed().name() != kUnfoldable) return absl::OkStatus();
    return absl::InvalidArgumentError("the chain does not fold this");
  }
};

// What a newer program knows: the type that no older one has heard of.
FactReader Newer(const std::string& name = "learnt") {
  return [name](const v1::Event& event) -> std::optional<v1::Fact> {
    if (event.type() == kUnheard) return Renamed(name);
    return domain::FactOf(event);
  };
}

// The commits of a test, as a log gives them.
class MemorySource final : public CommitSource {
 public:
  explicit MemorySource(absl::Span<const Commit> commits) : commits_(commits) {}
  // Called before each Next; an error is what the log says.
  std::function<absl::Status()> before_next = [] { return absl::OkStatus(); };

  absl::StatusOr<Hash> SeekTo(Position position) override {
    next_ = position.value();
    return next_ == 0 ? Hash{} : commits_[next_ - 1].running;
  }
  absl::StatusOr<std::vector<Commit>> Next(std::size_t commits_max) override {
    if (absl::Status fault = before_next(); !fault.ok()) return fault;
    const auto some = commits_.subspan(next_, commits_max);
    next_ += some.size();
    return std::vector<Commit>(some.begin(), some.end());
  }

 private:
  const absl::Span<const Commit> commits_;
  std::size_t next_ = 0;
};

std::unique_ptr<ProjectionRunner> OpenRunner(const std::string& root, const FactReader& facts) {
  std::vector<std::unique_ptr<Projection>> chain;
  chain.push_back(std::make_unique<Chain>());
  auto runner = ProjectionRunner::Open(root, "l", kLedgerId, std::move(chain), facts);
  EXPECT_TRUE(runner.ok()) << runner.status();
  return *std::move(runner);
}

absl::StatusOr<std::uint64_t> Resume(ProjectionRunner& runner, CommitSource& log) {
  return runner.Resume(std::make_unique<Chain>(), log, [](std::uint64_t) { return true; });
}

StoreProgress Rebuilt(absl::Span<const Commit> commits, const FactReader& facts) {
  const TestDirectory directory;
  const auto runner = OpenRunner(directory.path(), facts);
  EXPECT_TRUE(runner->Deliver(commits).ok());
  return runner->furthest();
}

std::vector<std::string> Directories(const TestDirectory& root) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(root.path() + "/l/projections")) {
    names.push_back(entry.path().filename());
  }
  std::sort(names.begin(), names.end());
  return names;
}

// Commits over five streams; an event of unknown type wherever `unknown` says so.
std::vector<Commit> Commits(const std::vector<bool>& unknown) {
  constexpr std::size_t kStreams = 5;
  CommitBuilder ledger;
  for (std::size_t i = 0; i < unknown.size(); ++i) {
    const std::string stream = absl::StrCat("unit/", i * 7 % kStreams);
    if (unknown[i]) {
      ledger.UnknownFact(stream);
    } else {
      ledger.Fact(stream, Renamed(absl::StrCat("n", i)), "2024-01-01");
    }
    ledger.Commit();
  }
  return ledger.commits();
}

// Of the commits below: those that a store has folded at first, and how many come at a time.
constexpr std::size_t kDelivered = 3 * kBatchCommitsMax;
constexpr std::size_t kComing = 20;

// A ledger with a stream that is parked early and another one late.
std::vector<Commit> CommitsWithTwoParked() {
  std::vector<bool> unknown(kDelivered + 20 * kComing);
  unknown[5] = unknown[kDelivered / 2] = true;
  return Commits(unknown);
}

TEST(ResumeTest, GivesWhatARebuildByTheNewerProgramGives) {
  constexpr std::uint32_t kLedgers = 12;
  for (std::uint32_t seed = 0; seed < kLedgers; ++seed) {
    std::mt19937 random(seed);
    std::vector<bool> unknown(random() % 60);
    std::generate(unknown.begin(), unknown.end(), [&] { return random() % 8 == 0; });
    const std::vector<Commit> commits = Commits(unknown);
    const auto early = absl::MakeSpan(commits).first(commits.size() - commits.size() / 5);
    const TestDirectory directory;
    ASSERT_TRUE(OpenRunner(directory.path(), domain::FactOf)->Deliver(early).ok());
    const auto runner = OpenRunner(directory.path(), Newer());
    MemorySource log(commits);
    ASSERT_TRUE(Resume(*runner, log).ok()) << "seed " << seed;
    EXPECT_EQ(runner->furthest(), Rebuilt(early, Newer())) << "seed " << seed;
    ASSERT_TRUE(runner->Deliver(commits).ok());
    EXPECT_EQ(runner->furthest(), Rebuilt(commits, Newer())) << "seed " << seed;
    EXPECT_TRUE((*runner->Check())[0].equal()) << "seed " << seed;
  }
}

class ParkedTest : public testing::Test {
 protected:
  ParkedTest() { EXPECT_TRUE(OpenRunner(root(), domain::FactOf)->Deliver(delivered()).ok()); }
  absl::Span<const Commit> delivered() const { return absl::MakeSpan(commits_).first(kDelivered); }
  const std::string& root() const { return directory_.path(); }

  const std::vector<Commit> commits_ = CommitsWithTwoParked();
  const TestDirectory directory_;
};

TEST_F(ParkedTest, ANewerProgramLeavesThemParkedUntilItIsTold) {
  const auto runner = OpenRunner(root(), Newer());
  EXPECT_EQ(runner->info()[0].parked_streams(), 2u);
  MemorySource log(commits_);
  EXPECT_EQ(Resume(*runner, log).value(), 2u);
  EXPECT_EQ(runner->info()[0].parked_streams(), 0u);
  EXPECT_EQ(runner->furthest(), Rebuilt(delivered(), Newer()));
}

TEST_F(ParkedTest, AParkedStreamTellsWhatCouldNotBeFoldedAndSinceWhen) {
  const v1::ProjectionInfo info = OpenRunner(root(), domain::FactOf)->info()[0];
  ASSERT_EQ(info.parked_size(), 2);
  const v1::ParkedStream& parked = info.parked(0);
  EXPECT_EQ(parked.stream(), "unit/0");
  EXPECT_EQ(parked.since_position(), 5u);
  EXPECT_EQ(parked.since_recorded_at().seconds(), absl::ToUnixSeconds(commits_[5].recorded_at));
  EXPECT_EQ(parked.cause(), v1::PARKED_CAUSE_UNKNOWN_TYPE);
  EXPECT_EQ(parked.event_type(), kUnheard);
  EXPECT_GT(parked.events(), 100u);
}

TEST_F(ParkedTest, WhatStillCannotBeFoldedIsParkedWithTheNewReason) {
  const auto runner = OpenRunner(root(), Newer(kUnfoldable));
  MemorySource log(commits_);
  EXPECT_EQ(Resume(*runner, log).value(), 0u);
  const v1::ProjectionInfo info = runner->info()[0];
  ASSERT_EQ(info.parked_size(), 2);
  EXPECT_EQ(info.parked(0).reason(), "the chain does not fold this");
  EXPECT_EQ(info.parked(0).cause(), v1::PARKED_CAUSE_REFUSED);
  EXPECT_EQ(info.parked(0).since_position(), 5u);
  EXPECT_EQ(runner->furthest(), Rebuilt(delivered(), Newer(kUnfoldable)));
}

TEST_F(ParkedTest, ThePastBeforeItStaysAndThePastSinceIsThatOfARebuild) {
  const auto runner = OpenRunner(root(), Newer());
  const auto before = runner->Rows("chain", Position(4))->Get("last");
  const auto between = runner->Rows("chain", Position(20))->Get("last");
  MemorySource log(commits_);
  ASSERT_TRUE(Resume(*runner, log).ok());
  EXPECT_EQ(runner->Rows("chain", Position(4))->Get("last"), before);
  EXPECT_NE(runner->Rows("chain", Position(20))->Get("last"), between);
  const TestDirectory other;
  const auto rebuilt = OpenRunner(other.path(), Newer());
  ASSERT_TRUE(rebuilt->Deliver(commits_).ok());
  for (const std::uint64_t position : {4, 5, 20, 300}) {
    EXPECT_EQ(runner->Rows("chain", Position(position))->Get("last"),
              rebuilt->Rows("chain", Position(position))->Get("last"));
  }
}

TEST_F(ParkedTest, ItAnswersMeanwhileAndFoldsWhatComes) {
  const auto runner = OpenRunner(root(), Newer());
  MemorySource log(commits_);
  std::size_t delivered = kDelivered;
  const auto goes_on = [&](std::uint64_t beside) {
    delivered += kComing;
    EXPECT_TRUE(runner->Deliver(absl::MakeSpan(commits_).first(delivered)).ok());
    EXPECT_NE(runner->Rows("chain", Position(delivered - 1)), nullptr) << "at " << beside;
    EXPECT_EQ(runner->info()[0].parked_streams(), 2u) << "until it is in its place";
    return true;
  };
  ASSERT_TRUE(runner->Resume(std::make_unique<Chain>(), log, goes_on).ok());
  EXPECT_GT(delivered, kDelivered);
  EXPECT_EQ(runner->commits(), delivered);
  EXPECT_EQ(runner->furthest(), Rebuilt(absl::MakeSpan(commits_).first(delivered), Newer()));
}

TEST_F(ParkedTest, WhoReadsReadsOnAndThenTheFilesGo) {
  const auto runner = OpenRunner(root(), Newer());
  auto rows = runner->Rows("chain", Position(20));
  const auto before = rows->Get("last");
  MemorySource log(commits_);
  ASSERT_TRUE(Resume(*runner, log).ok());
  EXPECT_EQ(rows->Get("last"), before);
  EXPECT_TRUE(rows->status().ok());
  EXPECT_THAT(Directories(directory_), ElementsAre("chain-v1", "chain-v1.1"));
  rows.reset();
  EXPECT_THAT(Directories(directory_), ElementsAre("chain-v1.1"));
}

TEST_F(ParkedTest, AfterARestartTheNewOneCounts) {
  MemorySource log(commits_);
  ASSERT_TRUE(Resume(*OpenRunner(root(), Newer()), log).ok());
  const auto runner = OpenRunner(root(), Newer());
  ASSERT_TRUE(runner->Deliver(commits_).ok());
  EXPECT_EQ(runner->furthest(), Rebuilt(commits_, Newer()));
}

TEST_F(ParkedTest, AFaultOfTheLogLeavesEverythingAsItWas) {
  const auto runner = OpenRunner(root(), Newer());
  const StoreProgress before = runner->furthest();
  MemorySource log(commits_);
  int read = 0;
  log.before_next = [&] {
    return ++read < 3 ? absl::OkStatus() : absl::UnavailableError("the log is away");
  };
  EXPECT_TRUE(absl::IsUnavailable(Resume(*runner, log).status()));
  EXPECT_EQ(runner->furthest(), before);
  EXPECT_THAT(Directories(directory_), ElementsAre("chain-v1"));
  EXPECT_TRUE(runner->Deliver(commits_).ok()) << "it goes on";
}

TEST_F(ParkedTest, ALogThatLostItsTailLeavesEverythingAsItWas) {
  const auto runner = OpenRunner(root(), Newer());
  MemorySource log(absl::MakeSpan(commits_).first(kDelivered - 1));
  EXPECT_TRUE(absl::IsUnavailable(Resume(*runner, log).status()));
  EXPECT_EQ(runner->info()[0].parked_streams(), 2u);
  EXPECT_TRUE(runner->Deliver(commits_).ok()) << "it goes on";
}

TEST_F(ParkedTest, WithNothingParkedNothingIsBuilt) {
  MemorySource log(commits_);
  const auto runner = OpenRunner(root(), Newer());
  ASSERT_EQ(Resume(*runner, log).value(), 2u);
  EXPECT_EQ(Resume(*runner, log).value(), 0u);
  EXPECT_THAT(Directories(directory_), ElementsAre("chain-v1.1"));
}

TEST_F(ParkedTest, KilledAnywhereItIsBeforeOrAfter) {
  constexpr int kKills = 20;
  constexpr int kDelayMaxUs = 60'000;
  const StoreProgress before = OpenRunner(root(), domain::FactOf)->furthest();
  const StoreProgress after = Rebuilt(delivered(), Newer());
  std::mt19937 random(20'240'501);
  std::uniform_int_distribution<int> delay_us(0, kDelayMaxUs);
  for (int i = 0; i < kKills; ++i) {
    const pid_t child = fork();
    if (child == 0) {
      MemorySource log(commits_);
      const bool resumed = Resume(*OpenRunner(root(), Newer()), log).ok();
      _exit(resumed ? 0 : 1);
    }
    usleep(static_cast<useconds_t>(delay_us(random)));
    kill(child, SIGKILL);
    int how = 0;
    waitpid(child, &how, 0);
    ASSERT_TRUE(WIFSIGNALED(how) || WEXITSTATUS(how) == 0);
    const auto runner = OpenRunner(root(), domain::FactOf);
    ASSERT_TRUE((*runner->Check())[0].equal());
    ASSERT_TRUE(runner->furthest() == before || runner->furthest() == after) << "kill " << i;
    ASSERT_EQ(Directories(directory_).size(), 1u);
  }
  const auto runner = OpenRunner(root(), Newer());
  MemorySource log(commits_);
  ASSERT_TRUE(Resume(*runner, log).ok());
  EXPECT_EQ(runner->furthest(), after);
}

}  // namespace
}  // namespace nhanrong::projector

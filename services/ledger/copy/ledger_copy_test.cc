#include "services/ledger/copy/ledger_copy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "services/ledger/admission/record_kit.h"
#include "services/ledger/contract/log_probe.h"
#include "services/ledger/embedded/scratch_ledger.h"
#include "services/ledger/kafka/kafka_log.h"
#include "services/ledger/kafka/test_broker.h"
#include "services/ledger/memory/memory_log.h"

namespace nhanrong::ledger {
namespace {

using ::testing::HasSubstr;
using ::testing::Lt;
using ::testing::Not;

// The bytes of the accepted records of a log.
std::vector<std::string> CommitsOf(Log& log) {
  const std::uint64_t end = log.Bounds()->end.value();
  const auto records = ReadFrom(log, Place(0), end);
  EXPECT_TRUE(records.ok()) << records.status();
  Admission admission;
  std::vector<std::string> commits;
  for (const LogRecord& record : records.value_or(std::vector<LogRecord>())) {
    if (std::holds_alternative<Commit>(admission.Judge(record.bytes))) {
      commits.push_back(record.bytes);
    }
  }
  return commits;
}

// A made-up ledger, written record by record to any log.
class Writer {
 public:
  explicit Writer(Log& log) : log_(log) {}

  void Open() { Write(RecordKit(admission_, "genesis").Opens().Bytes()); }
  void Commits(int count, const std::string& what = "event") {
    std::vector<std::string> records;
    for (int i = 0; i < count; ++i) {
      const std::string id = std::to_string(admission_.commits());
      records.push_back(RecordKit(admission_, id).Writes("a/" + id, {}, what).Bytes());
      std::ignore = admission_.Judge(records.back());
    }
    const auto written = AppendAllAndWait(log_, records);
    ASSERT_TRUE(written.ok()) << written.status();
  }
  void Voids() {
    Write("no record at all");
    Write(RecordKit(admission_, "genesis").Writes("b/1", {}).Bytes());
    Write(RecordKit(admission_, "stale").Writes("ledger/made-up", {}).Bytes());
  }
  void Refusal() { Write(RecordKit(admission_, "refused").Refuses("a/x", {}).Bytes()); }

 private:
  void Write(const std::string& record) {
    std::ignore = admission_.Judge(record);
    const auto written = AppendAndWait(log_, record);
    ASSERT_TRUE(written.ok()) << written.status();
  }
  Log& log_;
  Admission admission_;
};

// Logs of one engine, by name.
class Engine {
 public:
  virtual ~Engine() = default;
  std::unique_ptr<Log> Open(const std::string& name) {
    (void)store().Create(name);
    auto log = store().Open(name);
    EXPECT_TRUE(log.ok()) << log.status();
    return *std::move(log);
  }
  virtual LogStore& store() = 0;
};

class Embedded final : public Engine {
 public:
  LogStore& store() override { return store_; }

 private:
  ScratchLedger scratch_;
  EmbeddedLogStore store_{{.root = scratch_.root().string(), .segment_bytes = 20'000}};
};

class Kafka final : public Engine {
 public:
  LogStore& store() override { return store_; }

 private:
  KafkaLogStore store_{{.bootstrap_servers = TestBroker::SharedBootstrap(),
                        .topic_prefix = "copy-" + ToHex(RandomBytes(6)) + ".",
                        .single_broker = true,
                        .gapless = true}};
};

class Memory final : public Engine {
 public:
  LogStore& store() override { return store_; }
  MemoryLogControl Control(const std::string& name) { return store_.Control(name); }

 private:
  MemoryLogStore store_;
};

std::unique_ptr<Engine> MakeEngine(const std::string& name) {
  if (name == "kafka") return std::make_unique<Kafka>();
  if (name == "embedded") return std::make_unique<Embedded>();
  return std::make_unique<Memory>();
}

// From one engine to another and back.
class JourneyTest : public ::testing::TestWithParam<std::pair<std::string, std::string>> {
 protected:
  const std::unique_ptr<Engine> here_ = MakeEngine(GetParam().first);
  const std::unique_ptr<Engine> there_ = MakeEngine(GetParam().second);
};

TEST_P(JourneyTest, ALedgerComesBackByteForByteWithoutItsVoids) {
  const auto source = here_->Open("source");
  Writer writer(*source);
  writer.Open();
  writer.Commits(700);
  writer.Voids();
  writer.Refusal();
  writer.Commits(700);
  const auto there = there_->Open("there");
  const auto back = here_->Open("back");

  const auto first = CopyLedger(*source, *there, {});
  ASSERT_TRUE(first.ok()) << first.status();
  const auto second = CopyLedger(*there, *back, {});
  ASSERT_TRUE(second.ok()) << second.status();

  EXPECT_EQ(first->commits, 1'402u);
  EXPECT_EQ(first->voids, 3u);
  EXPECT_EQ(second->voids, 0u);
  EXPECT_EQ(first->running, second->running);
  EXPECT_EQ(CommitsOf(*back), CommitsOf(*source));
  EXPECT_EQ(back->Bounds()->end.value(), 1'402u) << "nothing but the commits";
}

INSTANTIATE_TEST_SUITE_P(
    Engines, JourneyTest,
    testing::Values(std::pair("embedded", "kafka"), std::pair("kafka", "embedded"),
                    std::pair("embedded", "embedded"), std::pair("memory", "memory")),
    [](const auto& test) { return test.param.first + "_" + test.param.second; });

class LedgerCopyTest : public ::testing::Test {
 protected:
  void SetUp() override {
    writer_.Open();
    writer_.Commits(2'000);
  }
  void ExpectRefused(const std::string& what) {
    const std::uint64_t end = target_->Bounds()->end.value();
    const auto outcome = CopyLedger(*source_, *target_, {});
    EXPECT_TRUE(absl::IsAlreadyExists(outcome.status())) << outcome.status();
    EXPECT_THAT(std::string(outcome.status().message()), HasSubstr(what));
    EXPECT_EQ(target_->Bounds()->end.value(), end) << "a refused target is left as it is";
  }

  Memory engine_;
  const std::unique_ptr<Log> source_ = engine_.Open("source");
  const std::unique_ptr<Log> target_ = engine_.Open("target");
  Writer writer_{*source_};
};

TEST_F(LedgerCopyTest, CopyingAgainAppendsOnlyWhatIsNew) {
  ASSERT_TRUE(CopyLedger(*source_, *target_, {}).ok());
  writer_.Commits(5);
  const auto again = CopyLedger(*source_, *target_, {});
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->appended, 5u);
  EXPECT_EQ(again->commits, 2'006u);
}

TEST_F(LedgerCopyTest, GoesOnAfterItWasStoppedAnywhere) {
  std::mt19937 random(std::random_device{}());
  for (int stops = 0; stops < 10; ++stops) {
    int asked = std::uniform_int_distribution(1, 12)(random);
    const auto stopped = CopyLedger(*source_, *target_, {.stopped = [&] { return --asked < 0; }});
    EXPECT_TRUE(stopped.ok() || absl::IsCancelled(stopped.status())) << stopped.status();
  }
  const auto outcome = CopyLedger(*source_, *target_, {});
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(CommitsOf(*target_), CommitsOf(*source_));
  EXPECT_EQ(target_->Bounds()->end.value(), 2'001u) << "no doubles";
}

TEST_F(LedgerCopyTest, CatchesUpWithASourceThatIsInUse) {
  int more = 3;
  const auto outcome =
      CopyLedger(*source_, *target_, {.progress = [&](const CopyProgress& progress) {
        if (progress.pass != CopyProgress::Pass::kComparing && more-- > 0) {
          writer_.Commits(10);
        }
      }});
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(outcome->commits + outcome->commits_left, 2'031u);
  EXPECT_THAT(outcome->commits_left, Lt(31u));
}

TEST_F(LedgerCopyTest, SaysWhatTheSourceHasMore) {
  ASSERT_TRUE(CopyLedger(*source_, *target_, {}).ok());
  writer_.Commits(7);
  writer_.Voids();
  const auto outcome = CompareLedgers(*source_, *target_, {});
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(outcome->commits_left, 7u);
  EXPECT_EQ(outcome->appended, 0u);
}

TEST_F(LedgerCopyTest, RefusesATargetThatHoldsAnotherLedger) {
  Writer other(*target_);
  other.Open();
  other.Commits(1, "another event");
  ExpectRefused("position 1 its commit is another one");
}

TEST_F(LedgerCopyTest, RefusesATargetThatHasMoreThanTheSource) {
  ASSERT_TRUE(CopyLedger(*source_, *target_, {}).ok());
  const auto shorter = engine_.Open("shorter");
  Writer(*shorter).Open();
  const auto outcome = CopyLedger(*shorter, *target_, {});
  EXPECT_TRUE(absl::IsAlreadyExists(outcome.status())) << outcome.status();
  EXPECT_THAT(std::string(outcome.status().message()), HasSubstr("the source has none"));
}

TEST_F(LedgerCopyTest, NoticesThatSomebodyElseWritesToTheTarget) {
  bool written = false;
  const auto outcome =
      CopyLedger(*source_, *target_, {.progress = [&](const CopyProgress& progress) {
        if (progress.pass != CopyProgress::Pass::kVerifying || written) return;
        written = true;
        // As a gateway does that was started on the target too early.
        Admission reader;
        for (const auto& commit : CommitsOf(*target_)) std::ignore = reader.Judge(commit);
        engine_.Control("target").AppendOutsider(
            RecordKit(reader, "early").Writes("b/1", {}).Bytes());
      }});
  ASSERT_TRUE(outcome.ok()) << "it came after the comparison had begun: " << outcome.status();
  ExpectRefused("the source has none");
}

TEST_F(LedgerCopyTest, AFailedAppendEndsTheCopyAndTheNextOneGoesOn) {
  MemoryLogControl control = engine_.Control("target");
  control.Hold();
  bool failed = false;
  const auto outcome = CopyLedger(*source_, *target_, {.stopped = [&] {
    if (!failed) control.DropAll();
    failed = true;
    return false;
  }});
  EXPECT_TRUE(absl::IsUnavailable(outcome.status())) << outcome.status();
  EXPECT_THAT(std::string(outcome.status().message()), Not(HasSubstr("takes no records")))
      << "it ended at the failure, not after waiting";
  control.DropAll();
  control.Resume();
  EXPECT_TRUE(CopyLedger(*source_, *target_, {}).ok());
  EXPECT_EQ(CommitsOf(*target_), CommitsOf(*source_));
}

TEST_F(LedgerCopyTest, ASourceWithoutGenesisIsNoLedger) {
  const auto empty = engine_.Open("empty");
  EXPECT_TRUE(absl::IsNotFound(CopyLedger(*empty, *target_, {}).status()));
}

TEST(CopyBesideAWriterTest, TakesWhatIsSurelyOnTheDiskOfARunningServer) {
  ScratchLedger scratch;
  const auto source = scratch.Open();
  ASSERT_TRUE(source.ok());
  Writer writer(**source);
  writer.Open();
  for (int i = 0; i < 50; ++i) writer.Commits(1);
  const auto beside = EmbeddedLogStore(scratch.options()).OpenBesideItsWriter("ledger");
  ASSERT_TRUE(beside.ok()) << beside.status();
  Memory engine;
  const auto target = engine.Open("target");
  const auto outcome = CopyLedger(**beside, *target, {});
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(outcome->commits, 50u) << "all but the last frame";
}

TEST(CopyToKafkaTest, GoesOnThroughARestartOfTheBroker) {
  TestBroker broker;
  Memory engine;
  const auto source = engine.Open("source");
  Writer writer(*source);
  writer.Open();
  writer.Commits(20'000);
  KafkaLogStore store(
      {.bootstrap_servers = broker.bootstrap(), .single_broker = true, .gapless = true});
  ASSERT_TRUE(store.Create("target").ok());
  auto target = store.Open("target");
  ASSERT_TRUE(target.ok()) << target.status();
  bool killed = false;
  const auto outcome =
      CopyLedger(*source, **target, {.progress = [&](const CopyProgress& progress) {
        if (killed || progress.commits < 10'000) return;
        killed = true;
        broker.Kill();
        broker.Start();
      }});
  ASSERT_TRUE(outcome.ok()) << outcome.status();
  EXPECT_EQ(CommitsOf(**target), CommitsOf(*source));
}

}  // namespace
}  // namespace nhanrong::ledger

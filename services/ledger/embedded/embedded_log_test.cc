#include "services/ledger/embedded/embedded_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "services/ledger/contract/log_contract.h"
#include "services/ledger/embedded/scratch_ledger.h"

namespace nhanrong::ledger {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

class EmbeddedInstallation final : public LogInstallation {
 public:
  EmbeddedInstallation() { Restart(); }
  LogStore& store() override { return *store_; }
  void Restart() override {
    // Small segments, so that every case of the contract crosses some.
    auto options = scratch_.options();
    options.segment_bytes = 2'000;
    store_ = std::make_unique<EmbeddedLogStore>(options);
  }

 private:
  ScratchLedger scratch_;
  std::unique_ptr<EmbeddedLogStore> store_;
};

INSTANTIATE_TEST_SUITE_P(
    Embedded, LogContractTest,
    testing::ValuesIn(LogContractOn({"embedded",
                                     [] { return std::make_unique<EmbeddedInstallation>(); }})));

class EmbeddedLogTest : public ::testing::Test {
 protected:
  ScratchLedger ledger_;
};

TEST_F(EmbeddedLogTest, ALogIsOpenOnceAndTheMessageNamesItsDirectory) {
  const auto first = ledger_.Open();
  ASSERT_TRUE(first.ok()) << first.status();
  const auto second = ledger_.Open();
  EXPECT_TRUE(absl::IsFailedPrecondition(second.status())) << second.status();
  EXPECT_THAT(std::string(second.status().message()), HasSubstr(ledger_.directory().string()));
}

TEST_F(EmbeddedLogTest, AClosedLogMayBeOpenedAgain) {
  ASSERT_TRUE(ledger_.Open().ok());
  ASSERT_TRUE(ledger_.Open().ok());
}

TEST_F(EmbeddedLogTest, SegmentsAreNamedByTheirFirstPlace) {
  auto options = ledger_.options();
  options.segment_bytes = 1;  // a segment for each frame
  auto log = ledger_.Open(options);
  ASSERT_TRUE(log.ok()) << log.status();
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(AppendAndWait(**log, "r").ok());
  const auto segments = ledger_.Segments();
  ASSERT_THAT(segments, SizeIs(3));
  EXPECT_EQ(segments[2].filename(), "00000000000000000002.seg");
}

TEST_F(EmbeddedLogTest, AQueueThatIsFullRefusesWithoutWriting) {
  auto options = ledger_.options();
  options.queue_records_max = 1;
  auto log = ledger_.Open(options);
  ASSERT_TRUE(log.ok()) << log.status();
  AppendProbe probe;
  // The first `done` keeps the writer busy until the queue has overflowed.
  std::promise<void> overflowed;
  (*log)->Append("a", [&, done = probe.Done(0)](absl::StatusOr<Place> place) {
    overflowed.get_future().wait();
    done(std::move(place));
  });
  for (std::size_t i = 1; i <= 3; ++i) (*log)->Append("b", probe.Done(i));
  overflowed.set_value();
  const auto outcomes = probe.Wait(4);
  ASSERT_THAT(outcomes, SizeIs(4));
  EXPECT_TRUE(absl::IsResourceExhausted(outcomes.back().place.status()));
  const auto accepted = std::count_if(outcomes.begin(), outcomes.end(),
                                      [](const auto& outcome) { return outcome.place.ok(); });
  EXPECT_EQ((*log)->Bounds()->end, Place(static_cast<std::uint64_t>(accepted)));
}

TEST_F(EmbeddedLogTest, AReaderOutlivesItsLog) {
  auto log = ledger_.Open();
  ASSERT_TRUE(log.ok()) << log.status();
  ASSERT_TRUE(AppendAndWait(**log, "kept").ok());
  auto reader = (*log)->OpenReader(Place(0));
  ASSERT_TRUE(reader.ok()) << reader.status();
  log->reset();
  EXPECT_THAT(*(*reader)->Read(10, absl::ZeroDuration()), SizeIs(1));
}

// Each write and each sync in turn fails once, and the disk then works again.
TEST_F(EmbeddedLogTest, AFailedWriteOrSyncStopsTheLogUntilItIsOpenedAnew) {
  constexpr int kAppends = 3;
  for (int failing = 1; failing <= 2 * kAppends; ++failing) {
    ScratchLedger ledger;
    FailingFiles files(failing);
    auto options = ledger.options();
    options.files = &files;
    std::size_t acknowledged = 0;
    {
      auto log = ledger.Open(options);
      ASSERT_TRUE(log.ok()) << log.status();
      for (int i = 0; i < kAppends; ++i) acknowledged += AppendAndWait(**log, "r").ok();
      EXPECT_EQ(acknowledged, static_cast<std::size_t>((failing - 1) / 2));
      const auto last = AppendAndWait(**log, "r");
      EXPECT_TRUE(absl::IsUnavailable(last.status()));
      EXPECT_THAT(std::string(last.status().message()), HasSubstr("restart"));
      EXPECT_EQ((*log)->Writable(), last.status());
      EXPECT_EQ((*log)->Bounds()->end, Place(acknowledged));
    }
    auto log = ledger.Open();
    ASSERT_TRUE(log.ok()) << log.status();
    EXPECT_GE((*log)->Bounds()->end, Place(acknowledged));
    EXPECT_TRUE(AppendAndWait(**log, "after").ok());
    EXPECT_TRUE((*log)->Writable().ok());
  }
}

// The frame whose sync failed may sit in a cache that calls itself clean: opening writes it again.
TEST_F(EmbeddedLogTest, OpeningWritesTheLastFrameAgain) {
  ASSERT_TRUE(AppendAndWait(**ledger_.Open(), "r").ok());
  FailingFiles files(/*failing_call=*/2);
  auto options = ledger_.options();
  options.files = &files;
  EXPECT_FALSE(ledger_.Open(options).ok());
  EXPECT_EQ(files.calls(), 2);
  EXPECT_TRUE(ledger_.Open().ok());
}

}  // namespace
}  // namespace nhanrong::ledger

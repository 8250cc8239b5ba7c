// Reading a log beside the process that writes it.
#include "services/ledger/embedded/running_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/ledger/embedded/scratch_ledger.h"

namespace nhanrong::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RunningLogTest : public ::testing::Test {
 protected:
  void SetUp() override { writer_ = *ledger_.Open(); }

  // Each in a frame of its own.
  void Write(const std::string& record) { ASSERT_TRUE(AppendAndWait(*writer_, record).ok()); }
  // A writer whose segments take one frame each.
  void GivenSegmentsOfOneFrame() {
    writer_.reset();
    auto options = ledger_.options();
    options.segment_bytes = 1;
    writer_ = *ledger_.Open(options);
  }
  std::unique_ptr<Log> OpenBeside() {
    auto log = EmbeddedLogStore(ledger_.options()).OpenBesideItsWriter("ledger");
    EXPECT_TRUE(log.ok()) << log.status();
    return *std::move(log);
  }
  static std::vector<std::string> Seen(Log& log) {
    const auto bounds = log.Bounds();
    if (!bounds.ok()) return {bounds.status().ToString()};
    const auto read = ReadFrom(log, Place(0), bounds->end.value());
    return read.ok() ? BytesOf(*read) : std::vector{read.status().ToString()};
  }

  ScratchLedger ledger_;
  std::unique_ptr<Log> writer_;
};

TEST_F(RunningLogTest, GivesEveryFrameButTheLastWhichMayNotBeSynced) {
  const auto log = OpenBeside();
  EXPECT_THAT(Seen(*log), IsEmpty());
  Write("one");
  EXPECT_THAT(Seen(*log), IsEmpty());
  Write("two");
  Write("three");
  EXPECT_THAT(Seen(*log), ElementsAre("one", "two"));
}

TEST_F(RunningLogTest, GoesOnIntoNewSegments) {
  GivenSegmentsOfOneFrame();
  const auto log = OpenBeside();
  for (const char* record : {"one", "two", "three"}) Write(record);
  EXPECT_THAT(Seen(*log), ElementsAre("one", "two"));
  Write("four");
  EXPECT_THAT(Seen(*log), ElementsAre("one", "two", "three"));
}

TEST_F(RunningLogTest, AFrameThatIsBeingWrittenIsTheEnd) {
  Write("one");
  Write("two");
  Write("three");
  const std::string whole = ledger_.Contents(ledger_.Segments().front());
  ledger_.Write(ledger_.Segments().front(), whole.substr(0, whole.size() - 1));
  const auto log = OpenBeside();
  EXPECT_THAT(Seen(*log), ElementsAre("one"));
  ledger_.Write(ledger_.Segments().front(), whole);
  EXPECT_THAT(Seen(*log), ElementsAre("one", "two"));
}

TEST_F(RunningLogTest, TakesNoRecords) {
  const auto log = OpenBeside();
  EXPECT_TRUE(absl::IsFailedPrecondition(AppendAndWait(*log, "x").status()));
}

TEST_F(RunningLogTest, ADirectoryWithoutALogIsNotFound) {
  const auto log = EmbeddedLogStore(ledger_.options()).OpenBesideItsWriter("nobody");
  EXPECT_TRUE(absl::IsNotFound(log.status())) << log.status();
  EXPECT_THAT(std::string(log.status().message()), HasSubstr("nobody"));
}

}  // namespace
}  // namespace nhanrong::ledger

// What opening makes of files that a crash, a disk or a person has changed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/ledger/embedded/frame.h"
#include "services/ledger/embedded/scratch_ledger.h"

namespace nhanrong::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class DamageTest : public ::testing::Test {
 protected:
  // One frame for each record.
  void Given(const std::vector<std::string>& records, std::uint64_t segment_bytes = 1 << 20) {
    auto options = ledger_.options();
    options.segment_bytes = segment_bytes;
    auto log = ledger_.Open(options);
    ASSERT_TRUE(log.ok()) << log.status();
    for (const auto& record : records) ASSERT_TRUE(AppendAndWait(**log, record).ok());
  }

  std::filesystem::path Segment(std::size_t i = 0) { return ledger_.Segments().at(i); }
  static std::size_t FrameBytes(std::string_view record) {
    return kFrameHeaderBytes + kRecordLengthBytes + record.size();
  }
  void FlipByte(const std::filesystem::path& path, std::size_t at) {
    std::string bytes = ledger_.Contents(path);
    bytes.at(at) = static_cast<char>(~bytes.at(at));
    ledger_.Write(path, bytes);
  }

  std::vector<std::string> Kept() {
    auto log = ledger_.Open();
    if (!log.ok()) return {log.status().ToString()};
    const auto read = ReadFrom(**log, Place(0), (*log)->Bounds()->end.value());
    return read.ok() ? BytesOf(*read) : std::vector{read.status().ToString()};
  }
  void ExpectRefused(const std::string& file, const std::string& what) {
    std::vector<std::string> before, after;
    for (const auto& path : ledger_.Segments()) before.push_back(ledger_.Contents(path));
    const auto log = ledger_.Open();
    EXPECT_TRUE(absl::IsDataLoss(log.status())) << log.status();
    EXPECT_THAT(std::string(log.status().message()), HasSubstr(file));
    EXPECT_THAT(std::string(log.status().message()), HasSubstr(what));
    for (const auto& path : ledger_.Segments()) after.push_back(ledger_.Contents(path));
    EXPECT_EQ(before, after) << "a refused log is left as it is";
  }

  ScratchLedger ledger_;
};

TEST_F(DamageTest, ATailTornAtAnyByteIsCutAndTheLogGoesOn) {
  ASSERT_NO_FATAL_FAILURE(Given({"first", "second", "torn"}));
  const std::string whole = ledger_.Contents(Segment());
  for (std::size_t cut = 1; cut <= FrameBytes("torn"); ++cut) {
    ledger_.Write(Segment(), whole.substr(0, whole.size() - cut));
    ASSERT_THAT(Kept(), ElementsAre("first", "second")) << cut;
    ASSERT_TRUE(AppendAndWait(**ledger_.Open(), "next").ok());
    ASSERT_THAT(Kept(), ElementsAre("first", "second", "next")) << cut;
  }
}

TEST_F(DamageTest, AChangedByteInTheLastFrameIsATornTail) {
  ASSERT_NO_FATAL_FAILURE(Given({"first", "torn"}));
  const std::string whole = ledger_.Contents(Segment());
  for (std::size_t back = 1; back <= FrameBytes("torn"); ++back) {
    ledger_.Write(Segment(), whole);
    FlipByte(Segment(), whole.size() - back);
    ASSERT_THAT(Kept(), ElementsAre("first")) << back;
  }
}

TEST_F(DamageTest, AFileThatGrewWithoutItsBytesIsATornTail) {
  ASSERT_NO_FATAL_FAILURE(Given({"first"}));
  ledger_.Write(Segment(), ledger_.Contents(Segment()) + std::string(5'000, '\0'));
  EXPECT_THAT(Kept(), ElementsAre("first"));
}

TEST_F(DamageTest, AChangedByteBeforeAWholeFrameIsRefused) {
  ASSERT_NO_FATAL_FAILURE(Given({"first", "second", "third"}));
  const std::string whole = ledger_.Contents(Segment());
  const std::size_t second = FrameBytes("first");
  for (std::size_t at = second; at < second + FrameBytes("second"); ++at) {
    ledger_.Write(Segment(), whole);
    FlipByte(Segment(), at);
    ExpectRefused(Segment().string(), "at byte " + std::to_string(second));
  }
}

TEST_F(DamageTest, AWholeFrameFarBehindDamageIsFound) {
  const std::string large(60'000, 'x');
  ASSERT_NO_FATAL_FAILURE(Given(std::vector<std::string>(60, large), 16 << 20));
  std::string bytes = ledger_.Contents(Segment());
  // Everything but the first and the last frame is gone.
  const std::size_t frame = FrameBytes(large);
  std::fill(bytes.begin() + frame, bytes.end() - frame, '\0');
  ledger_.Write(Segment(), bytes);
  ExpectRefused(Segment().string(), "at byte " + std::to_string(frame));
}

TEST_F(DamageTest, AFrameInsideATornRecordIsNotTakenForOne) {
  FrameBuilder builder;
  builder.Add("forged");
  const std::string forged(builder.Finish(Place(1'000)));
  ASSERT_NO_FATAL_FAILURE(Given({"first", "head" + forged + "tail"}));
  const std::string whole = ledger_.Contents(Segment());
  ledger_.Write(Segment(), whole.substr(0, whole.size() - 1));
  EXPECT_THAT(Kept(), ElementsAre("first"));
}

TEST_F(DamageTest, AFrameThatIsThereTwiceIsRefused) {
  ASSERT_NO_FATAL_FAILURE(Given({"first"}));
  const std::string whole = ledger_.Contents(Segment());
  ledger_.Write(Segment(), whole + whole);
  ExpectRefused(Segment().string(), "belongs elsewhere");
}

TEST_F(DamageTest, AnEarlierSegmentThatIsShortIsRefused) {
  ASSERT_NO_FATAL_FAILURE(Given({"first", "second"}, /*segment_bytes=*/1));
  const std::string whole = ledger_.Contents(Segment(0));
  ledger_.Write(Segment(0), whole.substr(0, whole.size() - 1));
  ExpectRefused(Segment(0).string(), "not the last segment");
}

TEST_F(DamageTest, AMissingSegmentIsRefusedWhereverItWas) {
  for (const std::size_t missing : {0u, 1u}) {
    ASSERT_NO_FATAL_FAILURE(Given({"first", "second", "third"}, /*segment_bytes=*/1));
    std::filesystem::remove(Segment(missing));
    ExpectRefused(ledger_.directory().string(), "0000" + std::to_string(missing) + ".seg");
    std::filesystem::remove_all(ledger_.directory());
  }
}

TEST_F(DamageTest, AnEmptyLastSegmentIsWhatACrashInRotationLeaves) {
  ASSERT_NO_FATAL_FAILURE(Given({"first"}));
  ledger_.Write(ledger_.directory() / "00000000000000000001.seg", "");
  EXPECT_THAT(Kept(), ElementsAre("first"));
  ASSERT_TRUE(AppendAndWait(**ledger_.Open(), "second").ok());
  EXPECT_THAT(Kept(), ElementsAre("first", "second"));
}

TEST_F(DamageTest, DamageThatComesAfterOpeningIsDataLossForReaders) {
  ASSERT_NO_FATAL_FAILURE(Given({"first", "second"}));
  auto log = ledger_.Open();
  ASSERT_TRUE(log.ok()) << log.status();
  FlipByte(Segment(), FrameBytes("first") + kFrameHeaderBytes + kRecordLengthBytes);
  auto reader = (*log)->OpenReader(Place(0));
  ASSERT_TRUE(reader.ok()) << reader.status();
  EXPECT_THAT(BytesOf(*(*reader)->Read(10, absl::ZeroDuration())), ElementsAre("first"));
  EXPECT_TRUE(absl::IsDataLoss((*reader)->Read(10, absl::ZeroDuration()).status()));
  EXPECT_TRUE(absl::IsDataLoss((*reader)->Read(10, absl::ZeroDuration()).status()));
}

}  // namespace
}  // namespace nhanrong::ledger

#include "services/ledger/embedded/frame.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nhanrong::ledger {
namespace {

std::string FrameOf(const std::vector<std::string>& records, Place first) {
  FrameBuilder builder;
  for (const auto& record : records) builder.Add(record);
  return std::string(builder.Finish(first));
}

TEST(FrameTest, RecordsRoundTripWithTheirPlaces) {
  const std::string frame = FrameOf({"a", "", std::string("\0\xff", 2)}, Place(7));
  const auto header = ParseFrameHeader(frame);
  ASSERT_TRUE(header);
  EXPECT_EQ(header->frame_bytes(), frame.size());
  const auto records = ParseFramePayload(*header, frame.substr(kFrameHeaderBytes));
  ASSERT_TRUE(records);
  ASSERT_EQ(records->size(), 3u);
  EXPECT_EQ((*records)[2].place, Place(9));
  EXPECT_EQ((*records)[2].bytes, std::string("\0\xff", 2));
}

TEST(FrameTest, ABuilderIsUsedAgain) {
  FrameBuilder builder;
  builder.Add("a");
  builder.Finish(Place(0));
  EXPECT_TRUE(builder.empty());
  builder.Add("b");
  EXPECT_EQ(std::string(builder.Finish(Place(1))), FrameOf({"b"}, Place(1)));
}

TEST(FrameTest, EveryFlippedBitIsNoticed) {
  const std::string frame = FrameOf({"some", "records"}, Place(3));
  for (std::size_t bit = 0; bit < frame.size() * 8; ++bit) {
    std::string damaged = frame;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    const auto header = ParseFrameHeader(damaged);
    EXPECT_FALSE(header && ParseFramePayload(*header, damaged.substr(kFrameHeaderBytes))) << bit;
  }
}

TEST(FrameTest, FindsAWholeFrameBehindDamage) {
  const std::string frame = FrameOf({"x"}, Place(5));
  EXPECT_EQ(FindFrame("noise NRF\x01 noise" + frame, Place(5)), 16u);
  EXPECT_FALSE(FindFrame("noise" + frame, Place(6)));
  EXPECT_FALSE(FindFrame("noise" + frame.substr(0, frame.size() - 1), Place(0)));
}

TEST(FrameTest, KeepsItsFormOnTheDisk) {
  // Version 1 of the grammar; a change here makes old logs unreadable.
  const std::string expected =
      std::string("NRF\x01", 4) + std::string("\0\0\0\x04\0\0\0\x01\0\0\0\0\0\0\0\x02", 16);
  const std::string frame = FrameOf({"ab"}, Place(2));
  EXPECT_EQ(frame.substr(0, 20), expected);
  EXPECT_EQ(frame.substr(28), std::string("\0\x02"
                                          "ab",
                                          4));
}

}  // namespace
}  // namespace nhanrong::ledger

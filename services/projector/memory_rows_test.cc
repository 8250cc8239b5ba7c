#include "services/projector/memory_rows.h"

#include <gtest/gtest.h>

namespace nhanrong::projector {
namespace {

TEST(MemoryRowsTest, AReaderSeesTheRowsOfItsPosition) {
  MemoryRows rows;
  rows.Writer(Position(1))->Put("a", "1");
  rows.Writer(Position(3))->Delete("a");
  EXPECT_EQ(rows.AsOf(Position(0))->Get("a"), std::nullopt);
  EXPECT_EQ(rows.AsOf(Position(2))->Get("a"), "1");
  EXPECT_EQ(rows.AsOf(Position(3))->Get("a"), std::nullopt);
}

TEST(MemoryRowsTest, ARowMayBeReadWhileScanning) {
  MemoryRows rows;
  rows.Writer(Position(0))->Put("p/1", "x");
  const auto reader = rows.AsOf(Position(0));
  reader->Scan("p/", "", [&](std::string_view key, std::string_view) {
    EXPECT_EQ(reader->Get(key), "x");
    return true;
  });
}

}  // namespace
}  // namespace nhanrong::projector

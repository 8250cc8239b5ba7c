#include "services/cli/format/table.h"

#include "gtest/gtest.h"

namespace nhanrong::cli {
namespace {

TEST(DisplayWidth, CountsWhatTheEyeSees) {
  EXPECT_EQ(DisplayWidth("Xã Tân Nhuận Đông"), 17u);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1u);  // combining acute accent
  EXPECT_EQ(DisplayWidth("漢字"), 4u);
  EXPECT_EQ(DisplayWidth("\xFF"), 1u);  // not UTF-8
  EXPECT_EQ(DisplayWidth(""), 0u);
}

TEST(Table, AlignsVietnameseText) {
  Table table({{"Tên", Column::Align::kLeft}, {"Số", Column::Align::kRight}});
  table.Add({"Xã Phú Hựu", "1"});
  table.Add({"Xã An", "1.200"});
  EXPECT_EQ(table.Text(),
            "Tên            Số\n"
            "──────────  ─────\n"
            "Xã Phú Hựu      1\n"
            "Xã An       1.200\n");
}

TEST(Table, FoldsLongCellsAtSpacesAndLosesNothing) {
  Table table({{"a", Column::Align::kLeft}, {"b", Column::Align::kLeft}});
  std::string long_cell;
  for (int i = 0; i < 20; ++i)
    long_cell += (i > 0 ? " " : "") + std::string("chữ") + std::to_string(i);
  table.Add({long_cell, "x"});
  std::string joined = table.Text();
  for (int i = 0; i < 20; ++i) {
    EXPECT_NE(joined.find("chữ" + std::to_string(i)), std::string::npos);
  }
  std::size_t begin = 0;
  while (begin < joined.size()) {
    const std::size_t end = joined.find('\n', begin);
    EXPECT_LE(DisplayWidth(joined.substr(begin, end - begin)), 56u + 2 + 1);
    begin = end + 1;
  }
}

TEST(Table, KeepsLineEndsOfACell) {
  Table table({{"a", Column::Align::kLeft}});
  table.Add({"một\nhai"});
  EXPECT_EQ(table.Text(), "a\n───\nmột\nhai\n");
}

}  // namespace
}  // namespace nhanrong::cli

#include "projections/row_scan/row_scan.h"

#include <gtest/gtest.h>

#include "nhanrong/rows/v1/page_token.pb.h"
#include "services/projector/memory_rows.h"
#include "services/query/memory_unit_tree.h"

namespace nhanrong::projections {
namespace {

using rows::v1::PageLedger;  // any small message
using Positions = std::vector<std::uint64_t>;

class RowScanTest : public ::testing::Test {
 protected:
  void Put(const std::string& key, std::uint64_t number) {
    PageLedger row;
    row.set_position(number);
    store_.Writer(Position(position_++))->Put(key, RowBytes(row));
  }
  // The odd numbers under "r/", page by page.
  absl::StatusOr<Page<PageLedger>> Odd(std::size_t page_size, const std::string& after = "") {
    const auto rows = store_.AsOf(Position(position_));
    const query::QueryScope scope{
        *rows, absl::CivilDay(2024, 1, 1), units_, v1::CLASSIFICATION_PUBLIC, page_size, after};
    return PageOf<PageLedger, PageLedger>(scope, "r/", [](std::string_view, const PageLedger& row) {
      return row.position() % 2 == 1 ? std::optional(row) : std::nullopt;
    });
  }
  static Positions Numbers(const Page<PageLedger>& page) {
    Positions numbers;
    for (const PageLedger& item : page.items) numbers.push_back(item.position());
    return numbers;
  }

  projector::MemoryRows store_;
  query::MemoryUnitTree units_;
  std::uint64_t position_ = 0;
};

TEST_F(RowScanTest, APageHoldsAsManyWantedRowsAsAsked) {
  for (int i = 0; i < 10; ++i) Put("r/" + std::to_string(i), i);
  const auto first = Odd(3);
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(Numbers(*first), (Positions{1, 3, 5}));
  ASSERT_EQ(first->next_after, "r/5");
  const auto second = Odd(3, *first->next_after);
  EXPECT_EQ(Numbers(*second), (Positions{7, 9}));
  EXPECT_EQ(second->next_after, std::nullopt);
}

TEST_F(RowScanTest, ThereIsNoNextPageWhenTheLastRowFillsThisOne) {
  for (int i = 0; i < 6; ++i) Put("r/" + std::to_string(i), i);
  EXPECT_EQ(Odd(3)->next_after, std::nullopt);
}

TEST_F(RowScanTest, APageOfLargeItemsEndsEarlyAndSaysSo) {
  PageLedger large;
  large.set_ledger(std::string(kPageBytesMax / 3, 'x'));
  for (int i = 0; i < 5; ++i) {
    store_.Writer(Position(position_++))->Put("r/" + std::to_string(i), RowBytes(large));
  }
  const auto rows = store_.AsOf(Position(position_));
  std::vector<std::size_t> sizes;
  std::string after;
  do {
    const query::QueryScope scope{
        *rows, absl::CivilDay(2024, 1, 1), units_, v1::CLASSIFICATION_PUBLIC, 100, after};
    const auto page = *PageOf<PageLedger, PageLedger>(
        scope, "r/", [](std::string_view, const PageLedger& row) { return std::optional(row); });
    sizes.push_back(page.items.size());
    after = page.next_after.value_or("");
  } while (!after.empty());
  EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 2, 1}));
}

TEST_F(RowScanTest, AnItemLargerThanAPageHasAPageOfItsOwn) {
  const auto rows = store_.AsOf(Position(0));
  const query::QueryScope scope{
      *rows, absl::CivilDay(2024, 1, 1), units_, v1::CLASSIFICATION_PUBLIC, 100, ""};
  PageLedger large;
  large.set_ledger(std::string(kPageBytesMax, 'x'));
  Paging<PageLedger> paging(scope);
  EXPECT_TRUE(paging.Add("a", large));
  EXPECT_FALSE(paging.Add("b", large));
  EXPECT_EQ(std::move(paging).page().next_after, "a");
}

TEST_F(RowScanTest, RowsThatComeBetweenPagesMoveNoOther) {
  for (const int i : {1, 5, 7}) Put("r/" + std::to_string(i), i);
  const auto first = Odd(2);
  Put("r/3", 3);
  Put("r/9", 9);
  EXPECT_EQ(Numbers(*Odd(2, *first->next_after)), (Positions{7, 9}));
}

TEST_F(RowScanTest, RowsOfOtherPrefixesAreNotSeen) {
  Put("q/1", 1);
  Put("r/1", 3);
  Put("s/1", 5);
  EXPECT_EQ(Numbers(*Odd(9)), Positions{3});
  EXPECT_EQ(Odd(9, "q/0").status().code(), absl::StatusCode::kInvalidArgument);
}

TEST_F(RowScanTest, ARowThatDoesNotParseIsDataLossThatNamesItsKey) {
  store_.Writer(Position(position_))->Put("r/1", "\xff\xff");
  const absl::Status status = Odd(9).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_NE(std::string(status.message()).find("722f31"), std::string::npos);
}

TEST_F(RowScanTest, AUnitIsShownAsTheMapKnowsItElseAsTheEventStatedIt) {
  const auto rows = store_.AsOf(Position(0));
  const query::QueryScope scope{
      *rows, absl::CivilDay(2024, 1, 1), units_, v1::CLASSIFICATION_PUBLIC, 100, ""};
  units_.Add("u1", "", "Unit one", v1::UNIT_LEVEL_COMMUNE);
  v1::AdminUnitRef stated;
  stated.set_unit_id("u2");
  stated.set_name_at_event("Unit two");
  EXPECT_EQ(UnitOn(scope, "u1", stated).name_at_event(), "Unit one");
  EXPECT_EQ(UnitOn(scope, "u2", stated).name_at_event(), "Unit two");
  EXPECT_EQ(UnitOn(scope, "u3", stated).name_at_event(), "");
  EXPECT_EQ(UnitOn(scope, "u3", stated).unit_id(), "u3");
}

}  // namespace
}  // namespace nhanrong::projections

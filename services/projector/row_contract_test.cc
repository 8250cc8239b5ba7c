// What versioned rows promise, on every implementation: in memory and stored.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "services/projector/memory_rows.h"
#include "services/projector/row_store.h"
#include "services/projector/test_directory.h"

namespace nhanrong::projector {
namespace {

using Writes = std::map<std::string, std::optional<std::string>>;
using Rows = std::vector<std::pair<std::string, std::string>>;
// Commits, and writes of a commit, at most.
constexpr int kHistorySize = 25;

class VersionedRows {
 public:
  virtual ~VersionedRows() = default;
  virtual void Write(Position position, const Writes& writes) = 0;
  virtual std::shared_ptr<RowReader> AsOf(Position position) = 0;
};

class InMemory final : public VersionedRows {
 public:
  void Write(Position position, const Writes& writes) override {
    const auto writer = rows_.Writer(position);
    for (const auto& [key, value] : writes) {
      if (value) {
        writer->Put(key, *value);
      } else {
        writer->Delete(key);
      }
    }
  }
  std::shared_ptr<RowReader> AsOf(Position position) override { return rows_.AsOf(position); }

 private:
  MemoryRows rows_;
};

class Stored final : public VersionedRows {
 public:
  Stored() : store_(*RowStore::Open(directory_.path(), {"p", 1, "l", "0123456789abcdef"})) {}
  void Write(Position position, const Writes& writes) override {
    RowStore::Batch batch(*store_);
    for (const auto& [key, value] : writes) batch.Add(key, position, value);
    batch.EndCommit(Hash{});
    ASSERT_TRUE(store_->Write(std::move(batch)).ok());
  }
  std::shared_ptr<RowReader> AsOf(Position position) override { return store_->AsOf(position); }

 private:
  TestDirectory directory_;
  std::unique_ptr<RowStore> store_;
};

Rows ScanAll(const RowReader& reader, std::string_view prefix, std::string_view first = "") {
  Rows rows;
  reader.Scan(prefix, first, [&](std::string_view key, std::string_view value) {
    rows.emplace_back(key, value);
    return true;
  });
  EXPECT_TRUE(reader.status().ok()) << reader.status();
  return rows;
}

template <typename T>
class RowContractTest : public testing::Test {
 protected:
  T rows_;
};
using Implementations = testing::Types<InMemory, Stored>;
TYPED_TEST_SUITE(RowContractTest, Implementations);

TYPED_TEST(RowContractTest, ARowIsReadAsOfEveryPosition) {
  this->rows_.Write(Position(2), {{"a", "two"}});
  this->rows_.Write(Position(5), {{"a", std::nullopt}});
  this->rows_.Write(Position(6), {{"a", ""}});
  EXPECT_EQ(this->rows_.AsOf(Position(1))->Get("a"), std::nullopt);
  EXPECT_EQ(this->rows_.AsOf(Position(4))->Get("a"), "two");
  EXPECT_EQ(this->rows_.AsOf(Position(5))->Get("a"), std::nullopt);
  EXPECT_EQ(this->rows_.AsOf(Position(9))->Get("a"), "");
}

TYPED_TEST(RowContractTest, AReaderDoesNotSeeLaterWrites) {
  this->rows_.Write(Position(0), {{"a", "old"}});
  const auto reader = this->rows_.AsOf(Position(0));
  this->rows_.Write(Position(1), {{"a", "new"}, {"b", "new"}});
  EXPECT_EQ(ScanAll(*reader, ""), (Rows{{"a", "old"}}));
}

TYPED_TEST(RowContractTest, AScanKeepsToItsPrefixAndBeginsAtFirst) {
  this->rows_.Write(Position(0),
                    {{"p", "0"}, {"p/1", "1"}, {"p/2", "2"}, {"p/3", "3"}, {"q", "9"}});
  const auto reader = this->rows_.AsOf(Position(0));
  EXPECT_EQ(ScanAll(*reader, "p/", "p/2"), (Rows{{"p/2", "2"}, {"p/3", "3"}}));
  EXPECT_EQ(ScanAll(*reader, "p/", "a"), (Rows{{"p/1", "1"}, {"p/2", "2"}, {"p/3", "3"}}));
  EXPECT_EQ(ScanAll(*reader, "p/", "q"), Rows{});
}

TYPED_TEST(RowContractTest, AScanStopsWhenItIsTold) {
  this->rows_.Write(Position(0), {{"a", "1"}, {"b", "2"}});
  int calls = 0;
  this->rows_.AsOf(Position(0))->Scan("", "", [&](std::string_view, std::string_view) {
    ++calls;
    return false;
  });
  EXPECT_EQ(calls, 1);
}

TYPED_TEST(RowContractTest, KeysMayHoldAnyBytes) {
  const std::string zero("\0", 1), zero_ff("\0\xff", 2), zero_one("\0\1", 2), ff("\xff\xff", 2);
  this->rows_.Write(Position(0), {{"", "e"},
                                  {zero, "z"},
                                  {zero_ff, "zf"},
                                  {zero_one, "zo"},
                                  {"a", "a"},
                                  {"a" + zero, "az"},
                                  {ff, "ff"}});
  const auto reader = this->rows_.AsOf(Position(0));
  EXPECT_EQ(ScanAll(*reader, ""), (Rows{{"", "e"},
                                        {zero, "z"},
                                        {zero_one, "zo"},
                                        {zero_ff, "zf"},
                                        {"a", "a"},
                                        {"a" + zero, "az"},
                                        {ff, "ff"}}));
  EXPECT_EQ(ScanAll(*reader, zero), (Rows{{zero, "z"}, {zero_one, "zo"}, {zero_ff, "zf"}}));
  EXPECT_EQ(ScanAll(*reader, "\xff"), (Rows{{ff, "ff"}}));
  EXPECT_EQ(reader->Get("a" + zero), "az");
}

TYPED_TEST(RowContractTest, RowsOfManyVersionsAreScannedAsOfAnyPosition) {
  constexpr std::uint64_t kVersions = 100;
  for (std::uint64_t i = 0; i < kVersions; ++i) {
    this->rows_.Write(Position(i), {{"busy", std::to_string(i)}, {"z", std::to_string(i)}});
  }
  for (const std::uint64_t i : {0, 1, 50, 98, 99}) {
    const std::string value = std::to_string(i);
    EXPECT_EQ(ScanAll(*this->rows_.AsOf(Position(i)), ""), (Rows{{"busy", value}, {"z", value}}));
  }
}

// Any commits of writes and deletions, few keys so that they meet.
std::vector<Writes> AnyHistory() {
  using Write = std::tuple<std::string, bool, std::string>;
  const auto key = rc::gen::element<std::string>("", std::string("\0", 1), std::string("\0\1", 2),
                                                 "a", std::string("a\0", 2), "ab", "b", "\xff");
  const auto write =
      rc::gen::tuple(key, rc::gen::arbitrary<bool>(), rc::gen::string<std::string>());
  const auto commits =
      *rc::gen::resize(kHistorySize, rc::gen::container<std::vector<std::vector<Write>>>(
                                         rc::gen::container<std::vector<Write>>(write)));
  std::vector<Writes> history;
  for (const std::vector<Write>& commit : commits) {
    Writes& writes = history.emplace_back();
    for (const auto& [row, live, value] : commit) {
      writes[row] = live ? std::optional<std::string>(value) : std::nullopt;
    }
  }
  return history;
}

// A plain map, folded anew, is what a reader must show.
void CheckAgainstMap(VersionedRows& rows) {
  const std::vector<Writes> history = AnyHistory();
  for (std::size_t i = 0; i < history.size(); ++i) rows.Write(Position(i), history[i]);
  Writes newest;
  for (std::size_t i = 0; i < history.size(); ++i) {
    for (const auto& [key, value] : history[i]) newest[key] = value;
    const auto reader = rows.AsOf(Position(i));
    Rows live;
    for (const auto& [key, value] : newest) {
      RC_ASSERT(reader->Get(key) == value);
      if (value) live.emplace_back(key, *value);
    }
    RC_ASSERT(ScanAll(*reader, "") == live);
  }
}

RC_GTEST_PROP(RowHistoryTest, MemoryShowsEveryMomentAsAMapWould, ()) {
  InMemory rows;
  CheckAgainstMap(rows);
}

RC_GTEST_PROP(RowHistoryTest, TheStoreShowsEveryMomentAsAMapWould, ()) {
  Stored rows;
  CheckAgainstMap(rows);
}

}  // namespace
}  // namespace nhanrong::projector

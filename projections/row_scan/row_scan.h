// Reading the rows of a read model: parsed, page by page. Templates over the row message.
//
// Pure over the scope's rows. Faults: DATA_LOSS names the key of a row that does not parse;
// INVALID_ARGUMENT for a page that would begin outside the list.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

// One page of a list. `next_after`: give it to the next page as QueryScope::after; absent on the
// last one.
template <typename Item>
struct Page {
  std::vector<Item> items;
  std::optional<std::string> next_after;
};

// Bytes of the items on one page: with the rest of an answer below 4 MiB, the bound of gRPC clients
// that set none of their own.
inline constexpr std::size_t kPageBytesMax = 3 << 20;

// Fills one page, up to the scope's page_size and kPageBytesMax; one item is always taken.
template <typename Item>
class Paging {
 public:
  explicit Paging(const query::QueryScope& scope) : size_(scope.page_size) {}

  // `key`: what the next page goes on after, if this item is the last one. False: the page is full
  // without it; there is a next one.
  bool Add(std::string_view key, Item item) {
    bytes_ += item.ByteSizeLong();
    const bool full = page_.items.size() >= size_ || bytes_ > kPageBytesMax;
    if (full && !page_.items.empty()) {
      page_.next_after = last_;
      return false;
    }
    page_.items.push_back(std::move(item));
    last_ = std::string(key);
    return true;
  }
  Page<Item> page() && { return std::move(page_); }

 private:
  const std::size_t size_;
  std::size_t bytes_ = 0;
  std::string last_;
  Page<Item> page_;
};

absl::Status BadRow(std::string_view key);

// Bytes of a row: equal messages give equal bytes.
std::string RowBytes(const google::protobuf::MessageLite& row);

template <typename Row>
absl::StatusOr<Row> ParseRow(std::string_view key, std::string_view value) {
  Row row;
  if (!row.ParseFromArray(value.data(), static_cast<int>(value.size()))) return BadRow(key);
  return row;
}

// The row under `key`; absent if there is none. `rows`: a RowReader or a RowWriter.
template <typename Row, typename Rows>
absl::StatusOr<std::optional<Row>> FindRow(Rows& rows, std::string_view key) {
  const std::optional<std::string> value = rows.Get(key);
  if (!value) return std::optional<Row>();
  auto row = ParseRow<Row>(key, *value);
  if (!row.ok()) return row.status();
  return std::optional<Row>(*std::move(row));
}

// Writes the row under `key`, an empty one where there is none, as `change` leaves it; not when
// that fails.
template <typename Row>
absl::Status ChangeRow(projector::RowWriter& rows, const std::string& key,
                       const std::function<absl::Status(Row&)>& change) {
  auto found = FindRow<Row>(rows, key);
  if (!found.ok()) return found.status();
  Row row = (*std::move(found)).value_or(Row());
  if (absl::Status changed = change(row); !changed.ok()) return changed;
  rows.Put(key, RowBytes(row));
  return absl::OkStatus();
}

// Calls `visit(key, row)` for the rows under `prefix`, from key `first` on (empty: all), until it
// returns false.
template <typename Row>
absl::Status EachRow(const projector::RowReader& rows, std::string_view prefix,
                     std::string_view first,
                     const std::function<bool(std::string_view, const Row&)>& visit) {
  absl::Status status;
  rows.Scan(prefix, first, [&](std::string_view key, std::string_view value) {
    const auto row = ParseRow<Row>(key, value);
    if (!row.ok()) status = row.status();
    return row.ok() && visit(key, *row);
  });
  return status;
}

// The first key of the page that `scope` asks for.
absl::StatusOr<std::string> FirstKey(const query::QueryScope& scope, std::string_view prefix);

// A page of what `make(key, row)` gives for the rows under `prefix`; rows for which it is absent
// are left out.
template <typename Row, typename Item>
using MakeItem = std::function<std::optional<Item>(std::string_view, const Row&)>;

template <typename Row, typename Item>
absl::StatusOr<Page<Item>> PageOf(const query::QueryScope& scope, std::string_view prefix,
                                  const MakeItem<Row, Item>& make) {
  const auto first = FirstKey(scope, prefix);
  if (!first.ok()) return first.status();
  Paging<Item> paging(scope);
  const absl::Status status =
      EachRow<Row>(scope.rows, prefix, *first, [&](std::string_view key, const Row& row) {
        std::optional<Item> item = make(key, row);
        return !item || paging.Add(key, *std::move(item));
      });
  if (!status.ok()) return status;
  return std::move(paging).page();
}

// The unit on the effective day; as it stood at the event when the map does not know it by then.
v1::AdminUnitRef UnitOn(const query::QueryScope& scope, const std::string& unit_id,
                        const v1::AdminUnitRef& at_event);

// Whether `unit_id` is or lies below `asked`; an empty `asked` asks for nothing.
bool InUnit(const query::QueryScope& scope, std::string_view unit_id, std::string_view asked);

}  // namespace nhanrong::projections

// The administrative map from stored rows: what a query function sees as its UnitTree.
//
// Looks a unit up in the rows of `national` first, then in the ledger's own. Lives for one query,
// on one thread: it remembers what it has read. A row that cannot be read makes its unit unknown,
// and status() an error.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "services/domain/unit/unit.h"
#include "services/query/query_scope.h"

namespace nhanrong::projections {

// Levels that a walk to the top takes at most; five exist. Rows of two ledgers might form a circle.
inline constexpr int kUnitDepthMax = 16;

class StoredUnitTree final : public query::UnitTree {
 public:
  // Rows of read model units. Null: there are none.
  StoredUnitTree(std::shared_ptr<projector::RowReader> national,
                 std::shared_ptr<projector::RowReader> own);

  bool IsWithin(std::string_view unit_id, std::string_view ancestor_id,
                absl::CivilDay day) const override;
  std::optional<v1::AdminUnitRef> Ref(std::string_view unit_id, absl::CivilDay day) const override;
  // The first row that could not be read: answers that used this map do not count.
  absl::Status status() const;

 private:
  // Null: unknown.
  const domain::UnitState* Find(std::string_view unit_id) const;
  std::optional<domain::UnitState> Read(std::string_view unit_id) const;

  const std::shared_ptr<projector::RowReader> national_;
  const std::shared_ptr<projector::RowReader> own_;
  mutable std::map<std::string, std::optional<domain::UnitState>, std::less<>> known_;
  mutable absl::Status status_;
};

}  // namespace nhanrong::projections

// What a query function of a read model sees: rows as of a position, the day asked for, the map of
// units, who asks, and where its page begins. Query functions are pure over it.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/civil_time.h"
#include "nhanrong/v1/values.pb.h"
#include "services/projector/projection.h"

namespace nhanrong::query {

// The administrative map at a known moment: `national` first, then the ledger's own units.
class UnitTree {
 public:
  virtual ~UnitTree() = default;
  // Whether `unit_id` is `ancestor_id` or lies below it by the map of `day`.
  virtual bool IsWithin(std::string_view unit_id, std::string_view ancestor_id,
                        absl::CivilDay day) const = 0;
  // Name, code and level on `day`; absent when unknown.
  virtual std::optional<v1::AdminUnitRef> Ref(std::string_view unit_id,
                                              absl::CivilDay day) const = 0;
};

// Highest classification that the asker may read about a unit; UNSPECIFIED: nothing.
using ReadsOf = std::function<v1::Classification(std::string_view unit_id)>;

struct QueryScope {
  const projector::RowReader& rows;
  absl::CivilDay effective_on;
  const UnitTree& units;
  // Highest classification that the asker may read: rows above it are left out, and not counted.
  v1::Classification reads_up_to = v1::CLASSIFICATION_PUBLIC;
  // Lists: rows on a page, and the last key of the page before (empty: from the start).
  std::size_t page_size = 100;
  std::string after;
};

}  // namespace nhanrong::query

// A map of units in memory: the fake beside the port, for tests of query functions.
// Units never move or change name; a day before a unit's first does not know it. Not thread-safe
// while units are added.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "services/query/query_scope.h"

namespace nhanrong::query {

class MemoryUnitTree final : public UnitTree {
 public:
  MemoryUnitTree& Add(const std::string& unit_id, const std::string& parent_id,
                      const std::string& name, v1::UnitLevel level,
                      absl::CivilDay from = absl::CivilDay(1, 1, 1)) {
    v1::AdminUnitRef ref;
    ref.set_unit_id(unit_id);
    ref.set_name_at_event(name);
    ref.set_level(level);
    units_[unit_id] = {parent_id, ref, from};
    return *this;
  }

  bool IsWithin(std::string_view unit_id, std::string_view ancestor_id,
                absl::CivilDay day) const override {
    std::string at(unit_id);
    while (at != ancestor_id) {
      const auto unit = units_.find(at);
      if (unit == units_.end() || unit->second.from > day) return false;
      at = unit->second.parent_id;
    }
    return true;
  }

  std::optional<v1::AdminUnitRef> Ref(std::string_view unit_id, absl::CivilDay day) const override {
    const auto unit = units_.find(std::string(unit_id));
    if (unit == units_.end() || unit->second.from > day) return std::nullopt;
    return unit->second.ref;
  }

 private:
  struct Unit {
    std::string parent_id;
    v1::AdminUnitRef ref;
    absl::CivilDay from;
  };
  std::map<std::string, Unit> units_;
};

}  // namespace nhanrong::query

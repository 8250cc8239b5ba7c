#include "projections/units/unit_tree.h"

#include <utility>

#include "projections/row_scan/row_scan.h"
#include "projections/stream_rows/stream_rows.h"
#include "projections/units/units.h"

namespace nhanrong::projections {

StoredUnitTree::StoredUnitTree(std::shared_ptr<projector::RowReader> national,
                               std::shared_ptr<projector::RowReader> own)
    : national_(std::move(national)), own_(std::move(own)) {}

bool StoredUnitTree::IsWithin(std::string_view unit_id, std::string_view ancestor_id,
                              absl::CivilDay day) const {
  std::string at(unit_id);
  for (int depth = 0; depth < kUnitDepthMax; ++depth) {
    if (at == ancestor_id) return true;
    const domain::UnitState* unit = Find(at);
    std::optional<std::string> parent = unit == nullptr ? std::nullopt : unit->ParentOn(day);
    if (!parent) return false;
    at = *std::move(parent);
  }
  return false;
}

std::optional<v1::AdminUnitRef> StoredUnitTree::Ref(std::string_view unit_id,
                                                    absl::CivilDay day) const {
  const domain::UnitState* unit = Find(unit_id);
  if (unit == nullptr || !unit->KnownOn(day)) return std::nullopt;
  return domain::UnitRefOn(std::string(unit_id), *unit, day);
}

absl::Status StoredUnitTree::status() const {
  absl::Status first = status_;
  for (const auto& rows : {national_, own_}) {
    if (rows != nullptr) first.Update(rows->status());
  }
  return first;
}

const domain::UnitState* StoredUnitTree::Find(std::string_view unit_id) const {
  auto known = known_.find(unit_id);
  if (known == known_.end()) known = known_.emplace(unit_id, Read(unit_id)).first;
  return known->second ? &*known->second : nullptr;
}

std::optional<domain::UnitState> StoredUnitTree::Read(std::string_view unit_id) const {
  for (const auto& rows : {national_, own_}) {
    if (rows == nullptr) continue;
    const auto row = FindRow<rows::v1::StreamRow>(*rows, UnitKey(unit_id));
    status_.Update(row.status());
    if (!row.ok() || !*row) continue;
    const domain::Stream stream = StreamOf(**row, domain::kUnit);
    if (stream.as<domain::UnitState>().established) return stream.as<domain::UnitState>();
  }
  return std::nullopt;
}

}  // namespace nhanrong::projections

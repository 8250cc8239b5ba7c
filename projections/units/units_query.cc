#include "projections/units/units_query.h"

#include <utility>

#include "projections/stream_rows/stream_rows.h"
#include "projections/units/units.h"
#include "services/domain/values/dates.h"

namespace nhanrong::projections {
namespace {

// Absent: not known on the day, abolished by then unless such are asked for too, or not what is
// asked for.
std::optional<v1::UnitEntry> EntryOf(const query::QueryScope& scope,
                                     const v1::ListUnitsRequest& request,
                                     const std::string& unit_id, const rows::v1::StreamRow& row) {
  const domain::Stream stream = StreamOf(row, domain::kUnit);
  const auto& unit = stream.as<domain::UnitState>();
  const bool abolished = unit.AbolishedOn(scope.effective_on);
  if (!unit.KnownOn(scope.effective_on)) return std::nullopt;
  if (abolished && !request.include_abolished()) return std::nullopt;
  if (!InUnit(scope, unit_id, request.unit_id())) return std::nullopt;
  v1::UnitEntry entry;
  *entry.mutable_unit() = domain::UnitRefOn(unit_id, unit, scope.effective_on);
  const bool holds_it = unit.CodeOn(scope.effective_on) == request.code();
  if (!request.code().empty() && !holds_it) return std::nullopt;
  entry.set_parent_unit_id(unit.ParentOn(scope.effective_on).value_or(""));
  entry.set_type(unit.TypeOn(scope.effective_on).value_or(v1::UNIT_TYPE_UNSPECIFIED));
  if (abolished) entry.set_abolished_on(domain::DayText(*unit.end));
  entry.set_revision(row.revision());
  for (const domain::StreamFact& fact : stream.facts()) {
    if (fact.fact.has_unit_established()) *entry.mutable_established_on() = fact.occurred_on;
  }
  return entry;
}

absl::StatusOr<Page<v1::UnitEntry>> UnitsWithCode(const query::QueryScope& scope,
                                                  const v1::ListUnitsRequest& request) {
  Page<v1::UnitEntry> page;
  absl::Status status;
  const std::string prefix = CodePrefix(request.code());
  scope.rows.Scan(prefix, "", [&](std::string_view key, std::string_view) {
    const std::string unit_id(key.substr(prefix.size()));
    const auto row = FindRow<rows::v1::StreamRow>(scope.rows, UnitKey(unit_id));
    status.Update(row.status());
    if (!row.ok() || !*row) return row.ok();
    if (auto entry = EntryOf(scope, request, unit_id, **row)) {
      page.items.push_back(*std::move(entry));
    }
    return true;
  });
  if (!status.ok()) return status;
  return page;
}

// Begins the place of a page among the ledger's own units.
constexpr std::string_view kOwn = "own/";

absl::StatusOr<Page<v1::UnitEntry>> OwnUnits(const query::QueryScope& own, std::string_view after,
                                             const v1::ListUnitsRequest& request) {
  const query::QueryScope scope{own.rows,        own.effective_on, own.units,
                                own.reads_up_to, own.page_size,    std::string(after)};
  auto page = ListUnits(scope, request);
  if (page.ok() && page->next_after) page->next_after = std::string(kOwn) + *page->next_after;
  return page;
}

}  // namespace

absl::StatusOr<Page<v1::UnitEntry>> ListWholeMap(const query::QueryScope& national,
                                                 const query::QueryScope& own,
                                                 const v1::ListUnitsRequest& request) {
  if (own.after.starts_with(kOwn)) return OwnUnits(own, own.after.substr(kOwn.size()), request);
  auto page = ListUnits(national, request);
  if (!page.ok() || page->next_after) return page;
  if (request.code().empty() && !page->items.empty()) {
    page->next_after = std::string(kOwn);
    return page;
  }
  auto rest = OwnUnits(own, "", request);
  if (!rest.ok()) return rest;
  for (v1::UnitEntry& entry : rest->items) page->items.push_back(std::move(entry));
  page->next_after = rest->next_after;
  return page;
}

absl::StatusOr<Page<v1::UnitEntry>> ListUnits(const query::QueryScope& scope,
                                              const v1::ListUnitsRequest& request) {
  if (!request.code().empty()) return UnitsWithCode(scope, request);
  return PageOf<rows::v1::StreamRow, v1::UnitEntry>(
      scope, kUnitRows, [&](std::string_view key, const rows::v1::StreamRow& row) {
        return EntryOf(scope, request, std::string(key.substr(kUnitRows.size())), row);
      });
}

}  // namespace nhanrong::projections

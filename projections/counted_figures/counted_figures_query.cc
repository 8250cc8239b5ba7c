#include "projections/counted_figures/counted_figures_query.h"

#include <map>
#include <set>
#include <string>
#include <utility>

#include "nhanrong/rows/v1/counted_figures.pb.h"
#include "projections/counted_figures/counted_figures.h"
#include "projections/counted_figures/figure_findings.h"
#include "projections/dated_spans/dated_spans.h"
#include "projections/row_scan/row_scan.h"

namespace nhanrong::projections {
namespace {

using rows::v1::FigureRow;
using rows::v1::FigureSpan;
// Figures that stand on the day and that the asker may read, by id.
using Standing = std::map<std::string, FigureSpan>;

absl::StatusOr<Standing> FiguresOn(const query::QueryScope& scope) {
  Standing standing;
  const absl::Status status = EachRow<FigureRow>(
      scope.rows, kFigureRows, kFigureRows, [&](std::string_view key, const FigureRow& row) {
        const FigureSpan* span =
            LastOn(row.spans(), scope.effective_on, [](const FigureSpan&) { return true; });
        if (span != nullptr && span->dated().classification() <= scope.reads_up_to) {
          standing.emplace(std::string(key.substr(kFigureRows.size())), *span);
        }
        return true;
      });
  if (!status.ok()) return status;
  return standing;
}

bool Matches(const query::QueryScope& scope, v1::FigureSubject subject,
             const v1::ModelFilter& filter, const v1::CountedFigure& figure) {
  if (figure.subject() != subject) return false;
  if (filter.status() != v1::MODEL_STATUS_UNSPECIFIED || filter.year() != 0) return false;
  if (filter.level() != v1::MODEL_LEVEL_UNSPECIFIED && filter.level() != figure.level()) {
    return false;
  }
  if (filter.field() != v1::MODEL_FIELD_UNSPECIFIED && filter.field() != figure.field()) {
    return false;
  }
  if (filter.sector_block() != v1::SECTOR_BLOCK_UNSPECIFIED &&
      filter.sector_block() != figure.sector_block()) {
    return false;
  }
  return InUnit(scope, figure.unit_id(), filter.unit_id());
}

const v1::CountedFigure* WholeOf(const Standing& standing, const v1::CountedFigure& figure) {
  const auto whole = standing.find(figure.part_of_figure_id());
  return whole == standing.end() ? nullptr : &whole->second.figure();
}

// Whether the figure is part of another one of `among`, directly or through any that stands.
bool IsPartOfOne(const Standing& standing, const std::set<std::string>& among,
                 const std::string& figure_id) {
  std::set<std::string> seen = {figure_id};
  for (auto at = standing.find(figure_id); at != standing.end();) {
    const std::string& whole = at->second.figure().part_of_figure_id();
    // Seen: sources that count in a circle.
    if (!seen.insert(whole).second) return false;
    if (among.contains(whole)) return true;
    at = standing.find(whole);
  }
  return false;
}

v1::CountedFigureRow RowOf(const query::QueryScope& scope, const Standing& standing,
                           const std::string& figure_id, const FigureSpan& span) {
  v1::CountedFigureRow row;
  row.set_figure_id(figure_id);
  *row.mutable_figure() = span.figure();
  *row.mutable_unit() = UnitOn(scope, span.figure().unit_id(), span.unit());
  if (span.has_period()) *row.mutable_period() = span.period();
  *row.mutable_sources() = span.sources();
  const v1::CountedFigure* whole = WholeOf(standing, span.figure());
  if (whole != nullptr) {
    if (auto share = ShareOf(span.figure(), *whole)) *row.mutable_share() = *std::move(share);
  }
  for (v1::Violation& finding : FindingsOf(span.figure(), whole)) {
    *row.add_findings() = std::move(finding);
  }
  return row;
}

// Whether what `inner` counts is also of the kind that `outer` counts: `outer` states the same or
// less.
bool IsOfKind(const v1::CountedFigure& inner, const v1::CountedFigure& outer) {
  const auto same_or_open = [](int stated, int outer_stated) {
    return outer_stated == 0 || stated == outer_stated;
  };
  return same_or_open(inner.level(), outer.level()) && same_or_open(inner.field(), outer.field()) &&
         same_or_open(inner.sector_block(), outer.sector_block());
}

// The row of a unit above, which may count the things of `row` already: no source says. Null: none.
const v1::CountedFigureRow* PerhapsCountedIn(const query::QueryScope& scope,
                                             const v1::CountedFigureRow& row,
                                             const std::vector<v1::CountedFigureRow>& rows) {
  for (const v1::CountedFigureRow& outer : rows) {
    if (outer.figure().unit_id() != row.figure().unit_id() &&
        InUnit(scope, row.figure().unit_id(), outer.figure().unit_id()) &&
        IsOfKind(row.figure(), outer.figure())) {
      return &outer;
    }
  }
  return nullptr;
}

// Adds up the rows that are part of no other, surely or perhaps; marks those that are not added.
std::optional<v1::Quantity> TotalOf(const query::QueryScope& scope, const Standing& standing,
                                    const std::set<std::string>& among,
                                    std::vector<v1::CountedFigureRow>& rows) {
  std::optional<v1::Quantity> total;
  bool all_added = true;
  for (v1::CountedFigureRow& row : rows) {
    if (IsPartOfOne(standing, among, row.figure_id())) continue;
    if (const auto* outer = PerhapsCountedIn(scope, row, rows)) {
      *row.add_findings() = PerhapsCounted(outer->unit());
      continue;
    }
    v1::Quantity so_far = total.value_or(row.figure().quantity());
    if (!total) so_far.set_value(0);
    auto sum = query::Sum(so_far, row.figure().quantity());
    if (sum) {
      total = *std::move(sum);
    } else {
      *row.add_findings() = NotAdded(row.figure(), sum.error());
      all_added = false;
    }
  }
  return all_added ? total : std::nullopt;
}

}  // namespace

absl::StatusOr<CountedFigures> ListCountedFigures(const query::QueryScope& scope,
                                                  v1::FigureSubject subject,
                                                  const v1::ModelFilter& filter) {
  const auto standing = FiguresOn(scope);
  if (!standing.ok()) return standing.status();
  CountedFigures counted;
  std::set<std::string> among;
  for (const auto& [figure_id, span] : *standing) {
    if (!Matches(scope, subject, filter, span.figure())) continue;
    among.insert(figure_id);
    counted.rows.push_back(RowOf(scope, *standing, figure_id, span));
  }
  counted.total = TotalOf(scope, *standing, among, counted.rows);
  return counted;
}

}  // namespace nhanrong::projections

#include "projections/counted_figures/counted_figures_query.h"

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

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

// Within the unit that is asked about the scope says what may be read; elsewhere, `reads`.
bool MayRead(const query::QueryScope& scope, const v1::ModelFilter& filter,
             const query::ReadsOf& reads, const FigureSpan& span) {
  const std::string& unit_id = span.figure().unit_id();
  const auto classification = span.dated().classification();
  if (classification <= scope.reads_up_to && InUnit(scope, unit_id, filter.unit_id())) return true;
  return classification <= reads(unit_id);
}

absl::StatusOr<Standing> FiguresOn(const query::QueryScope& scope, const v1::ModelFilter& filter,
                                   const query::ReadsOf& reads) {
  Standing standing;
  const absl::Status status = EachRow<FigureRow>(
      scope.rows, kFigureRows, kFigureRows, [&](std::string_view key, const FigureRow& row) {
        const FigureSpan* span =
            LastOn(row.spans(), scope.effective_on, [](const FigureSpan&) { return true; });
        if (span != nullptr && MayRead(scope, filter, reads, *span)) {
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
  if (!filter.other_model_id().empty() || !filter.steward_agency_id().empty()) return false;
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

// The rows of the page that the scope asks for.
absl::StatusOr<Page<v1::CountedFigureRow>> PageOfRows(const query::QueryScope& scope,
                                                      std::vector<v1::CountedFigureRow> rows) {
  const auto first = FirstKey(scope, kFigureRows);
  if (!first.ok()) return first.status();
  Paging<v1::CountedFigureRow> paging(scope);
  for (v1::CountedFigureRow& row : rows) {
    const std::string key = std::string(kFigureRows) + row.figure_id();
    if (key >= *first && !paging.Add(key, std::move(row))) break;
  }
  return std::move(paging).page();
}

}  // namespace

absl::StatusOr<CountedFigures> ListCountedFigures(const query::QueryScope& scope,
                                                  v1::FigureSubject subject,
                                                  const v1::ModelFilter& filter,
                                                  const query::ReadsOf& reads) {
  const auto standing = FiguresOn(scope, filter, reads);
  if (!standing.ok()) return standing.status();
  std::vector<v1::CountedFigureRow> rows;
  std::set<std::string> among;
  for (const auto& [figure_id, span] : *standing) {
    if (!Matches(scope, subject, filter, span.figure())) continue;
    among.insert(figure_id);
    rows.push_back(RowOf(scope, *standing, figure_id, span));
  }
  CountedFigures counted;
  counted.total = TotalOf(
      scope, [&](const std::string& figure_id) { return IsPartOfOne(*standing, among, figure_id); },
      rows);
  auto page = PageOfRows(scope, std::move(rows));
  if (!page.ok()) return page.status();
  counted.page = *std::move(page);
  return counted;
}

}  // namespace nhanrong::projections

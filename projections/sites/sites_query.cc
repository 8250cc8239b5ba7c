#include "projections/sites/sites_query.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "nhanrong/rows/v1/sites.pb.h"
#include "projections/dated_spans/life_on_day.h"
#include "projections/sites/sites.h"

namespace nhanrong::projections {
namespace {

using rows::v1::SiteOutputRow;
using rows::v1::SiteRow;
using rows::v1::SiteSpan;

std::optional<LifeOnDay<SiteSpan>> LifeOf(const SiteRow& row, const query::QueryScope& scope) {
  return LifeOn(row.spans(), scope, [](const SiteSpan& span) { return span.has_description(); });
}

std::string_view SiteIdIn(std::string_view key) { return key.substr(kSiteRows.size()); }

bool Matches(const query::QueryScope& scope, const v1::ListSitesRequest& request,
             const LifeOnDay<SiteSpan>& life) {
  const v1::SiteDescription& description = life.described->description();
  if (!request.model_id().empty() && request.model_id() != description.model_id()) return false;
  if (request.status() != v1::SITE_STATUS_UNSPECIFIED &&
      request.status() != life.status->status()) {
    return false;
  }
  return InUnit(scope, description.unit_id(), request.unit_id());
}

v1::SiteSummary SummaryOf(const query::QueryScope& scope, std::string_view site_id,
                          const SiteRow& row, const LifeOnDay<SiteSpan>& life) {
  v1::SiteSummary summary;
  summary.set_site_id(std::string(site_id));
  *summary.mutable_description() = life.described->description();
  *summary.mutable_unit() =
      UnitOn(scope, life.described->description().unit_id(), life.described->unit());
  SetLife(life, summary);
  summary.set_revision(row.revision());
  return summary;
}

// The last report that is known to hold by the day and that the asker may read.
absl::Status AddOutputs(const query::QueryScope& scope, v1::SiteSummary& site) {
  rows::v1::DatedFact last;
  last.set_latest_day(DayNumber(scope.effective_on));
  last.set_revision(std::numeric_limits<std::uint64_t>::max());
  return EachRow<SiteOutputRow>(scope.rows, OutputPrefix(site.site_id()),
                                OutputKey(site.site_id(), last),
                                [&](std::string_view, const SiteOutputRow& report) {
                                  if (report.dated().classification() > scope.reads_up_to) {
                                    return true;
                                  }
                                  *site.mutable_outputs() = report.outputs();
                                  return false;
                                });
}

// Gathers one pass over the rows: everything is counted, one page is kept.
class Gather {
 public:
  Gather(const query::QueryScope& scope, const v1::ListSitesRequest& request)
      : scope_(scope), request_(request) {}

  bool Visit(std::string_view key, const SiteRow& row) {
    const auto life = LifeOf(row, scope_);
    if (!life || !Matches(scope_, request_, *life)) return true;
    ++found_.total;
    units_.insert(life->described->description().unit_id());
    found_.units = units_.size();
    if (key > scope_.after) Keep(key, row, *life);
    return true;
  }

  SitePage Found() && { return std::move(found_); }

 private:
  void Keep(std::string_view key, const SiteRow& row, const LifeOnDay<SiteSpan>& life) {
    Page<v1::SiteSummary>& page = found_.page;
    if (page.items.size() == scope_.page_size) {
      page.next_after = SiteKey(page.items.back().site_id());
      return;
    }
    page.items.push_back(SummaryOf(scope_, SiteIdIn(key), row, life));
  }

  const query::QueryScope& scope_;
  const v1::ListSitesRequest& request_;
  std::set<std::string> units_;
  SitePage found_;
};

// Rows that the request can be about: all, or the one that it names.
absl::Status EachSite(const query::QueryScope& scope, const std::string& site_id, Gather& gather) {
  if (site_id.empty()) {
    return EachRow<SiteRow>(
        scope.rows, kSiteRows, kSiteRows,
        [&](std::string_view key, const SiteRow& row) { return gather.Visit(key, row); });
  }
  const auto row = FindRow<SiteRow>(scope.rows, SiteKey(site_id));
  if (row.ok() && row->has_value()) gather.Visit(SiteKey(site_id), **row);
  return row.status();
}

}  // namespace

absl::StatusOr<SitePage> ListSites(const query::QueryScope& scope,
                                   const v1::ListSitesRequest& request) {
  const auto first = FirstKey(scope, kSiteRows);
  if (!first.ok()) return first.status();
  Gather gather(scope, request);
  const absl::Status status = EachSite(scope, request.site_id(), gather);
  if (!status.ok()) return status;
  SitePage found = std::move(gather).Found();
  for (v1::SiteSummary& site : found.page.items) {
    const absl::Status added = AddOutputs(scope, site);
    if (!added.ok()) return added;
  }
  return found;
}

}  // namespace nhanrong::projections

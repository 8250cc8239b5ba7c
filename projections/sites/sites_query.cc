#include "projections/sites/sites_query.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "nhanrong/rows/v1/sites.pb.h"
#include "projections/dated_spans/dated_spans.h"
#include "projections/sites/site_on_day.h"
#include "projections/sites/sites.h"

namespace nhanrong::projections {
namespace {

using rows::v1::SiteOutputRow;
using rows::v1::SiteRow;

std::string_view SiteIdIn(std::string_view key) { return key.substr(kSiteRows.size()); }

// ISO days compare as text; an absent end is open.
bool IsValid(const v1::Certificate& certificate, const std::string& day) {
  return certificate.valid_from() <= day &&
         (certificate.valid_to().empty() || day <= certificate.valid_to());
}

bool IsCertified(const v1::SiteDescription& description, v1::CertificateKind kind,
                 absl::CivilDay on) {
  const std::string day = absl::FormatCivilTime(on);
  const auto& certificates = description.particulars().certificates();
  return std::any_of(certificates.begin(), certificates.end(), [&](const v1::Certificate& one) {
    return one.kind() == kind && IsValid(one, day);
  });
}

template <typename Value>
bool Asks(Value asked, Value actual) {
  return asked == Value{} || asked == actual;
}

bool Matches(const query::QueryScope& scope, const v1::ListSitesRequest& request,
             const SiteOnDay& site) {
  const v1::SiteDescription& description = site.description;
  if (!Asks(request.model_id(), description.model_id())) return false;
  if (!Asks(request.status(), site.changed->status())) return false;
  if (site.level < request.verified_at_least()) return false;
  if (!Asks(request.value_chain_stage(), description.particulars().value_chain_stage())) {
    return false;
  }
  if (request.certificate() != v1::CERTIFICATE_KIND_UNSPECIFIED &&
      !IsCertified(description, request.certificate(), scope.effective_on)) {
    return false;
  }
  return InUnit(scope, description.unit_id(), request.unit_id());
}

v1::SiteSummary SummaryOf(const query::QueryScope& scope, std::string_view site_id,
                          const SiteRow& row, const SiteOnDay& site) {
  v1::SiteSummary summary;
  summary.set_site_id(std::string(site_id));
  *summary.mutable_description() = site.description;
  *summary.mutable_unit() = UnitOn(scope, site.description.unit_id(), site.placed->unit());
  summary.set_status(site.changed->status());
  *summary.mutable_status_since() = site.changed->dated().occurred_on();
  *summary.mutable_began_on() = site.begun->dated().occurred_on();
  *summary.mutable_agency() = site.begun->agency();
  summary.set_from_document(site.begun->dated().from_document());
  summary.set_verification_level(site.level);
  if (site.funding_ended != nullptr) {
    *summary.mutable_funding_ended_on() = site.funding_ended->dated().occurred_on();
  }
  if (site.inspected != nullptr) {
    v1::SiteInspection& last = *summary.mutable_last_inspection();
    *last.mutable_on() = site.inspected->dated().occurred_on();
    last.set_level(site.inspected->inspection().level());
    last.set_result(site.inspected->inspection().result());
  }
  summary.set_revision(row.revision());
  return summary;
}

v1::VerificationLevel LevelOf(const SiteOutputRow& report, const SiteOnDay& site) {
  const auto confirmed = site.report_levels.find(report.dated().event_id());
  return confirmed == site.report_levels.end() ? v1::VERIFICATION_LEVEL_SELF_REPORTED
                                               : confirmed->second;
}

// The last report that is known to hold by the day and that the asker may read.
absl::Status AddOutputs(const query::QueryScope& scope, const SiteOnDay& site,
                        v1::SiteSummary& summary) {
  rows::v1::DatedFact last;
  last.set_latest_day(DayNumber(scope.effective_on));
  last.set_revision(std::numeric_limits<std::uint64_t>::max());
  return EachRow<SiteOutputRow>(scope.rows, OutputPrefix(summary.site_id()),
                                OutputKey(summary.site_id(), last),
                                [&](std::string_view, const SiteOutputRow& report) {
                                  if (report.dated().classification() > scope.reads_up_to) {
                                    return true;
                                  }
                                  *summary.mutable_outputs() = report.outputs();
                                  summary.set_outputs_level(LevelOf(report, site));
                                  return false;
                                });
}

// Gathers one pass over the rows: everything is counted, one page is kept.
class Gather {
 public:
  Gather(const query::QueryScope& scope, const v1::ListSitesRequest& request)
      : scope_(scope), request_(request), paging_(scope) {}

  bool Visit(std::string_view key, const SiteRow& row) {
    const auto site = SiteOn(row, scope_);
    if (!site || !Matches(scope_, request_, *site)) return true;
    ++found_.total;
    units_.insert(site->description.unit_id());
    found_.units = units_.size();
    return key <= scope_.after || Keep(key, row, *site);
  }

  absl::StatusOr<SitePage> Found() && {
    if (!status_.ok()) return status_;
    found_.page = std::move(paging_).page();
    return std::move(found_);
  }

 private:
  // False: the rows cannot be read any further.
  bool Keep(std::string_view key, const SiteRow& row, const SiteOnDay& site) {
    if (full_) return true;
    v1::SiteSummary summary = SummaryOf(scope_, SiteIdIn(key), row, site);
    status_ = AddOutputs(scope_, site, summary);
    full_ = !paging_.Add(key, std::move(summary));
    return status_.ok();
  }

  const query::QueryScope& scope_;
  const v1::ListSitesRequest& request_;
  std::set<std::string> units_;
  Paging<v1::SiteSummary> paging_;
  bool full_ = false;
  SitePage found_;
  absl::Status status_;
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
  return std::move(gather).Found();
}

}  // namespace nhanrong::projections

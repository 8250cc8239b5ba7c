#include "projections/sites/site_on_day.h"

#include <algorithm>

#include "projections/dated_spans/dated_spans.h"

namespace nhanrong::projections {
namespace {

using rows::v1::SiteSpan;

// Takes the spans of a row one by one.
class Taker {
 public:
  explicit Taker(const query::QueryScope& scope) : scope_(scope) {}

  void Take(const SiteSpan& span) {
    if (span.status() != v1::SITE_STATUS_UNSPECIFIED) site_.changed = &span;
    if (span.status() == v1::SITE_STATUS_FUNDING_ENDED && Readable(span)) {
      site_.funding_ended = &span;
    }
    TakeDescription(span);
    if (span.has_inspection() && Readable(span)) TakeInspection(span);
  }

  std::optional<SiteOnDay> Taken() && {
    if (site_.begun == nullptr || site_.changed == nullptr) return std::nullopt;
    for (const SiteSpan* span :
         {site_.begun, site_.changed, site_.placed, whole_, revised_, given_}) {
      if (span != nullptr && !Readable(*span)) return std::nullopt;
    }
    return std::move(site_);
  }

 private:
  bool Readable(const SiteSpan& span) const {
    return span.dated().classification() <= scope_.reads_up_to;
  }

  void TakeDescription(const SiteSpan& span) {
    v1::SiteDescription& description = site_.description;
    switch (span.part()) {
      case SiteSpan::PART_WHOLE:
        if (site_.begun == nullptr) site_.begun = &span;
        site_.placed = &span;
        whole_ = &span;
        description = span.description();
        break;
      case SiteSpan::PART_REVISION:
        revised_ = &span;
        description.set_name(span.description().name());
        *description.mutable_particulars() = span.description().particulars();
        break;
      case SiteSpan::PART_TRANSFER:
        TakeTransfer(span);
        break;
      default:  // stops, inspections
        break;
    }
  }

  void TakeTransfer(const SiteSpan& span) {
    if (span.has_unit()) {
      site_.placed = &span;
      site_.description.set_unit_id(span.description().unit_id());
    }
    if (span.description().has_owner()) {
      given_ = &span;
      *site_.description.mutable_owner() = span.description().owner();
    }
  }

  void TakeInspection(const SiteSpan& span) {
    const v1::SiteInspected& inspection = span.inspection();
    site_.inspected = &span;
    if (inspection.result() != v1::INSPECTION_RESULT_CONFIRMED) return;
    site_.level = std::max(site_.level, inspection.level());
    if (inspection.confirmed_report_id().empty()) return;
    v1::VerificationLevel& report = site_.report_levels[inspection.confirmed_report_id()];
    report = std::max(report, inspection.level());
  }

  const query::QueryScope& scope_;
  SiteOnDay site_;
  // The last that set all of the description, name and particulars, the owner.
  const SiteSpan* whole_ = nullptr;
  const SiteSpan* revised_ = nullptr;
  const SiteSpan* given_ = nullptr;
};

}  // namespace

std::optional<SiteOnDay> SiteOn(const rows::v1::SiteRow& row, const query::QueryScope& scope) {
  Taker taker(scope);
  for (const SiteSpan& span : row.spans()) {
    if (span.dated().latest_day() > DayNumber(scope.effective_on)) break;
    taker.Take(span);
  }
  return std::move(taker).Taken();
}

}  // namespace nhanrong::projections

#include "projections/sites/sites.h"

#include <cstdint>
#include <limits>

#include "nhanrong/rows/v1/sites.pb.h"
#include "projections/dated_spans/dated_spans.h"
#include "projections/row_scan/row_scan.h"
#include "services/base/bytes.h"

namespace nhanrong::projections {
namespace {

using rows::v1::SiteOutputRow;
using rows::v1::SiteRow;
using rows::v1::SiteSpan;

void Begin(const v1::SiteDescription& description, v1::SiteStatus status,
           const projector::FoldEvent& event, SiteSpan& span) {
  *span.mutable_description() = description;
  span.set_part(SiteSpan::PART_WHOLE);
  span.set_status(status);
  *span.mutable_unit() = UnitAtEvent(description.unit_id(), event, span.unit());
  // A correction does not change whose site it is.
  if (!span.has_agency()) *span.mutable_agency() = event.commit.record.signer().agency();
}

void Revise(const v1::SiteDescriptionRevised& told, SiteSpan& span) {
  span.set_part(SiteSpan::PART_REVISION);
  span.mutable_description()->set_name(told.name());
  *span.mutable_description()->mutable_particulars() = told.particulars();
}

void Transfer(const v1::SiteTransferred& told, const projector::FoldEvent& event, SiteSpan& span) {
  const v1::AdminUnitRef before = span.unit();
  span.set_part(SiteSpan::PART_TRANSFER);
  span.clear_description();
  span.clear_unit();
  span.mutable_description()->set_unit_id(told.to_unit_id());
  if (told.has_to_owner()) *span.mutable_description()->mutable_owner() = told.to_owner();
  if (!told.to_unit_id().empty()) {
    *span.mutable_unit() = UnitAtEvent(told.to_unit_id(), event, before);
  }
}

void Inspect(const v1::SiteInspected& told, SiteSpan& span) {
  *span.mutable_inspection() = told;
  const bool lost = told.result() == v1::INSPECTION_RESULT_NOT_FOUND;
  span.set_status(lost ? v1::SITE_STATUS_INVALIDATED : v1::SITE_STATUS_UNSPECIFIED);
}

bool SetSiteSpan(const v1::Fact& fact, const projector::FoldEvent& event, SiteSpan& span) {
  switch (fact.kind_case()) {
    case v1::Fact::kSiteStarted:
      Begin(fact.site_started().description(), v1::SITE_STATUS_OPERATING, event, span);
      return true;
    case v1::Fact::kSiteRecordedFromDocument: {
      const v1::SiteRecordedFromDocument& recorded = fact.site_recorded_from_document();
      Begin(recorded.description(), recorded.stated_status(), event, span);
      return true;
    }
    case v1::Fact::kSiteInspected:
      Inspect(fact.site_inspected(), span);
      return true;
    case v1::Fact::kSiteFundingEnded:
      span.set_status(v1::SITE_STATUS_FUNDING_ENDED);
      return true;
    case v1::Fact::kSiteTransferred:
      Transfer(fact.site_transferred(), event, span);
      return true;
    case v1::Fact::kSiteDescriptionRevised:
      Revise(fact.site_description_revised(), span);
      return true;
    case v1::Fact::kSiteStopped:
      span.set_status(v1::SITE_STATUS_STOPPED);
      return true;
    default:  // outputs, and facts of other aggregates
      return false;
  }
}

constexpr std::string_view kOutputRows = "o/";

std::string EventKey(std::string_view site_id, std::string_view event_id) {
  return "e/" + std::string(site_id) + "/" + std::string(event_id);
}

void PutOutputs(std::string_view site_id, const rows::v1::DatedFact& dated,
                const v1::SiteOutputReported& report, projector::RowWriter& rows) {
  SiteOutputRow row;
  *row.mutable_dated() = dated;
  *row.mutable_outputs() = report.outputs();
  const std::string key = OutputKey(site_id, dated);
  rows.Put(key, RowBytes(row));
  rows.Put(EventKey(site_id, dated.event_id()), key);
}

// Corrects or annuls the report of the named event, if a report is what the event made.
absl::Status ChangeOutputs(const projector::FoldEvent& event, std::string_view site_id,
                           projector::RowWriter& rows) {
  const bool annuls = event.fact.has_fact_annulled();
  const v1::FactCorrected& correction = event.fact.fact_corrected();
  const std::string by_event =
      EventKey(site_id, annuls ? event.fact.fact_annulled().event_id() : correction.event_id());
  const auto key = rows.Get(by_event);
  if (!key) return absl::OkStatus();
  const auto wrong = FindRow<SiteOutputRow>(rows, *key);
  if (!wrong.ok()) return wrong.status();
  if (!wrong->has_value()) return BadRow(*key);
  const auto dated = annuls ? (*wrong)->dated() : AfterCorrection((*wrong)->dated(), event);
  if (!dated.ok()) return dated.status();
  rows.Delete(*key);
  rows.Delete(by_event);
  if (!annuls && correction.replacement().has_site_output_reported()) {
    PutOutputs(site_id, *dated, correction.replacement().site_output_reported(), rows);
  }
  return absl::OkStatus();
}

absl::Status FoldOutputs(const projector::FoldEvent& event, std::string_view site_id,
                         projector::RowWriter& rows) {
  if (event.fact.has_fact_corrected() || event.fact.has_fact_annulled()) {
    return ChangeOutputs(event, site_id, rows);
  }
  if (!event.fact.has_site_output_reported()) return absl::OkStatus();
  const auto dated = DatedFactOf(event);
  if (!dated.ok()) return dated.status();
  PutOutputs(site_id, *dated, event.fact.site_output_reported(), rows);
  return absl::OkStatus();
}

class Sites final : public projector::Projection {
 public:
  std::string_view name() const override { return "sites"; }
  std::uint32_t version() const override { return 4; }

  absl::Status Fold(const projector::FoldEvent& event, projector::RowWriter& rows) override {
    const std::string_view site_id = IdInStream(event.event.stream(), "site");
    if (site_id.empty()) return absl::OkStatus();
    return ChangeRow<SiteRow>(rows, SiteKey(site_id), [&](SiteRow& row) {
      row.set_revision(event.event.revision());
      absl::Status folded = FoldSpans<SiteSpan>(event, *row.mutable_spans(), SetSiteSpan);
      return folded.ok() ? FoldOutputs(event, site_id, rows) : folded;
    });
  }

  std::string AsShownToday(std::string_view key, std::string past,
                           const projector::RowReader& now) const override {
    if (key.starts_with(kOutputRows)) return OutputsAsShownToday(key, std::move(past), now);
    if (!key.starts_with(kSiteRows)) return past;
    return SpansAsShownToday<SiteRow>(key, std::move(past), now,
                                      [](SiteRow& row) { return row.mutable_spans(); });
  }

 private:
  // A report that was moved to another day has another key by now.
  static std::string OutputsAsShownToday(std::string_view key, std::string past,
                                         const projector::RowReader& now) {
    SiteOutputRow row;
    if (!row.ParseFromString(past)) return past;
    const std::string_view rest = key.substr(kOutputRows.size());
    const auto key_now = now.Get(EventKey(rest.substr(0, rest.find('/')), row.dated().event_id()));
    const auto newest = key_now ? now.Get(*key_now) : std::nullopt;
    SiteOutputRow present;
    if (!newest || !present.ParseFromString(*newest)) return past;
    RaiseTo(present.dated(), *row.mutable_dated());
    return RowBytes(row);
  }
};

// Days before 1970 are negative: the sign is turned so that byte order is day order.
std::uint64_t OrderOfDay(std::int32_t day) {
  return static_cast<std::uint64_t>(std::int64_t{day} - std::numeric_limits<std::int32_t>::min());
}

}  // namespace

std::string SiteKey(std::string_view site_id) {
  return std::string(kSiteRows) + std::string(site_id);
}

std::string OutputPrefix(std::string_view site_id) {
  return std::string(kOutputRows) + std::string(site_id) + "/";
}

std::string OutputKey(std::string_view site_id, const rows::v1::DatedFact& dated) {
  constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max();
  std::string key = OutputPrefix(site_id);
  AppendBigEndian64(key, kLast - OrderOfDay(dated.latest_day()));
  AppendBigEndian64(key, kLast - dated.revision());
  return key;
}

std::unique_ptr<projector::Projection> MakeSites() { return std::make_unique<Sites>(); }

}  // namespace nhanrong::projections

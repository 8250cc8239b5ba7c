#include "projections/model_card/model_card.h"

#include <algorithm>
#include <limits>

#include "nhanrong/rows/v1/model_card.pb.h"
#include "projections/dated_spans/dated_spans.h"
#include "projections/row_scan/row_scan.h"
#include "services/base/bytes.h"
#include "services/domain/values/timestamps.h"

namespace nhanrong::projections {
namespace {

using rows::v1::TimelineRow;

constexpr std::string_view kTimelineRows = "t/";

// "e/<model id>/<event id>": the key of the event's entry.
std::string EventKey(std::string_view model_id, std::string_view event_id) {
  return "e/" + std::string(model_id) + "/" + std::string(event_id);
}

std::string NamedEvent(const v1::Fact& fact) {
  return fact.has_fact_corrected() ? fact.fact_corrected().event_id()
                                   : fact.fact_annulled().event_id();
}

absl::StatusOr<TimelineRow> EntryOf(const projector::FoldEvent& event) {
  const auto dated = DatedFactOf(event);
  if (!dated.ok()) return dated.status();
  TimelineRow entry;
  *entry.mutable_event() = event.event;
  // Evidence is listed by history, not by timelines.
  entry.mutable_event()->clear_evidence();
  entry.mutable_event()->set_classification(dated->classification());
  entry.set_position(event.commit.position.value());
  *entry.mutable_recorded_at() = domain::StampOf(event.commit.recorded_at);
  *entry.mutable_signer() = event.commit.record.signer();
  entry.set_shown_from_day(dated->latest_day());
  return entry;
}

void RaiseTo(v1::Classification classification, TimelineRow& entry) {
  if (classification <= entry.event().classification()) return;
  entry.mutable_event()->set_classification(classification);
}

// Marks the entry that `marker` corrects or annuls; both are then shown from the same day at the
// latest. A correction that classifies the fact higher covers what was said first; one that
// classifies it lower opens its own words only.
void Mark(const v1::Fact& fact, TimelineRow& marker, TimelineRow& named) {
  if (fact.has_fact_annulled()) {
    named.set_annulled_by(marker.event().event_id());
  } else {
    named.set_corrected_by(marker.event().event_id());
    RaiseTo(marker.event().classification(), named);
    if (fact.fact_corrected().has_occurred_on()) {
      named.set_shown_from_day(std::min(named.shown_from_day(), marker.shown_from_day()));
    }
  }
  marker.set_shown_from_day(named.shown_from_day());
}

class ModelCard final : public projector::Projection {
 public:
  std::string_view name() const override { return "model_card"; }
  std::uint32_t version() const override { return 4; }

  absl::Status Fold(const projector::FoldEvent& event, projector::RowWriter& rows) override {
    const std::string_view model_id = IdInStream(event.event.stream(), "model");
    if (model_id.empty()) return absl::OkStatus();
    auto entry = EntryOf(event);
    if (!entry.ok()) return entry.status();
    if (event.fact.has_fact_corrected() || event.fact.has_fact_annulled()) {
      absl::Status marked = MarkNamed(event.fact, model_id, *entry, rows);
      if (!marked.ok()) return marked;
    }
    const std::string key = TimelineKey(model_id, event.event.revision());
    rows.Put(key, RowBytes(*entry));
    rows.Put(EventKey(model_id, event.event.event_id()), key);
    return absl::OkStatus();
  }

  std::string AsShownToday(std::string_view key, std::string past,
                           const projector::RowReader& now) const override {
    TimelineRow row;
    TimelineRow present;
    const auto newest = key.starts_with(kTimelineRows) ? now.Get(key) : std::nullopt;
    if (!newest || !row.ParseFromString(past) || !present.ParseFromString(*newest)) return past;
    RaiseTo(present.event().classification(), row);
    return RowBytes(row);
  }

 private:
  static absl::Status MarkNamed(const v1::Fact& fact, std::string_view model_id,
                                TimelineRow& marker, projector::RowWriter& rows) {
    const auto key = rows.Get(EventKey(model_id, NamedEvent(fact)));
    if (!key) return absl::OkStatus();
    auto named = FindRow<TimelineRow>(rows, *key);
    if (!named.ok()) return named.status();
    if (!named->has_value()) return BadRow(*key);
    Mark(fact, marker, **named);
    rows.Put(*key, RowBytes(**named));
    return absl::OkStatus();
  }
};

}  // namespace

std::string TimelinePrefix(std::string_view model_id) {
  return std::string(kTimelineRows) + std::string(model_id) + "/";
}

std::string TimelineKey(std::string_view model_id, std::uint64_t revision) {
  std::string key = TimelinePrefix(model_id);
  AppendBigEndian64(key, std::numeric_limits<std::uint64_t>::max() - revision);
  return key;
}

std::unique_ptr<projector::Projection> MakeModelCard() { return std::make_unique<ModelCard>(); }

}  // namespace nhanrong::projections

// Facts in force of one row, in the order in which they hold: what model_list, sites and
// counted_figures have in common.
//
// A span is a row message with a field `dated`. Its row keeps spans sorted by (latest day,
// revision): the value on a day is that of the last span known to hold by then. Corrections replace
// a span in place and annulments take it out; the row's earlier versions keep what was known
// before. Pure; an error means that the event cannot be folded, and parks its stream.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "nhanrong/rows/v1/dated_fact.pb.h"
#include "services/projector/projection.h"

namespace nhanrong::projections {

// Days since 1970-01-01, as rows keep them.
std::int32_t DayNumber(absl::CivilDay day);

// The id of stream "<aggregate>/<id>"; empty when the stream is of another aggregate.
std::string_view IdInStream(std::string_view stream, std::string_view aggregate);

// The mark of an event that states a fact of its own. Absent classification is INTERNAL
// (command.proto).
absl::StatusOr<rows::v1::DatedFact> DatedFactOf(const projector::FoldEvent& event);

// `fact` after `correction`, a FactCorrected that names it: days and date move if the correction
// says so, the classification is the correction's; event, position, revision and channel stay.
absl::StatusOr<rows::v1::DatedFact> AfterCorrection(const rows::v1::DatedFact& fact,
                                                    const projector::FoldEvent& correction);

// The unit `unit_id` as the event knows it. The envelope names the unit in which the whole stream
// lies after the event, which for a correction may be another one: then what `before` knows, or the
// id alone.
v1::AdminUnitRef UnitAtEvent(const std::string& unit_id, const projector::FoldEvent& event,
                             const v1::AdminUnitRef& before);

bool HoldsBefore(const rows::v1::DatedFact& a, const rows::v1::DatedFact& b);

template <typename Span>
using Spans = google::protobuf::RepeatedPtrField<Span>;

// Puts what `fact` sets into `span`: an empty one, or on a correction the one that it replaces.
// False: the fact sets nothing here. `event` is the envelope that brought the fact.
template <typename Span>
using SetSpan = bool (*)(const v1::Fact& fact, const projector::FoldEvent& event, Span& span);

template <typename Span>
void InsertInOrder(Spans<Span>& spans, Span span) {
  const auto after = std::find_if(spans.begin(), spans.end(), [&](const Span& other) {
    return HoldsBefore(span.dated(), other.dated());
  });
  const auto place = after - spans.begin();
  *spans.Add() = std::move(span);
  std::rotate(spans.pointer_begin() + place, spans.pointer_end() - 1, spans.pointer_end());
}

template <typename Span>
auto FindByEvent(Spans<Span>& spans, std::string_view event_id) {
  return std::find_if(spans.begin(), spans.end(),
                      [&](const Span& span) { return span.dated().event_id() == event_id; });
}

template <typename Span>
absl::Status CorrectSpan(const projector::FoldEvent& event, Spans<Span>& spans, SetSpan<Span> set) {
  const v1::FactCorrected& correction = event.fact.fact_corrected();
  const auto wrong = FindByEvent(spans, correction.event_id());
  if (wrong == spans.end()) return absl::OkStatus();
  Span span = *wrong;
  spans.erase(wrong);
  auto dated = AfterCorrection(span.dated(), event);
  if (!dated.ok()) return dated.status();
  *span.mutable_dated() = *std::move(dated);
  if (set(correction.replacement(), event, span)) InsertInOrder(spans, std::move(span));
  return absl::OkStatus();
}

// Applies one event to the spans of its row. A correction or annulment of an event that is not
// among them changes nothing.
template <typename Span>
absl::Status FoldSpans(const projector::FoldEvent& event, Spans<Span>& spans, SetSpan<Span> set) {
  if (event.fact.has_fact_corrected()) return CorrectSpan(event, spans, set);
  if (event.fact.has_fact_annulled()) {
    const auto wrong = FindByEvent(spans, event.fact.fact_annulled().event_id());
    if (wrong != spans.end()) spans.erase(wrong);
    return absl::OkStatus();
  }
  Span span;
  if (!set(event.fact, event, span)) return absl::OkStatus();
  auto dated = DatedFactOf(event);
  if (!dated.ok()) return dated.status();
  *span.mutable_dated() = *std::move(dated);
  InsertInOrder(spans, std::move(span));
  return absl::OkStatus();
}

// The last span known to hold on `day` for which `has` is true; null: none.
template <typename Span, typename Has>
const Span* LastOn(const Spans<Span>& spans, absl::CivilDay day, Has has) {
  const Span* last = nullptr;
  for (const Span& span : spans) {
    if (span.dated().latest_day() > DayNumber(day)) break;
    if (has(span)) last = &span;
  }
  return last;
}

}  // namespace nhanrong::projections

// Facts in force of one row, in the order in which they hold: what model_list, sites and
// counted_figures have in common.
//
// A span is a row message with a field `dated`. Its row keeps spans sorted by (latest day,
// revision): the value on a day is that of the last span that holds by then. Steps of a life cycle
// are thereby in the order of their stream (services/domain/aggregate/order.h). Corrections replace
// a span in place and annulments take it out; the row's earlier versions keep what was known
// before. Pure; an error means that the event cannot be folded, and parks its stream.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/repeated_ptr_field.h"
#include "nhanrong/rows/v1/dated_fact.pb.h"
#include "services/projector/projection.h"

namespace nhanrong::projections {

// Days since 1970-01-01, as rows keep them.
std::int32_t DayNumber(absl::CivilDay day);
absl::CivilDay DayOfNumber(std::int32_t number);

// "2019"; a phase as it is written; the name of the precision where no year is known.
std::string YearOf(const v1::BusinessDate& date);

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

// Projection::AsShownToday for one fact: what is classified higher by now counts for the past too.
void RaiseTo(const rows::v1::DatedFact& now, rows::v1::DatedFact& past);

bool HoldsBefore(const rows::v1::DatedFact& a, const rows::v1::DatedFact& b);

template <typename Span>
using Spans = google::protobuf::RepeatedPtrField<Span>;

// Puts what `fact` sets into `span`: an empty one, or on a correction the one that it replaces.
// False: the fact sets nothing here. `event` is the envelope that brought the fact.
template <typename Span>
using SetSpan = bool (*)(const v1::Fact& fact, const projector::FoldEvent& event, Span& span);

// Sets the day from which each holds: the known day, of steps not after that of a later one.
// `facts` in the order of their stream.
void SetLatestDays(const std::vector<rows::v1::DatedFact*>& facts);

// After a change of the spans: the days from which they hold, and the order.
template <typename Span>
void PutInOrder(Spans<Span>& spans) {
  const auto sort = [&](auto before) {
    std::sort(spans.pointer_begin(), spans.pointer_end(),
              [&](const Span* a, const Span* b) { return before(a->dated(), b->dated()); });
  };
  sort([](const auto& a, const auto& b) { return a.revision() < b.revision(); });
  std::vector<rows::v1::DatedFact*> facts;
  for (Span& span : spans) facts.push_back(span.mutable_dated());
  SetLatestDays(facts);
  sort(HoldsBefore);
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
  auto dated = AfterCorrection(wrong->dated(), event);
  if (!dated.ok()) return dated.status();
  *wrong->mutable_dated() = *std::move(dated);
  if (!set(correction.replacement(), event, *wrong)) spans.erase(wrong);
  PutInOrder(spans);
  return absl::OkStatus();
}

// Projection::AsShownToday for a row whose spans `spans_of` gives. A fact that is no longer in
// force keeps its classification; a row that does not parse is left to whoever reads it.
template <typename Row, typename SpansOf>
std::string SpansAsShownToday(std::string_view key, std::string past,
                              const projector::RowReader& now, SpansOf spans_of) {
  const auto newest = now.Get(key);
  Row row;
  Row present;
  if (!newest || !row.ParseFromString(past) || !present.ParseFromString(*newest)) return past;
  for (auto& span : *spans_of(row)) {
    const auto same = FindByEvent(*spans_of(present), span.dated().event_id());
    if (same != spans_of(present)->end()) RaiseTo(same->dated(), *span.mutable_dated());
  }
  return row.SerializeAsString();
}

// Applies one event to the spans of its row. A correction or annulment of an event that is not
// among them changes nothing.
template <typename Span>
absl::Status FoldSpans(const projector::FoldEvent& event, Spans<Span>& spans, SetSpan<Span> set) {
  if (event.fact.has_fact_corrected()) return CorrectSpan(event, spans, set);
  if (event.fact.has_fact_annulled()) {
    const auto wrong = FindByEvent(spans, event.fact.fact_annulled().event_id());
    if (wrong == spans.end()) return absl::OkStatus();
    spans.erase(wrong);
    PutInOrder(spans);
    return absl::OkStatus();
  }
  Span span;
  if (!set(event.fact, event, span)) return absl::OkStatus();
  auto dated = DatedFactOf(event);
  if (!dated.ok()) return dated.status();
  *span.mutable_dated() = *std::move(dated);
  *spans.Add() = std::move(span);
  PutInOrder(spans);
  return absl::OkStatus();
}

// The last span that holds on `day` for which `has` is true; null: none.
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

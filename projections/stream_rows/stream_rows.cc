#include "projections/stream_rows/stream_rows.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "projections/dated_spans/dated_spans.h"

namespace nhanrong::projections {
namespace {

bool SetFact(const v1::Fact& fact, const projector::FoldEvent& /*event*/,
             rows::v1::StreamFactRow& row) {
  *row.mutable_fact() = fact;
  return true;
}

domain::StreamFact StreamFactOf(const rows::v1::StreamFactRow& row) {
  domain::StreamFact fact;
  fact.event_id = row.dated().event_id();
  fact.fact = row.fact();
  fact.occurred_on = row.dated().occurred_on();
  fact.days = {DayOfNumber(row.dated().earliest_day()), DayOfNumber(row.dated().known_day())};
  fact.position = Position(row.dated().position());
  fact.from_document = row.dated().from_document();
  fact.classification = row.dated().classification();
  return fact;
}

}  // namespace

absl::Status FoldStreamRow(const projector::FoldEvent& event, rows::v1::StreamRow& row) {
  row.set_revision(event.event.revision());
  return FoldSpans<rows::v1::StreamFactRow>(event, *row.mutable_facts(), SetFact);
}

domain::Stream StreamOf(const rows::v1::StreamRow& row, const domain::AggregateType& type,
                        std::optional<absl::CivilDay> day) {
  std::vector<const rows::v1::StreamFactRow*> facts;
  for (const rows::v1::StreamFactRow& fact : row.facts()) {
    if (!day || fact.dated().latest_day() <= DayNumber(*day)) facts.push_back(&fact);
  }
  std::sort(facts.begin(), facts.end(), [](const auto* a, const auto* b) {
    return a->dated().revision() < b->dated().revision();
  });
  domain::Stream stream(&type);
  for (const rows::v1::StreamFactRow* fact : facts) stream.Apply(StreamFactOf(*fact));
  return stream;
}

v1::Classification ClassificationOf(const rows::v1::StreamRow& row) {
  v1::Classification highest = v1::CLASSIFICATION_PUBLIC;
  for (const rows::v1::StreamFactRow& fact : row.facts()) {
    highest = std::max(highest, fact.dated().classification());
  }
  return highest;
}

}  // namespace nhanrong::projections

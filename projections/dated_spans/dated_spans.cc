#include "projections/dated_spans/dated_spans.h"

#include <optional>
#include <tuple>

#include "services/domain/aggregate/aggregate.h"
#include "services/domain/aggregate/order.h"

namespace nhanrong::projections {
namespace {

constexpr absl::CivilDay kDayZero(1970, 1, 1);
// Characters of the year in all forms of a date but "--05-31".
constexpr std::size_t kYearDigits = 4;

absl::StatusOr<domain::StreamFact> StreamFactOf(const projector::FoldEvent& event) {
  std::optional<domain::StreamFact> fact = domain::StreamFactOf(
      event.event, event.commit.record, event.commit.position, event.commit.recorded_at);
  if (!fact) return absl::InternalError("the event has no fact that this program can date");
  return *std::move(fact);
}

void SetDays(const domain::StreamFact& from, rows::v1::DatedFact& to) {
  *to.mutable_occurred_on() = from.occurred_on;
  to.set_earliest_day(DayNumber(from.days.earliest));
  to.set_known_day(DayNumber(from.days.latest));
  to.set_latest_day(to.known_day());
}

bool IsStep(const v1::Fact& fact) {
  const domain::FactRule* rule = domain::FindFactRule(fact.kind_case());
  return rule != nullptr && rule->life_cycle_step;
}

}  // namespace

std::int32_t DayNumber(absl::CivilDay day) { return static_cast<std::int32_t>(day - kDayZero); }

absl::CivilDay DayOfNumber(std::int32_t number) { return kDayZero + number; }

std::string YearOf(const v1::BusinessDate& date) {
  switch (date.precision()) {
    case v1::DATE_PRECISION_PHASE:
      return date.value();
    case v1::DATE_PRECISION_UNKNOWN_YEAR:
      return v1::DatePrecision_Name(v1::DATE_PRECISION_UNKNOWN_YEAR);
    default:
      return date.value().substr(0, kYearDigits);
  }
}

std::string_view IdInStream(std::string_view stream, std::string_view aggregate) {
  if (!stream.starts_with(aggregate)) return {};
  stream.remove_prefix(aggregate.size());
  return stream.starts_with('/') ? stream.substr(1) : std::string_view();
}

absl::StatusOr<rows::v1::DatedFact> DatedFactOf(const projector::FoldEvent& event) {
  const auto fact = StreamFactOf(event);
  if (!fact.ok()) return fact.status();
  rows::v1::DatedFact dated;
  dated.set_event_id(event.event.event_id());
  dated.set_position(event.commit.position.value());
  dated.set_revision(event.event.revision());
  dated.set_classification(domain::ClassificationOf(event.event));
  dated.set_from_document(fact->from_document);
  dated.set_step(IsStep(fact->fact));
  SetDays(*fact, dated);
  return dated;
}

absl::StatusOr<rows::v1::DatedFact> AfterCorrection(const rows::v1::DatedFact& fact,
                                                    const projector::FoldEvent& correction) {
  rows::v1::DatedFact dated = fact;
  dated.set_classification(domain::ClassificationOf(correction.event));
  if (!correction.fact.fact_corrected().has_occurred_on()) return dated;
  const auto moved = StreamFactOf(correction);
  if (!moved.ok()) return moved.status();
  SetDays(*moved, dated);
  return dated;
}

v1::AdminUnitRef UnitAtEvent(const std::string& unit_id, const projector::FoldEvent& event,
                             const v1::AdminUnitRef& before) {
  if (event.event.unit().unit_id() == unit_id) return event.event.unit();
  if (before.unit_id() == unit_id) return before;
  v1::AdminUnitRef only_id;
  only_id.set_unit_id(unit_id);
  return only_id;
}

void SetLatestDays(const std::vector<rows::v1::DatedFact*>& facts) {
  std::vector<rows::v1::DatedFact*> steps;
  std::vector<absl::CivilDay> days;
  for (rows::v1::DatedFact* fact : facts) {
    fact->set_latest_day(fact->known_day());
    if (!fact->step()) continue;
    steps.push_back(fact);
    days.push_back(DayOfNumber(fact->known_day()));
  }
  domain::BoundByLater(days);
  for (std::size_t i = 0; i < steps.size(); ++i) steps[i]->set_latest_day(DayNumber(days[i]));
}

void RaiseTo(const rows::v1::DatedFact& now, rows::v1::DatedFact& past) {
  past.set_classification(std::max(past.classification(), now.classification()));
}

bool HoldsBefore(const rows::v1::DatedFact& a, const rows::v1::DatedFact& b) {
  return std::make_tuple(a.latest_day(), a.revision()) <
         std::make_tuple(b.latest_day(), b.revision());
}

}  // namespace nhanrong::projections

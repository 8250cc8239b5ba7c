// Stream: facts in force and their fold.
#include <algorithm>
#include <utility>

#include "services/base/check.h"
#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

Stream::Stream(const AggregateType* type) : type_(type) {
  NR_CHECK(type != nullptr, "a stream has a type");
  state_ = type_->empty();
}

Stream::Stream(const Stream& other)
    : type_(other.type_),
      events_(other.events_),
      facts_(other.facts_),
      corrections_(other.corrections_) {
  FoldAnew();
}

Stream& Stream::operator=(const Stream& other) {
  if (this != &other) *this = Stream(other);
  return *this;
}

void Stream::Apply(const StreamFact& fact) {
  ++events_;
  const auto named = [this](const std::string& event_id) {
    return std::find_if(facts_.begin(), facts_.end(),
                        [&](const StreamFact& in_force) { return in_force.event_id == event_id; });
  };
  if (fact.fact.has_fact_corrected() || fact.fact.has_fact_annulled()) {
    corrections_.push_back(fact.event_id);
  }
  if (fact.fact.has_fact_corrected()) {
    const v1::FactCorrected& correction = fact.fact.fact_corrected();
    const auto wrong = named(correction.event_id());
    if (wrong == facts_.end()) return;
    wrong->fact = correction.replacement();
    wrong->classification = fact.classification;
    if (correction.has_occurred_on()) {
      wrong->occurred_on = fact.occurred_on;
      wrong->days = fact.days;
    }
    FoldAnew();
  } else if (fact.fact.has_fact_annulled()) {
    const auto wrong = named(fact.fact.fact_annulled().event_id());
    if (wrong == facts_.end()) return;
    facts_.erase(wrong);
    FoldAnew();
  } else {
    facts_.push_back(fact);
    type_->evolve(*state_, fact);
  }
}

void Stream::FoldAnew() {
  state_ = type_->empty();
  for (const StreamFact& fact : facts_) type_->evolve(*state_, fact);
}

}  // namespace nhanrong::domain

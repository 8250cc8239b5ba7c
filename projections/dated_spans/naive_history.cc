#include "projections/dated_spans/naive_history.h"

#include <rapidcheck.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "services/domain/values/dates.h"

namespace nhanrong::projections {
namespace {

constexpr absl::CivilDay kFirstDay(2024, 1, 1);
// Few days, so that facts of one day are frequent.
constexpr int kDays = 20;
const absl::Time kRecordedFrom = absl::FromCivil(absl::CivilDay(2024, 3, 1), absl::UTCTimeZone());

bool IsStep(const v1::Fact& fact) {
  return !fact.has_model_progress_reported() && !fact.has_site_output_reported();
}

bool Roll(int one_in) { return *rc::gen::inRange(0, one_in) == 0; }

}  // namespace

absl::CivilDay RandomDay() { return kFirstDay + *rc::gen::inRange(0, kDays); }

NaiveHistory::NaiveHistory(std::vector<std::string> streams)
    : streams_(std::move(streams)), builder_("random", kRecordedFrom) {}

void NaiveHistory::Grow(int commits, const MakeFact& make) {
  for (int i = 0; i < commits; ++i) {
    agency_id_ = Roll(2) ? "agency-1" : "agency-2";
    from_document_ = Roll(3);
    builder_.Agency(agency_id_);
    builder_.Channel(from_document_ ? v1::INGEST_CHANNEL_MIGRATION : v1::INGEST_CHANNEL_GRPC);
    const int events = *rc::gen::inRange(1, 4);
    for (int event = 0; event < events; ++event) AddEvent(make);
    builder_.Commit();
  }
}

v1::Fact NaiveHistory::NextFact(const std::string& stream, const MakeFact& make) const {
  std::vector<const Told*> before;
  for (const Told& told : told_) {
    if (told.stream == stream) before.push_back(&told);
  }
  if (before.empty() || !Roll(3)) return make(nullptr);
  // Any event may be named, also one that is annulled or is itself a correction: that changes
  // nothing.
  const Told& named = *before[*rc::gen::inRange<std::size_t>(0, before.size())];
  v1::Fact fact;
  if (Roll(3)) {
    fact.mutable_fact_annulled()->set_event_id(named.event_id);
    return fact;
  }
  v1::FactCorrected& correction = *fact.mutable_fact_corrected();
  correction.set_event_id(named.event_id);
  *correction.mutable_replacement() = make(&named.fact);
  if (Roll(2)) *correction.mutable_occurred_on() = domain::OnDay(RandomDay());
  return fact;
}

void NaiveHistory::AddEvent(const MakeFact& make) {
  const std::string stream = *rc::gen::elementOf(streams_);
  const absl::CivilDay day = RandomDay();
  const auto classification = Roll(4) ? v1::CLASSIFICATION_INTERNAL : v1::CLASSIFICATION_PUBLIC;
  const v1::Fact fact = NextFact(stream, make);
  builder_.Fact(stream, fact, domain::DayText(day)).Classified(classification);
  Told told{builder_.commits().size(), stream, builder_.event_id(), fact, day, {}};
  const std::int64_t last = LastRevision(stream, Position(told.position));
  told.as_recorded = {
      fact,           day,        day,           static_cast<std::uint64_t>(last + 1),
      classification, agency_id_, from_document_};
  told_.push_back(std::move(told));
}

std::vector<NaiveFact> NaiveHistory::InForce(const std::string& stream, Position position) const {
  std::vector<const Told*> known;
  for (const Told& told : told_) {
    if (told.stream == stream && told.position <= position.value()) known.push_back(&told);
  }
  std::vector<NaiveFact> facts;
  for (const Told* told : known) {
    if (told->fact.has_fact_corrected() || told->fact.has_fact_annulled()) continue;
    if (auto fact = AsKnown(*told, known)) facts.push_back(*std::move(fact));
  }
  SetHoldsFrom(facts);
  std::sort(facts.begin(), facts.end(), [](const NaiveFact& a, const NaiveFact& b) {
    return std::tie(a.holds_from, a.revision) < std::tie(b.holds_from, b.revision);
  });
  return facts;
}

std::optional<NaiveFact> NaiveHistory::AsKnown(const Told& told,
                                               const std::vector<const Told*>& known) {
  NaiveFact fact = told.as_recorded;
  for (const Told* later : known) {
    if (later->fact.fact_annulled().event_id() == told.event_id) return std::nullopt;
    const v1::FactCorrected& correction = later->fact.fact_corrected();
    if (correction.event_id() != told.event_id) continue;
    fact.fact = correction.replacement();
    fact.classification = later->as_recorded.classification;
    if (const auto day = domain::ParseDay(correction.occurred_on().value())) fact.day = *day;
  }
  return fact;
}

void NaiveHistory::SetHoldsFrom(std::vector<NaiveFact>& facts) {
  for (NaiveFact& fact : facts) {
    fact.holds_from = fact.day;
    for (const NaiveFact& later : facts) {
      const bool ends = IsStep(fact.fact) && IsStep(later.fact) && later.revision > fact.revision;
      if (ends) fact.holds_from = std::min(fact.holds_from, later.day);
    }
  }
}

std::int64_t NaiveHistory::LastRevision(const std::string& stream, Position position) const {
  return std::count_if(told_.begin(), told_.end(),
                       [&](const Told& told) {
                         return told.stream == stream && told.position <= position.value();
                       }) -
         1;
}

}  // namespace nhanrong::projections

#include "services/domain/aggregate/envelope.h"

#include <map>

#include "services/base/ids.h"
#include "services/domain/aggregate/target.h"
#include "services/domain/unit/unit.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {

v1::Event MakeConsequence(const Request& request, const std::string& stream, const v1::Fact& fact) {
  const v1::Submission& submission = request.submission;
  v1::Event event;
  event.set_stream(stream);
  SetFact(event, fact);
  *event.mutable_occurred_on() =
      submission.has_occurred_on() ? submission.occurred_on() : OnDay(request.today);
  event.set_classification(submission.classification() == v1::CLASSIFICATION_UNSPECIFIED
                               ? v1::CLASSIFICATION_INTERNAL
                               : submission.classification());
  return event;
}

v1::Event MakeEvent(const Request& request, const std::string& stream, const v1::Fact& fact,
                    bool backdated) {
  const v1::Submission& submission = request.submission;
  v1::Event event = MakeConsequence(request, stream, fact);
  if (submission.has_period()) *event.mutable_period() = submission.period();
  event.set_reason(submission.reason());
  *event.mutable_sources() = submission.sources();
  *event.mutable_evidence() = submission.evidence();
  event.set_backdated(backdated);
  return event;
}

void FillUnit(v1::Event& event, const Stream& after, World& world, absl::CivilDay day) {
  const std::string unit_id = UnitOf(event.stream(), after);
  if (unit_id.empty()) return;
  const Stream& unit = &after.type() == &kUnit ? after : world.ReadUnit(unit_id);
  *event.mutable_unit() = UnitRefOn(unit_id, unit.as<UnitState>(), day);
}

StreamFact AsStreamFact(const Request& request, const v1::Fact& fact, const DayRange& days) {
  StreamFact made;
  made.fact = fact;
  made.days = days;
  made.agency_id = request.agency_id;
  made.on_behalf_of_agency_id = request.on_behalf_of_agency_id;
  made.by = request.by;
  if (request.submission.classification() != v1::CLASSIFICATION_UNSPECIFIED) {
    made.classification = request.submission.classification();
  }
  made.role = request.role;
  made.from_document = request.submission.channel() == v1::INGEST_CHANNEL_MIGRATION;
  return made;
}

std::string EventIdOf(std::string_view ledger, std::string_view agency_id,
                      std::string_view submission_id, absl::Time recorded_at, std::size_t index) {
  std::string seed(ledger);
  for (const std::string_view part : {agency_id, submission_id}) {
    seed.append("|").append(part);
  }
  seed += "|" + std::to_string(absl::ToUnixNanos(recorded_at)) + "|" + std::to_string(index);
  return DerivedUuid7(recorded_at, seed);
}

void NumberEvents(const Request& request, World& world, std::vector<v1::Event>& events) {
  std::map<std::string, std::uint64_t> next;
  for (std::size_t i = 0; i < events.size(); ++i) {
    v1::Event& event = events[i];
    const auto found = next.try_emplace(event.stream(), world.Read(event.stream()).events()).first;
    event.set_revision(found->second++);
    event.set_event_id(EventIdOf(request.ledger, request.agency_id,
                                 request.submission.submission_id(), request.now, i));
  }
}

}  // namespace nhanrong::domain

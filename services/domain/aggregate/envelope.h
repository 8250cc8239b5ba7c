// The envelope around a decided fact: what the submission says about it, and the unit as it stood.
#pragma once

#include <string>
#include <string_view>

#include "services/domain/aggregate/decision.h"

namespace nhanrong::domain {

// The event of the submission's own stream, but for unit, event id and revision.
v1::Event MakeEvent(const Request& request, const std::string& stream, const v1::Fact& fact,
                    bool backdated);
// An event that follows from it in another stream: the same date, no sources and no evidence.
v1::Event MakeConsequence(const Request& request, const std::string& stream, const v1::Fact& fact);

// Puts the unit of the stream's state `after` into the event, as it stood on `day`.
void FillUnit(v1::Event& event, const Stream& after, World& world, absl::CivilDay day);

// The fact as the stream will see it once it is recorded.
StreamFact AsStreamFact(const Request& request, const v1::Fact& fact, const DayRange& days);

// Id of an event: UUIDv7 of `recorded_at`, made from the submission that it answers and its place
// among that answer's events. So on a simulated clock, where the submission says when it is
// recorded, its sender knows it beforehand.
std::string EventIdOf(std::string_view ledger, std::string_view agency_id,
                      std::string_view submission_id, absl::Time recorded_at, std::size_t index);

}  // namespace nhanrong::domain

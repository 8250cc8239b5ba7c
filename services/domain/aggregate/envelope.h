// The envelope around a decided fact: what the submission says about it, and the unit as it stood.
#pragma once

#include <string>

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

}  // namespace nhanrong::domain

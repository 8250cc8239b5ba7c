// What the frame asks of every fact, whether a command or a correction states it.
#pragma once

#include "services/domain/aggregate/decision.h"

namespace nhanrong::domain {

// Breaks stream.expected_revision where the stream is not what the sender believes.
void CheckExpectation(const v1::Submission& submission, const Stream& stream, Violations& found);

// Invariant I4 for facts that name no unit themselves: the unit in which the stream lies is not
// abolished before the fact. Breaks unit.abolished.
void CheckUnitOfStream(const std::string& stream_name, const Stream& after, const v1::Fact& fact,
                       const DayRange& days, World& world, const Field& at);

// Invariant I4: breaks unit.unknown, unit.not_on_day or unit.abolished.
void CheckUnitStands(const Field& at, const std::string& unit_id, const DayRange& days,
                     World& world);

// The fact's unit stands on the day; then the fact's own rules on state and world.
void CheckDemands(const NextFact& next, World& world);

// What of CheckDemands holds for as long as the fact is in force: its unit, and its own rules on
// the streams on which it rests.
void CheckGround(const NextFact& next, World& world);

// No document was issued after `today`. Breaks date.future.
void CheckSourcesIssued(const v1::Submission& submission, absl::CivilDay today, Violations& found);

// What the aggregate demands of a change (AggregateType::check_after).
void CheckAfter(const StreamChange& change, const AggregateType& type, World& world);

}  // namespace nhanrong::domain

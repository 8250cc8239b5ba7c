// What the frame asks of every fact, whether a command or a correction states it.
#pragma once

#include "services/domain/aggregate/decision.h"

namespace nhanrong::domain {

// Breaks stream.expected_revision where the stream is not what the sender believes.
void CheckExpectation(const v1::Submission& submission, const Stream& stream, Violations& found);

// The fact's unit stands on the day; then the fact's own rules on state and world.
void CheckDemands(const NextFact& next, World& world);

}  // namespace nhanrong::domain

// Corrections and annulments: any fact in force can be replaced or taken out, if what follows still
// holds.
//
// Written to the stream of the fact that they name; the stream's reservations and state follow.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

// They belong to no aggregate.
extern const std::span<const CommandType> kCorrectionCommands;

// Field rules of CorrectFact and AnnulFact, the replacement's own included.
void CheckCorrectionFields(const v1::Command& command, Violations& found);

// As Decide. REQUIRES: the command is CorrectFact or AnnulFact, and well-formed.
tl::expected<std::vector<v1::Event>, Violations> DecideCorrection(const Request& request,
                                                                  World& world);

// Folds `facts` from `from` on, and gives the id of the first one that could not have come there;
// absent: all hold. The facts before `from` are taken as they are.
std::optional<std::string> FirstBroken(const AggregateType& type, const std::string& stream,
                                       std::span<const StreamFact> facts, std::size_t from);

// The stream of a fact that would no longer hold if `before` became `after`, though it does now;
// absent: none. Every stream that rests on this one is read, and so is the list of them
// (reservation.h), so that one which begins to rest on it meanwhile voids the decision.
std::optional<std::string> FirstShaken(const std::string& stream, const Stream& before,
                                       const Stream& after, World& world);

}  // namespace nhanrong::domain

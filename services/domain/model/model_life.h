// The life of a model: which fact may come in which status, and what it makes of the state.
#pragma once

#include "services/domain/aggregate/stream.h"

namespace nhanrong::domain {

void EvolveModel(State& state, const StreamFact& fact);
bool MayFollowInModel(const State& state, const v1::Fact& fact);

}  // namespace nhanrong::domain

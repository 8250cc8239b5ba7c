// Dates and order: whether a fact of these days may come after the facts that are there.
#pragma once

#include <optional>
#include <span>
#include <utility>

#include "services/domain/aggregate/decision.h"

namespace nhanrong::domain {

// A broken rule of order and the day from which a date would do.
struct OutOfOrder {
  Rule rule;
  absl::CivilDay not_before;
};

// Absent: the fact may stand after `before`. Periods are compared by what they may mean: refused is
// only what cannot be true.
std::optional<OutOfOrder> CheckOrder(std::span<const StreamFact> before, const v1::Fact& fact,
                                     const DayRange& days);

// Dated before the latest fact there, or long before `today`.
bool IsBackdated(std::span<const StreamFact> before, const DayRange& days, absl::CivilDay today);

// Breaks date.future where the fact cannot have happened yet.
void CheckNotFuture(const Field& at, const DayRange& days, absl::CivilDay today);

}  // namespace nhanrong::domain

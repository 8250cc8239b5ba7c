// Dates and order: whether a fact of these days may come after the facts that are there, and which
// of them holds on a day.
//
// The rule of the life cycle, for states and read models alike: steps hold in the order of their
// stream, because each was decided on the one before, and on a day holds the last step *of the
// stream* that is known to hold by then. So a step that is known to hold on a day ends all before
// it, however coarse their dates; the newest state never depends on dates.
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
// only what cannot be true. A step comes after all steps before it.
std::optional<OutOfOrder> CheckOrder(std::span<const StreamFact> before, const v1::Fact& fact,
                                     const DayRange& days);

// The rule for the days on which steps are known to hold, in the order of the stream: each becomes
// the day from which the step or one after it holds. Never decreasing then.
void BoundByLater(std::span<absl::CivilDay> known);

// Dated before the latest fact there, or long before `today`.
bool IsBackdated(std::span<const StreamFact> before, const DayRange& days, absl::CivilDay today);

// Breaks date.future where the fact cannot have happened yet.
void CheckNotFuture(const Field& at, const DayRange& days, absl::CivilDay today);

}  // namespace nhanrong::domain

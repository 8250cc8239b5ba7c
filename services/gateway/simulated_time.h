// Which moments a simulated clock may show.
#pragma once

#include "absl/time/time.h"

namespace nhanrong::gateway {

// From 1970, since ULIDs and UUIDs hold milliseconds since then; to 2200, beyond any plan that a
// ledger speaks of.
inline constexpr absl::Time kSimulatedTimeMin = absl::UnixEpoch();
inline constexpr absl::Time kSimulatedTimeMax = absl::FromUnixSeconds(7'258'118'400);
// One submission moves the clock by a leap year at most: the clock never goes back, so a mistyped
// year would stand for all that come after it. A ledger that rests longer is carried over by a
// submission in between.
inline constexpr absl::Duration kSimulatedStepMax = absl::Hours(24 * 366);

}  // namespace nhanrong::gateway

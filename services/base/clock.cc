#include "services/base/clock.h"

#include "absl/time/clock.h"

namespace nhanrong {

absl::Time SystemClock::Now() const {
  return absl::FromUnixMicros(absl::ToUnixMicros(absl::Now()));
}

ManualClock::ManualClock(absl::Time start) : micros_(absl::ToUnixMicros(start)) {}
absl::Time ManualClock::Now() const { return absl::FromUnixMicros(micros_.load()); }
void ManualClock::Set(absl::Time now) { micros_.store(absl::ToUnixMicros(now)); }
void ManualClock::Advance(absl::Duration by) { micros_.fetch_add(absl::ToInt64Microseconds(by)); }

absl::TimeZone VietnamTimeZone() { return absl::FixedTimeZone(7 * 60 * 60); }

}  // namespace nhanrong

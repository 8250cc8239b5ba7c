// Where time comes from. Everything that needs "now" takes a Clock; nothing calls the system's.
#pragma once

#include <atomic>
#include <cstdint>

#include "absl/time/time.h"

namespace nhanrong {

class Clock {
 public:
  virtual ~Clock() = default;
  // Thread-safe, microsecond resolution, UTC.
  virtual absl::Time Now() const = 0;
};

class SystemClock final : public Clock {
 public:
  absl::Time Now() const override;
};

// A clock under a test's control.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(absl::Time start);
  absl::Time Now() const override;
  void Set(absl::Time now);
  void Advance(absl::Duration by);

 private:
  std::atomic<std::int64_t> micros_;
};

// Asia/Ho_Chi_Minh: UTC+7, no daylight saving. Business dates are dates of this zone.
absl::TimeZone VietnamTimeZone();

}  // namespace nhanrong

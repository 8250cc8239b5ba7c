#include "services/cli/client/backoff.h"

#include <vector>

#include "gtest/gtest.h"
#include "services/base/clock.h"

namespace nhanrong::cli {
namespace {

BackoffPolicy Policy() { return {absl::Milliseconds(100), absl::Milliseconds(400), 6}; }

TEST(Backoff, DoublesUpToTheBoundAndGivesUp) {
  ManualClock clock(absl::UnixEpoch());
  Backoff backoff(Policy(), [] { return 1.0; });
  std::vector<std::int64_t> at_ms;
  while (const auto wait = backoff.Next()) {
    clock.Advance(*wait);
    at_ms.push_back(absl::ToUnixMillis(clock.Now()));
  }
  EXPECT_EQ(at_ms, (std::vector<std::int64_t>{100, 300, 700, 1100, 1500}));
}

TEST(Backoff, JitterStaysBetweenHalfAndTheBound) {
  Backoff low(Policy(), [] { return 0.0; });
  EXPECT_EQ(low.Next(), absl::Milliseconds(50));
  EXPECT_EQ(low.Next(), absl::Milliseconds(100));
}

TEST(Backoff, WaitsAtLeastWhatTheServerAsksWithinTheBound) {
  Backoff backoff(Policy(), [] { return 0.0; });
  EXPECT_EQ(backoff.Next(absl::Milliseconds(300)), absl::Milliseconds(300));
  EXPECT_EQ(backoff.Next(absl::Hours(1)), absl::Milliseconds(400));
}

TEST(Backoff, BeginsAnewAfterASuccess) {
  Backoff backoff(Policy(), [] { return 1.0; });
  for (int i = 0; i < 4; ++i) backoff.Next();
  backoff.Reset();
  EXPECT_EQ(backoff.Next(), absl::Milliseconds(100));
}

}  // namespace
}  // namespace nhanrong::cli

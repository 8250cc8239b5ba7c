#include "services/cli/client/backoff.h"

#include <algorithm>
#include <memory>
#include <random>
#include <utility>

#include "absl/time/clock.h"

namespace nhanrong::cli {

RandomUnit SystemRandomUnit() {
  auto engine = std::make_shared<std::mt19937_64>(std::random_device{}());
  return [engine] { return std::uniform_real_distribution<double>(0, 1)(*engine); };
}

Sleep SystemSleep() {
  return [](absl::Duration wait) { absl::SleepFor(wait); };
}

Backoff::Backoff(BackoffPolicy policy, RandomUnit random)
    : policy_(policy), random_(std::move(random)), bound_(policy.initial) {}

std::optional<absl::Duration> Backoff::Next(std::optional<absl::Duration> asked) {
  if (++attempts_ >= policy_.attempts_max) return std::nullopt;
  const absl::Duration wait = bound_ * (0.5 + 0.5 * random_());
  bound_ = std::min(bound_ * 2, policy_.bound_max);
  return asked ? std::max(wait, std::min(*asked, policy_.bound_max)) : wait;
}

void Backoff::Reset() {
  attempts_ = 0;
  bound_ = policy_.initial;
}

}  // namespace nhanrong::cli

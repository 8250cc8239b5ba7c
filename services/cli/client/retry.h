// Repeats a call whose outcome is unknown, with backoff, until it is known or attempts run out.
// Only for calls that carry an id of their own or change nothing.
#pragma once

#include <optional>

#include "services/cli/client/backoff.h"
#include "services/cli/client/errors.h"

namespace nhanrong::cli {

// A person waits at the terminal: about six seconds in all.
inline constexpr BackoffPolicy kInteractivePolicy = {absl::Milliseconds(200), absl::Seconds(3), 6};

template <typename Call>
Failure Retry(const Call& call, BackoffPolicy policy = kInteractivePolicy,
              const Sleep& sleep = SystemSleep()) {
  Backoff backoff(policy, SystemRandomUnit());
  for (;;) {
    Failure failure = call();
    if (Ok(failure) || !IsRetryable(failure)) return failure;
    const std::optional<absl::Duration> wait = backoff.Next(RetryDelay(failure));
    if (!wait) return failure;
    sleep(*wait);
  }
}

}  // namespace nhanrong::cli

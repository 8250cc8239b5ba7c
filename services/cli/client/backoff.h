// When to try again: exponential with jitter, bounded in attempts. Not thread-safe.
#pragma once

#include <functional>
#include <optional>

#include "absl/time/time.h"

namespace nhanrong::cli {

struct BackoffPolicy {
  // The first wait is drawn below `initial`, every next bound is twice the one before.
  absl::Duration initial = absl::Milliseconds(200);
  // A person who waits for an import wants it to go on soon after the server is back.
  absl::Duration bound_max = absl::Seconds(10);
  // 12 attempts wait about a minute in all: the restart of a node.
  int attempts_max = 12;
};

// A number in [0, 1).
using RandomUnit = std::function<double()>;
// Waits; tests give a function that only advances a clock.
using Sleep = std::function<void(absl::Duration)>;

RandomUnit SystemRandomUnit();
Sleep SystemSleep();

class Backoff {
 public:
  Backoff(BackoffPolicy policy, RandomUnit random);
  // How long to wait before the next attempt; absent: give up. Between half the bound and the bound
  // ("equal jitter": never at once, never all clients together), and at least `asked`, what the
  // server said.
  std::optional<absl::Duration> Next(std::optional<absl::Duration> asked = std::nullopt);
  // After a success.
  void Reset();

 private:
  BackoffPolicy policy_;
  RandomUnit random_;
  int attempts_ = 0;
  absl::Duration bound_;
};

}  // namespace nhanrong::cli

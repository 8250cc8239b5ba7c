// What one gateway takes on for one ledger, and what it counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/time/time.h"
#include "services/gateway/agency_limits.h"

namespace nhanrong::gateway {

// Submissions held; at 2 kB each about 40 MB. Beyond: Overloaded.
inline constexpr std::size_t kPendingMax = 20'000;
// Bytes of submissions held: large ones count as what they are.
inline constexpr std::size_t kPendingBytesMax = 256 << 20;
// Decisions of one submission before it is given up as unknown. Each lost race means that another
// commit won, so this many in a row means a stream under permanent attack.
inline constexpr int kTriesMax = 16;
// What an overloaded gateway asks its callers to wait: about the time it needs for what it holds.
inline constexpr absl::Duration kRetryAfter = absl::Milliseconds(500);

struct GatewayCounters {
  std::uint64_t accepted = 0;
  std::uint64_t refused = 0;
  std::uint64_t repeated = 0;
  std::uint64_t conflicts = 0;
  std::uint64_t denied = 0;
  std::uint64_t invalid = 0;
  std::uint64_t overloaded = 0;
  std::uint64_t unavailable = 0;
  std::uint64_t unknown = 0;
  std::uint64_t races_lost = 0;
  std::size_t pending = 0;
  std::vector<LimitCount> limits;
};

}  // namespace nhanrong::gateway

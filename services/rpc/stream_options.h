// What a server's owner sets and sees of its streams of submissions.
#pragma once

#include <cstdint>

#include "absl/time/time.h"

namespace nhanrong::rpc {

// How long a stream waits for its client. The first look after the time is over ends it: looks come
// every second, or as often as the shorter one says.
struct StreamPatience {
  // A client that reads nothing for so long is cut off: a slow network needs seconds.
  absl::Duration stuck = absl::Seconds(30);
  // A stream on which nothing is sent for so long gives its place to others.
  absl::Duration idle = absl::Minutes(5);
};

// For /metrics.
struct StreamCounters {
  int open = 0;
  std::uint64_t opened = 0;
  std::uint64_t turned_away = 0;  // too many were open
  std::uint64_t stuck = 0;        // cut off, since their clients did not read
  std::uint64_t idle = 0;         // ended, since nothing was sent
  std::uint64_t refused_frames = 0;
};

}  // namespace nhanrong::rpc

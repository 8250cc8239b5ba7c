// How far this process has seen one log to reach, shared by the log's producer and its readers.
//
// A record that is appended lies behind everything that was seen before it was sent. Where a broker
// says otherwise, the topic lost its tail or is another one of the same name, or somebody wrote
// under the producer's own id, and the broker took the record for a repetition of his. So it is a
// doubt, which readers hear of: whoever follows the log compares it again. Thread-safe.
#pragma once

#include <atomic>

#include "services/base/strong.h"

namespace nhanrong::ledger {

class SeenLog {
 public:
  // The place behind the last record that was seen.
  Place end() const { return Place(end_.load()); }
  void Saw(Place place);
  // Whether a record that was sent when the log reached to `end` may lie at `place`; else it is a
  // doubt more.
  bool Landed(Place place, Place end);
  std::uint64_t doubts() const { return doubts_; }

 private:
  std::atomic<std::uint64_t> end_ = 0;
  std::atomic<std::uint64_t> doubts_ = 0;
};

}  // namespace nhanrong::ledger

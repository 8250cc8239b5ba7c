#include "services/ledger/kafka/seen_log.h"

namespace nhanrong::ledger {

void SeenLog::Saw(Place place) {
  const std::uint64_t end = place.next().value();
  std::uint64_t known = end_;
  while (known < end) {
    if (end_.compare_exchange_weak(known, end)) return;
  }
}

bool SeenLog::Landed(Place place, Place end) {
  if (place < end) {
    ++doubts_;
    return false;
  }
  Saw(place);
  return true;
}

}  // namespace nhanrong::ledger

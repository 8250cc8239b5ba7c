#include "services/ledger/embedded/published_log.h"

#include <algorithm>
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <iterator>

#include "services/base/check.h"

namespace nhanrong::ledger {

std::string PublishedLog::SegmentName(Place first) {
  char name[32];
  std::snprintf(name, sizeof name, "%020" PRIu64 ".seg", first.value());
  return name;
}

std::string PublishedLog::SegmentPath(std::size_t segment) const {
  const std::lock_guard lock(mutex_);
  return directory_ + "/" + SegmentName(segments_.at(segment).first);
}

void PublishedLog::AddSegment(Place first) {
  const std::lock_guard lock(mutex_);
  segments_.push_back({first});
}

void PublishedLog::Publish(const FrameHeader& header) {
  const std::lock_guard lock(mutex_);
  NR_CHECK(header.first == end_, "frames follow each other");
  Segment& segment = segments_.back();
  const FrameAt at{segments_.size() - 1, segment.bytes};
  if (index_.empty() || index_.back().at.segment != at.segment ||
      at.offset - index_.back().at.offset >= kIndexStrideBytes) {
    index_.push_back({header.first, at});
  }
  segment.bytes += header.frame_bytes();
  end_ = header.end();
  changed_.notify_all();
}

std::size_t PublishedLog::segments() const {
  const std::lock_guard lock(mutex_);
  return segments_.size();
}

Place PublishedLog::end() const {
  const std::lock_guard lock(mutex_);
  return end_;
}

FrameAt PublishedLog::Find(Place place) const {
  const std::lock_guard lock(mutex_);
  const auto after =
      std::upper_bound(index_.begin(), index_.end(), place,
                       [](Place wanted, const IndexEntry& entry) { return wanted < entry.first; });
  return after == index_.begin() ? FrameAt{} : std::prev(after)->at;
}

PublishedLog::Extent PublishedLog::ExtentOf(std::size_t segment) const {
  const std::lock_guard lock(mutex_);
  return {segments_.at(segment).bytes, segment + 1 == segments_.size()};
}

void PublishedLog::WaitFor(Place place, absl::Duration wait, const std::function<bool()>& stop) {
  std::unique_lock lock(mutex_);
  const auto ready = [&] { return place < end_ || stop(); };
  if (wait == absl::InfiniteDuration()) {
    changed_.wait(lock, ready);
  } else {
    changed_.wait_for(lock, absl::ToChronoNanoseconds(wait), ready);
  }
}

void PublishedLog::WakeAll() {
  const std::lock_guard lock(mutex_);
  changed_.notify_all();
}

}  // namespace nhanrong::ledger

// What readers may see of a log in segment files: which segments, how far, and where frames start.
//
// The writer publishes a frame after it is on the disk, so no reader ever sees an unsynced record.
// Thread-safe. Shared by a log and its readers, whichever lives longer.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "services/ledger/embedded/frame.h"

namespace nhanrong::ledger {

// Where a frame starts: the number of its segment from 0, and the byte in its file.
struct FrameAt {
  std::size_t segment = 0;
  std::uint64_t offset = 0;
};

class PublishedLog {
 public:
  // Bytes of log between two entries of the index in memory: 24 bytes of it for each 64 kB of log,
  // and at most this much to walk over when a reader starts.
  static constexpr std::uint64_t kIndexStrideBytes = 65'536;

  explicit PublishedLog(std::string directory) : directory_(std::move(directory)) {}

  const std::string& directory() const { return directory_; }
  static std::string SegmentName(Place first);
  std::string SegmentPath(std::size_t segment) const;

  void AddSegment(Place first);
  // The frame lies at the end of the last segment.
  void Publish(const FrameHeader& header);

  std::size_t segments() const;
  Place end() const;
  // The frame that holds `place`, or one before it.
  FrameAt Find(Place place) const;
  // Bytes that may be read of this segment, and whether it will grow.
  struct Extent {
    std::uint64_t bytes;
    bool last;
  };
  Extent ExtentOf(std::size_t segment) const;

  // Waits until there is a record at `place`, `stop` says so, or the time is over.
  void WaitFor(Place place, absl::Duration wait, const std::function<bool()>& stop);
  void WakeAll();

 private:
  struct Segment {
    Place first;
    std::uint64_t bytes = 0;
  };
  struct IndexEntry {
    Place first;
    FrameAt at;
  };

  const std::string directory_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Segment> segments_;  // guarded by mutex_, as are the next two
  std::vector<IndexEntry> index_;
  Place end_;
};

}  // namespace nhanrong::ledger

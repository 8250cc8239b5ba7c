// A log in segment files that another process has open: for reading beside it, without its lock.
//
// Gives what is surely durable: a frame is written only after the one before it was synced, so
// every whole frame but the last. Bounds looks for more; records come to readers by that alone.
// A damaged frame looks like one that is being written: there the log seems to end, until it is
// opened by its owner. Changes no file. Thread-safe.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "services/ledger/embedded/files.h"
#include "services/ledger/embedded/published_log.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

class RunningLog final : public Log {
 public:
  // kNotFound: there is no log in `directory`.
  static absl::StatusOr<std::unique_ptr<Log>> Open(const std::string& directory);

  // kFailedPrecondition, at once and from the caller's thread.
  void Append(std::string record, AppendDone done) override;
  absl::StatusOr<std::unique_ptr<LogReader>> OpenReader(Place from) override;
  absl::StatusOr<LogBounds> Bounds() override;

 private:
  explicit RunningLog(const std::string& directory)
      : log_(std::make_shared<PublishedLog>(directory)) {}
  absl::Status TakeNewFrames();
  // The next whole frame of the segment; absent: none yet.
  absl::StatusOr<std::optional<FrameHeader>> NextFrame();
  // Whether the writer has gone on to another segment; then that one is open.
  absl::StatusOr<bool> MoveToNextSegment();

  const std::shared_ptr<PublishedLog> log_;  // shared with readers

  std::mutex mutex_;
  File file_;  // guarded by mutex_, as is all below: the last segment
  std::uint64_t offset_ = 0;
  std::optional<FrameHeader> last_;  // whole, but perhaps not synced
};

}  // namespace nhanrong::ledger

// Reads published frames of a log in segment files, in order, from a place on.
//
// One thread, but for Interrupt. Reads with pread, mostly from the page cache. Damage that appears
// after opening is kDataLoss with file and byte, and final.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "services/ledger/embedded/files.h"
#include "services/ledger/embedded/frame.h"
#include "services/ledger/embedded/published_log.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

class SegmentReader final : public LogReader {
 public:
  // `log` is shared with the log and its other readers. REQUIRES: from <= log->end().
  SegmentReader(std::shared_ptr<PublishedLog> log, Place from);

  absl::StatusOr<std::vector<LogRecord>> Read(std::size_t records_max,
                                              absl::Duration wait) override;
  void Interrupt() override;

 private:
  // Takes the next frame into ready_; REQUIRES: next_ < the log's end.
  absl::Status LoadFrame();
  absl::Status LoadPayload(const FrameHeader& header, std::uint64_t published);
  absl::Status MoveToFrame();
  absl::StatusOr<std::string_view> Bytes(std::size_t wanted, std::uint64_t published);
  absl::Status Damaged(const std::string& why) const;
  void GiveReady(std::size_t records_max, std::vector<LogRecord>& out);

  const std::shared_ptr<PublishedLog> log_;
  std::atomic<bool> interrupted_ = false;

  Place next_;  // to be given
  FrameAt at_;  // of the next frame
  File file_;   // of at_.segment
  absl::Status failed_;
  std::string buffer_;  // bytes of the file from buffer_offset_ on
  std::uint64_t buffer_offset_ = 0;
  std::vector<LogRecord> ready_;  // of the frame before at_
  std::size_t ready_given_ = 0;
};

}  // namespace nhanrong::ledger

#include "services/ledger/embedded/running_log.h"

#include <utility>

#include "services/ledger/embedded/segment_reader.h"

namespace nhanrong::ledger {

absl::StatusOr<std::unique_ptr<Log>> RunningLog::Open(const std::string& directory) {
  std::unique_ptr<RunningLog> log(new RunningLog(directory));
  auto first = OpenToRead(directory + "/" + PublishedLog::SegmentName(Place(0)));
  if (absl::IsNotFound(first.status())) {
    return absl::NotFoundError("there is no log in " + directory);
  }
  if (!first.ok()) return first.status();
  log->file_ = std::move(*first);
  log->log_->AddSegment(Place(0));
  if (const auto bounds = log->Bounds(); !bounds.ok()) return bounds.status();
  return log;
}

void RunningLog::Append(std::string /*record*/, AppendDone done) {
  done(absl::FailedPreconditionError("this log is open in another process"));
}

absl::StatusOr<std::unique_ptr<LogReader>> RunningLog::OpenReader(Place from) {
  if (from > log_->end()) {
    return absl::DataLossError("the log in " + log_->directory() + " has no record " +
                               std::to_string(from.value()));
  }
  return std::make_unique<SegmentReader>(log_, from);
}

absl::StatusOr<LogBounds> RunningLog::Bounds() {
  const std::lock_guard lock(mutex_);
  if (absl::Status taken = TakeNewFrames(); !taken.ok()) return taken;
  return LogBounds{Place(0), log_->end()};
}

absl::Status RunningLog::TakeNewFrames() {
  for (;;) {
    const auto frame = NextFrame();
    if (!frame.ok()) return frame.status();
    if (frame->has_value()) {
      if (last_) log_->Publish(*last_);
      last_ = *frame;
      offset_ += (*frame)->frame_bytes();
      continue;
    }
    const auto moved = MoveToNextSegment();
    if (!moved.ok()) return moved.status();
    if (!*moved) return absl::OkStatus();
  }
}

absl::StatusOr<std::optional<FrameHeader>> RunningLog::NextFrame() {
  std::string bytes;
  absl::Status read = ReadAt(file_, offset_, kFrameHeaderBytes, bytes);
  if (!read.ok()) return read;
  const auto header = ParseFrameHeader(bytes);
  if (!header) return std::nullopt;
  read = ReadAt(file_, offset_ + kFrameHeaderBytes, header->payload_bytes, bytes);
  if (!read.ok()) return read;
  if (!ParseFramePayload(*header, bytes)) return std::nullopt;
  return *header;
}

absl::StatusOr<bool> RunningLog::MoveToNextSegment() {
  const Place next = last_ ? last_->end() : log_->end();
  if (next == Place(0)) return false;
  auto file = OpenToRead(log_->directory() + "/" + PublishedLog::SegmentName(next));
  if (absl::IsNotFound(file.status())) return false;
  if (!file.ok()) return file.status();
  // The segment that is left is complete, since its last frame leads to the one that is there.
  if (last_) log_->Publish(*last_);
  last_.reset();
  log_->AddSegment(next);
  file_ = std::move(*file);
  offset_ = 0;
  return true;
}

}  // namespace nhanrong::ledger

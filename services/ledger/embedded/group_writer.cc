#include "services/ledger/embedded/group_writer.h"

#include <spdlog/spdlog.h>

#include <utility>

namespace nhanrong::ledger {

GroupWriter::GroupWriter(std::shared_ptr<PublishedLog> log, LogTail tail, Options options,
                         Files& files)
    : log_(std::move(log)),
      options_(options),
      files_(files),
      tail_(std::move(tail)),
      thread_([this](const std::stop_token& stop) { Run(stop); }) {}

GroupWriter::~GroupWriter() = default;

absl::Status GroupWriter::Admit(const std::string& record) {
  if (record.size() > kRecordBytesMax) {
    return absl::InvalidArgumentError("a record has at most " + std::to_string(kRecordBytesMax) +
                                      " bytes, this one " + std::to_string(record.size()));
  }
  if (queue_.size() >= options_.queue_records_max ||
      queue_bytes_ + record.size() > kQueueBytesMax) {
    return absl::ResourceExhaustedError("the log's queue is full; the disk is slower than callers");
  }
  return absl::OkStatus();
}

void GroupWriter::Append(std::string record, AppendDone done) {
  const std::lock_guard lock(mutex_);
  absl::Status refusal = Admit(record);
  if (!refusal.ok()) record = std::string();
  queue_bytes_ += record.size();
  queue_.push_back({std::move(record), std::move(done), std::move(refusal)});
  queued_.notify_one();
}

absl::Status GroupWriter::status() const {
  const std::lock_guard lock(mutex_);
  return told_failure_;
}

void GroupWriter::Run(const std::stop_token& stop) {
  for (Group group = TakeGroup(stop); !group.empty(); group = TakeGroup(stop)) {
    Commit(std::move(group));
  }
}

GroupWriter::Group GroupWriter::TakeGroup(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  queued_.wait(lock, stop, [&] { return !queue_.empty(); });
  Group group;
  for (std::size_t bytes = 0; !queue_.empty() && bytes < kFramePayloadBytesAim;) {
    bytes += kRecordLengthBytes + queue_.front().record.size();
    queue_bytes_ -= queue_.front().record.size();
    group.push_back(std::move(queue_.front()));
    queue_.pop_front();
  }
  return group;
}

void GroupWriter::Commit(Group group) {
  Place place = log_->end();
  for (const Item& item : group) {
    if (item.refusal.ok()) builder_.Add(item.record);
  }
  if (!builder_.empty()) {
    const std::string_view frame = builder_.Finish(place);
    if (failed_.ok()) failed_ = WriteFrame(frame);
    if (failed_.ok()) {
      log_->Publish(*ParseFrameHeader(frame));
    } else {
      const std::lock_guard lock(mutex_);
      told_failure_ = failed_;
    }
  }
  for (Item& item : group) {
    if (!item.refusal.ok()) {
      item.done(std::move(item.refusal));
    } else if (!failed_.ok()) {
      item.done(failed_);
    } else {
      item.done(place);
      place = place.next();
    }
  }
}

absl::Status GroupWriter::WriteFrame(std::string_view frame) {
  absl::Status status;
  if (tail_.offset > 0 && tail_.offset + frame.size() > options_.segment_bytes) status = Rotate();
  if (status.ok()) status = files_.WriteAt(tail_.file, frame, tail_.offset);
  if (status.ok()) status = files_.Sync(tail_.file);
  if (status.ok()) {
    tail_.offset += frame.size();
    return absl::OkStatus();
  }
  spdlog::error("{}: the log stops: {}", log_->directory(), std::string(status.message()));
  return absl::UnavailableError("the log in " + log_->directory() +
                                " stopped after a failed write (" + std::string(status.message()) +
                                "); mend the disk or free space, then restart this process");
}

absl::Status GroupWriter::Rotate() {
  const Place first = log_->end();
  auto file = CreateDurably(log_->directory(), PublishedLog::SegmentName(first));
  if (!file.ok()) return file.status();
  tail_ = {std::move(*file), 0};
  log_->AddSegment(first);
  return absl::OkStatus();
}

}  // namespace nhanrong::ledger

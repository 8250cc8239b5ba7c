#include "services/ledger/embedded/segment_reader.h"

#include <algorithm>
#include <utility>

namespace nhanrong::ledger {
namespace {

// Read ahead in one call, as far as it is published.
constexpr std::uint64_t kReadAheadBytes = 1 << 20;

}  // namespace

SegmentReader::SegmentReader(std::shared_ptr<PublishedLog> log, Place from)
    : log_(std::move(log)), next_(from), at_(log_->Find(from)) {}

absl::StatusOr<std::vector<LogRecord>> SegmentReader::Read(std::size_t records_max,
                                                           absl::Duration wait) {
  std::vector<LogRecord> records;
  if (ready_given_ == ready_.size()) {
    log_->WaitFor(next_, wait, [&] { return interrupted_.load(); });
  }
  if (interrupted_) return absl::CancelledError("the reader was interrupted");
  const Place end = log_->end();
  GiveReady(records_max, records);
  while (records.size() < records_max && next_ < end && failed_.ok()) {
    failed_ = LoadFrame();
    GiveReady(records_max, records);
  }
  // What was read before the damage is given first.
  if (records.empty() && !failed_.ok()) return failed_;
  return records;
}

void SegmentReader::Interrupt() {
  interrupted_ = true;
  log_->WakeAll();
}

void SegmentReader::GiveReady(std::size_t records_max, std::vector<LogRecord>& out) {
  const std::size_t count = std::min(records_max - out.size(), ready_.size() - ready_given_);
  if (count == 0) return;
  const auto begin = ready_.begin() + static_cast<std::ptrdiff_t>(ready_given_);
  std::move(begin, begin + static_cast<std::ptrdiff_t>(count), std::back_inserter(out));
  ready_given_ += count;
  next_ = out.back().place.next();
}

absl::Status SegmentReader::LoadFrame() {
  while (true) {
    if (absl::Status status = MoveToFrame(); !status.ok()) return status;
    const std::uint64_t published = log_->ExtentOf(at_.segment).bytes;
    auto bytes = Bytes(kFrameHeaderBytes, published);
    if (!bytes.ok()) return bytes.status();
    const auto header = ParseFrameHeader(*bytes);
    if (!header || header->first > next_) return Damaged("no header of the next frame is there");
    const bool holds_next = header->end() > next_;
    if (holds_next) {
      if (absl::Status loaded = LoadPayload(*header, published); !loaded.ok()) return loaded;
    }
    at_.offset += header->frame_bytes();
    if (holds_next) return absl::OkStatus();
  }
}

absl::Status SegmentReader::LoadPayload(const FrameHeader& header, std::uint64_t published) {
  const auto bytes = Bytes(header.frame_bytes(), published);
  if (!bytes.ok()) return bytes.status();
  auto records = ParseFramePayload(
      header, bytes->substr(std::min(kFrameHeaderBytes, bytes->size()), header.payload_bytes));
  if (!records) return Damaged("the frame fails its checksum");
  ready_ = std::move(*records);
  ready_given_ = next_.value() - header.first.value();
  return absl::OkStatus();
}

absl::Status SegmentReader::MoveToFrame() {
  const auto extent = log_->ExtentOf(at_.segment);
  if (at_.offset >= extent.bytes && !extent.last) {
    at_ = {at_.segment + 1, 0};
    file_ = File();
    buffer_.clear();
  }
  if (file_.open()) return absl::OkStatus();
  auto file = OpenToRead(log_->SegmentPath(at_.segment));
  if (!file.ok()) return Damaged(std::string(file.status().message()));
  file_ = std::move(*file);
  return absl::OkStatus();
}

absl::StatusOr<std::string_view> SegmentReader::Bytes(std::size_t wanted, std::uint64_t published) {
  if (at_.offset < buffer_offset_ || at_.offset + wanted > buffer_offset_ + buffer_.size()) {
    const std::uint64_t available = published - std::min(published, at_.offset);
    const std::size_t ahead = std::max<std::uint64_t>(wanted, std::min(available, kReadAheadBytes));
    absl::Status status = ReadAt(file_, at_.offset, ahead, buffer_);
    if (!status.ok()) return Damaged(std::string(status.message()));
    buffer_offset_ = at_.offset;
  }
  return std::string_view(buffer_).substr(at_.offset - buffer_offset_);
}

absl::Status SegmentReader::Damaged(const std::string& why) const {
  return absl::DataLossError(log_->SegmentPath(at_.segment) + " is damaged at byte " +
                             std::to_string(at_.offset) + ": " + why);
}

}  // namespace nhanrong::ledger

#include "services/ledger/embedded/segment_scan.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

namespace nhanrong::ledger {
namespace {

// Read at once while scanning; holds three frames of the largest size.
constexpr std::size_t kScanBufferBytes = 1 << 20;
constexpr std::size_t kFrameBytesMax = kFrameHeaderBytes + kFramePayloadBytesMax;
static_assert(kScanBufferBytes > kFrameBytesMax);

std::optional<Place> PlaceOfSegmentName(const std::string& name) {
  std::uint64_t first = 0;
  const auto end = name.data() + name.size();
  const auto parsed = std::from_chars(name.data(), end, first);
  if (parsed.ec != std::errc() || PublishedLog::SegmentName(Place(first)) != name) {
    return std::nullopt;
  }
  return Place(first);
}

absl::StatusOr<std::vector<Place>> ListSegments(const std::string& directory) {
  std::vector<Place> firsts;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    if (const auto first = PlaceOfSegmentName(entry.path().filename().string())) {
      firsts.push_back(*first);
    }
  }
  if (error) return ErrnoStatus(error.value(), "list " + directory);
  std::sort(firsts.begin(), firsts.end());
  return firsts;
}

absl::Status Damaged(const std::string& path, std::uint64_t offset, const std::string& why) {
  return absl::DataLossError(path + " is damaged at byte " + std::to_string(offset) + ": " + why +
                             "; nothing was changed; restore the file from a copy");
}

// One segment while it is scanned.
class Scan {
 public:
  Scan(PublishedLog& log, const File& file, std::string path, std::uint64_t size)
      : log_(log), file_(file), path_(std::move(path)), size_(size) {}

  // Publishes frames up to the end of the file or the first one that is not whole.
  absl::Status Run();
  bool complete() const { return offset_ == size_; }
  std::uint64_t offset() const { return offset_; }
  std::uint64_t last_frame_bytes() const { return last_frame_bytes_; }
  const std::string& path() const { return path_; }
  // OK if nothing whole follows the frame that is not.
  absl::Status CheckNothingFollows();

 private:
  // The bytes from `offset` on, at least `wanted` of them unless the file ends before.
  absl::StatusOr<std::string_view> Bytes(std::uint64_t offset, std::size_t wanted);

  PublishedLog& log_;
  const File& file_;
  const std::string path_;
  const std::uint64_t size_;
  std::uint64_t offset_ = 0;
  std::uint64_t last_frame_bytes_ = 0;
  std::string buffer_;
  std::uint64_t buffer_offset_ = 0;
};

absl::StatusOr<std::string_view> Scan::Bytes(std::uint64_t offset, std::size_t wanted) {
  if (offset < buffer_offset_ || offset + wanted > buffer_offset_ + buffer_.size()) {
    absl::Status status = ReadAt(file_, offset, std::max(wanted, kScanBufferBytes), buffer_);
    if (!status.ok()) return status;
    buffer_offset_ = offset;
  }
  return std::string_view(buffer_).substr(offset - buffer_offset_);
}

absl::Status Scan::Run() {
  while (offset_ < size_) {
    auto bytes = Bytes(offset_, kFrameHeaderBytes);
    if (!bytes.ok()) return bytes.status();
    const auto header = ParseFrameHeader(*bytes);
    if (!header) return absl::OkStatus();
    if (header->first != log_.end()) {
      return Damaged(path_, offset_, "the frame there belongs elsewhere");
    }
    if (header->frame_bytes() > size_ - offset_) return absl::OkStatus();
    bytes = Bytes(offset_, header->frame_bytes());
    if (!bytes.ok()) return bytes.status();
    if (!ParseFramePayload(*header, bytes->substr(kFrameHeaderBytes, header->payload_bytes))) {
      return absl::OkStatus();
    }
    log_.Publish(*header);
    last_frame_bytes_ = header->frame_bytes();
    offset_ += header->frame_bytes();
  }
  return absl::OkStatus();
}

absl::Status Scan::CheckNothingFollows() {
  auto bytes = Bytes(offset_, kFrameHeaderBytes);
  if (!bytes.ok()) return bytes.status();
  // An undamaged header says how far its frame reaches, so that no record inside it, which may
  // look like a frame, is taken for one.
  const auto header = ParseFrameHeader(*bytes);
  std::uint64_t from = offset_ + (header ? header->frame_bytes() : 1);
  std::string window;
  for (; from < size_; from += kScanBufferBytes) {
    // Windows overlap by a frame, so that none is cut in all of them.
    absl::Status status = ReadAt(file_, from, kScanBufferBytes + kFrameBytesMax, window);
    if (!status.ok()) return status;
    if (const auto found = FindFrame(window, log_.end())) {
      return Damaged(path_, offset_,
                     "a whole frame follows at byte " + std::to_string(from + *found));
    }
  }
  return absl::OkStatus();
}

absl::Status CutTornTail(Scan& scan, const File& file, std::uint64_t size) {
  if (scan.complete()) return absl::OkStatus();
  if (absl::Status status = scan.CheckNothingFollows(); !status.ok()) return status;
  spdlog::warn("{}: cutting {} bytes of a torn write off at byte {}; none of it was acknowledged",
               scan.path(), size - scan.offset(), scan.offset());
  return TruncateTo(file, scan.offset());
}

// A sync that failed may have left the last frame in a cache that claims to be clean, though it is
// not on the disk. Writing it again makes it what we are about to call it: durable.
absl::Status WriteLastFrameAgain(const Scan& scan, const File& file, Files& files) {
  if (scan.last_frame_bytes() == 0) return absl::OkStatus();
  const std::uint64_t start = scan.offset() - scan.last_frame_bytes();
  std::string frame;
  absl::Status status = ReadAt(file, start, scan.last_frame_bytes(), frame);
  if (status.ok()) status = files.WriteAt(file, frame, start);
  if (status.ok()) status = files.Sync(file);
  return status;
}

absl::StatusOr<LogTail> OpenSegment(PublishedLog& log, Place first, bool last, Files& files) {
  log.AddSegment(first);
  const std::string path = log.SegmentPath(log.segments() - 1);
  auto file = OpenToWrite(path);
  if (!file.ok()) return file.status();
  const auto size = SizeOf(*file);
  if (!size.ok()) return size.status();
  Scan scan(log, *file, path, *size);
  absl::Status status = scan.Run();
  if (status.ok() && !last && !scan.complete()) {
    return Damaged(path, scan.offset(), "it is not the last segment");
  }
  if (status.ok()) status = CutTornTail(scan, *file, *size);
  if (status.ok() && last) status = WriteLastFrameAgain(scan, *file, files);
  if (!status.ok()) return status;
  return LogTail{std::move(*file), scan.offset()};
}

}  // namespace

bool HasSegments(const std::string& directory) {
  const auto firsts = ListSegments(directory);
  return firsts.ok() && !firsts->empty();
}

absl::StatusOr<LogTail> OpenSegments(PublishedLog& log, Files& files) {
  const auto firsts = ListSegments(log.directory());
  if (!firsts.ok()) return firsts.status();
  if (absl::Status status = SyncDirectory(log.directory()); !status.ok()) return status;
  absl::StatusOr<LogTail> tail = absl::NotFoundError("no segment in " + log.directory());
  for (const Place first : *firsts) {
    if (first != log.end()) {
      return absl::DataLossError(log.directory() + " has no segment " +
                                 PublishedLog::SegmentName(log.end()) + " though it has " +
                                 PublishedLog::SegmentName(first) +
                                 "; restore the missing file from a copy");
    }
    tail = OpenSegment(log, first, first == firsts->back(), files);
    if (!tail.ok()) return tail;
  }
  return tail;
}

}  // namespace nhanrong::ledger

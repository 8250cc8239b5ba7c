// Frames: what a segment file consists of. The grammar is at the top of frame.cc.
// Pure functions over bytes; thread-safe; nothing here opens a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/base/strong.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

// Bytes of a frame's header.
inline constexpr std::size_t kFrameHeaderBytes = 28;
// A frame takes records until it has this much; 300 kB synced at once was measured faster than 3
// MB.
inline constexpr std::size_t kFramePayloadBytesAim = 300'000;
// Length of a record before its bytes.
inline constexpr std::size_t kRecordLengthBytes = 2;
// The last record may exceed the aim; a header that claims more than this is damaged.
inline constexpr std::size_t kFramePayloadBytesMax =
    kFramePayloadBytesAim + kRecordLengthBytes + kRecordBytesMax;

struct FrameHeader {
  std::uint32_t payload_bytes = 0;
  std::uint32_t records = 0;
  Place first;
  std::uint32_t payload_crc = 0;

  std::size_t frame_bytes() const { return kFrameHeaderBytes + payload_bytes; }
  Place end() const { return Place(first.value() + records); }
};

// Builds one frame; reused for the next after Finish.
class FrameBuilder {
 public:
  bool empty() const { return records_ == 0 || finished_; }
  // REQUIRES: record.size() <= kRecordBytesMax; kFramePayloadBytesAim was not reached before.
  void Add(std::string_view record);
  // The frame's bytes, valid until the next Add.
  std::string_view Finish(Place first);

 private:
  std::string bytes_ = std::string(kFrameHeaderBytes, '\0');
  std::uint32_t records_ = 0;
  bool finished_ = false;
};

// Absent unless `bytes` starts with an undamaged header.
std::optional<FrameHeader> ParseFrameHeader(std::string_view bytes);
// Absent unless `payload` is what the header promises.
std::optional<std::vector<LogRecord>> ParseFramePayload(const FrameHeader& header,
                                                        std::string_view payload);
// Where the first whole, undamaged frame in `bytes` starts, if there is one with a place >= `from`.
std::optional<std::size_t> FindFrame(std::string_view bytes, Place from);

}  // namespace nhanrong::ledger

// segment = frame*
// frame   = header payload
// header  = magic[4]            "NRF" and the version of this grammar, 1
//           payload_bytes:u32
//           records:u32         at least 1
//           first_place:u64     place of the first record; the others follow densely
//           payload_crc:u32     CRC-32 (zlib) of payload
//           header_crc:u32      CRC-32 of the 24 bytes before it, so of all that the frame holds
// payload = (length:u16 byte[length])*   one for each record
//
// Numbers are big-endian. The header has a checksum of its own so that its length can be trusted
// when the payload is damaged: a frame that reaches beyond its file is torn and nothing else.
#include "services/ledger/embedded/frame.h"

#include <zlib.h>

#include "services/base/bytes.h"
#include "services/base/check.h"

namespace nhanrong::ledger {
namespace {

constexpr std::string_view kMagic("NRF\x01", 4);
constexpr std::size_t kCheckedHeaderBytes = kFrameHeaderBytes - 4;

void PutBigEndian(char* out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out[i] = static_cast<char>(value >> (8 * (bytes - 1 - i)));
}

std::uint32_t ReadBigEndian32(const char* in) {
  std::uint32_t value = 0;
  for (int i = 0; i < 4; ++i) value = value << 8 | static_cast<std::uint8_t>(in[i]);
  return value;
}

std::size_t ReadBigEndian16(const char* in) {
  return static_cast<std::size_t>(static_cast<std::uint8_t>(in[0])) << 8 |
         static_cast<std::uint8_t>(in[1]);
}

std::uint32_t Crc(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size()));
}

}  // namespace

void FrameBuilder::Add(std::string_view record) {
  NR_CHECK(record.size() <= kRecordBytesMax, "a record of a frame has 16 bits of length");
  if (finished_) {
    bytes_.resize(kFrameHeaderBytes);
    records_ = 0;
    finished_ = false;
  }
  char length[kRecordLengthBytes];
  PutBigEndian(length, record.size(), kRecordLengthBytes);
  bytes_.append(length, kRecordLengthBytes).append(record);
  ++records_;
}

std::string_view FrameBuilder::Finish(Place first) {
  NR_CHECK(records_ > 0, "a frame holds a record");
  const std::string_view payload = std::string_view(bytes_).substr(kFrameHeaderBytes);
  char* header = bytes_.data();
  kMagic.copy(header, kMagic.size());
  PutBigEndian(header + 4, payload.size(), 4);
  PutBigEndian(header + 8, records_, 4);
  PutBigEndian(header + 12, first.value(), 8);
  PutBigEndian(header + 20, Crc(payload), 4);
  PutBigEndian(header + 24, Crc({header, kCheckedHeaderBytes}), 4);
  finished_ = true;
  return bytes_;
}

std::optional<FrameHeader> ParseFrameHeader(std::string_view bytes) {
  if (bytes.size() < kFrameHeaderBytes || bytes.substr(0, kMagic.size()) != kMagic) {
    return std::nullopt;
  }
  if (Crc(bytes.substr(0, kCheckedHeaderBytes)) != ReadBigEndian32(bytes.data() + 24)) {
    return std::nullopt;
  }
  const FrameHeader header{.payload_bytes = ReadBigEndian32(bytes.data() + 4),
                           .records = ReadBigEndian32(bytes.data() + 8),
                           .first = Place(ReadBigEndian64(bytes.substr(12))),
                           .payload_crc = ReadBigEndian32(bytes.data() + 20)};
  if (header.records == 0 || header.payload_bytes > kFramePayloadBytesMax) return std::nullopt;
  return header;
}

std::optional<std::vector<LogRecord>> ParseFramePayload(const FrameHeader& header,
                                                        std::string_view payload) {
  if (payload.size() != header.payload_bytes || Crc(payload) != header.payload_crc ||
      header.records > payload.size() / kRecordLengthBytes) {
    return std::nullopt;
  }
  std::vector<LogRecord> records;
  records.reserve(header.records);
  for (Place place = header.first; place < header.end(); place = place.next()) {
    if (payload.size() < kRecordLengthBytes) return std::nullopt;
    const std::size_t length = ReadBigEndian16(payload.data());
    payload.remove_prefix(kRecordLengthBytes);
    if (payload.size() < length) return std::nullopt;
    records.push_back({place, std::string(payload.substr(0, length))});
    payload.remove_prefix(length);
  }
  if (!payload.empty()) return std::nullopt;
  return records;
}

std::optional<std::size_t> FindFrame(std::string_view bytes, Place from) {
  for (std::size_t at = bytes.find(kMagic); at != std::string_view::npos;
       at = bytes.find(kMagic, at + 1)) {
    const auto header = ParseFrameHeader(bytes.substr(at));
    if (!header || header->first < from || header->frame_bytes() > bytes.size() - at) continue;
    if (Crc(bytes.substr(at + kFrameHeaderBytes, header->payload_bytes)) == header->payload_crc) {
      return at;
    }
  }
  return std::nullopt;
}

}  // namespace nhanrong::ledger

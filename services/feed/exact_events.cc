#include "services/feed/exact_events.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>

#include "nhanrong/v1/record.pb.h"

namespace nhanrong::feed {
namespace {

using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;

constexpr std::uint32_t MessageTag(int field) {
  return WireFormatLite::MakeTag(field, WireFormatLite::WIRETYPE_LENGTH_DELIMITED);
}
constexpr std::uint32_t kEventsTag = MessageTag(v1::Record::kEventsFieldNumber);
constexpr std::uint32_t kRefusalTag = MessageTag(v1::Record::kRefusalFieldNumber);
constexpr std::uint32_t kEventTag = MessageTag(v1::Events::kEventsFieldNumber);

// Calls `take(tag, bytes)` for every length-delimited field; false: malformed.
template <typename Take>
bool EachMessage(std::string_view message, Take take) {
  CodedInputStream in(reinterpret_cast<const std::uint8_t*>(message.data()),
                      static_cast<int>(message.size()));
  while (const std::uint32_t tag = in.ReadTag()) {
    if (WireFormatLite::GetTagWireType(tag) != WireFormatLite::WIRETYPE_LENGTH_DELIMITED) {
      if (!WireFormatLite::SkipField(&in, tag)) return false;
      continue;
    }
    std::uint32_t size = 0;
    if (!in.ReadVarint32(&size)) return false;
    const auto at = static_cast<std::size_t>(in.CurrentPosition());
    if (size > message.size() - at || !in.Skip(static_cast<int>(size))) return false;
    if (!take(tag, message.substr(at, size))) return false;
  }
  return in.ConsumedEntireMessage();
}

}  // namespace

std::optional<std::vector<std::string_view>> ExactEvents(std::string_view record) {
  std::vector<std::string_view> events;
  const bool sound = EachMessage(record, [&](std::uint32_t tag, std::string_view bytes) {
    // `answer` is a oneof: what comes later on the wire takes the place of the other kind.
    if (tag == kRefusalTag) events.clear();
    if (tag != kEventsTag) return true;
    return EachMessage(bytes, [&](std::uint32_t inner, std::string_view event) {
      if (inner == kEventTag) events.push_back(event);
      return true;
    });
  });
  if (!sound) return std::nullopt;
  return events;
}

}  // namespace nhanrong::feed

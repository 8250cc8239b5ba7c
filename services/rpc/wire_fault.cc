#include "services/rpc/wire_fault.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/wire_format_lite.h>
#include <google/protobuf/wrappers.pb.h>

#include <cstdint>
#include <map>

namespace nhanrong::rpc {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::StringValue;
using google::protobuf::internal::WireFormatLite;
using google::protobuf::io::CodedInputStream;
using Kind = WireFault::Kind;

// By protobuf's own rule.
bool IsUtf8(const std::string& text) {
  StringValue value;
  value.set_value(text);
  return StringValue().ParseFromString(value.SerializeAsString());
}

class Walk {
 public:
  explicit Walk(std::string_view bytes)
      : in_(reinterpret_cast<const std::uint8_t*>(bytes.data()), static_cast<int>(bytes.size())) {
    in_.SetRecursionLimit(kNestingMax);
  }

  std::optional<WireFault> Message(const Descriptor& type, const std::string& at, int depth) {
    std::map<int, int> seen;  // elements, by field
    while (const std::uint32_t tag = in_.ReadTag()) {
      const FieldDescriptor* field = type.FindFieldByNumber(WireFormatLite::GetTagFieldNumber(tag));
      if (field == nullptr) {
        if (!WireFormatLite::SkipField(&in_, tag)) return WireFault{Kind::kMalformed, at};
        continue;
      }
      std::string place = at.empty() ? field->name() : at + "." + field->name();
      if (field->is_repeated()) place += "[" + std::to_string(seen[field->number()]++) + "]";
      if (auto fault = Value(*field, tag, place, depth)) return fault;
    }
    if (!in_.ConsumedEntireMessage()) return WireFault{Kind::kMalformed, at};
    return std::nullopt;
  }

 private:
  std::optional<WireFault> Value(const FieldDescriptor& field, std::uint32_t tag,
                                 const std::string& place, int depth) {
    const bool whole =
        WireFormatLite::GetTagWireType(tag) == WireFormatLite::WIRETYPE_LENGTH_DELIMITED;
    if (whole && field.type() == FieldDescriptor::TYPE_MESSAGE) return Inner(field, place, depth);
    if (whole && field.type() == FieldDescriptor::TYPE_STRING) return Text(place);
    // What has another wire type than its field is an unknown field to protobuf.
    if (!WireFormatLite::SkipField(&in_, tag)) return WireFault{Kind::kMalformed, place};
    return std::nullopt;
  }

  std::optional<WireFault> Inner(const FieldDescriptor& field, const std::string& place,
                                 int depth) {
    if (depth + 1 > kNestingMax) return WireFault{Kind::kTooDeep, place};
    const auto length = Length();
    if (!length) return WireFault{Kind::kMalformed, place};
    const auto limit = in_.PushLimit(*length);
    if (auto fault = Message(*field.message_type(), place, depth + 1)) return fault;
    in_.PopLimit(limit);
    return std::nullopt;
  }

  std::optional<WireFault> Text(const std::string& place) {
    const auto length = Length();
    std::string text;
    if (!length || !in_.ReadString(&text, *length)) return WireFault{Kind::kMalformed, place};
    return IsUtf8(text) ? std::nullopt : std::optional(WireFault{Kind::kNotUtf8, place});
  }

  // Absent: it reaches beyond the message that it stands in.
  std::optional<int> Length() {
    int length = 0;
    if (!in_.ReadVarintSizeAsInt(&length)) return std::nullopt;
    const int left =
        in_.BytesUntilLimit() >= 0 ? in_.BytesUntilLimit() : in_.BytesUntilTotalBytesLimit();
    return length <= left ? std::optional(length) : std::nullopt;
  }

  CodedInputStream in_;
};

}  // namespace

std::optional<WireFault> FindWireFault(std::string_view bytes, const Descriptor& type) {
  return Walk(bytes).Message(type, "", 0);
}

}  // namespace nhanrong::rpc

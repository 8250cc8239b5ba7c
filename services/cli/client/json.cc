#include "services/cli/client/json.h"

#include <memory>

#include "google/protobuf/unknown_field_set.h"
#include "google/protobuf/util/json_util.h"

namespace nhanrong::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

bool IsPosition(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_UINT64 && !field.is_repeated() &&
         !field.has_presence() && field.name() == "position";
}

// Protobuf leaves a 0 out, on the wire and in JSON, but the first commit has position 0. The same
// number as an unknown field does go out, and reads as the field itself.
void WriteZeroPositions(Message& message) {
  const auto* reflection = message.GetReflection();
  const auto& type = *message.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (IsPosition(field) && reflection->GetUInt64(message, &field) == 0) {
      reflection->MutableUnknownFields(&message)->AddVarint(field.number(), 0);
    }
    if (field.cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE || field.is_map()) continue;
    if (!field.is_repeated()) {
      if (reflection->HasField(message, &field)) {
        WriteZeroPositions(*reflection->MutableMessage(&message, &field));
      }
      continue;
    }
    for (int at = 0; at < reflection->FieldSize(message, &field); ++at) {
      WriteZeroPositions(*reflection->MutableRepeatedMessage(&message, &field, at));
    }
  }
}

std::string ToJson(const Message& message, bool whitespace) {
  const std::unique_ptr<Message> complete(message.New());
  complete->CopyFrom(message);
  WriteZeroPositions(*complete);
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = whitespace;
  std::string text;
  const auto status = google::protobuf::util::MessageToJsonString(*complete, &text, options);
  return status.ok() ? text : "{}";
}

}  // namespace

std::string Json(const google::protobuf::Message& message) { return ToJson(message, true); }

std::string JsonLine(const google::protobuf::Message& message) {
  return ToJson(message, false) + "\n";
}

absl::Status ParseJson(const std::string& text, google::protobuf::Message* message) {
  const auto status = google::protobuf::util::JsonStringToMessage(text, message);
  if (status.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(std::string(status.message().data(), status.message().size()));
}

}  // namespace nhanrong::cli

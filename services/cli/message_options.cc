#include "services/cli/message_options.h"

#include "absl/strings/numbers.h"
#include "google/protobuf/descriptor.h"
#include "services/base/check.h"
#include "services/cli/arguments.h"

namespace nhanrong::cli {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

absl::Status SetEnum(Message& message, const FieldDescriptor& field, const std::string& text) {
  const auto number = ParseShortName(*field.enum_type(), text);
  if (!number.ok()) return number.status();
  const auto* write = message.GetReflection();
  if (field.is_repeated()) {
    write->AddEnumValue(&message, &field, *number);
  } else {
    write->SetEnumValue(&message, &field, *number);
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status SetFromText(Message& message, std::string_view path, const std::string& text) {
  const std::size_t dot = path.find('.');
  const auto* field = message.GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
  NR_CHECK(field != nullptr, std::string(path).c_str());
  const auto* write = message.GetReflection();
  if (dot != std::string_view::npos) {
    return SetFromText(*write->MutableMessage(&message, field), path.substr(dot + 1), text);
  }
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) return SetEnum(message, *field, text);
  if (field->cpp_type() == FieldDescriptor::CPPTYPE_UINT32) {
    std::uint32_t number = 0;
    if (!absl::SimpleAtoi(text, &number)) {
      return absl::InvalidArgumentError("không phải số nguyên / not a whole number: " + text);
    }
    write->SetUInt32(&message, field, number);
    return absl::OkStatus();
  }
  NR_CHECK(field->cpp_type() == FieldDescriptor::CPPTYPE_STRING, std::string(path).c_str());
  if (field->is_repeated()) {
    write->AddString(&message, field, text);
  } else {
    write->SetString(&message, field, text);
  }
  return absl::OkStatus();
}

}  // namespace nhanrong::cli

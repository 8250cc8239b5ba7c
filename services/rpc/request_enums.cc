#include "services/rpc/request_enums.h"

#include <vector>

namespace nhanrong::rpc {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Without the first, which means absent.
std::string NamesOf(const EnumDescriptor& type) {
  std::string names;
  for (int i = 1; i < type.value_count(); ++i) {
    names += (names.empty() ? "" : ", ") + type.value(i)->name();
  }
  return names;
}

// How often the field holds a value, and each of them.
int CountOf(const Message& message, const FieldDescriptor& field) {
  return field.is_repeated() ? message.GetReflection()->FieldSize(message, &field) : 1;
}
int EnumAt(const Message& message, const FieldDescriptor& field, int i) {
  const auto* read = message.GetReflection();
  return field.is_repeated() ? read->GetRepeatedEnumValue(message, &field, i)
                             : read->GetEnumValue(message, &field);
}
const Message& MessageAt(const Message& message, const FieldDescriptor& field, int i) {
  const auto* read = message.GetReflection();
  return field.is_repeated() ? read->GetRepeatedMessage(message, &field, i)
                             : read->GetMessage(message, &field);
}

std::optional<UnknownEnumerator> FindInField(const Message& message, const FieldDescriptor& field) {
  for (int i = 0; i < CountOf(message, field); ++i) {
    if (field.cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      const EnumDescriptor& type = *field.enum_type();
      if (type.FindValueByNumber(EnumAt(message, field, i)) == nullptr) {
        return UnknownEnumerator{field.name(), NamesOf(type)};
      }
    } else if (field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      auto found = FindUnknownEnumerator(MessageAt(message, field, i));
      if (found) return UnknownEnumerator{field.name() + "." + found->field, found->known};
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<UnknownEnumerator> FindUnknownEnumerator(const Message& request) {
  std::vector<const FieldDescriptor*> set;
  request.GetReflection()->ListFields(request, &set);
  for (const FieldDescriptor* field : set) {
    if (auto found = FindInField(request, *field)) return found;
  }
  return std::nullopt;
}

}  // namespace nhanrong::rpc

#include "services/domain/aggregate/message_fields.h"

#include "google/protobuf/descriptor.h"
#include "services/base/check.h"

namespace nhanrong::domain {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

const FieldDescriptor* FieldNamed(const Message& message, std::string_view name) {
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(std::string(name));
  NR_CHECK(field != nullptr, std::string(name).c_str());
  return field;
}

const FieldDescriptor* KindOf(const Message& holder) {
  const auto* kinds = holder.GetDescriptor()->FindOneofByName("kind");
  NR_CHECK(kinds != nullptr, "a message with a oneof kind");
  const FieldDescriptor* field = holder.GetReflection()->GetOneofFieldDescriptor(holder, kinds);
  NR_CHECK(field != nullptr, "a kind is set");
  return field;
}

void CopyList(const Message& from, const FieldDescriptor* source, Message& to,
              const FieldDescriptor* target) {
  const Reflection* read = from.GetReflection();
  const Reflection* write = to.GetReflection();
  for (int i = 0; i < read->FieldSize(from, source); ++i) {
    switch (target->cpp_type()) {
      case FieldDescriptor::CPPTYPE_MESSAGE:
        write->AddMessage(&to, target)->CopyFrom(read->GetRepeatedMessage(from, source, i));
        break;
      case FieldDescriptor::CPPTYPE_STRING:
        write->AddString(&to, target, read->GetRepeatedString(from, source, i));
        break;
      case FieldDescriptor::CPPTYPE_ENUM:
        write->AddEnumValue(&to, target, read->GetRepeatedEnumValue(from, source, i));
        break;
      default:
        NR_CHECK(false, "a list of a type that no event has yet");
    }
  }
}

void CopyOne(const Message& from, const FieldDescriptor* source, Message& to,
             const FieldDescriptor* target) {
  const Reflection* read = from.GetReflection();
  const Reflection* write = to.GetReflection();
  switch (target->cpp_type()) {
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (!read->HasField(from, source)) return;
      write->MutableMessage(&to, target)->CopyFrom(read->GetMessage(from, source));
      return;
    case FieldDescriptor::CPPTYPE_STRING:
      write->SetString(&to, target, read->GetString(from, source));
      return;
    case FieldDescriptor::CPPTYPE_ENUM:
      write->SetEnumValue(&to, target, read->GetEnumValue(from, source));
      return;
    case FieldDescriptor::CPPTYPE_UINT32:
      write->SetUInt32(&to, target, read->GetUInt32(from, source));
      return;
    default:
      NR_CHECK(false, "a field type that no event has yet");
  }
}

}  // namespace

const Message& KindMessage(const Message& holder) {
  return holder.GetReflection()->GetMessage(holder, KindOf(holder));
}

std::string KindName(const Message& holder) { return KindOf(holder)->name(); }

Message& MutableKind(Message& holder, int number) {
  const FieldDescriptor* field = holder.GetDescriptor()->FindFieldByNumber(number);
  NR_CHECK(field != nullptr, "a kind of this number");
  return *holder.GetReflection()->MutableMessage(&holder, field);
}

std::string TextAt(const Message& message, std::string_view path) {
  const std::size_t dot = path.find('.');
  const FieldDescriptor* field = FieldNamed(message, path.substr(0, dot));
  const Reflection* read = message.GetReflection();
  if (dot == std::string_view::npos) return read->GetString(message, field);
  return TextAt(read->GetMessage(message, field), path.substr(dot + 1));
}

void SetText(Message& message, std::string_view name, const std::string& value) {
  message.GetReflection()->SetString(&message, FieldNamed(message, name), value);
}

void CopySharedFields(const Message& from, Message& to) {
  for (int i = 0; i < to.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* target = to.GetDescriptor()->field(i);
    const FieldDescriptor* source = from.GetDescriptor()->FindFieldByName(target->name());
    NR_CHECK(source != nullptr && source->cpp_type() == target->cpp_type(),
             target->full_name().c_str());
    if (target->is_repeated()) {
      CopyList(from, source, to, target);
    } else {
      CopyOne(from, source, to, target);
    }
  }
}

}  // namespace nhanrong::domain

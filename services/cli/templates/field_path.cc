#include "services/cli/templates/field_path.h"

#include "services/base/check.h"

namespace nhanrong::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

std::string_view ConsumeName(std::string_view& path) {
  const std::size_t dot = path.find('.');
  const std::string_view name = path.substr(0, dot);
  path.remove_prefix(dot == std::string_view::npos ? path.size() : dot + 1);
  return name;
}

const FieldDescriptor* Named(const Descriptor& type, std::string_view name) {
  const FieldDescriptor* field = type.FindFieldByName(std::string(name));
  NR_CHECK(field != nullptr, "a field of the template's path");
  return field;
}

Message* MutableStep(Message& message, const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  if (!field->is_repeated()) return reflection.MutableMessage(&message, field);
  if (reflection.FieldSize(message, field) == 0) return reflection.AddMessage(&message, field);
  return reflection.MutableRepeatedMessage(&message, field, 0);
}

// Null: nothing is set on the way.
const Message* Step(const Message& message, const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  if (field->is_repeated()) {
    if (reflection.FieldSize(message, field) == 0) return nullptr;
    return &reflection.GetRepeatedMessage(message, field, 0);
  }
  return reflection.HasField(message, field) ? &reflection.GetMessage(message, field) : nullptr;
}

std::string Scalar(const Message& message, const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return reflection.GetString(message, field);
    case FieldDescriptor::CPPTYPE_ENUM:
      return std::to_string(reflection.GetEnumValue(message, field));
    case FieldDescriptor::CPPTYPE_INT64:
      return std::to_string(reflection.GetInt64(message, field));
    case FieldDescriptor::CPPTYPE_UINT32:
      return std::to_string(reflection.GetUInt32(message, field));
    default:
      NR_CHECK(false, "a kind of field that templates have");
      return "";
  }
}

// "name=value;" of every set field, in order of their numbers; texts with their length, so that no
// text can look like the next field.
std::string Canonical(const Message& message) {
  std::vector<const FieldDescriptor*> fields;
  message.GetReflection()->ListFields(message, &fields);
  std::string text;
  for (const FieldDescriptor* field : fields) {
    text += std::to_string(field->number()) + "=";
    if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      NR_CHECK(!field->is_repeated(), "values have no lists");
      text += "{" + Canonical(message.GetReflection()->GetMessage(message, field)) + "}";
    } else {
      const std::string value = Scalar(message, field);
      text += std::to_string(value.size()) + ":" + value;
    }
    text += ";";
  }
  return text;
}

std::string CanonicalField(const Message& message, const FieldDescriptor* field) {
  const Reflection& reflection = *message.GetReflection();
  if (field->is_repeated()) {
    std::string text;
    for (int i = 0; i < reflection.FieldSize(message, field); ++i) {
      text += "{" + Canonical(reflection.GetRepeatedMessage(message, field, i)) + "}";
    }
    return text;
  }
  if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) return Scalar(message, field);
  if (!reflection.HasField(message, field)) return "";
  return Canonical(reflection.GetMessage(message, field));
}

}  // namespace

std::string FullPath(const Template& form, const TemplateColumn& column) {
  if (!column.path.starts_with('.')) return std::string(column.path);
  return "command." + std::string(form.command) + std::string(column.path);
}

FieldPlace PlaceOf(v1::Submission& submission, std::string_view path) {
  Message* holder = &submission;
  for (;;) {
    const FieldDescriptor* field = Named(*holder->GetDescriptor(), ConsumeName(path));
    if (path.empty()) return {holder, field};
    holder = MutableStep(*holder, field);
  }
}

const FieldDescriptor* FieldOf(std::string_view path) {
  const Descriptor* type = v1::Submission::descriptor();
  for (;;) {
    const FieldDescriptor* field = Named(*type, ConsumeName(path));
    if (path.empty()) return field;
    type = field->message_type();
  }
}

void SetText(v1::Submission& submission, std::string_view path, const std::string& text) {
  const FieldPlace place = PlaceOf(submission, path);
  place.holder->GetReflection()->SetString(place.holder, place.field, text);
}

void SetEnum(v1::Submission& submission, std::string_view path, int number) {
  const FieldPlace place = PlaceOf(submission, path);
  place.holder->GetReflection()->SetEnumValue(place.holder, place.field, number);
}

void SetMessage(v1::Submission& submission, std::string_view path, const Message& value) {
  const FieldPlace place = PlaceOf(submission, path);
  const Reflection& reflection = *place.holder->GetReflection();
  Message* to = place.field->is_repeated() ? reflection.AddMessage(place.holder, place.field)
                                           : reflection.MutableMessage(place.holder, place.field);
  to->CopyFrom(value);
}

std::string CanonicalText(const v1::Submission& submission, std::string_view path) {
  const Message* holder = &submission;
  for (;;) {
    const FieldDescriptor* field = Named(*holder->GetDescriptor(), ConsumeName(path));
    if (path.empty()) return CanonicalField(*holder, field);
    holder = Step(*holder, field);
    if (holder == nullptr) return "";
  }
}

v1::Fact FactOf(const v1::Submission& submission, std::string_view fact_field) {
  const v1::Command& command = submission.command();
  const FieldDescriptor* kind = command.GetReflection()->GetOneofFieldDescriptor(
      command, command.GetDescriptor()->oneof_decl(0));
  NR_CHECK(kind != nullptr, "a submission of a template has a command");
  const Message& from = command.GetReflection()->GetMessage(command, kind);
  v1::Fact fact;
  Message& to =
      *fact.GetReflection()->MutableMessage(&fact, Named(*fact.GetDescriptor(), fact_field));
  std::vector<const FieldDescriptor*> set;
  from.GetReflection()->ListFields(from, &set);
  for (const FieldDescriptor* field : set) {
    const FieldDescriptor* same = to.GetDescriptor()->FindFieldByName(field->name());
    if (same == nullptr) continue;  // the id names the stream, not the fact
    if (field->is_repeated()) {
      for (int i = 0; i < from.GetReflection()->FieldSize(from, field); ++i) {
        to.GetReflection()->AddMessage(&to, same)->CopyFrom(
            from.GetReflection()->GetRepeatedMessage(from, field, i));
      }
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
      to.GetReflection()->MutableMessage(&to, same)->CopyFrom(
          from.GetReflection()->GetMessage(from, field));
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_ENUM) {
      to.GetReflection()->SetEnumValue(&to, same, from.GetReflection()->GetEnumValue(from, field));
    } else {
      to.GetReflection()->SetString(&to, same, from.GetReflection()->GetString(from, field));
    }
  }
  return fact;
}

}  // namespace nhanrong::cli

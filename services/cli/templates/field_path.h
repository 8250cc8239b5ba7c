// Fields of a submission by path, as the template's rows name them.
//
// Pure. A path that does not exist is a bug of the table, found by its test.
#pragma once

#include <string>
#include <string_view>

#include "google/protobuf/message.h"
#include "nhanrong/v1/command.pb.h"
#include "services/cli/templates/template.h"

namespace nhanrong::cli {

// "occurred_on" as it stands; ".definition.name" behind the template's command.
std::string FullPath(const Template& form, const TemplateColumn& column);

// A field and the message that has it. A repeated message on the way means its first element.
struct FieldPlace {
  google::protobuf::Message* holder = nullptr;
  const google::protobuf::FieldDescriptor* field = nullptr;
};
// Makes the messages on the way.
FieldPlace PlaceOf(v1::Submission& submission, std::string_view path);
const google::protobuf::FieldDescriptor* FieldOf(std::string_view path);

void SetText(v1::Submission& submission, std::string_view path, const std::string& text);
void SetEnum(v1::Submission& submission, std::string_view path, int number);
// Replaces a single message; adds to a list.
void SetMessage(v1::Submission& submission, std::string_view path,
                const google::protobuf::Message& value);

// The value under the path in a form that is the same for equal values, for ever, whatever library
// writes it; empty where nothing is set.
std::string CanonicalText(const v1::Submission& submission, std::string_view path);

// The fact that the submission's command states: the fields of the same names.
v1::Fact FactOf(const v1::Submission& submission, std::string_view fact_field);

}  // namespace nhanrong::cli

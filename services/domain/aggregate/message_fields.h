// Fields of messages by name: commands and the events that they make share their fields' names.
//
// Pure. A name or path that a message does not have is a bug of ours, found by the catalogue's
// test.
#pragma once

#include <string>
#include <string_view>

#include "google/protobuf/message.h"

namespace nhanrong::domain {

// The message that is set in the oneof `kind` of a Command or Fact, and the name of its field.
// REQUIRES: one is set.
const google::protobuf::Message& KindMessage(const google::protobuf::Message& holder);
std::string KindName(const google::protobuf::Message& holder);
// The same, for writing, of the kind with field number `number`.
google::protobuf::Message& MutableKind(google::protobuf::Message& holder, int number);

// Text at "definition.unit_id"; empty where a message on the way is absent.
std::string TextAt(const google::protobuf::Message& message, std::string_view path);
void SetText(google::protobuf::Message& message, std::string_view name, const std::string& value);

// Copies every field of `to` that `from` has under the same name and type.
void CopySharedFields(const google::protobuf::Message& from, google::protobuf::Message& to);

}  // namespace nhanrong::domain

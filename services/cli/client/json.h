// Protobuf JSON, canonical names; fields named "position" are there also when they are 0. Pure.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace nhanrong::cli {

// On several lines, for people.
std::string Json(const google::protobuf::Message& message);
// On one line with its end, for files and pipes.
std::string JsonLine(const google::protobuf::Message& message);
// INVALID_ARGUMENT with the place of the fault; an unknown field is a fault.
absl::Status ParseJson(const std::string& text, google::protobuf::Message* message);

}  // namespace nhanrong::cli

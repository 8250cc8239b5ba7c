// Options of the command line as fields of a protobuf message, by a table instead of code. Pure.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "google/protobuf/message.h"

namespace nhanrong::cli {

// Sets the field at `path` ("document.number") to what `text` says; a list gets one element more.
// Enumerators by their short names, bytes as they are. INVALID_ARGUMENT lists the names there are.
// REQUIRES: the message has such a field, of text, bytes or an enum.
absl::Status SetFromText(google::protobuf::Message& message, std::string_view path,
                         const std::string& text);

}  // namespace nhanrong::cli

// Enumerators in requests that this contract does not have: a number is never taken for "absent".
#pragma once

#include <optional>
#include <string>

#include "google/protobuf/message.h"

namespace nhanrong::rpc {

struct UnknownEnumerator {
  std::string field;  // "filter.level"
  std::string known;  // names of the enumerators that there are
};

// The first one in the message and the messages in it; absent: there is none. Pure.
std::optional<UnknownEnumerator> FindUnknownEnumerator(const google::protobuf::Message& request);

}  // namespace nhanrong::rpc

// Lists in requests that are longer than one question may have.
#pragma once

#include <optional>
#include <string>

#include "google/protobuf/message.h"

namespace nhanrong::rpc {

struct LongList {
  std::string field;  // "correlation_ids"
  int most = 0;
};

// The first list of the request above its limit; absent: there is none. Pure.
std::optional<LongList> FindLongList(const google::protobuf::Message& request);

}  // namespace nhanrong::rpc

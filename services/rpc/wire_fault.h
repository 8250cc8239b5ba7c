// Where bytes stop being a message: the field at which a request cannot be read.
//
// A parser says yes or no; a client needs to know where. Used only after a parser said no, so its
// cost does not matter. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"

namespace nhanrong::rpc {

// As deep as protobuf reads by itself.
inline constexpr int kNestingMax = 100;

struct WireFault {
  enum class Kind {
    kMalformed,  // cut off, or with a length or wire type that cannot be
    kNotUtf8,    // a text that is no UTF-8
    kTooDeep,    // more than kNestingMax messages within each other
  };
  Kind kind = Kind::kMalformed;
  // "submission.command.register_model.definition.name", "sources[2].kind"; empty: none of the
  // contract.
  std::string field = {};

  friend bool operator==(const WireFault&, const WireFault&) = default;
};

// The first fault of `bytes` as a message of this type; absent: it can be read.
std::optional<WireFault> FindWireFault(std::string_view bytes,
                                       const google::protobuf::Descriptor& type);

}  // namespace nhanrong::rpc

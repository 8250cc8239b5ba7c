// Between protobuf's timestamps and Abseil's times, in microseconds. Pure; for moments from 1970
// on.
#pragma once

#include <cstdint>

#include "absl/time/time.h"
#include "google/protobuf/timestamp.pb.h"

namespace nhanrong::domain {

inline google::protobuf::Timestamp StampOf(absl::Time time) {
  constexpr std::int64_t kMicrosInSecond = 1'000'000;
  const std::int64_t micros = absl::ToUnixMicros(time);
  google::protobuf::Timestamp stamp;
  stamp.set_seconds(micros / kMicrosInSecond);
  stamp.set_nanos(static_cast<int>(micros % kMicrosInSecond * 1'000));
  return stamp;
}

}  // namespace nhanrong::domain

// What every handler knows of its call, apart from the request. No gRPC type, so that services stay
// free of it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "absl/time/time.h"
#include "services/access/access.h"
#include "services/rpc/reply_status.h"

namespace nhanrong::rpc {

enum class Language { kVietnamese, kEnglish };

struct CallInfo {
  // Absent: neither authorization metadata nor a client certificate. Metadata count before the
  // certificate: they are said for this call.
  std::optional<access::Proof> proof;
  absl::Time deadline;  // the caller's, at most kCallLimit from now
  Language language = Language::kVietnamese;
};

// The longest that a call may last, where its caller set no deadline or a later one: an import's
// batch on a slow broker stays below it.
inline constexpr absl::Duration kCallLimit = absl::Seconds(60);

}  // namespace nhanrong::rpc

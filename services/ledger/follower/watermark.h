// What this process remembers of a ledger between runs: how far it had read, and the running hash
// there.
//
// A log that ends earlier, or has another history up to there, has lost or changed what was
// acknowledged: the follower stops instead of serving it (rules 10 and 11). The file is small and
// replaced as a whole.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/base/bytes.h"

namespace nhanrong::ledger {

struct WatermarkValue {
  std::uint64_t commits = 0;
  Hash running{};
};

class Watermark {
 public:
  explicit Watermark(std::string path);
  // Absent: there was none. kDataLoss: the file is damaged.
  absl::StatusOr<std::optional<WatermarkValue>> Load() const;
  // Written beside and renamed: after a crash there is the old or the new one. Not synced: it may
  // lag behind, never run ahead of what was read.
  absl::Status Store(const WatermarkValue& value) const;

 private:
  const std::string path_;
};

}  // namespace nhanrong::ledger

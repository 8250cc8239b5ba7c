// The port by which accepted commits of a ledger are read once more, for a fold that goes back.
//
// One thread. Blocks on the log; a fault of it is an error, after which SeekTo begins anew.
#pragma once

#include <cstddef>
#include <vector>

#include "absl/status/statusor.h"
#include "services/projector/projection.h"

namespace nhanrong::projector {

class CommitSource {
 public:
  virtual ~CommitSource() = default;
  // Next gives the commit at `position` first; the running hash over those before it.
  virtual absl::StatusOr<Hash> SeekTo(Position position) = 0;
  // At most `commits_max` commits; empty: there are no more by now.
  virtual absl::StatusOr<std::vector<Commit>> Next(std::size_t commits_max) = 0;
};

}  // namespace nhanrong::projector

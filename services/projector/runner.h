// The read models of one ledger, fed by the ledger's one reader thread.
//
// Deliver folds commits into every read model in bounded batches and then wakes whoever waits for a
// position. Each read model keeps its own position, so a new one, or one that was destroyed for a
// rebuild, is brought up while the others pass over what they have: deliver again from
// next_position().
//
// Threads: one thread calls Deliver; everything else is safe from any. Deliver, Check and
// WaitReached block; callbacks of WhenReached run on the delivering thread or on the runner's timer
// thread and must not block or call back into Deliver. Failure: the first error of any read model
// stops the runner (status()): nothing is ever passed over, and waiters are told at once that it
// will not come. Rows as they stand can still be read.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "nhanrong/v1/admin_service.pb.h"
#include "services/projector/fold.h"
#include "services/projector/projection.h"
#include "services/projector/waiters.h"

namespace nhanrong::projector {

// Commits in one write batch. Measured flat above 100; more would only make waiters wait.
inline constexpr std::size_t kBatchCommitsMax = 256;

class ProjectionRunner {
 public:
  // Opens the store of each read model under `root`, which other runners may share.
  static absl::StatusOr<std::unique_ptr<ProjectionRunner>> Open(
      const std::string& root, const std::string& ledger, const std::string& ledger_id,
      std::vector<std::unique_ptr<Projection>> projections);
  // Tells every waiter that it will not come.
  ~ProjectionRunner() = default;

  // Commits in order without gap, at or before next_position() at the first.
  absl::Status Deliver(absl::Span<const Commit> commits);
  // The smallest position that a read model still needs.
  Position next_position() const { return Position(commits()); }
  // Commits that every read model has folded.
  std::uint64_t commits() const;

  // Calls `done(true)` when commits() >= `commits`, at once if it is so already (then before this
  // returns); `done(false)` when `deadline` passes, the runner stops or is destroyed. Exactly once.
  void WhenReached(std::uint64_t commits, absl::Time deadline, std::function<void(bool)> done);
  bool WaitReached(std::uint64_t commits, absl::Time deadline);
  // Before a process ends: tells every waiter, and who comes later, that it will not come. Folding
  // goes on.
  void EndWaits() { waiters_.Stop(); }

  // How far the read model is that is furthest, and the running hash there.
  StoreProgress furthest() const;

  // Rows of a read model as of a position, as they may be shown today (past_rows.h). Absent: no
  // read model has this name, or the position is not folded yet.
  std::shared_ptr<RowReader> Rows(std::string_view projection, Position as_of) const;
  // Version of a read model. REQUIRES: there is one of this name.
  std::uint32_t VersionOf(std::string_view projection) const;

  std::vector<v1::ProjectionInfo> info() const;
  // Recomputes every digest from the stored bytes.
  absl::StatusOr<std::vector<v1::CheckedProjection>> Check() const;
  absl::Status status() const;

 private:
  explicit ProjectionRunner(std::vector<std::unique_ptr<ProjectionFold>> folds);
  const ProjectionFold* Find(std::string_view projection) const;

  const std::vector<std::unique_ptr<ProjectionFold>> folds_;
  Waiters waiters_;
};

}  // namespace nhanrong::projector

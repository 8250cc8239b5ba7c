// The read models of one ledger, fed by the ledger's one reader thread.
//
// Deliver folds commits into every read model in bounded batches and then wakes whoever waits for a
// position. Each read model keeps its own position, so a new one, or one that was destroyed for a
// rebuild, is brought up while the others pass over what they have: deliver again from
// next_position().
//
// Threads: one thread calls Deliver; everything else is safe from any. Deliver, Check, Resume and
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
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "absl/types/span.h"
#include "nhanrong/v1/admin_service.pb.h"
#include "services/projector/commit_source.h"
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
      std::vector<std::unique_ptr<Projection>> projections,
      const FactReader& facts = domain::FactOf);
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
  // How often it was folded again and put in place: rows of a position are the same ones as long as
  // this is. REQUIRES: as VersionOf.
  std::uint64_t GenerationOf(std::string_view projection) const;

  // Read models with parked streams: of this name, or with this stream among them; empty: any.
  std::vector<std::string> WithParked(std::string_view projection, const std::string& stream) const;
  // Told how many commits stand beside the read model by now; false breaks it off.
  using ResumeProgress = std::function<bool(std::uint64_t commits)>;
  // Folds the parked streams of a read model again, with what the program knows now. The rows
  // before the first parked event stay; every commit from it on is folded anew, in order, beside
  // the read model that goes on answering, and takes its place at the same position: so that
  // whatever read a parked stream's rows is folded anew too, and the outcome is that of a rebuild
  // from zero. What still cannot be folded is parked anew. How many streams are parked no more.
  // `again`: another instance of the read model. One at a time; a crash leaves the read model as it
  // was, or as it comes out. Errors leave it as it was.
  absl::StatusOr<std::uint64_t> Resume(std::unique_ptr<Projection> again, CommitSource& log,
                                       const ResumeProgress& goes_on);

  std::vector<v1::ProjectionInfo> info() const;
  // Recomputes every digest from the stored bytes.
  absl::StatusOr<std::vector<v1::CheckedProjection>> Check() const;
  absl::Status status() const;

 private:
  // A fold is shared with readers that began before it was replaced.
  using Folds = std::vector<std::shared_ptr<ProjectionFold>>;
  explicit ProjectionRunner(Folds folds);
  Folds folds() const;
  std::shared_ptr<ProjectionFold> Find(std::string_view projection) const;
  absl::StatusOr<std::shared_ptr<ProjectionFold>> PutInPlace(
      const std::shared_ptr<ProjectionFold>& answering, std::unique_ptr<ProjectionFold> built,
      CommitSource& log);

  absl::Mutex resuming_;    // taken before delivering_
  absl::Mutex delivering_;  // taken before mutex_; whoever has it may change folds_
  mutable absl::Mutex mutex_;
  Folds folds_ ABSL_GUARDED_BY(mutex_);
  Waiters waiters_;
};

}  // namespace nhanrong::projector

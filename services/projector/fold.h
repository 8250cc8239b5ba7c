// A read model at work: folds the commits of one ledger into its row store.
//
// The outcome depends on the commits alone: not on batches, repeats or crashes. An event that
// cannot be folded (of a type this program does not know, or refused by the read model) parks its
// stream: it and the stream's later events leave no trace but the row "!parked/<stream>", which is
// a row like any other, so that as-of and digest include it. A read model of a higher version folds
// them anew from zero; a program that knows more types folds them again when it is told to
// (runner.h).
//
// Threads: one thread applies; everything else is safe from any. Blocks on the disk.
// Failure: the first error is final (status()); nothing of the batch in which it happened is
// stored.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "nhanrong/rows/v1/store.pb.h"
#include "nhanrong/v1/admin_service.pb.h"
#include "services/domain/aggregate/aggregate.h"
#include "services/projector/fold_overlay.h"
#include "services/projector/projection.h"
#include "services/projector/row_store.h"

namespace nhanrong::projector {

// Parked streams that info() lists; it counts them all. A list of them fits in one answer.
inline constexpr std::size_t kParkedListedMax = 1'000;

// The typed fact of an event: what the program knows. Absent: not known, or it does not parse.
using FactReader = std::function<std::optional<v1::Fact>(const v1::Event&)>;

// Stream to the row of it.
using ParkedStreams = std::map<std::string, rows::v1::ParkedStream>;

class ProjectionFold {
 public:
  static absl::StatusOr<std::unique_ptr<ProjectionFold>> Open(
      const std::string& root, const std::string& ledger, const std::string& ledger_id,
      std::unique_ptr<Projection> projection, FactReader facts = domain::FactOf);
  // Beside this one, with the rows of its first `commits` commits, whose running hash is `running`:
  // to fold the later ones again. Any thread. `projection`: the same read model.
  absl::StatusOr<std::unique_ptr<ProjectionFold>> BuildBeside(
      std::uint64_t commits, const Hash& running, std::unique_ptr<Projection> projection) const;
  // What was built in the place of what it was built beside (row_store.h).
  static absl::StatusOr<std::unique_ptr<ProjectionFold>> PutInPlace(
      std::unique_ptr<ProjectionFold> built);
  // Deletes its files when its last reader has gone, or now.
  void RemoveWhenClosed() { store_->RemoveWhenClosed(); }

  // Stores all of `commits`, or nothing of them. Those already folded are passed over.
  // kDataLoss: these commits are of another history than what was folded; rebuild.
  // kInternal: a commit is missing before these, or the read model failed in FoldCommit.
  absl::Status ApplyBatch(absl::Span<const Commit> commits);
  absl::Status status() const;

  const Projection& projection() const { return *projection_; }
  const RowStore& store() const { return *store_; }
  // Commits folded and stored.
  std::uint64_t commits() const;
  StoreProgress progress() const;
  v1::ProjectionInfo info() const;
  ParkedStreams parked() const;
  // Recomputes the digest from the stored bytes.
  absl::StatusOr<v1::CheckedProjection> Check() const;

 private:
  ProjectionFold(std::unique_ptr<Projection> projection, FactReader facts,
                 std::unique_ptr<RowStore> store);
  static absl::StatusOr<std::unique_ptr<ProjectionFold>> Load(
      std::unique_ptr<Projection> projection, FactReader facts,
      absl::StatusOr<std::unique_ptr<RowStore>> store);
  absl::Status Fold(absl::Span<const Commit> commits);
  absl::Status CheckFollows(const Commit& commit, const StoreProgress& so_far) const;
  absl::Status FoldCommit(const Commit& commit, FoldOverlay& rows);
  absl::Status FoldEvent(const Commit& commit, const v1::Event& event, FoldOverlay& rows);
  void Park(const Commit& commit, const v1::Event& event, const absl::Status& why,
            FoldOverlay& rows);
  v1::ProjectionInfo Describe(const StoreProgress& progress) const;

  std::unique_ptr<Projection> projection_;
  const FactReader facts_;
  std::unique_ptr<RowStore> store_;
  // As of the commit that is being folded; the rows are the truth.
  ParkedStreams parked_;
  bool parked_changed_ = false;

  mutable absl::Mutex mutex_;
  ParkedStreams parked_stored_ ABSL_GUARDED_BY(mutex_);  // as of progress_
  StoreProgress progress_ ABSL_GUARDED_BY(mutex_);
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace nhanrong::projector

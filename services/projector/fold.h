// A read model at work: folds the commits of one ledger into its row store.
//
// The outcome depends on the commits alone: not on batches, repeats or crashes. An event that
// cannot be folded (of a type this program does not know, or refused by the read model) parks its
// stream: it and the stream's later events leave no trace but the row "!parked/<stream>", which is
// a row like any other, so that as-of and digest include it. A read model of a higher version folds
// them anew from zero.
//
// Threads: one thread applies; everything else is safe from any. Blocks on the disk.
// Failure: the first error is final (status()); nothing of the batch in which it happened is
// stored.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "absl/base/thread_annotations.h"
#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "absl/types/span.h"
#include "nhanrong/rows/v1/store.pb.h"
#include "nhanrong/v1/admin_service.pb.h"
#include "services/projector/fold_overlay.h"
#include "services/projector/projection.h"
#include "services/projector/row_store.h"

namespace nhanrong::projector {

class ProjectionFold {
 public:
  static absl::StatusOr<std::unique_ptr<ProjectionFold>> Open(
      const std::string& root, const std::string& ledger, const std::string& ledger_id,
      std::unique_ptr<Projection> projection);

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
  // Recomputes the digest from the stored bytes.
  absl::StatusOr<v1::CheckedProjection> Check() const;

 private:
  ProjectionFold(std::unique_ptr<Projection> projection, std::unique_ptr<RowStore> store);
  absl::Status LoadParked();
  absl::Status Fold(absl::Span<const Commit> commits);
  absl::Status CheckFollows(const Commit& commit, const StoreProgress& so_far) const;
  absl::Status FoldCommit(const Commit& commit, FoldOverlay& rows);
  absl::Status FoldEvent(const Commit& commit, const v1::Event& event, FoldOverlay& rows);
  void Park(const Commit& commit, const v1::Event& event, const absl::Status& why,
            FoldOverlay& rows);
  v1::ProjectionInfo Describe(const StoreProgress& progress) const;

  const std::unique_ptr<Projection> projection_;
  const std::unique_ptr<RowStore> store_;
  // The parked streams as of what is folded; the rows are the truth.
  absl::flat_hash_map<std::string, rows::v1::ParkedStream> parked_;

  mutable absl::Mutex mutex_;
  StoreProgress progress_ ABSL_GUARDED_BY(mutex_);
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace nhanrong::projector

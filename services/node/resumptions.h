// Parked streams of one ledger's read models being folded again, one read model after the other.
//
// A thread of its own does it, from the first request on; it ends with the process's node, and what
// it was at is as if it had not begun. Thread-safe; Ask and Of never block on the disk or the log.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "nhanrong/v1/admin_service.pb.h"
#include "services/projector/runner.h"

namespace nhanrong::node {

class Resumptions {
 public:
  // Folds the parked streams of one read model again (ProjectionRunner::Resume).
  using Fold = std::function<absl::StatusOr<std::uint64_t>(
      const std::string& projection, const projector::ProjectionRunner::ResumeProgress& goes_on)>;

  // `ledger`: for the log of the program.
  Resumptions(std::string ledger, Fold fold) : ledger_(std::move(ledger)), fold_(std::move(fold)) {}
  ~Resumptions() { Stop(); }
  Resumptions(const Resumptions&) = delete;
  Resumptions& operator=(const Resumptions&) = delete;

  // Each of these is folded again; one that waits or is being folded already is left to that.
  void Ask(const std::vector<std::string>& projections);
  // The newest one of a read model; absent: never asked for.
  std::optional<v1::Resumption> Of(const std::string& projection) const;
  // Breaks off. Idempotent; nothing is folded afterwards.
  void Stop();

 private:
  void Run();
  // The read model that comes next, which is being folded from now on; empty: stopping.
  std::string Next();
  void FoldOne(const std::string& projection);
  bool Note(const std::string& projection, std::uint64_t commits);

  const std::string ledger_;
  const Fold fold_;
  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<std::string, v1::Resumption> all_ ABSL_GUARDED_BY(mutex_);  // by read model
  std::jthread thread_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace nhanrong::node

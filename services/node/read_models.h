// Feeds the read models of one ledger from its follower, and gives readers their way to them.
//
// The stores are opened when the ledger's genesis has been read, by the follower's thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "absl/time/time.h"
#include "services/ledger/follower/ledger_follower.h"
#include "services/node/resumptions.h"
#include "services/projector/runner.h"

namespace nhanrong::node {

// A read model that is behind and has not moved for so long is stuck; a slow disk's worst flush
// that was seen took 19 s.
inline constexpr absl::Duration kStallLimit = absl::Seconds(30);

class ReadModels final : public ledger::Listener {
 public:
  // `follower` must outlive this.
  ReadModels(std::string data_dir, std::string ledger, ledger::LedgerFollower& follower);

  void OnAccepted(const ledger::Commit& /*commit*/) override {}
  void OnBatch(std::span<const ledger::Commit> commits) override;
  // Read models that have folded what the log does not hold: it has lost its tail.
  absl::Status OnCaughtUp() override;

  // Null until the genesis is read. Stays valid once it is there.
  projector::ProjectionRunner* runner() const;
  // Fails when the read models stopped, or when the head moves and they do not.
  absl::Status readiness() const;

  std::vector<std::string> Names() const;
  // Every read model, with what became of its parked streams. Empty until the genesis is read.
  std::vector<v1::ProjectionInfo> info() const;
  // Begins to fold parked streams again: of this read model, of those that have parked this stream;
  // empty: of all. Their names. REQUIRES: `projection` is empty or a read model.
  std::vector<std::string> Resume(const std::string& projection, const std::string& stream);
  // Breaks that off; before the follower ends.
  void EndResuming() { resumptions_.Stop(); }

 private:
  bool healthy() const;
  absl::Status OpenOnce();
  absl::Status Deliver(std::span<const ledger::Commit> commits);
  absl::StatusOr<std::uint64_t> FoldAgain(
      const std::string& projection, const projector::ProjectionRunner::ResumeProgress& goes_on);

  const std::string data_dir_;
  const std::string ledger_;
  ledger::LedgerFollower& follower_;
  mutable absl::Mutex mutex_;
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
  // Commits folded when somebody last looked, and when they last changed.
  mutable std::uint64_t seen_commits_ ABSL_GUARDED_BY(mutex_) = 0;
  mutable absl::Time moved_at_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  std::unique_ptr<projector::ProjectionRunner> runner_ ABSL_GUARDED_BY(mutex_);
  Resumptions resumptions_;  // last member: its thread ends first
};

}  // namespace nhanrong::node

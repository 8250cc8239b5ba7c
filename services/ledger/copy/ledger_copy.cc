#include "services/ledger/copy/ledger_copy.h"

#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "services/ledger/copy/append_window.h"
#include "services/ledger/copy/commit_stream.h"

namespace nhanrong::ledger {
namespace {

using Pass = CopyProgress::Pass;

// A source that is in use has caught up when what came during a round is copied within this time.
constexpr absl::Duration kRoundCaughtUp = absl::Seconds(1);
// Commits between two calls of the hooks.
constexpr std::uint64_t kHookEvery = 500;

// Bounds of a log that may be away for a moment.
absl::StatusOr<Place> EndOf(Log& log, const CopyHooks& hooks) {
  const absl::Time deadline = absl::Now() + kAwayLimit;
  for (;;) {
    const auto bounds = log.Bounds();
    if (bounds.ok() && bounds->first.value() != 0) {
      return absl::DataLossError("a log begins at place " + std::to_string(bounds->first.value()) +
                                 " instead of 0: its beginning was removed");
    }
    if (bounds.ok()) return bounds->end;
    if (!absl::IsUnavailable(bounds.status()) || absl::Now() > deadline) return bounds.status();
    if (hooks.stopped()) return absl::CancelledError("stopped");
    absl::SleepFor(absl::Milliseconds(200));
  }
}

absl::Status DiffersAt(Position position, const std::string& how) {
  return absl::AlreadyExistsError("the target holds another history: at position " +
                                  std::to_string(position.value()) + " " + how);
}

// One walk over the source, side by side with the target.
class Walk {
 public:
  Walk(Log& source, Log& target, const CopyHooks& hooks)
      : source_log_(source), target_log_(target), hooks_(hooks), source_(source), target_(target) {}

  // Compares every commit that the target has with the source's. Then the source stands behind
  // them.
  absl::Status CompareTarget(Pass pass) {
    auto source_end = EndOf(source_log_, hooks_);
    if (!source_end.ok()) return source_end.status();
    source_end_ = *source_end;
    const auto target_end = EndOf(target_log_, hooks_);
    if (!target_end.ok()) return target_end.status();
    for (;;) {
      auto theirs = target_.Next(*target_end);
      if (!theirs.ok()) return Named(theirs.status(), "target");
      if (!theirs->has_value()) return absl::OkStatus();
      auto ours = source_.Next(source_end_);
      if (!ours.ok()) return Named(ours.status(), "source");
      const Position at = (*theirs)->position;
      if (!ours->has_value()) return DiffersAt(at, "it has a commit and the source has none");
      if ((*ours)->bytes != (*theirs)->bytes) return DiffersAt(at, "its commit is another one");
      if (absl::Status told = Tell(pass); !told.ok()) return told;
    }
  }

  // Appends what the source has behind that, and what comes meanwhile, until it has caught up.
  absl::StatusOr<std::uint64_t> AppendRest() {
    AppendWindow window(target_log_, hooks_.stopped);
    for (;;) {
      const absl::Time began = absl::Now();
      if (absl::Status copied = AppendRound(window); !copied.ok()) return copied;
      if (absl::Status drained = window.Drain(); !drained.ok()) return drained;
      const auto end = EndOf(source_log_, hooks_);
      if (!end.ok()) return end.status();
      if (*end == source_end_ || absl::Now() - began < kRoundCaughtUp) return window.durable();
      source_end_ = *end;
    }
  }

  // Counts the commits that the source has behind those.
  absl::StatusOr<std::uint64_t> CountRest() {
    const auto end = EndOf(source_log_, hooks_);
    if (!end.ok()) return end.status();
    const std::uint64_t before = source_.admission().commits();
    for (;;) {
      const auto next = source_.Next(*end);
      if (!next.ok()) return Named(next.status(), "source");
      if (!next->has_value()) return source_.admission().commits() - before;
    }
  }

  const CommitStream& source() const { return source_; }
  const CommitStream& target() const { return target_; }

 private:
  static absl::Status Named(const absl::Status& status, const std::string& which) {
    return absl::Status(status.code(), which + ": " + std::string(status.message()));
  }

  absl::Status AppendRound(AppendWindow& window) {
    for (;;) {
      auto next = source_.Next(source_end_);
      if (!next.ok()) return Named(next.status(), "source");
      if (!next->has_value()) return absl::OkStatus();
      absl::Status appended = window.Append(std::move((*next)->bytes));
      if (appended.ok()) appended = Tell(Pass::kCopying);
      if (!appended.ok()) return Named(appended, "target");
    }
  }

  absl::Status Tell(Pass pass) {
    if (source_.admission().commits() % kHookEvery != 0) return absl::OkStatus();
    if (hooks_.stopped()) return absl::CancelledError("stopped");
    hooks_.progress(
        {pass, source_.place().value(), source_end_.value(), source_.admission().commits()});
    return absl::OkStatus();
  }

  Log& source_log_;
  Log& target_log_;
  const CopyHooks& hooks_;
  CommitStream source_;
  CommitStream target_;
  Place source_end_;
};

}  // namespace

absl::StatusOr<CopyOutcome> CompareLedgers(Log& source, Log& target, const CopyHooks& hooks) {
  Walk walk(source, target, hooks);
  if (absl::Status same = walk.CompareTarget(Pass::kVerifying); !same.ok()) return same;
  CopyOutcome outcome;
  outcome.commits = walk.target().admission().commits();
  outcome.running = walk.target().admission().running();
  // Equal bytes give equal hashes; computed apart from each other, they also find a fault of ours.
  if (walk.source().admission().running() != outcome.running) {
    return absl::InternalError("equal commits, but different running hashes");
  }
  const auto left = walk.CountRest();
  if (!left.ok()) return left.status();
  outcome.commits_left = *left;
  outcome.voids = walk.source().voids();
  return outcome;
}

absl::StatusOr<CopyOutcome> CopyLedger(Log& source, Log& target, const CopyHooks& hooks) {
  std::uint64_t commits = 0;
  absl::StatusOr<std::uint64_t> appended = 0;
  {
    Walk walk(source, target, hooks);
    if (absl::Status same = walk.CompareTarget(Pass::kComparing); !same.ok()) return same;
    appended = walk.AppendRest();
    if (!appended.ok()) return appended.status();
    commits = walk.source().admission().commits();
  }
  if (commits == 0) return absl::NotFoundError("the source holds no ledger: it has no genesis");
  auto outcome = CompareLedgers(source, target, hooks);
  if (!outcome.ok()) return outcome.status();
  if (outcome->commits != commits) {
    return absl::AlreadyExistsError("the target has " + std::to_string(outcome->commits) +
                                    " commits, not the " + std::to_string(commits) +
                                    " that were copied: somebody else writes to it");
  }
  outcome->appended = *appended;
  return outcome;
}

}  // namespace nhanrong::ledger

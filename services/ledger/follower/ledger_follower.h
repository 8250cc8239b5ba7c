// Follows one ledger: reads its log in order, judges every record by the rule, tells its listeners.
//
// One thread of its own does the reading. All state stands under one mutex, the ledger's lock,
// which the gateway of the ledger shares: so what it decides on, and what the fold says, are never
// apart. Faults: a log that cannot be reached is tried again with backoff, for ever (status()
// tells). After each loss of the way to it the last record is read again and compared, before
// anything that lies behind it is folded (ADMISSION rule 10). A log that is shorter or other than
// what was folded before stops the follower for good, with a clear word.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "services/ledger/admission/admission.h"
#include "services/ledger/follower/listener.h"
#include "services/ledger/follower/watermark.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

// One whole running hash is kept for so many commits: 32 kB a million, and at most so many leaves
// to chain.
inline constexpr std::uint64_t kRunningKeptEvery = 1'000;

struct LedgerCounters {
  std::uint64_t commits = 0;
  std::uint64_t void_records = 0;
  std::uint64_t undecodable_records = 0;
};

// Whether a follower of this status has stopped for good: what it knows of the ledger, its rights
// included, is not the newest and will never be.
bool IsFinal(const absl::Status& status);

class LedgerFollower {
 public:
  struct Options {
    std::string name = {};
    // Where the watermark is kept; empty: nowhere (tests).
    std::string watermark_path = {};
    std::optional<Id128> expected_ledger = std::nullopt;
    std::uint32_t rule_version_known = kRuleVersionKnown;
  };

  // `log` must outlive the follower. Add listeners, then Start.
  LedgerFollower(Log& log, Options options);
  ~LedgerFollower();
  LedgerFollower(const LedgerFollower&) = delete;
  LedgerFollower& operator=(const LedgerFollower&) = delete;

  void AddListener(Listener* listener);
  void Start();
  // Idempotent; returns when the thread has ended.
  void Stop();

  absl::Mutex& mutex() ABSL_LOCK_RETURNED(mutex_) { return mutex_; }
  const Admission& admission() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return admission_; }

  // Under the lock: OK once the log is folded to its end and as long as it can be read and judged.
  absl::Status following() const ABSL_SHARED_LOCKS_REQUIRED(mutex_);

  // OK while following; kUnavailable while the log cannot be reached. For good: kDataLoss, the log
  // and what was read of it do not belong together; kFailedPrecondition, this program does not know
  // the rule by which the log goes on.
  absl::Status status() const ABSL_LOCKS_EXCLUDED(mutex_);
  LedgerCounters counters() const ABSL_LOCKS_EXCLUDED(mutex_);
  // The end of the log that was there at Start has been folded.
  bool caught_up() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Blocks until the condition holds or the time is over or the follower stopped; returns whether
  // it holds.
  bool WaitCaughtUp(absl::Duration limit) ABSL_LOCKS_EXCLUDED(mutex_);
  bool WaitCommits(std::uint64_t commits, absl::Duration limit) ABSL_LOCKS_EXCLUDED(mutex_);

  // Number of commits recorded at or before `time`. 0: the ledger had not begun.
  std::uint64_t CommitsAt(absl::Time time) const ABSL_LOCKS_EXCLUDED(mutex_);
  // REQUIRES: position < commits.
  absl::Time RecordedAt(Position position) const ABSL_LOCKS_EXCLUDED(mutex_);

  // The running hash over the first `commits` commits, for the largest such number not above
  // `position` of which it is kept; from there on a reader chains the leaves himself.
  struct RunningAt {
    std::uint64_t commits = 0;
    Hash running{};
  };
  RunningAt RunningNotAfter(Position position) const ABSL_LOCKS_EXCLUDED(mutex_);

  // Reads accepted commits again from the log, from `from` on, at most `commits_max`; blocks on the
  // log. Who reads on and on takes a CommitReader.
  struct StoredCommit {
    Position position;
    absl::Time recorded_at;
    std::string bytes;
  };
  absl::StatusOr<std::vector<StoredCommit>> ReadCommits(Position from,
                                                        std::size_t commits_max) const
      ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  friend class CommitReader;  // reads places_, which nobody else may know

  void Run();
  absl::Status FoldUntilFault();
  struct OpenedLog;
  absl::StatusOr<OpenedLog> OpenBehindTheLastRecord();
  absl::Status FoldBatch(const std::vector<LogRecord>& batch);
  absl::Status FoldRecord(const LogRecord& record, std::vector<Commit>& commits)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  absl::Status CheckLastRecordAgain(OpenedLog& opened);
  absl::Status AfterBatch();
  absl::Status CheckWatermark();
  void StoreWatermarkIfDue();
  void SetStatus(absl::Status status);

  Log& log_;
  const Options options_;
  std::vector<Listener*> listeners_;  // fixed at Start
  std::optional<Watermark> watermark_;

  mutable absl::Mutex mutex_;
  Admission admission_ ABSL_GUARDED_BY(mutex_);
  // By position: where the record lies in the log, and its recorded time in microseconds.
  std::vector<std::uint64_t> places_ ABSL_GUARDED_BY(mutex_);
  std::vector<std::int64_t> recorded_micros_ ABSL_GUARDED_BY(mutex_);
  // Over the first n * kRunningKeptEvery commits, by n.
  std::vector<Hash> running_kept_ ABSL_GUARDED_BY(mutex_) = {Hash{}};
  LedgerCounters counters_ ABSL_GUARDED_BY(mutex_);
  absl::Status status_ ABSL_GUARDED_BY(mutex_);
  bool caught_up_ ABSL_GUARDED_BY(mutex_) = false;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  std::unique_ptr<LogReader> reader_ ABSL_GUARDED_BY(mutex_);

  // The follower's thread alone.
  Place next_place_;
  std::optional<Place> catch_up_end_;
  Hash last_record_leaf_{};
  std::optional<Place> last_record_place_;
  bool watermark_checked_ = false;
  absl::Time watermark_due_ = absl::InfinitePast();
  std::uint64_t watermark_commits_ = 0;

  std::jthread thread_;  // last member: ends before the state that it uses
};

}  // namespace nhanrong::ledger

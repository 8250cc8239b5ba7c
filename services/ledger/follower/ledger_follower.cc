#include "services/ledger/follower/ledger_follower.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <random>
#include <utility>

#include "absl/time/clock.h"
#include "services/base/check.h"
#include "services/ledger/follower/commit_reader.h"

namespace nhanrong::ledger {
namespace {

// Records judged under one hold of the lock: long enough to be cheap, short enough (a few ms) that
// submissions are not kept waiting. Measured as sufficient in the throw-away prototype.
constexpr std::size_t kBatchRecordsMax = 2'000;
// How long one read waits for news; only the delay of noticing Stop depends on it (Interrupt ends
// it).
constexpr absl::Duration kReadWait = absl::Seconds(1);
// A watermark that lags a second behind still notices every later loss of what lies before it.
constexpr absl::Duration kWatermarkInterval = absl::Seconds(1);
// Pause between tries to reach a log, doubled up to the maximum, with up to half of it as jitter.
constexpr absl::Duration kBackoffMin = absl::Milliseconds(50);
constexpr absl::Duration kBackoffMax = absl::Seconds(5);

absl::Duration WithJitter(absl::Duration pause) {
  thread_local std::minstd_rand random(std::random_device{}());
  return pause / 2 + pause * std::uniform_real_distribution<double>(0, 0.5)(random);
}

// No fault by itself: the log is opened again, and compared.
absl::Status WayWasLost() { return absl::AbortedError("the way to the log was lost for a moment"); }

}  // namespace

// A reader that stands behind the last record, and how often it had lost its way by then.
struct LedgerFollower::OpenedLog {
  std::unique_ptr<LogReader> reader;
  std::uint64_t losses = 0;
};

bool IsFinal(const absl::Status& status) {
  return status.code() == absl::StatusCode::kDataLoss ||
         status.code() == absl::StatusCode::kFailedPrecondition;
}

LedgerFollower::LedgerFollower(Log& log, Options options)
    : log_(log),
      options_(std::move(options)),
      admission_(options_.expected_ledger, options_.rule_version_known) {
  if (!options_.watermark_path.empty()) watermark_.emplace(options_.watermark_path);
}

LedgerFollower::~LedgerFollower() { Stop(); }

void LedgerFollower::AddListener(Listener* listener) {
  NR_CHECK(!thread_.joinable(), "listeners are added before Start");
  listeners_.push_back(listener);
}

void LedgerFollower::Start() {
  NR_CHECK(!thread_.joinable(), "a follower starts once");
  thread_ = std::jthread([this] { Run(); });
}

void LedgerFollower::Stop() {
  {
    absl::MutexLock lock(&mutex_);
    stopping_ = true;
    if (reader_) reader_->Interrupt();
  }
  if (!thread_.joinable()) return;
  thread_.join();
  watermark_due_ = absl::InfinitePast();
  if (watermark_checked_) StoreWatermarkIfDue();
}

void LedgerFollower::SetStatus(absl::Status status) {
  absl::MutexLock lock(&mutex_);
  if (status.code() != status_.code()) {
    if (status.ok()) {
      spdlog::info("ledger {}: the log can be read again", options_.name);
    } else {
      spdlog::error("ledger {}: {}", options_.name, status.ToString());
    }
  }
  status_ = std::move(status);
}

void LedgerFollower::Run() {
  absl::Duration pause = kBackoffMin;
  for (;;) {
    const std::uint64_t place_before = next_place_.value();
    const absl::Status fault = FoldUntilFault();
    if (next_place_.value() != place_before) pause = kBackoffMin;
    absl::MutexLock lock(&mutex_);
    if (stopping_) return;
    if (absl::IsAborted(fault)) {
      spdlog::info("ledger {}: {}", options_.name, std::string(fault.message()));
    } else {
      status_ = fault;
      spdlog::error("ledger {}: {}", options_.name, fault.ToString());
    }
    if (IsFinal(fault)) return;
    mutex_.AwaitWithTimeout(absl::Condition(&stopping_), WithJitter(pause));
    if (stopping_) return;
    pause = std::min(pause * 2, kBackoffMax);
  }
}

absl::Status LedgerFollower::FoldUntilFault() {
  auto opened = OpenBehindTheLastRecord();
  if (!opened.ok()) return opened.status();
  LogReader* const reading = opened->reader.get();
  {
    absl::MutexLock lock(&mutex_);
    if (stopping_) return absl::CancelledError("stopping");
    reader_ = std::move(opened->reader);
  }
  SetStatus(absl::OkStatus());
  absl::Status fault = AfterBatch();
  while (fault.ok()) {
    auto batch = reading->Read(kBatchRecordsMax, kReadWait);
    if (!batch.ok()) {
      fault = batch.status();
    } else if (reading->losses() != opened->losses) {
      fault = WayWasLost();  // what the batch holds may be of another log
    } else {
      fault = FoldBatch(*batch);
    }
  }
  absl::MutexLock lock(&mutex_);
  reader_.reset();
  return fault;
}

absl::StatusOr<LedgerFollower::OpenedLog> LedgerFollower::OpenBehindTheLastRecord() {
  const auto bounds = log_.Bounds();
  if (!bounds.ok()) return bounds.status();
  if (!last_record_place_) next_place_ = bounds->first;
  if (bounds->first.value() != 0) {
    return absl::DataLossError("the log begins at place " + std::to_string(bounds->first.value()) +
                               " instead of 0: its beginning was removed");
  }
  if (bounds->end < next_place_) {
    return absl::DataLossError("the log ends at place " + std::to_string(bounds->end.value()) +
                               " but was read up to place " + std::to_string(next_place_.value()) +
                               ": it has lost its tail");
  }
  if (!catch_up_end_) catch_up_end_ = bounds->end;
  auto reader = log_.OpenReader(last_record_place_.value_or(next_place_));
  if (!reader.ok()) return reader.status();
  OpenedLog opened{*std::move(reader)};
  opened.losses = opened.reader->losses();
  if (last_record_place_) {
    if (absl::Status same = CheckLastRecordAgain(opened); !same.ok()) return same;
  }
  return opened;
}

// Over the same way over which the next records come.
absl::Status LedgerFollower::CheckLastRecordAgain(OpenedLog& opened) {
  const auto batch = opened.reader->Read(1, kReadWait * 5);
  if (!batch.ok()) return batch.status();
  if (opened.reader->losses() != opened.losses) return WayWasLost();
  if (batch->empty()) return absl::UnavailableError("the last record cannot be read again yet");
  const LogRecord& again = batch->front();
  if (again.place != *last_record_place_ || LeafHash(again.bytes) != last_record_leaf_) {
    return absl::DataLossError("the record at place " +
                               std::to_string(last_record_place_->value()) +
                               " is not the one that was read there before");
  }
  return absl::OkStatus();
}

absl::Status LedgerFollower::FoldBatch(const std::vector<LogRecord>& batch) {
  std::vector<Commit> commits;
  absl::Status fault;
  {
    absl::MutexLock lock(&mutex_);
    for (const LogRecord& record : batch) {
      fault = FoldRecord(record, commits);
      if (!fault.ok()) break;
    }
  }
  if (!batch.empty()) {
    for (Listener* listener : listeners_) listener->OnBatch(commits);
  }
  return fault.ok() ? AfterBatch() : fault;
}

absl::Status LedgerFollower::FoldRecord(const LogRecord& record, std::vector<Commit>& commits) {
  Verdict verdict = admission_.Judge(record.bytes);
  last_record_leaf_ = LeafHash(record.bytes);
  last_record_place_ = record.place;
  next_place_ = record.place.next();
  if (const auto* stop = std::get_if<ledger::Stop>(&verdict)) return absl::DataLossError(stop->why);
  if (const auto* lost = std::get_if<Void>(&verdict)) {
    ++counters_.void_records;
    if (lost->reason == VoidReason::kUndecodable) ++counters_.undecodable_records;
    for (Listener* listener : listeners_) listener->OnVoid(last_record_leaf_, lost->reason);
    return absl::OkStatus();
  }
  Commit& commit = std::get<Commit>(verdict);
  ++counters_.commits;
  places_.push_back(record.place.value());
  recorded_micros_.push_back(absl::ToUnixMicros(commit.recorded_at));
  if (counters_.commits % kRunningKeptEvery == 0) running_kept_.push_back(commit.running);
  for (Listener* listener : listeners_) listener->OnAccepted(commit);
  commits.push_back(std::move(commit));
  // Now, and not when the next record comes: until then this reader would seem to be well.
  if (const auto& why = admission_.stopped()) return absl::FailedPreconditionError(*why);
  return absl::OkStatus();
}

absl::Status LedgerFollower::AfterBatch() {
  if (next_place_ < *catch_up_end_) return absl::OkStatus();
  if (!watermark_checked_) {
    if (absl::Status same = CheckWatermark(); !same.ok()) return same;
    for (Listener* listener : listeners_) {
      if (absl::Status same = listener->OnCaughtUp(); !same.ok()) return same;
    }
    watermark_checked_ = true;
    absl::MutexLock lock(&mutex_);
    caught_up_ = true;
  }
  StoreWatermarkIfDue();
  return absl::OkStatus();
}

absl::Status LedgerFollower::CheckWatermark() {
  if (!watermark_) return absl::OkStatus();
  const auto before = watermark_->Load();
  if (!before.ok()) return before.status();
  if (!*before) return absl::OkStatus();
  absl::MutexLock lock(&mutex_);
  if (admission_.AgreesWith((*before)->commits, (*before)->running)) return absl::OkStatus();
  return absl::DataLossError("an earlier run had read " + std::to_string((*before)->commits) +
                             " commits; this log has " + std::to_string(admission_.commits()) +
                             " and another history: it was cut or changed");
}

void LedgerFollower::StoreWatermarkIfDue() {
  const absl::Time now = absl::Now();
  if (!watermark_ || now < watermark_due_) return;
  WatermarkValue value;
  {
    absl::MutexLock lock(&mutex_);
    value = {admission_.commits(), admission_.running()};
  }
  watermark_due_ = now + kWatermarkInterval;
  if (value.commits == watermark_commits_) return;
  if (const absl::Status stored = watermark_->Store(value); !stored.ok()) {
    spdlog::warn("ledger {}: {}", options_.name, stored.ToString());
    return;
  }
  watermark_commits_ = value.commits;
}

absl::Status LedgerFollower::following() const {
  if (!status_.ok()) return status_;
  if (const auto& why = admission_.stopped()) return absl::FailedPreconditionError(*why);
  if (caught_up_) return absl::OkStatus();
  return absl::UnavailableError("still reading the log");
}

absl::Status LedgerFollower::status() const {
  absl::MutexLock lock(&mutex_);
  return status_;
}

LedgerCounters LedgerFollower::counters() const {
  absl::MutexLock lock(&mutex_);
  return counters_;
}

bool LedgerFollower::caught_up() const {
  absl::MutexLock lock(&mutex_);
  return caught_up_;
}

bool LedgerFollower::WaitCaughtUp(absl::Duration limit) {
  absl::MutexLock lock(&mutex_);
  const auto done = [this] {
    mutex_.AssertReaderHeld();
    return caught_up_ || IsFinal(status_);
  };
  mutex_.AwaitWithTimeout(absl::Condition(&done), limit);
  return caught_up_;
}

bool LedgerFollower::WaitCommits(std::uint64_t commits, absl::Duration limit) {
  absl::MutexLock lock(&mutex_);
  const auto done = [this, commits] {
    mutex_.AssertReaderHeld();
    return counters_.commits >= commits || IsFinal(status_);
  };
  mutex_.AwaitWithTimeout(absl::Condition(&done), limit);
  return counters_.commits >= commits;
}

std::uint64_t LedgerFollower::CommitsAt(absl::Time time) const {
  absl::MutexLock lock(&mutex_);
  const auto after =
      std::upper_bound(recorded_micros_.begin(), recorded_micros_.end(), absl::ToUnixMicros(time));
  return static_cast<std::uint64_t>(after - recorded_micros_.begin());
}

absl::Time LedgerFollower::RecordedAt(Position position) const {
  absl::MutexLock lock(&mutex_);
  NR_CHECK(position.value() < recorded_micros_.size(), "a position that was folded");
  return absl::FromUnixMicros(recorded_micros_[position.value()]);
}

LedgerFollower::RunningAt LedgerFollower::RunningNotAfter(Position position) const {
  absl::MutexLock lock(&mutex_);
  const std::uint64_t kept =
      std::min<std::uint64_t>(position.value() / kRunningKeptEvery, running_kept_.size() - 1);
  return {kept * kRunningKeptEvery, running_kept_[kept]};
}

absl::StatusOr<std::vector<LedgerFollower::StoredCommit>> LedgerFollower::ReadCommits(
    Position from, std::size_t commits_max) const {
  return CommitReader(*this, from).Read(commits_max);
}

}  // namespace nhanrong::ledger

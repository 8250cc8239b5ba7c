// Taking submissions, settling them, and the follower's side. Deciding is in deciding.cc.
#include "services/gateway/ledger_gateway.h"

#include <utility>

#include "services/base/check.h"

namespace nhanrong::gateway {
namespace {

// How often deadlines are looked at: the error of a deadline that a caller sees.
constexpr absl::Duration kSweepInterval = absl::Milliseconds(20);

std::string KeyOf(const Hash& leaf) { return std::string(AsBytes(leaf)); }

std::string IdKey(const v1::Record& record) {
  return record.agency_id() + "/" + record.submission_id();
}

bool IsLostRace(ledger::VoidReason reason) {
  switch (reason) {
    case ledger::VoidReason::kStaleWrite:
    case ledger::VoidReason::kStaleRead:
    case ledger::VoidReason::kIdClosed:
      return true;
    case ledger::VoidReason::kUndecodable:
    case ledger::VoidReason::kOtherLedger:
    case ledger::VoidReason::kRuleVersion:
    case ledger::VoidReason::kBeforeGenesis:
      return false;
  }
  return false;
}

}  // namespace

LedgerGateway::LedgerGateway(Parts parts)
    : parts_(parts),
      accounts_(parts.limits),
      closed_answers_(parts.follower),
      sweeper_([this] { Sweep(); }) {}

LedgerGateway::~LedgerGateway() { appends_.Stop(); }

void LedgerGateway::Locked(const std::function<void()>& work) {
  std::vector<std::function<void()>> due;
  {
    absl::MutexLock lock(&parts_.follower.mutex());
    work();
    due.swap(due_);
  }
  for (const auto& callback : due) callback();
}

std::optional<Overloaded> LedgerGateway::Submit(v1::Submission submission,
                                                std::optional<access::Proof> proof,
                                                absl::Time deadline, Done done,
                                                WhenLogIsFull when_full) {
  Entrant entrant(std::move(submission), proof);
  entrant.pending_->when_log_is_full = when_full;
  const Waiter waiter{deadline, entrant.pending_->command_hash, std::move(done)};
  std::optional<Overloaded> full;
  Locked([&] {
    full = Take(entrant.pending_, waiter);
    if (!full) return;
    limit_counts_.Refused(*full);
    Tell(waiter, *full);
  });
  return full;
}

std::optional<Overloaded> LedgerGateway::Offer(Entrant& entrant, absl::Time deadline,
                                               const Done& done) {
  const Waiter waiter{deadline, entrant.pending_->command_hash, done};
  entrant.pending_->when_log_is_full = WhenLogIsFull::kWait;
  std::optional<Overloaded> full;
  Locked([&] {
    full = Take(entrant.pending_, waiter);
    if (full && !std::exchange(entrant.waited_, true)) limit_counts_.Waited(*full);
  });
  return full;
}

std::optional<Overloaded> LedgerGateway::Take(std::unique_ptr<Pending>& pending,
                                              const Waiter& waiter) {
  if (draining_) {
    pending.reset();
    Tell(waiter, Unavailable{"this gateway is stopping"});
    return std::nullopt;
  }
  if (auto full = Charge(*pending)) return full;
  pending->waiters.push_back(waiter);
  pending_bytes_ += pending->bytes;
  const Number number = next_number_++;
  pending_.emplace(number, std::move(pending));
  QueueForItsTurn(number);
  Try(number);
  TryUndecided();
  return std::nullopt;
}

std::optional<Overloaded> LedgerGateway::Charge(Pending& pending) {
  if (pending_.size() >= kPendingMax) {
    return Overloaded{Limit::kGatewaySubmissions, kPendingMax, kRetryAfter};
  }
  // One that is larger than the limit is let through alone.
  if (!pending_.empty() && pending_bytes_ + pending.bytes > kPendingBytesMax) {
    return Overloaded{Limit::kGatewayBytes, kPendingBytesMax, kRetryAfter};
  }
  const std::string agency_id = access::AgencyOf(parts_.streams, pending.proof);
  if (agency_id.empty()) return std::nullopt;
  if (auto full = accounts_.Take(agency_id, pending.bytes, parts_.clock.Now())) return full;
  pending.agency_id = agency_id;
  return std::nullopt;
}

void LedgerGateway::Tell(const Waiter& waiter, const Outcome& outcome) {
  struct Counter {
    GatewayCounters& counters;
    void operator()(const v1::Accepted& accepted) const {
      ++(accepted.repeated() ? counters.repeated : counters.accepted);
    }
    void operator()(const Refused&) const { ++counters.refused; }
    void operator()(const Invalid&) const { ++counters.invalid; }
    void operator()(const Conflict&) const { ++counters.conflicts; }
    void operator()(const access::Denied&) const { ++counters.denied; }
    void operator()(const Overloaded&) const { ++counters.overloaded; }
    void operator()(const Unavailable&) const { ++counters.unavailable; }
    void operator()(const Unknown&) const { ++counters.unknown; }
  };
  std::visit(Counter{counters_}, outcome);
  due_.push_back([done = waiter.done, outcome] { done(outcome); });
}

void LedgerGateway::Settle(Number number, const Outcome& outcome) {
  const auto found = pending_.find(number);
  if (found == pending_.end()) return;
  for (const Waiter& waiter : found->second->waiters) Tell(waiter, outcome);
  if (const auto id = by_id_.find(found->second->id_key); id != by_id_.end()) {
    if (id->second == number) by_id_.erase(id);
  }
  if (const auto claim = claims_.find(found->second->target); claim != claims_.end()) {
    claim->second.erase(number);
    if (claim->second.empty()) claims_.erase(claim);
  }
  pending_bytes_ -= found->second->bytes;
  if (const std::string& agency = found->second->agency_id; !agency.empty()) {
    accounts_.Settled(agency);
  }
  const std::deque<Number>& behind = found->second->behind;
  undecided_.insert(undecided_.end(), behind.begin(), behind.end());
  pending_.erase(found);
  GiveTurnToNext(number);
}

void LedgerGateway::SettleFrom(Number number, const ledger::Commit& commit, bool repeated) {
  const auto found = pending_.find(number);
  if (found == pending_.end()) return;
  const v1::Genesis& genesis = parts_.follower.admission().genesis();
  std::vector<Waiter> waiters;
  waiters.swap(found->second->waiters);
  for (const Waiter& waiter : waiters) {
    Tell(waiter, AnswerOf(commit, genesis, waiter.command_hash, repeated));
  }
  Settle(number, Unknown{});
}

void LedgerGateway::AnswerClosed(Number number, Position position) {
  closed_answers_.Get(position, [this, number](const absl::StatusOr<ledger::Commit>& commit) {
    Locked([&] {
      if (commit.ok()) return SettleFrom(number, *commit, /*repeated=*/true);
      Settle(number, Unavailable{std::string(commit.status().message())});
    });
  });
}

void LedgerGateway::OnAccepted(const ledger::Commit& commit) {
  national_cited_ = std::max(national_cited_, commit.record.national().commits());
  const std::string leaf = KeyOf(commit.leaf);
  if (const auto ours = in_flight_.find(leaf); ours != in_flight_.end()) {
    refusal_.Forget();
    SettleFrom(ours->second.pending, commit, /*repeated=*/false);
    Release(leaf);
    return;
  }
  const auto same = by_id_.find(IdKey(commit.record));
  if (same != by_id_.end()) SettleFrom(same->second, commit, /*repeated=*/true);
}

void LedgerGateway::OnVoid(const Hash& leaf, ledger::VoidReason reason) {
  const auto ours = in_flight_.find(KeyOf(leaf));
  if (ours == in_flight_.end()) return;
  const Number number = ours->second.pending;
  const auto pending = pending_.find(number);
  if (!IsLostRace(reason)) {
    // Decided again it would be the same record: this program proposed what no reader accepts.
    Settle(number, Unavailable{"this gateway proposed a record that is void: " +
                               std::string(ledger::VoidReasonName(reason))});
  } else if (pending != pending_.end()) {
    ++counters_.races_lost;
    if (++pending->second->races_lost < kTriesMax) {
      QueueForItsTurn(number);
      undecided_.push_back(number);  // before those that wait behind it
    } else {
      Settle(number, Unknown{"too many other commits won the same streams"});
    }
  }
  Release(KeyOf(leaf));
}

void LedgerGateway::OnBatch(std::span<const ledger::Commit> /*commits*/) {
  Locked([this] { TryUndecided(); });
}

void LedgerGateway::Release(const std::string& leaf) {
  const auto found = in_flight_.find(leaf);
  if (found == in_flight_.end()) return;
  for (const std::string& stream : found->second.writes) writers_.erase(stream);
  undecided_.insert(undecided_.end(), found->second.behind.begin(), found->second.behind.end());
  in_flight_.erase(found);
}

bool LedgerGateway::HasItsTurn(Number number) const {
  if (!parts_.follower.admission().genesis().simulated_clock()) return true;
  return !turns_.empty() && *turns_.begin() == number;
}

void LedgerGateway::QueueForItsTurn(Number number) {
  if (parts_.follower.admission().genesis().simulated_clock()) turns_.insert(number);
}

void LedgerGateway::GiveTurnToNext(Number number) {
  if (turns_.erase(number) > 0 && !turns_.empty()) undecided_.push_back(*turns_.begin());
}

void LedgerGateway::TryUndecided() {
  while (!undecided_.empty()) {
    const Number number = undecided_.front();
    undecided_.pop_front();
    Try(number);
  }
}

void LedgerGateway::OnAppendFailed(const std::string& leaf, const absl::Status& status) {
  const auto found = in_flight_.find(leaf);
  if (found == in_flight_.end()) return;  // it was folded all the same
  const Number number = found->second.pending;
  if (status.code() == absl::StatusCode::kResourceExhausted) {
    Postpone(number);
  } else if (status.code() == absl::StatusCode::kFailedPrecondition) {
    refusal_.Said(status);
    Settle(number, Unavailable{std::string(status.message())});  // surely not written
  } else {
    Settle(number, Unknown{std::string(status.message())});
  }
  Release(leaf);
}

// The log is full: nothing was written.
void LedgerGateway::Postpone(Number number) {
  const auto found = pending_.find(number);
  if (found == pending_.end()) return;
  const Overloaded full{Limit::kLogQueue, 0, kRetryAfter};
  if (found->second->when_log_is_full == WhenLogIsFull::kWait) {
    limit_counts_.Waited(full);
    QueueForItsTurn(number);
    postponed_.push_back(number);
  } else {
    limit_counts_.Refused(full);
    Settle(number, full);
  }
}

void LedgerGateway::Sweep() {
  Appends::Failures failures;
  while (appends_.Take(kSweepInterval, failures)) {
    Locked([&] {
      undecided_.insert(undecided_.begin(), postponed_.begin(), postponed_.end());
      postponed_.clear();
      for (const auto& [leaf, status] : failures) OnAppendFailed(leaf, status);
      GiveUpIfStopped();
      SweepDeadlines(absl::Now());
      TryUndecided();
    });
  }
}

// Whoever reads the log no more learns no outcome. What was not proposed is tried, and told so.
void LedgerGateway::GiveUpIfStopped() {
  const absl::Status following = parts_.follower.following();
  if (!ledger::IsFinal(following)) return;
  while (!in_flight_.empty()) {
    const std::string leaf = in_flight_.begin()->first;
    Settle(in_flight_.begin()->second.pending, Unknown{std::string(following.message())});
    Release(leaf);
  }
}

void LedgerGateway::SweepDeadlines(absl::Time now) {
  std::vector<Number> abandoned;
  for (auto& [number, pending] : pending_) {
    std::erase_if(pending->waiters, [&](const Waiter& waiter) {
      if (waiter.deadline > now) return false;
      Tell(waiter, Unknown{"the deadline passed before the ledger's answer came"});
      return true;
    });
    if (pending->waiters.empty()) abandoned.push_back(number);
  }
  for (const Number number : abandoned) Settle(number, Unknown{});
}

void LedgerGateway::Drain(absl::Time deadline) {
  Locked([&] {
    draining_ = true;
    const auto empty = [this] { return pending_.empty(); };
    parts_.follower.mutex().AwaitWithDeadline(absl::Condition(&empty), deadline);
    std::vector<Number> left;
    for (const auto& [number, pending] : pending_) left.push_back(number);
    for (const Number number : left) Settle(number, Unknown{"this gateway is stopping"});
  });
}

absl::Status LedgerGateway::readiness() const {
  if (absl::Status log = parts_.log.Writable(); !log.ok()) return log;
  absl::MutexLock lock(&parts_.follower.mutex());
  if (absl::Status refused = refusal_.lately(); !refused.ok()) return refused;
  return ClockStatus(parts_.clock.Now());
}

GatewayCounters LedgerGateway::counters() const {
  absl::MutexLock lock(&parts_.follower.mutex());
  GatewayCounters now = counters_;
  now.pending = pending_.size();
  now.limits = limit_counts_.all();
  return now;
}

}  // namespace nhanrong::gateway

// Decides submissions to one ledger, proposes the decisions to its log, and answers what the log
// accepted.
//
// Life of a submission: fields are checked; the caller is known by the ledger's own grants; a
// closed id gets its original answer; the command is decided on the folded state and proposed as
// one record with the heads that it rests on. The answer is given only after this gateway's own
// fold has accepted the record. A void record is decided again on the folded state, up to kTriesMax
// times. Submissions that touch a stream which one of our records in flight writes wait behind it,
// first in, first out.
//
// On a simulated clock a submission says when it is recorded. There they are proposed in the order
// in which they came, none before an earlier one: so the log stands in the order of their times,
// and the same submissions in the same order give the same events, byte for byte. (That is safe:
// heads stay hashes of the exact bytes of records, which differ by ledger id, heads and anchor.)
//
// A gateway that is full, or whose caller's agency is at a limit, takes no more: Submit answers
// Overloaded, Offer lets its caller keep the submission and come again.
//
// Threads: all calls may come from any thread and do not block; `done` is called once, from the
// thread of the call, of the follower, of the log, or of the gateway. All state is guarded by the
// ledger's lock. Any number of gateways, in any processes, may serve one ledger.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "services/base/clock.h"
#include "services/gateway/appends.h"
#include "services/gateway/closed_answers.h"
#include "services/gateway/decision_world.h"
#include "services/gateway/gateway_limits.h"
#include "services/gateway/pending.h"
#include "services/ledger/follower/ledger_follower.h"
#include "services/ledger/log_engine.h"
#include "services/streams/stream_table.h"

namespace nhanrong::gateway {

class LedgerGateway final : public ledger::Listener {
 public:
  struct Parts {
    ledger::Log& log;
    ledger::LedgerFollower& follower;
    const streams::StreamTable& streams;
    const National* national;  // null on `national` itself
    const Clock& clock;
    AgencyLimits limits = {};
  };
  using Done = gateway::Done;

  // All parts must outlive the gateway. Add it to the follower as a listener after the stream
  // table.
  explicit LedgerGateway(Parts parts);
  ~LedgerGateway() override;

  // What cannot be taken is answered as Overloaded at once, and returned too: of several in order
  // the rest must not be taken either. With kWait a full log is waited for.
  std::optional<Overloaded> Submit(v1::Submission submission, std::optional<access::Proof> proof,
                                   absl::Time deadline, Done done,
                                   WhenLogIsFull when_full = WhenLogIsFull::kRefuse);
  // For who can wait: takes the entrant, which is empty then, or says which limit it meets; then
  // `done` is not called and it may be offered again. What was taken waits for a full log too.
  std::optional<Overloaded> Offer(Entrant& entrant, absl::Time deadline, const Done& done);
  // Takes nothing new; returns when everything taken is answered, at the latest at the deadline,
  // when the rest is answered as unknown.
  void Drain(absl::Time deadline);
  GatewayCounters counters() const;
  // Not OK while nothing can be written through this gateway: its clock, or the log.
  absl::Status readiness() const;

  void OnAccepted(const ledger::Commit& commit) override;
  void OnVoid(const Hash& leaf, ledger::VoidReason reason) override;
  void OnBatch(std::span<const ledger::Commit> commits) override;

 private:
  using Number = PendingNumber;
  struct Attempt;

  // Takes a submission, or says which limit it meets.
  std::optional<Overloaded> Take(std::unique_ptr<Pending>& pending, const Waiter& waiter);
  std::optional<Overloaded> Charge(Pending& pending);
  // Each returns an outcome when the submission is answered at once, nothing when it waits for
  // something.
  std::optional<Outcome> TryOnce(Number number, Pending& pending);
  std::optional<Outcome> DecideAndPropose(Attempt& attempt);
  std::optional<Outcome> Propose(Attempt& attempt, const v1::Record& record);
  std::optional<Outcome> SetTime(Attempt& attempt);
  std::optional<Outcome> SetSimulatedTime(Attempt& attempt);
  absl::Status ClockStatus(absl::Time now) const;

  void Try(Number number);
  void TryUndecided();
  // On a simulated clock: whether every earlier one is proposed or answered.
  bool HasItsTurn(Number number) const;
  void QueueForItsTurn(Number number);
  void GiveTurnToNext(Number number);
  void Claim(Number number, Pending& pending, const std::string& target);
  bool WaitsBehind(Number number, const std::string& stream);
  void AnswerClosed(Number number, Position position);
  void Settle(Number number, const Outcome& outcome);
  void SettleFrom(Number number, const ledger::Commit& commit, bool repeated);
  void Tell(const Waiter& waiter, const Outcome& outcome);
  void Release(const std::string& leaf);
  void Postpone(Number number);
  void OnAppendFailed(const std::string& leaf, const absl::Status& status);
  void Sweep();
  void GiveUpIfStopped();
  void SweepDeadlines(absl::Time now);
  // Runs `work` under the ledger's lock, then the callbacks that came due, without it.
  void Locked(const std::function<void()>& work);

  const Parts parts_;

  // Under the ledger's lock.
  Number next_number_ = 0;
  bool draining_ = false;
  std::uint64_t national_cited_ = 0;
  GatewayCounters counters_;
  LimitCounts limit_counts_;
  Refusal refusal_;
  AgencyAccounts accounts_;
  std::size_t pending_bytes_ = 0;
  absl::flat_hash_map<Number, std::unique_ptr<Pending>> pending_;
  absl::flat_hash_map<std::string, Number> by_id_;
  absl::flat_hash_map<std::string, RecordInFlight> in_flight_;  // by leaf hash
  absl::flat_hash_map<std::string, std::string> writers_;       // stream -> leaf hash in flight
  // stream -> who waits to write it or has it in flight, in order of arrival
  absl::flat_hash_map<std::string, std::set<Number>> claims_;
  std::deque<Number> undecided_;
  std::set<Number> turns_;  // on a simulated clock: neither proposed nor answered, in order
  absl::Time last_proposed_at_ = absl::InfinitePast();
  std::vector<Number> postponed_;  // the log was full; decided again at the next sweep
  std::vector<std::function<void()>> due_;

  Appends appends_;  // by its own lock

  // Threads last: they end before the state that they use.
  ClosedAnswers closed_answers_;
  std::jthread sweeper_;
};

}  // namespace nhanrong::gateway

// The ledgers that one process serves. Knows the port to logs, not which engine stands behind it.
//
// A thread of its own looks for ledgers that other processes of the same store made, and opens what
// could not be opened before: a store that cannot be reached makes the process not ready, it does
// not end it. Threads: thread-safe. Find and All never wait for the store.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/gateway/genesis.h"
#include "services/node/served_ledger.h"

namespace nhanrong::node {

// The ledger of reference data: units, criteria sets.
inline constexpr std::string_view kNational = "national";

class Node {
 public:
  // `store` and `clock` must outlive the node.
  Node(ledger::LogStore& store, const Clock& clock, ServedLedger::Place place);
  ~Node();

  // Opens every ledger of the store, then keeps looking for new ones. The first ledger that can
  // never be served as it is (wrong settings, damaged, open elsewhere) is the error; a store that
  // cannot be reached now is none.
  absl::Status Start();
  // Null: no such ledger, or not found yet.
  ServedLedger* Find(std::string_view name);
  std::vector<ServedLedger*> All();
  // Makes a ledger and waits until its genesis is folded. kAlreadyExists: it has a genesis; the
  // store's faults. One that was left without genesis by a crash is completed.
  absl::StatusOr<ServedLedger*> Create(const gateway::GenesisPlan& plan);

  // OK when the store was reached the last time that it was asked.
  absl::Status store_status() const;
  // Every ledger that the store had at some time since the start was found and opened: one that is
  // not found now is new, or none.
  bool has_all() const;
  // Weaker promise of the store, for /readyz; absent: the full one.
  std::optional<std::string> WeakerGuarantee() const { return store_.WeakerGuarantee(); }
  const Clock& clock() const { return clock_; }
  // Reference data for whoever is not `national` itself; never null, may still be empty.
  const gateway::National* national() const { return &national_; }
  // Takes nothing new, answers what is held: submissions by their outcome, waiting queries as
  // stale.
  void Close(absl::Time deadline);
  // Stops everything. Idempotent.
  void Stop();

 private:
  absl::Status OpenNew() ABSL_LOCKS_EXCLUDED(mutex_, opening_);
  absl::StatusOr<ServedLedger*> Open(const std::string& name)
      ABSL_EXCLUSIVE_LOCKS_REQUIRED(opening_) ABSL_LOCKS_EXCLUDED(mutex_);
  void KeepLooking();

  ledger::LogStore& store_;
  const Clock& clock_;
  const ServedLedger::Place place_;
  NationalSlot national_;
  absl::Mutex opening_;  // one opens at a time; taken before mutex_
  mutable absl::Mutex mutex_;
  bool stopping_ ABSL_GUARDED_BY(mutex_) = false;
  absl::Status store_status_ ABSL_GUARDED_BY(mutex_) =
      absl::UnavailableError("the ledgers are not open yet");
  bool has_all_ ABSL_GUARDED_BY(mutex_) = false;
  std::map<std::string, std::unique_ptr<ServedLedger>, std::less<>> ledgers_
      ABSL_GUARDED_BY(mutex_);
  std::jthread looking_;  // last member: ends first
};

}  // namespace nhanrong::node

// The ledgers that one process serves. Knows the port to logs, not which engine stands behind it.
//
// Threads: thread-safe. Ledgers made by other processes of the same store are found when asked for.
#pragma once

#include <map>
#include <memory>
#include <string>
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

  // Opens every ledger of the store; the first that cannot be served is the error.
  absl::Status OpenAll();
  // Null: no such ledger.
  ServedLedger* Find(std::string_view name);
  std::vector<ServedLedger*> All();
  // Makes a ledger and waits until its genesis is folded. kAlreadyExists; the store's faults.
  absl::StatusOr<ServedLedger*> Create(const gateway::GenesisPlan& plan);
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
  absl::StatusOr<ServedLedger*> Open(const std::string& name) ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);
  void LookForNew() ABSL_EXCLUSIVE_LOCKS_REQUIRED(mutex_);

  ledger::LogStore& store_;
  const Clock& clock_;
  const ServedLedger::Place place_;
  NationalSlot national_;
  absl::Mutex mutex_;
  absl::Time looked_at_ ABSL_GUARDED_BY(mutex_) = absl::InfinitePast();
  std::map<std::string, std::unique_ptr<ServedLedger>, std::less<>> ledgers_
      ABSL_GUARDED_BY(mutex_);
};

}  // namespace nhanrong::node

// A log in memory whose timing and faults a test controls. Shipped beside the port, not a mock: it
// keeps the whole contract of services/ledger/log_engine.h, minus surviving the process.
//
// Untouched, an append is durable and visible at once. Through MemoryLogControl a test holds
// appends and then releases, drops, doubles or falsely fails them in any order, which is all that
// a real log may do to a gateway, and makes nothing happen by itself.
//
// Threads: everything is thread-safe. `done` is called by a thread of the store, or with
// Callbacks::kWhenRun by whoever calls RunCallbacks: then no thread exists and a run with a seed
// repeats exactly. The store must outlive its logs and readers.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

struct MemoryLogState;
class CallbackQueue;

// Names one append to a log, counted from 0.
using AppendNumber = Strong<struct AppendNumberTag>;

struct PendingAppend {
  AppendNumber number;
  std::string bytes;
};

// The test's hand on one log; cheap to copy, valid as long as the store.
// REQUIRES in all that take a number: that append is pending.
class MemoryLogControl {
 public:
  // From now on appends wait until one of the calls below decides about them.
  void Hold();
  // Releases what is pending, oldest first, and stops holding.
  void Resume();
  std::vector<PendingAppend> Pending() const;

  // Durable and visible, `done` gets the place.
  Place Release(AppendNumber number);
  // Never appears; `done` gets kUnavailable.
  void Drop(AppendNumber number);
  // Appears twice, the second time at the end of the log; `done` gets the first place.
  Place Duplicate(AppendNumber number);
  // Appears, but `done` gets kUnavailable.
  Place FailFalsely(AppendNumber number);
  // `done` gets kUnavailable now, and the append stays pending: it may appear much later.
  void TimeOut(AppendNumber number);
  // Drops all that is pending.
  void DropAll();

  // While unreachable, appends never appear and get kUnavailable, reads and Bounds kUnavailable.
  void SetReachable(bool reachable);
  // The log loses everything from `end` on. Readers beyond it get kDataLoss, but as in Kafka
  // before KIP-320 not if the log has grown past them again before they ask.
  void Truncate(Place end);
  // The log loses everything before `first`.
  void TrimStart(Place first);
  // A record that no gateway made.
  Place AppendOutsider(std::string bytes);
  // The next `count` places stay empty, as those of Kafka's control records do.
  void SkipPlaces(std::uint64_t count);

 private:
  friend class MemoryLogStore;
  explicit MemoryLogControl(std::shared_ptr<MemoryLogState> state);
  std::shared_ptr<MemoryLogState> state_;  // shared with the store and its logs and readers
};

class MemoryLogStore final : public LogStore {
 public:
  enum class Callbacks { kFromOwnThread, kWhenRun };

  explicit MemoryLogStore(Callbacks callbacks = Callbacks::kFromOwnThread);
  ~MemoryLogStore() override;
  MemoryLogStore(const MemoryLogStore&) = delete;
  MemoryLogStore& operator=(const MemoryLogStore&) = delete;

  absl::Status Create(std::string_view name) override;
  absl::StatusOr<std::unique_ptr<Log>> Open(std::string_view name) override;
  absl::StatusOr<std::vector<std::string>> List() override;
  std::optional<std::string> WeakerGuarantee() const override;

  // REQUIRES: a log of this name was created.
  MemoryLogControl Control(std::string_view name);
  // Calls every `done` that is due, those that come due meanwhile too; how many there were.
  // REQUIRES: Callbacks::kWhenRun.
  std::size_t RunCallbacks();

 private:
  class Logs;
  const Callbacks callbacks_;
  const std::unique_ptr<Logs> logs_;
  const std::unique_ptr<CallbackQueue> queue_;  // last: its thread ends first
};

}  // namespace nhanrong::ledger

// The kept records and the pending appends of one log in memory; internal to this folder.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "services/ledger/log_engine.h"
#include "services/ledger/memory/memory_log.h"

namespace nhanrong::ledger {

// Runs callbacks in the order they were added, by a thread of its own or when told.
// Thread-safe. The destructor runs what is left when it has a thread.
class CallbackQueue {
 public:
  explicit CallbackQueue(bool own_thread);
  ~CallbackQueue();

  // `owner` is the log whose append it answers.
  void Add(const void* owner, std::function<void()> callback);
  std::size_t RunAll();
  // Returns when no callback of this owner is left: waits for the thread, or runs them itself.
  void Finish(const void* owner);

 private:
  struct Callback {
    const void* owner;
    std::function<void()> run;
  };
  void RunThread(const std::stop_token& stop);

  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Callback> callbacks_;
  const void* running_ = nullptr;  // its owner
  std::jthread thread_;            // must be the last field
};

struct MemoryLogState {
  struct Pending {
    std::string bytes;
    AppendDone done;    // empty once called
    const void* owner;  // the log it was appended through
  };

  explicit MemoryLogState(CallbackQueue& queue) : callbacks(queue) {}

  // All below REQUIRE the mutex.
  Place Keep(std::string bytes);
  Pending Take(AppendNumber number);
  void Call(const void* owner, AppendDone done, absl::StatusOr<Place> place);
  void Answer(Pending& append, absl::StatusOr<Place> place);

  CallbackQueue& callbacks;
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<LogRecord> records;  // by place
  LogBounds bounds;
  std::map<AppendNumber, Pending> pending;
  AppendNumber next_number;
  bool holding = false;
  bool reachable = true;
};

std::unique_ptr<Log> MakeMemoryLog(std::shared_ptr<MemoryLogState> state);

}  // namespace nhanrong::ledger

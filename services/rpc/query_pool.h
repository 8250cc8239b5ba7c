// The threads on which queries are answered: however slow a query is, neither the fold of a read
// model nor the arrival of other calls waits for it.
//
// Threads: Run is thread-safe and does not block. The destructor runs what is waiting and returns
// when all of it is done.
#pragma once

#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"

namespace nhanrong::rpc {

// Queries at a time: one that scans a whole read model leaves room for three short ones.
inline constexpr std::size_t kQueryThreads = 4;
// Queries that wait for a thread. At a millisecond each they wait a quarter of a second; more would
// only be answered later than people wait.
inline constexpr std::size_t kQueriesWaitingMax = 1'000;

class QueryPool {
 public:
  using Query = std::function<void()>;

  explicit QueryPool(std::size_t threads = kQueryThreads,
                     std::size_t waiting_max = kQueriesWaitingMax);
  ~QueryPool();
  QueryPool(const QueryPool&) = delete;
  QueryPool& operator=(const QueryPool&) = delete;

  // False: too many wait; the query will not run.
  [[nodiscard]] bool Run(Query query);

 private:
  void Work();
  bool HasWork() const ABSL_SHARED_LOCKS_REQUIRED(mutex_) { return ending_ || !waiting_.empty(); }

  const std::size_t waiting_max_;
  absl::Mutex mutex_;
  std::deque<Query> waiting_ ABSL_GUARDED_BY(mutex_);
  bool ending_ ABSL_GUARDED_BY(mutex_) = false;
  std::vector<std::jthread> threads_;  // last member: ends before what it uses
};

}  // namespace nhanrong::rpc

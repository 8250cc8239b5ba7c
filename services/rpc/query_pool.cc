#include "services/rpc/query_pool.h"

#include <utility>

namespace nhanrong::rpc {

QueryPool::QueryPool(std::size_t threads, std::size_t waiting_max) : waiting_max_(waiting_max) {
  for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
}

QueryPool::~QueryPool() {
  absl::MutexLock lock(&mutex_);
  ending_ = true;
}

bool QueryPool::Run(Query query) {
  absl::MutexLock lock(&mutex_);
  if (waiting_.size() >= waiting_max_) return false;
  waiting_.push_back(std::move(query));
  return true;
}

void QueryPool::Work() {
  for (;;) {
    Query query;
    {
      absl::MutexLock lock(&mutex_);
      mutex_.Await(absl::Condition(this, &QueryPool::HasWork));
      if (waiting_.empty()) return;
      query = std::move(waiting_.front());
      waiting_.pop_front();
    }
    query();
  }
}

}  // namespace nhanrong::rpc

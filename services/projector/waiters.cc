#include "services/projector/waiters.h"

#include <vector>

namespace nhanrong::projector {

Waiters::Waiters(std::uint64_t commits) : commits_(commits), timer_([this] { RunTimer(); }) {}

Waiters::~Waiters() {
  Stop();
  {
    absl::MutexLock lock(&mutex_);
    ending_ = true;
    changed_.Signal();
  }
  timer_.join();
}

void Waiters::Add(std::uint64_t commits, absl::Time deadline, Done done) {
  absl::ReleasableMutexLock lock(&mutex_);
  if (commits_ >= commits || stopped_) {
    const bool reached = commits_ >= commits;
    lock.Release();
    done(reached);
    return;
  }
  const DeadlineKey key(deadline, next_number_++);
  const auto [entry, is_new] = by_deadline_.emplace(key, Waiter{commits, std::move(done)});
  by_commits_.emplace(commits, key);
  if (entry == by_deadline_.begin()) changed_.Signal();
}

void Waiters::Reached(std::uint64_t commits) {
  std::vector<Done> reached;
  {
    absl::MutexLock lock(&mutex_);
    commits_ = commits;
    while (!by_commits_.empty() && by_commits_.begin()->first <= commits) {
      reached.push_back(Take(by_commits_.begin()->second));
    }
  }
  for (const Done& done : reached) done(true);
}

void Waiters::Stop() {
  std::vector<Done> ended;
  {
    absl::MutexLock lock(&mutex_);
    stopped_ = true;
    while (!by_deadline_.empty()) ended.push_back(Take(by_deadline_.begin()->first));
  }
  for (const Done& done : ended) done(false);
}

std::uint64_t Waiters::commits() const {
  absl::MutexLock lock(&mutex_);
  return commits_;
}

Waiters::Done Waiters::Take(const DeadlineKey& key) {
  // `key` may lie in what is erased here.
  const auto waiter = by_deadline_.find(key);
  Done done = std::move(waiter->second.done);
  by_commits_.erase({waiter->second.commits, waiter->first});
  by_deadline_.erase(waiter);
  return done;
}

void Waiters::RunTimer() {
  absl::MutexLock lock(&mutex_);
  while (!ending_) {
    if (by_deadline_.empty()) {
      changed_.Wait(&mutex_);
      continue;
    }
    const DeadlineKey first = by_deadline_.begin()->first;
    if (!changed_.WaitWithDeadline(&mutex_, first.first)) continue;
    if (!by_deadline_.contains(first)) continue;
    const Done done = Take(first);
    mutex_.Unlock();
    done(false);
    mutex_.Lock();
  }
}

}  // namespace nhanrong::projector

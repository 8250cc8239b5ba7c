// Topics in memory whose faults a test controls: the whole port of event_topic.h, minus surviving
// the process.
//
// Thread-safe. The store must outlive its topics.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "services/feed/event_topic.h"

namespace nhanrong::feed {

class MemoryTopics final : public EventTopics {
 public:
  absl::StatusOr<std::unique_ptr<EventTopic>> Open(std::string_view ledger) override;
  std::string NameOf(std::string_view ledger) const override {
    return std::string(ledger) + ".events";
  }

  // The next publish takes this many messages and then fails, as when a broker goes away.
  void FailNextPublishAfter(std::size_t messages) ABSL_LOCKS_EXCLUDED(mutex_);
  // Waits until that has happened.
  bool WaitFailed(absl::Duration limit) const ABSL_LOCKS_EXCLUDED(mutex_);
  void GiveSeat(bool held) ABSL_LOCKS_EXCLUDED(mutex_);
  // A message that no feed made.
  void AddForeign(EventMessage message) ABSL_LOCKS_EXCLUDED(mutex_);

  std::vector<EventMessage> messages() const ABSL_LOCKS_EXCLUDED(mutex_);
  std::vector<Schema> schemas() const ABSL_LOCKS_EXCLUDED(mutex_);
  // Waits until there are `count`.
  bool WaitMessages(std::size_t count, absl::Duration limit) const ABSL_LOCKS_EXCLUDED(mutex_);

 private:
  friend class MemoryTopic;
  mutable absl::Mutex mutex_;
  std::vector<EventMessage> messages_ ABSL_GUARDED_BY(mutex_);
  std::vector<Schema> schemas_ ABSL_GUARDED_BY(mutex_);
  std::optional<std::size_t> fail_after_ ABSL_GUARDED_BY(mutex_);
  bool seat_ ABSL_GUARDED_BY(mutex_) = true;
};

}  // namespace nhanrong::feed

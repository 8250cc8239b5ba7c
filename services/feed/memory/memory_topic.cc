#include "services/feed/memory/memory_topic.h"

#include <algorithm>
#include <utility>

namespace nhanrong::feed {

class MemoryTopic final : public EventTopic {
 public:
  explicit MemoryTopic(MemoryTopics& topics) : topics_(topics) {}

  absl::Status PublishSchema(const Schema& schema) override {
    absl::MutexLock lock(&topics_.mutex_);
    const auto same = [&](const Schema& known) { return known.uri == schema.uri; };
    if (std::none_of(topics_.schemas_.begin(), topics_.schemas_.end(), same)) {
      topics_.schemas_.push_back(schema);
    }
    return absl::OkStatus();
  }

  absl::StatusOr<bool> HoldsSeat(absl::Duration wait) override {
    absl::MutexLock lock(&topics_.mutex_);
    const auto done = [this] {
      topics_.mutex_.AssertReaderHeld();
      return topics_.seat_ || interrupted_;
    };
    topics_.mutex_.AwaitWithTimeout(absl::Condition(&done), wait);
    return topics_.seat_ && !interrupted_;
  }

  absl::StatusOr<std::vector<std::string>> LastValues(std::size_t count) override {
    absl::MutexLock lock(&topics_.mutex_);
    const std::size_t all = topics_.messages_.size();
    std::vector<std::string> values;
    for (std::size_t i = all - std::min(all, count); i < all; ++i) {
      values.push_back(topics_.messages_[i].value);
    }
    return values;
  }

  absl::Status Publish(std::span<const EventMessage> messages) override {
    absl::MutexLock lock(&topics_.mutex_);
    if (interrupted_) return absl::CancelledError("interrupted");
    if (!topics_.seat_) return absl::AbortedError("another process publishes");
    const auto fail_after = std::exchange(topics_.fail_after_, std::nullopt);
    const std::size_t taken = std::min(fail_after.value_or(messages.size()), messages.size());
    topics_.messages_.insert(topics_.messages_.end(), messages.begin(),
                             messages.begin() + static_cast<std::ptrdiff_t>(taken));
    return fail_after ? absl::UnavailableError("the broker went away") : absl::OkStatus();
  }

  void Interrupt() override {
    absl::MutexLock lock(&topics_.mutex_);
    interrupted_ = true;
  }

 private:
  MemoryTopics& topics_;
  bool interrupted_ = false;  // guarded by topics_.mutex_
};

absl::StatusOr<std::unique_ptr<EventTopic>> MemoryTopics::Open(std::string_view /*ledger*/) {
  return std::make_unique<MemoryTopic>(*this);
}

void MemoryTopics::FailNextPublishAfter(std::size_t messages) {
  absl::MutexLock lock(&mutex_);
  fail_after_ = messages;
}

bool MemoryTopics::WaitFailed(absl::Duration limit) const {
  absl::MutexLock lock(&mutex_);
  const auto failed = [&] {
    mutex_.AssertReaderHeld();
    return !fail_after_.has_value();
  };
  return mutex_.AwaitWithTimeout(absl::Condition(&failed), limit);
}

void MemoryTopics::GiveSeat(bool held) {
  absl::MutexLock lock(&mutex_);
  seat_ = held;
}

void MemoryTopics::AddForeign(EventMessage message) {
  absl::MutexLock lock(&mutex_);
  messages_.push_back(std::move(message));
}

std::vector<EventMessage> MemoryTopics::messages() const {
  absl::MutexLock lock(&mutex_);
  return messages_;
}

std::vector<Schema> MemoryTopics::schemas() const {
  absl::MutexLock lock(&mutex_);
  return schemas_;
}

bool MemoryTopics::WaitMessages(std::size_t count, absl::Duration limit) const {
  absl::MutexLock lock(&mutex_);
  const auto there = [&] {
    mutex_.AssertReaderHeld();
    return messages_.size() >= count;
  };
  return mutex_.AwaitWithTimeout(absl::Condition(&there), limit);
}

}  // namespace nhanrong::feed

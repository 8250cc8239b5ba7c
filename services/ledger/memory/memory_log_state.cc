#include "services/ledger/memory/memory_log_state.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "absl/time/clock.h"
#include "services/base/check.h"

namespace nhanrong::ledger {

CallbackQueue::CallbackQueue(bool own_thread) {
  if (own_thread) {
    thread_ = std::jthread([this](const std::stop_token& stop) { RunThread(stop); });
  }
}

CallbackQueue::~CallbackQueue() = default;

void CallbackQueue::Add(const void* owner, std::function<void()> callback) {
  const std::lock_guard lock(mutex_);
  callbacks_.push_back({owner, std::move(callback)});
  changed_.notify_all();
}

std::size_t CallbackQueue::RunAll() {
  std::size_t count = 0;
  std::unique_lock lock(mutex_);
  for (; !callbacks_.empty(); ++count) {
    const Callback callback = std::move(callbacks_.front());
    callbacks_.pop_front();
    running_ = callback.owner;
    lock.unlock();
    callback.run();
    lock.lock();
    running_ = nullptr;
    changed_.notify_all();
  }
  return count;
}

void CallbackQueue::Finish(const void* owner) {
  std::unique_lock lock(mutex_);
  const auto of_owner = [&](const Callback& callback) { return callback.owner == owner; };
  if (thread_.joinable()) {
    changed_.wait(lock, [&] {
      return running_ != owner && std::none_of(callbacks_.begin(), callbacks_.end(), of_owner);
    });
    return;
  }
  while (true) {
    const auto found = std::find_if(callbacks_.begin(), callbacks_.end(), of_owner);
    if (found == callbacks_.end()) return;
    const Callback callback = std::move(*found);
    callbacks_.erase(found);
    lock.unlock();
    callback.run();
    lock.lock();
  }
}

void CallbackQueue::RunThread(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, stop, [&] { return !callbacks_.empty(); });
    }
    RunAll();
  }
}

Place MemoryLogState::Keep(std::string bytes) {
  const Place place = bounds.end;
  records.push_back({place, std::move(bytes)});
  bounds.end = place.next();
  changed.notify_all();
  return place;
}

MemoryLogState::Pending MemoryLogState::Take(AppendNumber number) {
  const auto found = pending.find(number);
  NR_CHECK(found != pending.end(), "no pending append of this number");
  Pending taken = std::move(found->second);
  pending.erase(found);
  return taken;
}

void MemoryLogState::Call(const void* owner, AppendDone done, absl::StatusOr<Place> place) {
  callbacks.Add(owner, [done = std::move(done), place = std::move(place)] { done(place); });
}

void MemoryLogState::Answer(Pending& append, absl::StatusOr<Place> place) {
  if (!append.done) return;
  Call(append.owner, std::exchange(append.done, nullptr), std::move(place));
}

namespace {

class MemoryReader final : public LogReader {
 public:
  MemoryReader(std::shared_ptr<MemoryLogState> state, Place from)
      : state_(std::move(state)), next_(from) {}

  absl::StatusOr<std::vector<LogRecord>> Read(std::size_t records_max,
                                              absl::Duration wait) override {
    std::unique_lock lock(state_->mutex);
    state_->changed.wait_until(lock, absl::ToChronoTime(absl::Now() + wait), [&] {
      return interrupted_ || !Check().ok() || next_ < state_->bounds.end;
    });
    if (interrupted_) return absl::CancelledError("the reader was interrupted");
    if (absl::Status status = Check(); !status.ok()) return status;
    const auto& records = state_->records;
    const auto begin =
        std::lower_bound(records.begin(), records.end(), next_,
                         [](const LogRecord& record, Place place) { return record.place < place; });
    const auto left = static_cast<std::size_t>(records.end() - begin);
    const auto end = begin + static_cast<std::ptrdiff_t>(std::min(records_max, left));
    if (begin != end) next_ = std::prev(end)->place.next();
    return std::vector<LogRecord>(begin, end);
  }

  void Interrupt() override {
    const std::lock_guard lock(state_->mutex);
    interrupted_ = true;
    state_->changed.notify_all();
  }

 private:
  absl::Status Check() const {
    if (!state_->reachable) return absl::UnavailableError("the log cannot be reached now");
    if (next_ > state_->bounds.end) return absl::DataLossError("the log ends before what was read");
    if (next_ < state_->bounds.first) return absl::DataLossError("the log starts later");
    return absl::OkStatus();
  }

  const std::shared_ptr<MemoryLogState> state_;  // shared with the store
  Place next_;                                   // guarded by the state's mutex, as is the next
  bool interrupted_ = false;
};

class MemoryLog final : public Log {
 public:
  explicit MemoryLog(std::shared_ptr<MemoryLogState> state) : state_(std::move(state)) {}

  // What is pending stays pending, as a record under way outlives the gateway that sent it.
  ~MemoryLog() override {
    {
      const std::lock_guard lock(state_->mutex);
      for (auto& [number, append] : state_->pending) {
        if (append.owner == this) {
          state_->Answer(append, absl::UnavailableError("the log was closed"));
        }
      }
    }
    state_->callbacks.Finish(this);
  }

  void Append(std::string record, AppendDone done) override {
    const std::lock_guard lock(state_->mutex);
    if (record.size() > kRecordBytesMax) {
      state_->Call(this, std::move(done), absl::InvalidArgumentError("the record is too large"));
    } else if (!state_->reachable) {
      state_->Call(this, std::move(done), absl::UnavailableError("the log cannot be reached now"));
    } else if (state_->holding) {
      state_->pending[state_->next_number] = {std::move(record), std::move(done), this};
      state_->next_number = state_->next_number.next();
    } else {
      state_->next_number = state_->next_number.next();
      state_->Call(this, std::move(done), state_->Keep(std::move(record)));
    }
  }

  absl::StatusOr<std::unique_ptr<LogReader>> OpenReader(Place from) override {
    return std::make_unique<MemoryReader>(state_, from);
  }

  absl::StatusOr<LogBounds> Bounds() override {
    const std::lock_guard lock(state_->mutex);
    if (!state_->reachable) return absl::UnavailableError("the log cannot be reached now");
    return state_->bounds;
  }

 private:
  const std::shared_ptr<MemoryLogState> state_;  // shared with the store
};

}  // namespace

std::unique_ptr<Log> MakeMemoryLog(std::shared_ptr<MemoryLogState> state) {
  return std::make_unique<MemoryLog>(std::move(state));
}

}  // namespace nhanrong::ledger

#include "services/ledger/copy/append_window.h"

#include <utility>

#include "absl/time/clock.h"
#include "services/ledger/copy/commit_stream.h"

namespace nhanrong::ledger {
namespace {

// How often a waiting window looks whether it was stopped.
constexpr absl::Duration kLook = absl::Milliseconds(100);

}  // namespace

AppendWindow::AppendWindow(Log& log, std::function<bool()> stopped)
    : log_(log), stopped_(std::move(stopped)), state_(std::make_shared<State>()) {}

absl::Status AppendWindow::WaitUntil(const std::function<bool(const State&)>& room) {
  absl::MutexLock lock(&state_->mutex);
  std::uint64_t seen = state_->durable;
  absl::Time deadline = absl::Now() + kAwayLimit;
  const auto done = [&] {
    state_->mutex.AssertReaderHeld();
    return !state_->failed.ok() || room(*state_);
  };
  while (!state_->mutex.AwaitWithTimeout(absl::Condition(&done), kLook)) {
    if (stopped_()) return absl::CancelledError("stopped");
    if (state_->durable != seen) {
      seen = state_->durable;
      deadline = absl::Now() + kAwayLimit;
    } else if (absl::Now() > deadline) {
      return absl::UnavailableError("the target takes no records");
    }
  }
  return state_->failed;
}

absl::Status AppendWindow::Append(std::string record) {
  absl::Status waited = WaitUntil([](const State& state) {
    state.mutex.AssertReaderHeld();
    return state.records < kWindowRecordsMax && state.bytes < kWindowBytesMax;
  });
  if (!waited.ok()) return waited;
  const std::size_t bytes = record.size();
  {
    absl::MutexLock lock(&state_->mutex);
    ++state_->records;
    state_->bytes += bytes;
  }
  log_.Append(std::move(record), [state = state_, bytes](const absl::StatusOr<Place>& place) {
    absl::MutexLock lock(&state->mutex);
    --state->records;
    state->bytes -= bytes;
    if (place.ok()) {
      ++state->durable;
    } else if (state->failed.ok()) {
      state->failed = place.status();
    }
  });
  return absl::OkStatus();
}

absl::Status AppendWindow::Drain() {
  return WaitUntil([](const State& state) {
    state.mutex.AssertReaderHeld();
    return state.records == 0;
  });
}

std::uint64_t AppendWindow::durable() const {
  absl::MutexLock lock(&state_->mutex);
  return state_->durable;
}

}  // namespace nhanrong::ledger

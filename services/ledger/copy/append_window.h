// Appends many records to a log in order, with a bounded number under way; the first failure ends
// all.
//
// REQUIRES of the log: after a failed append no later one of it appears (embedded: always; kafka:
// `gapless`). One thread appends; the answers come from a thread of the engine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/synchronization/mutex.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

// Under way at once: some batches of every engine, so that none waits for us.
inline constexpr std::size_t kWindowRecordsMax = 8'192;
inline constexpr std::size_t kWindowBytesMax = 16 << 20;

class AppendWindow {
 public:
  // `stopped`: asked while waiting. `log` must outlive this.
  AppendWindow(Log& log, std::function<bool()> stopped);

  // Waits until there is room. kCancelled: stopped. Otherwise the first failure.
  absl::Status Append(std::string record);
  // Waits until everything is durable.
  absl::Status Drain();
  std::uint64_t durable() const;

 private:
  struct State {
    mutable absl::Mutex mutex;
    std::size_t records ABSL_GUARDED_BY(mutex) = 0;
    std::size_t bytes ABSL_GUARDED_BY(mutex) = 0;
    std::uint64_t durable ABSL_GUARDED_BY(mutex) = 0;
    absl::Status failed ABSL_GUARDED_BY(mutex);
  };
  absl::Status WaitUntil(const std::function<bool(const State&)>& room);

  Log& log_;
  const std::function<bool()> stopped_;
  const std::shared_ptr<State> state_;  // shared with answers, which may come after the window
};

}  // namespace nhanrong::ledger

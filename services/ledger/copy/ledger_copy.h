// Makes a log hold the same ledger as another one: the same commits in the same order, byte for
// byte, without the voids.
//
// Three passes, each in bounded memory but for heads and ids: what the target already has is
// compared with the source; what is missing is appended; the target is read back from its first
// record and compared leaf by leaf and by running hash. May be stopped or killed anywhere and
// started again. The source may be in use meanwhile: the copy goes on until it has caught up, and
// says what has come since. One thread; blocks on both logs.
#pragma once

#include <cstdint>
#include <functional>

#include "absl/status/statusor.h"
#include "services/base/bytes.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

struct CopyProgress {
  enum class Pass { kComparing, kCopying, kVerifying };
  Pass pass = Pass::kComparing;
  // Records of the source that the pass has read, of so many.
  std::uint64_t records = 0;
  std::uint64_t records_in_all = 0;
  std::uint64_t commits = 0;
};

struct CopyOutcome {
  std::uint64_t commits = 0;   // that both hold now
  std::uint64_t appended = 0;  // by this run
  std::uint64_t voids = 0;     // of the source, left out
  Hash running{};
  std::uint64_t commits_left = 0;  // that the source has behind them by now
};

struct CopyHooks {
  // Told after each batch; must not block.
  std::function<void(const CopyProgress&)> progress = [](const CopyProgress&) {};
  // Asked often; true ends the copy with kCancelled.
  std::function<bool()> stopped = [] { return false; };
};

// kNotFound: the source holds no ledger. kAlreadyExists: the target holds another ledger, another
// history, or more than the source, with the first position that differs. kUnavailable: a log
// cannot be reached, or took no records; what was appended stays. kDataLoss: a log that no reader
// would serve.
absl::StatusOr<CopyOutcome> CopyLedger(Log& source, Log& target, const CopyHooks& hooks);

// The third pass alone: whether `target` holds the first commits of `source`, and how many. The
// same errors.
absl::StatusOr<CopyOutcome> CompareLedgers(Log& source, Log& target, const CopyHooks& hooks);

}  // namespace nhanrong::ledger

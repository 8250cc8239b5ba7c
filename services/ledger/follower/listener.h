// Who hears of every record of a ledger: in log order, from the follower's thread.
#pragma once

#include <span>

#include "absl/status/status.h"
#include "services/base/bytes.h"
#include "services/ledger/admission/admission.h"

namespace nhanrong::ledger {

class Listener {
 public:
  virtual ~Listener() = default;
  // Under the ledger's lock: keep it short, take no other lock that waits for this one.
  virtual void OnAccepted(const Commit& commit) = 0;
  virtual void OnVoid(const Hash& /*leaf*/, VoidReason /*reason*/) {}
  // After each batch, without the lock, with the batch's commits (may be none).
  virtual void OnBatch(std::span<const Commit> /*commits*/) {}
  // Once, without the lock, when the end of the log that was there at the start has been folded. A
  // listener that keeps something of the ledger between runs compares the two here; an error
  // (kDataLoss) stops the follower.
  virtual absl::Status OnCaughtUp() { return absl::OkStatus(); }
};

}  // namespace nhanrong::ledger

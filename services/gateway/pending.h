// A submission inside a gateway, from its offer to its outcome. Under the ledger's lock once it was
// taken.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/gateway/outcome.h"

namespace nhanrong::gateway {

using Done = std::function<void(Outcome)>;
// In the order in which they were taken.
using PendingNumber = std::uint64_t;

// What becomes of a submission when the log takes no more: it is refused, or decided again later.
enum class WhenLogIsFull { kRefuse, kWait };

// Whoever waits for the outcome.
struct Waiter {
  absl::Time deadline;
  Hash command_hash;
  Done done;
};

struct Pending {
  v1::Submission submission;
  std::optional<access::Proof> proof;
  Hash command_hash;
  domain::Violations broken_fields;
  std::size_t bytes = 0;
  WhenLogIsFull when_log_is_full = WhenLogIsFull::kRefuse;
  std::string agency_id;  // whose account it is on; empty: the proof is nobody's
  std::string id_key;     // "agency/submission"; known once the caller is
  std::string target;     // the stream that it will write first; known once it was tried
  int races_lost = 0;
  std::vector<Waiter> waiters;
  std::deque<PendingNumber> behind;  // later ones that touch its target
};

// A record of ours whose verdict is not known yet.
struct RecordInFlight {
  PendingNumber pending;
  std::vector<std::string> writes;
  std::deque<PendingNumber> behind;
};

// A submission on its way in: hashed and checked once, however often it is offered.
class Entrant {
 public:
  Entrant(v1::Submission submission, std::optional<access::Proof> proof);

 private:
  friend class LedgerGateway;
  std::unique_ptr<Pending> pending_;
  bool waited_ = false;  // was offered in vain already
};

}  // namespace nhanrong::gateway

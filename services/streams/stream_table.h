// The streams of one ledger as the domain sees them: a fold of its accepted commits, in memory.
//
// Guarded by the ledger's lock (LedgerFollower::mutex): written by the follower's thread in
// OnAccepted, read by whoever holds the lock. A stream that was found may be kept and read after
// the lock is released: it is never changed, the table replaces it.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "services/domain/aggregate/aggregate.h"
#include "services/ledger/follower/ledger_follower.h"

namespace nhanrong::streams {

using StreamPtr = std::shared_ptr<const domain::Stream>;

class StreamTable final : public ledger::Listener {
 public:
  void OnAccepted(const ledger::Commit& commit) override;

  // Null: no event was ever written to it.
  StreamPtr Find(std::string_view stream) const;
  // Why the stream cannot be decided on: it holds an event of a type or version that this build
  // does not know. Empty: it can.
  std::string_view Unfoldable(std::string_view stream) const;
  std::size_t size() const { return streams_.size(); }
  // Streams of actors with an administrator's grant, in force or not.
  const std::set<std::string>& administrators() const { return administrators_; }

 private:
  void Apply(const v1::Event& event, const ledger::Commit& commit);

  absl::flat_hash_map<std::string, std::shared_ptr<domain::Stream>> streams_;
  absl::flat_hash_map<std::string, std::string> unfoldable_;
  std::set<std::string> administrators_;
};

}  // namespace nhanrong::streams

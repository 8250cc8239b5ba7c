// What one agency may ask of one gateway of one ledger, so that a noisy one does not starve the
// others.
//
// Rates are token buckets of one second: an agency that was quiet may send a second's worth at
// once. Nothing that meets a limit is recorded. Not thread-safe; under the ledger's lock in a
// gateway. Agencies are those that the ledger knows, so their number is bounded by it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/time/time.h"

namespace nhanrong::gateway {

// 0: no such limit.
struct AgencyLimits {
  // A nation's offices send 60 a second in bursts, an import some thousands; more in a lasting way
  // is a program that has gone wrong.
  double submissions_per_second = 20'000;
  // The rate above with submissions of 3 kB.
  double bytes_per_second = 64.0 * 1024 * 1024;
  // Half of what a gateway holds (kPendingMax): the other half is there for everybody else.
  std::size_t in_flight = 10'000;
};

// Everything that can be full. A gateway's own limits first.
enum class Limit {
  kGatewaySubmissions,
  kGatewayBytes,
  kLogQueue,
  kWaitingQueries,
  kAgencyRate,
  kAgencyBytes,
  kAgencyInFlight
};
// "agency_submissions_per_second", for ErrorInfo and metrics.
std::string_view LimitName(Limit limit);

// Not now; nothing was written. Try again after the pause.
struct Overloaded {
  Limit limit = Limit::kGatewaySubmissions;
  double value = 0;  // of the limit; 0: another part's, which does not tell
  absl::Duration retry_after;
  std::string agency_id = {};  // whose limit it is; empty: the gateway's
};

// How often a limit was met: by calls that were refused, and by streams that had to wait.
struct LimitCount {
  Limit limit;
  std::string agency_id;  // empty: the gateway's own; "other": beyond kAgenciesNamedMax
  std::uint64_t refused = 0;
  std::uint64_t waited = 0;
};

// Agencies that the counts name, at most: each is a time series of its own.
inline constexpr std::size_t kAgenciesNamedMax = 50;

class AgencyAccounts {
 public:
  explicit AgencyAccounts(const AgencyLimits& limits) : limits_(limits) {}

  // Charges the agency with one submission of `bytes`, or says which limit it meets; nothing is
  // charged then. What was taken counts as in flight until Settled.
  std::optional<Overloaded> Take(const std::string& agency_id, std::size_t bytes, absl::Time now);
  void Settled(const std::string& agency_id);

 private:
  struct Account {
    double submissions = 0;  // that may be sent now; below zero: a debt
    double bytes = 0;
    absl::Time filled_at = absl::UnixEpoch();
    std::size_t in_flight = 0;
  };
  void Fill(Account& account, absl::Time now) const;

  const AgencyLimits limits_;
  absl::flat_hash_map<std::string, Account> accounts_;
};

class LimitCounts {
 public:
  void Refused(const Overloaded& full) { ++Of(full).refused; }
  void Waited(const Overloaded& full) { ++Of(full).waited; }
  std::vector<LimitCount> all() const;

 private:
  LimitCount& Of(const Overloaded& full);

  std::map<std::pair<std::string, Limit>, LimitCount> counts_;
  std::set<std::string> named_;  // agencies that have a label of their own
};

}  // namespace nhanrong::gateway

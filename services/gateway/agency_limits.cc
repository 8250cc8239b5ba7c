#include "services/gateway/agency_limits.h"

#include <algorithm>

namespace nhanrong::gateway {
namespace {

// What a bucket holds, in seconds of its rate.
constexpr double kBucketSeconds = 1;
// Waits that are asked for are at least so long: callers need not come back for every submission.
constexpr absl::Duration kRetryMin = absl::Milliseconds(10);
// When there will be room in flight is not known: about an append to the log.
constexpr absl::Duration kRetryInFlight = absl::Milliseconds(100);
constexpr char kOthers[] = "other";

void Refill(double& bucket, double rate, absl::Duration since) {
  bucket = std::min(rate * kBucketSeconds, bucket + rate * absl::ToDoubleSeconds(since));
}

// What is larger than the whole bucket is let through when the bucket is full, and leaves a debt.
bool Suffices(double bucket, double wanted, double rate) {
  return rate == 0 || bucket >= std::min(wanted, rate * kBucketSeconds);
}

absl::Duration UntilSufficient(double bucket, double wanted, double rate) {
  const double missing = std::min(wanted, rate * kBucketSeconds) - bucket;
  return std::max(kRetryMin, absl::Seconds(missing / rate));
}

}  // namespace

std::string_view LimitName(Limit limit) {
  switch (limit) {
    case Limit::kGatewaySubmissions:
      return "gateway_submissions_in_flight";
    case Limit::kGatewayBytes:
      return "gateway_bytes_in_flight";
    case Limit::kLogQueue:
      return "log_queue";
    case Limit::kWaitingQueries:
      return "queries_waiting";
    case Limit::kAgencyRate:
      return "agency_submissions_per_second";
    case Limit::kAgencyBytes:
      return "agency_bytes_per_second";
    case Limit::kAgencyInFlight:
      return "agency_submissions_in_flight";
  }
  return "";
}

void AgencyAccounts::Fill(Account& account, absl::Time now) const {
  // A clock that was set back fills nothing.
  const absl::Duration since = std::max(now - account.filled_at, absl::ZeroDuration());
  Refill(account.submissions, limits_.submissions_per_second, since);
  Refill(account.bytes, limits_.bytes_per_second, since);
  account.filled_at = now;
}

std::optional<Overloaded> AgencyAccounts::Take(const std::string& agency_id, std::size_t bytes,
                                               absl::Time now) {
  Account& account = accounts_[agency_id];
  Fill(account, now);
  const auto size = static_cast<double>(bytes);
  if (limits_.in_flight != 0 && account.in_flight >= limits_.in_flight) {
    return Overloaded{Limit::kAgencyInFlight, static_cast<double>(limits_.in_flight),
                      kRetryInFlight, agency_id};
  }
  if (const double rate = limits_.submissions_per_second; !Suffices(account.submissions, 1, rate)) {
    return Overloaded{Limit::kAgencyRate, rate, UntilSufficient(account.submissions, 1, rate),
                      agency_id};
  }
  if (const double rate = limits_.bytes_per_second; !Suffices(account.bytes, size, rate)) {
    return Overloaded{Limit::kAgencyBytes, rate, UntilSufficient(account.bytes, size, rate),
                      agency_id};
  }
  account.submissions -= 1;
  account.bytes -= size;
  ++account.in_flight;
  return std::nullopt;
}

void AgencyAccounts::Settled(const std::string& agency_id) { --accounts_[agency_id].in_flight; }

LimitCount& LimitCounts::Of(const Overloaded& full) {
  std::string agency = full.agency_id;
  if (!agency.empty() && !named_.contains(agency)) {
    if (named_.size() < kAgenciesNamedMax) {
      named_.insert(agency);
    } else {
      agency = kOthers;
    }
  }
  LimitCount& count = counts_[{agency, full.limit}];
  count.limit = full.limit;
  count.agency_id = agency;
  return count;
}

std::vector<LimitCount> LimitCounts::all() const {
  std::vector<LimitCount> all;
  for (const auto& [key, count] : counts_) all.push_back(count);
  return all;
}

}  // namespace nhanrong::gateway

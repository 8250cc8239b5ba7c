#include "services/rpc/read_access.h"

namespace nhanrong::rpc {
namespace {

struct MapToday {
  gateway::DecisionWorld& world;
  absl::CivilDay today;

  static bool Within(void* map, std::string_view unit_id, std::string_view scope_unit_id) {
    MapToday& of = *static_cast<MapToday*>(map);
    return of.world.Within(unit_id, scope_unit_id, of.today);
  }
};

struct MapOfDay {
  const query::UnitTree& units;
  absl::CivilDay day;

  static bool Within(void* map, std::string_view unit_id, std::string_view scope_unit_id) {
    const MapOfDay& of = *static_cast<MapOfDay*>(map);
    return of.units.IsWithin(unit_id, scope_unit_id, of.day);
  }
};

// A map for what may lie anywhere.
bool Anywhere(void* /*map*/, std::string_view /*unit_id*/, std::string_view /*scope_unit_id*/) {
  return true;
}
constexpr std::string_view kSomeUnit = "?";

}  // namespace

google::rpc::Status StatusOf(const NoReading& why, Language language) {
  return why.denied ? StatusOf(*why.denied, language)
                    : StatusOf(absl::UnavailableError(why.not_now), "NOT_NOW");
}

tl::expected<Reader, NoReading> MayRead(node::ServedLedger& ledger, const Clock& clock,
                                        const gateway::National* national, const CallInfo& call,
                                        std::string_view rpc,
                                        const std::optional<std::string>& unit_id) {
  // Whoever reads the log no more does not know whose rights were taken away since.
  if (!ledger.follower().caught_up() || ledger::IsFinal(ledger.follower().status())) {
    return tl::unexpected(NoReading{{}, std::string(ledger.readiness().message())});
  }
  absl::MutexLock lock(&ledger.follower().mutex());
  const ledger::Admission& admission = ledger.follower().admission();
  const bool simulated = admission.genesis().simulated_clock();
  const absl::Time now = simulated ? admission.last_recorded_at() : clock.Now();
  const absl::CivilDay today = absl::ToCivilDay(now, VietnamTimeZone());
  auto caller = access::Authenticate(ledger.streams(), call.proof, today);
  if (!caller) return tl::unexpected(NoReading{caller.error(), {}});
  gateway::DecisionWorld world(ledger.streams(), national);
  MapToday map{world, today};
  const auto reads = unit_id ? access::MayRead(*caller, rpc, *unit_id, {&map, &MapToday::Within})
                             : access::MayRead(*caller, rpc, kSomeUnit, {nullptr, &Anywhere});
  if (!reads) return tl::unexpected(NoReading{reads.error(), {}});
  return Reader{*std::move(caller), *reads};
}

query::ReadsOf ReadsOn(const access::Caller& caller, std::string rpc, const query::UnitTree& units,
                       absl::CivilDay day) {
  return [&caller, rpc = std::move(rpc), &units, day](std::string_view unit_id) {
    MapOfDay map{units, day};
    return access::MayRead(caller, rpc, unit_id, {&map, &MapOfDay::Within})
        .value_or(v1::CLASSIFICATION_UNSPECIFIED);
  };
}

}  // namespace nhanrong::rpc

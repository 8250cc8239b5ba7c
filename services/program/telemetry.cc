#include "services/program/telemetry.h"

#include <string>

namespace nhanrong {
namespace {

using operations::Sample;
using Kind = operations::Sample::Kind;

class Samples {
 public:
  using Labels = std::vector<std::pair<std::string, std::string>>;

  void Add(const std::string& name, const std::string& help, Kind kind, const std::string& ledger,
           double value, Labels more = {}) {
    more.insert(more.begin(), {"ledger", ledger});
    AddOfProcess(name, help, kind, value, std::move(more));
  }
  void AddOfProcess(const std::string& name, const std::string& help, Kind kind, double value,
                    Labels labels = {}) {
    list_.push_back({"nhanrong_" + name, help, kind, std::move(labels), value});
  }
  std::vector<Sample> Take() { return std::move(list_); }

 private:
  std::vector<Sample> list_;
};

// Before a version is switched on, every process is seen to know it.
void AddRuleVersions(node::ServedLedger& ledger, Samples& samples) {
  std::uint32_t on = 0, known = 0;
  {
    absl::MutexLock lock(&ledger.follower().mutex());
    on = ledger.follower().admission().rule_version();
    known = ledger.follower().admission().rule_version_known();
  }
  samples.Add("ledger_rule_version", "Highest version of the admission rule that is switched on.",
              Kind::kGauge, ledger.name(), on);
  samples.Add("ledger_rule_version_known",
              "Highest version of the admission rule that this program knows.", Kind::kGauge,
              ledger.name(), known);
}

void AddLedger(node::ServedLedger& ledger, Samples& samples) {
  const ledger::LedgerCounters counters = ledger.follower().counters();
  const std::string& name = ledger.name();
  samples.Add("ledger_commits", "Commits folded.", Kind::kCounter, name,
              static_cast<double>(counters.commits));
  samples.Add("ledger_void_records", "Records that the rule found void.", Kind::kCounter, name,
              static_cast<double>(counters.void_records));
  samples.Add("ledger_undecodable_records", "Void records that did not even decode.",
              Kind::kCounter, name, static_cast<double>(counters.undecodable_records));
  AddRuleVersions(ledger, samples);
  samples.Add("ledger_ready", "1 while the ledger is followed and folded.", Kind::kGauge, name,
              ledger.readiness().ok() ? 1 : 0);
}

void AddGateway(node::ServedLedger& ledger, Samples& samples) {
  const gateway::GatewayCounters now = ledger.gateway()->counters();
  const auto outcome = [&](const char* kind, std::uint64_t value) {
    samples.Add("submissions", "Submissions answered, by outcome.", Kind::kCounter, ledger.name(),
                static_cast<double>(value), {{"outcome", kind}});
  };
  outcome("accepted", now.accepted);
  outcome("refused", now.refused);
  outcome("repeated", now.repeated);
  outcome("conflict", now.conflicts);
  outcome("denied", now.denied);
  outcome("invalid", now.invalid);
  outcome("overloaded", now.overloaded);
  outcome("unavailable", now.unavailable);
  outcome("unknown", now.unknown);
  samples.Add("races_lost", "Own records found void and decided again.", Kind::kCounter,
              ledger.name(), static_cast<double>(now.races_lost));
  samples.Add("submissions_pending", "Submissions taken and not yet answered.", Kind::kGauge,
              ledger.name(), static_cast<double>(now.pending));
  for (const gateway::LimitCount& count : now.limits) {
    const auto met = [&](const char* way, std::uint64_t value) {
      samples.Add("limits_met", "Submissions refused, or held back in a stream, at a limit.",
                  Kind::kCounter, ledger.name(), static_cast<double>(value),
                  {{"limit", std::string(gateway::LimitName(count.limit))},
                   {"agency", count.agency_id},
                   {"way", way}});
    };
    met("refused", count.refused);
    met("waited", count.waited);
  }
}

void AddStreams(const rpc::StreamCounters& now, Samples& samples) {
  samples.AddOfProcess("submit_streams_open", "Streams of submissions that are open.", Kind::kGauge,
                       now.open);
  samples.AddOfProcess("submit_streams_opened", "Streams of submissions opened.", Kind::kCounter,
                       static_cast<double>(now.opened));
  const auto ended = [&](const char* why, std::uint64_t value) {
    samples.AddOfProcess("submit_streams_ended", "Streams that the server ended, by reason.",
                         Kind::kCounter, static_cast<double>(value), {{"why", why}});
  };
  ended("too_many", now.turned_away);
  ended("stuck", now.stuck);
  ended("idle", now.idle);
  samples.AddOfProcess("submit_frames_refused", "Frames that were wrong as a whole.",
                       Kind::kCounter, static_cast<double>(now.refused_frames));
}

void AddReadModels(node::ServedLedger& ledger, Samples& samples) {
  for (const v1::ProjectionInfo& info : ledger.read_models()->info()) {
    const auto add = [&](const char* name, const char* help, Kind kind, std::uint64_t value) {
      samples.Add(name, help, kind, ledger.name(), static_cast<double>(value),
                  {{"projection", info.name()}});
    };
    add("projection_commits", "Commits folded into a read model.", Kind::kCounter, info.commits());
    add("projection_parked_streams", "Streams parked by a read model.", Kind::kGauge,
        info.parked_streams());
    add("projection_parked_events", "Events of these streams that wait.", Kind::kGauge,
        info.parked_events());
    const bool resuming = info.resumption().state() == v1::RESUMPTION_STATE_FOLDING;
    add("projection_resuming", "1 while parked streams are folded again.", Kind::kGauge,
        resuming ? 1 : 0);
  }
}

// Parked streams do not make it unready: everything else is answered.
void NoteParked(node::ServedLedger& ledger, std::vector<std::string>& notes) {
  for (const v1::ProjectionInfo& info : ledger.read_models()->info()) {
    if (info.parked_streams() == 0) continue;
    notes.push_back("ledger " + ledger.name() + ": read model " + info.name() + " has parked " +
                    std::to_string(info.parked_streams()) + " streams (" +
                    std::to_string(info.parked_events()) +
                    " events wait); see nhanrong admin projection parked");
  }
}

void AddFeed(node::ServedLedger& ledger, Samples& samples) {
  const feed::FeedStatus now = ledger.feed()->status();
  const std::string& name = ledger.name();
  const bool publishing = now.state == feed::FeedState::kPublishing;
  samples.Add("feed_published_events", "Events published by this process, doubles included.",
              Kind::kCounter, name, static_cast<double>(now.published));
  samples.Add("feed_withheld_events", "Events that are classified above what the feed may tell.",
              Kind::kCounter, name, static_cast<double>(now.withheld));
  samples.Add("feed_publishing", "1 while this process publishes, 0 while it stands by or waits.",
              Kind::kGauge, name, publishing ? 1 : 0);
  if (publishing) {
    samples.Add("feed_lag_commits", "Commits that are not published yet.", Kind::kGauge, name,
                static_cast<double>(now.behind));
  }
}

void AddIdentity(const certificates::IdentityState& now, Samples& samples) {
  samples.AddOfProcess("tls_identities_loaded", "Certificates that have counted.", Kind::kCounter,
                       static_cast<double>(now.loaded));
  samples.AddOfProcess("tls_identities_refused", "New files that could not be used.",
                       Kind::kCounter, static_cast<double>(now.failed));
  samples.AddOfProcess("tls_files_broken", "1 while the files are not what is used.", Kind::kGauge,
                       now.fault.empty() ? 0 : 1);
  samples.AddOfProcess("tls_certificate_not_after_seconds", "When the certificate ends, Unix time.",
                       Kind::kGauge, static_cast<double>(absl::ToUnixSeconds(now.not_after)));
}

}  // namespace

std::vector<Sample> SamplesOf(node::Node& node, const rpc::Server* server,
                              const certificates::WatchedIdentity* identity) {
  Samples samples;
  if (identity != nullptr) AddIdentity(identity->state(), samples);
  if (server != nullptr) AddStreams(server->stream_counters(), samples);
  for (node::ServedLedger* ledger : node.All()) {
    AddLedger(*ledger, samples);
    if (ledger->gateway() != nullptr) AddGateway(*ledger, samples);
    if (ledger->read_models() != nullptr) AddReadModels(*ledger, samples);
    if (ledger->feed() != nullptr) AddFeed(*ledger, samples);
  }
  return samples.Take();
}

operations::Probe ProbeOf(node::Node& node, const certificates::WatchedIdentity* identity) {
  operations::Probe probe{true, {}};
  // Ready all the same: the certificate before still counts.
  if (identity != nullptr && !identity->state().fault.empty()) {
    probe.notes.push_back("TLS: the new files are not used: " + identity->state().fault);
  }
  if (const absl::Status store = node.store_status(); !store.ok()) {
    probe.ready = false;
    probe.notes.push_back("ledgers: " + std::string(store.message()));
  }
  for (node::ServedLedger* ledger : node.All()) {
    if (ledger->feed() != nullptr) probe.notes.push_back(ledger->feed()->Describe());
    if (ledger->read_models() != nullptr) NoteParked(*ledger, probe.notes);
    const absl::Status status = ledger->readiness();
    if (status.ok()) continue;
    probe.ready = false;
    probe.notes.push_back("ledger " + ledger->name() + ": " + std::string(status.message()));
  }
  if (const auto weaker = node.WeakerGuarantee()) probe.notes.push_back(*weaker);
  return probe;
}

}  // namespace nhanrong

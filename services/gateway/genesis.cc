#include "services/gateway/genesis.h"

#include <algorithm>
#include <map>

#include "services/base/clock.h"
#include "services/domain/aggregate/aggregate.h"
#include "services/domain/reservation/reservation.h"
#include "services/domain/values/dates.h"
#include "services/domain/values/timestamps.h"

namespace nhanrong::gateway {
namespace {

// Collects the events of the genesis, stream by stream, with the reservations that they make.
class GenesisEvents {
 public:
  GenesisEvents(const GenesisPlan& plan, v1::Record& record) : plan_(plan), record_(record) {}

  void Add(const std::string& stream, const v1::Fact& fact) {
    v1::Event& event = *record_.mutable_events()->add_events();
    event.set_stream(stream);
    event.set_revision(revisions_[stream]++);
    event.set_event_id(DerivedUuid7(
        plan_.recorded_at, plan_.ledger_name +
                               std::string(plan_.ledger_id.begin(), plan_.ledger_id.end()) +
                               "genesis" + std::to_string(record_.events().events_size())));
    *event.mutable_occurred_on() = domain::OnDay(domain::DayOf(plan_.recorded_at));
    event.set_classification(v1::CLASSIFICATION_INTERNAL);
    domain::SetFact(event, fact);
    if (event.revision() == 0) record_.add_writes()->set_stream(stream);
  }

  // Reserves what the stream's facts so far make unique, and notes on what they rest.
  void Reserve(const std::string& stream) {
    domain::Stream folded(domain::FindAggregate(stream));
    for (const v1::Event& event : record_.events().events()) {
      if (event.stream() != stream) continue;
      folded.Apply(*domain::StreamFactOf(event, record_, Position(0), plan_.recorded_at));
    }
    for (const domain::Reservation& value : domain::ReservationsOf(folded)) {
      v1::Fact fact;
      v1::ValueReserved& reserved = *fact.mutable_value_reserved();
      reserved.set_holder(stream);
      reserved.set_valid_from(value.valid_from);
      reserved.set_valid_to(value.valid_to);
      reserved.set_shared(value.shared);
      Add(value.stream, fact);
    }
  }

 private:
  const GenesisPlan& plan_;
  v1::Record& record_;
  std::map<std::string, std::uint64_t> revisions_;
};

void AddAgency(const GenesisPlan& plan, GenesisEvents& events) {
  v1::Fact fact;
  fact.mutable_agency_established()->set_name(plan.agency_name);
  fact.mutable_agency_established()->set_electronic_id(plan.agency_electronic_id);
  events.Add("agency/" + plan.agency_id, fact);
  events.Reserve("agency/" + plan.agency_id);
}

void AddAdministrator(const GenesisPlan& plan, GenesisEvents& events) {
  const std::string stream = "actor/" + plan.actor_id;
  const auto id = [&plan](const std::string& what) {
    return DerivedUlid(plan.recorded_at, plan.ledger_name + plan.actor_id + what);
  };
  v1::Fact registered;
  registered.mutable_actor_registered()->set_agency_id(plan.agency_id);
  registered.mutable_actor_registered()->set_kind(v1::ACTOR_KIND_PERSON);
  registered.mutable_actor_registered()->set_title(plan.administrator_title);
  registered.mutable_actor_registered()->mutable_subject()->set_subject_id(id("subject"));
  events.Add(stream, registered);
  std::vector<v1::Role> roles = plan.roles;
  if (std::find(roles.begin(), roles.end(), v1::ROLE_ADMINISTRATOR) == roles.end()) {
    roles.insert(roles.begin(), v1::ROLE_ADMINISTRATOR);
  }
  for (const v1::Role role : roles) {
    v1::Fact granted;
    granted.mutable_role_granted()->set_grant_id(id("grant" + v1::Role_Name(role)));
    granted.mutable_role_granted()->set_role(role);
    granted.mutable_role_granted()->set_reads_up_to(v1::CLASSIFICATION_INTERNAL);
    events.Add(stream, granted);
  }
  v1::Fact issued;
  issued.mutable_credential_issued()->set_credential_id(id("credential"));
  issued.mutable_credential_issued()->set_token_sha256(std::string(AsBytes(plan.token_hash)));
  issued.mutable_credential_issued()->set_kind(v1::CREDENTIAL_KIND_TOKEN);
  events.Add(stream, issued);
  events.Reserve(stream);
}

}  // namespace

v1::Record GenesisRecord(const GenesisPlan& plan) {
  v1::Record record;
  record.set_rule_version(1);
  record.set_ledger_id(std::string(plan.ledger_id.begin(), plan.ledger_id.end()));
  record.set_agency_id(plan.agency_id);
  record.set_submission_id(UuidText(plan.ledger_id));
  record.mutable_genesis()->set_ledger_name(plan.ledger_name);
  record.mutable_genesis()->set_simulated_clock(plan.simulated_clock);
  record.mutable_anchor()->set_running_hash(std::string(AsBytes(Hash{})));
  *record.mutable_recorded_at() = domain::StampOf(plan.recorded_at);
  record.mutable_signer()->set_actor_id(plan.actor_id);
  record.mutable_signer()->mutable_agency()->set_agency_id(plan.agency_id);
  record.mutable_signer()->mutable_agency()->set_name_at_event(plan.agency_name);
  record.mutable_signer()->mutable_agency()->set_electronic_id(plan.agency_electronic_id);
  record.mutable_signer()->set_role(v1::ROLE_ADMINISTRATOR);
  record.set_command_type("nhanrong.v1.CreateLedgerRequest");
  GenesisEvents events(plan, record);
  v1::Fact opened;
  opened.mutable_ledger_opened()->set_name(plan.ledger_name);
  events.Add("ledger/" + plan.ledger_name, opened);
  AddAgency(plan, events);
  AddAdministrator(plan, events);
  record.set_command_hash(std::string(AsBytes(Sha256(record.events().SerializeAsString()))));
  return record;
}

std::optional<GenesisPlan> PlanBehind(const std::string& first_record, GenesisPlan plan,
                                      const Drawn& drawn) {
  v1::Record first;
  if (!first.ParseFromString(first_record)) return std::nullopt;
  if (first.ledger_id().size() != plan.ledger_id.size()) return std::nullopt;
  if (drawn.ledger_id) {
    std::copy(first.ledger_id().begin(), first.ledger_id().end(), plan.ledger_id.begin());
  }
  if (drawn.agency_id) plan.agency_id = first.agency_id();
  if (drawn.actor_id) plan.actor_id = first.signer().actor_id();
  if (drawn.recorded_at) {
    plan.recorded_at = absl::FromUnixSeconds(first.recorded_at().seconds()) +
                       absl::Nanoseconds(first.recorded_at().nanos());
  }
  if (GenesisRecord(plan).SerializeAsString() != first_record) return std::nullopt;
  return plan;
}

}  // namespace nhanrong::gateway

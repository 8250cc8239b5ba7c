#include "services/domain/aggregate/target.h"

#include <algorithm>
#include <set>

#include "services/base/check.h"
#include "services/base/ids.h"
#include "services/domain/agency/agency.h"
#include "services/domain/aggregate/envelope.h"
#include "services/domain/aggregate/message_fields.h"
#include "services/domain/reservation/reservation.h"
#include "services/domain/unit/unit.h"

namespace nhanrong::domain {
namespace {

// The same for every copy of a submission, whenever it is decided: time zero, and the sender's id
// in one spelling.
std::string MadeId(const Request& request, std::string_view kind) {
  const std::string& sent = request.submission.submission_id();
  const auto uuid = ParseUuid(sent);
  std::string seed = request.ledger + "|" + request.agency_id + "|";
  seed += (uuid ? UuidText(*uuid) : sent) + "|" + std::string(kind);
  return DerivedUlid(absl::UnixEpoch(), seed);
}

const CommandType& TypeOf(const Request& request) {
  const CommandType* type = FindCommand(request.submission.command().kind_case());
  NR_CHECK(type != nullptr, "a command of the catalogue: CheckFields comes first");
  return *type;
}

// What a fact says although its sender left it out.
void Complete(v1::Fact& fact) {
  const FactRule* rule = FindFactRule(fact.kind_case());
  if (rule != nullptr && rule->complete != nullptr) rule->complete(fact);
}

std::string UnitOfAgency(const std::string& agency_id, World& world) {
  return agency_id.empty() ? std::string()
                           : world.Read("agency/" + agency_id).as<AgencyState>().unit_id;
}

// The unit of the principal of a delegation: nobody lends what lies beyond the lender's own reach.
std::string UnitOfPrincipal(const v1::AuthorityDelegated& told, World& world) {
  if (!told.principal_agency_id().empty()) return UnitOfAgency(told.principal_agency_id(), world);
  const Stream& principal = world.Read("actor/" + told.principal_actor_id());
  return UnitOfAgency(principal.type().agency_id(principal.state()), world);
}

// The units of a command on an actor: of the grant that it gives, or else of the actor's agency and
// of whom he is to act for.
std::vector<std::string> ActorScope(const v1::Fact& fact, const Stream& stream, World& world) {
  if (fact.has_role_granted()) return {fact.role_granted().scope_unit_id()};
  if (fact.has_actor_registered()) {
    return {UnitOfAgency(fact.actor_registered().agency_id(), world)};
  }
  std::vector<std::string> units = {UnitOfAgency(stream.type().agency_id(stream.state()), world)};
  if (fact.has_authority_delegated()) {
    units.push_back(UnitOfPrincipal(fact.authority_delegated(), world));
  }
  return units;
}

// The stream as it would be after the correction.
Stream Corrected(const Request& request, const Stream& stream) {
  v1::Fact fact = CorrectionFact(request.submission.command());
  // Where it lies does not depend on days.
  if (fact.has_fact_corrected()) fact.mutable_fact_corrected()->clear_occurred_on();
  Stream after = stream;
  after.Apply(AsStreamFact(request, fact, {}));
  return after;
}

// Where the stream lies before and after, and what the fact said and is to say of units.
std::vector<std::string> CorrectionScope(const Request& request, World& world) {
  const v1::Command& command = request.submission.command();
  const std::string name = TargetStream(request);
  const Stream& stream = world.Read(name);
  std::vector<v1::Fact> facts;
  if (const StreamFact* wrong = NamedFact(stream, command)) facts.push_back(wrong->fact);
  if (command.has_correct_fact()) facts.push_back(command.correct_fact().replacement());
  std::set<std::string> units;
  if (stream.type().agency_id != nullptr) {
    facts.emplace_back();
    for (const v1::Fact& fact : facts) {
      for (std::string& unit : ActorScope(fact, stream, world)) units.insert(std::move(unit));
    }
  } else {
    for (const v1::Fact& fact : facts) units.insert(UnitOf(fact));
    units.insert(UnitOf(name, stream));
    units.insert(UnitOf(name, Corrected(request, stream)));
    units.erase("");
  }
  return {units.begin(), units.end()};
}

Stream Begun(const CommandType& type, const Request& request) {
  Stream begun(type.aggregate);
  begun.Apply(AsStreamFact(request, MadeFact(type, request), {}));
  return begun;
}

v1::Classification HighestStep(const Stream& stream) {
  v1::Classification highest = v1::CLASSIFICATION_PUBLIC;
  for (const StreamFact& fact : stream.facts()) {
    const FactRule* rule = FindFactRule(fact.fact.kind_case());
    if (rule != nullptr && rule->life_cycle_step) highest = std::max(highest, fact.classification);
  }
  return highest;
}

}  // namespace

v1::Fact CorrectionFact(const v1::Command& command) {
  v1::Fact fact;
  if (command.has_correct_fact()) {
    const v1::CorrectFact& told = command.correct_fact();
    v1::FactCorrected& made = *fact.mutable_fact_corrected();
    made.set_event_id(told.event_id());
    *made.mutable_replacement() = told.replacement();
    Complete(*made.mutable_replacement());
    if (told.has_occurred_on()) *made.mutable_occurred_on() = told.occurred_on();
  } else {
    fact.mutable_fact_annulled()->set_event_id(command.annul_fact().event_id());
  }
  return fact;
}

const StreamFact* NamedFact(const Stream& stream, const v1::Command& command) {
  const std::string event_id = TextAt(KindMessage(command), "event_id");
  const auto named =
      std::find_if(stream.facts().begin(), stream.facts().end(),
                   [&](const StreamFact& fact) { return fact.event_id == event_id; });
  return named == stream.facts().end() ? nullptr : &*named;
}

v1::Classification ReadsNeeded(const Request& request, World& world) {
  const CommandType& type = TypeOf(request);
  const Stream& stream = world.Read(TargetStream(request));
  if (stream.type().correctable != Correctable::kByRecorder) return v1::CLASSIFICATION_PUBLIC;
  v1::Classification needed = HighestStep(stream);
  const bool corrects = type.aggregate == nullptr;
  if (corrects) {
    const StreamFact* wrong = NamedFact(stream, request.submission.command());
    if (wrong != nullptr) needed = std::max(needed, wrong->classification);
  }
  if (!corrects && !type.begins) return needed;
  const Stream after = corrects ? Corrected(request, stream) : Begun(type, request);
  for (const std::string& ground : StreamsUnder(after)) {
    needed = std::max(needed, HighestStep(world.Read(ground)));
  }
  return needed;
}

Field CommandField(const v1::Command& command, Violations& found) {
  return Field(found, "command") / KindName(command);
}

std::string IdField(const AggregateType& aggregate) {
  return std::string(aggregate.prefix) + "_id";
}

v1::Fact StatedFact(const CommandType& type, const v1::Command& command) {
  v1::Fact fact;
  CopySharedFields(KindMessage(command), MutableKind(fact, type.makes));
  Complete(fact);
  return fact;
}

v1::Fact MadeFact(const CommandType& type, const Request& request) {
  v1::Fact fact = StatedFact(type, request.submission.command());
  if (!type.made_id.empty() && TextAt(KindMessage(fact), type.made_id).empty()) {
    SetText(MutableKind(fact, type.makes), type.made_id, MadeId(request, type.made_id));
  }
  return fact;
}

std::string UnitOf(const v1::Fact& fact) {
  const FactRule* rule = FindFactRule(fact.kind_case());
  if (rule == nullptr || rule->unit_field.empty()) return {};
  return TextAt(KindMessage(fact), rule->unit_field);
}

std::string UnitOf(const std::string& stream_name, const Stream& stream) {
  if (&stream.type() == &kUnit) return UnitIdOf(stream_name);
  const auto unit_id = stream.type().unit_id;
  return unit_id == nullptr ? std::string() : unit_id(stream.state());
}

std::string TargetStream(const Request& request) {
  const v1::Command& command = request.submission.command();
  const CommandType& type = TypeOf(request);
  if (type.aggregate == nullptr) return TextAt(KindMessage(command), "stream");
  if (type.of_the_ledger) return std::string(type.aggregate->prefix) + "/" + request.ledger;
  std::string id = TextAt(KindMessage(command), IdField(*type.aggregate));
  if (id.empty()) id = MadeId(request, type.aggregate->prefix);
  return std::string(type.aggregate->prefix) + "/" + id;
}

Field TargetField(const CommandType& type, const Field& at) {
  return type.of_the_ledger ? Field(at.found(), "ledger") : at / IdField(*type.aggregate);
}

std::vector<std::string> ScopeUnits(const Request& request, World& world) {
  const CommandType& type = TypeOf(request);
  if (type.aggregate == nullptr) return CorrectionScope(request, world);
  const std::string name = TargetStream(request);
  const Stream& stream = world.Read(name);
  const v1::Fact fact = StatedFact(type, request.submission.command());
  if (stream.type().agency_id != nullptr) return ActorScope(fact, stream, world);
  // What moves something from one unit to another concerns both.
  std::vector<std::string> units;
  if (!UnitOf(fact).empty()) units.push_back(UnitOf(fact));
  if (!type.begins && !UnitOf(name, stream).empty()) units.push_back(UnitOf(name, stream));
  return units;
}

}  // namespace nhanrong::domain

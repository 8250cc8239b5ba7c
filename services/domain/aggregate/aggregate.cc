// Facts as events: type names, schema versions, bytes.
#include "services/domain/aggregate/aggregate.h"

#include <unordered_map>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"
#include "services/base/check.h"
#include "services/domain/values/dates.h"
#include "services/domain/versions/event_versions.h"

namespace nhanrong::domain {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

using FactFields = std::unordered_map<std::string, const FieldDescriptor*>;

// The set field of every event type, by the full name of its message.
const FactFields& FieldsByType() {
  static const FactFields& fields = *[] {
    auto* made = new FactFields;
    const auto* kinds = v1::Fact::descriptor()->FindOneofByName("kind");
    for (int i = 0; i < kinds->field_count(); ++i) {
      const FieldDescriptor* field = kinds->field(i);
      made->emplace(field->message_type()->full_name(), field);
    }
    return made;
  }();
  return fields;
}

const FieldDescriptor* SetField(const v1::Fact& fact) {
  const auto* kinds = v1::Fact::descriptor()->FindOneofByName("kind");
  const FieldDescriptor* field = fact.GetReflection()->GetOneofFieldDescriptor(fact, kinds);
  NR_CHECK(field != nullptr, "a fact has a kind");
  return field;
}

// A fact within a fact has a version of its own. One of a type or version that this program does
// not know cannot be folded, and neither can what holds it.
bool RaiseReplacement(v1::Fact& fact) {
  if (!fact.has_fact_corrected()) return true;
  v1::FactCorrected& correction = *fact.mutable_fact_corrected();
  v1::Fact& replacement = *correction.mutable_replacement();
  if (replacement.kind_case() == v1::Fact::KIND_NOT_SET) return false;
  if (!RaiseToCurrent(correction.replacement_version(), replacement)) return false;
  correction.set_replacement_version(CurrentVersion(replacement.kind_case()));
  return true;
}

}  // namespace

std::optional<v1::Fact> FactOf(const v1::Event& event) {
  const auto known = FieldsByType().find(event.type());
  if (known == FieldsByType().end()) return std::nullopt;
  v1::Fact fact;
  Message* message = fact.GetReflection()->MutableMessage(&fact, known->second);
  if (!message->ParseFromString(event.payload())) return std::nullopt;
  if (!RaiseToCurrent(event.schema_version(), fact) || !RaiseReplacement(fact)) return std::nullopt;
  return fact;
}

void SetFact(v1::Event& event, const v1::Fact& fact) {
  const FieldDescriptor* field = SetField(fact);
  event.set_type(field->message_type()->full_name());
  event.set_schema_version(CurrentVersion(fact.kind_case()));
  if (fact.has_fact_corrected()) {
    v1::FactCorrected correction = fact.fact_corrected();
    correction.set_replacement_version(CurrentVersion(correction.replacement().kind_case()));
    event.set_payload(correction.SerializeAsString());
  } else {
    event.set_payload(fact.GetReflection()->GetMessage(fact, field).SerializeAsString());
  }
}

v1::Classification ClassificationOf(const v1::Event& event) {
  const bool absent = event.classification() == v1::CLASSIFICATION_UNSPECIFIED;
  return absent ? v1::CLASSIFICATION_INTERNAL : event.classification();
}

std::string FactType(const v1::Fact& fact) { return SetField(fact)->message_type()->full_name(); }

std::string RoleNames(const std::vector<v1::Role>& roles) {
  std::string names;
  for (const v1::Role role : roles) {
    if (!names.empty()) names += ", ";
    names += v1::Role_Name(role).substr(std::string_view("ROLE_").size());
  }
  return names;
}

std::optional<StreamFact> StreamFactOf(const v1::Event& event, const v1::Record& record,
                                       Position position, absl::Time recorded_at) {
  std::optional<v1::Fact> fact = FactOf(event);
  if (!fact) return std::nullopt;
  const absl::CivilDay recorded = DayOf(recorded_at);
  StreamFact made;
  made.event_id = event.event_id();
  // A correction that moves a date carries the days of the fact that it corrects.
  const bool moves = fact->has_fact_corrected() && fact->fact_corrected().has_occurred_on();
  made.occurred_on = moves ? fact->fact_corrected().occurred_on() : event.occurred_on();
  if (made.occurred_on.value().empty()) made.occurred_on = OnDay(recorded);
  made.days = KnownDays(made.occurred_on, event.sources(), recorded);
  made.position = position;
  made.agency_id = record.signer().agency().agency_id();
  made.on_behalf_of_agency_id = record.signer().on_behalf_of_agency_id();
  const v1::Signer& signer = record.signer();
  made.by = {signer.actor_id(), signer.acting_for().principal_actor_id(), signer.subject_id(),
             signer.acting_for().principal_subject_id()};
  made.classification = ClassificationOf(event);
  made.role = record.signer().role();
  made.from_document = record.signer().channel() == v1::INGEST_CHANNEL_MIGRATION;
  made.fact = *std::move(fact);
  return made;
}

}  // namespace nhanrong::domain

// Field rules of corrections and annulments.
#include "services/domain/aggregate/message_fields.h"
#include "services/domain/aggregate/target.h"
#include "services/domain/correction/correction.h"
#include "services/domain/values/checks.h"

namespace nhanrong::domain {
namespace {

constexpr CommandType kCommands[] = {
    {.kind = v1::Command::kCorrectFact,
     .aggregate = nullptr,
     .makes = v1::Fact::kFactCorrected,
     .date_optional = true,
     .reason_required = true},
    {.kind = v1::Command::kAnnulFact,
     .aggregate = nullptr,
     .makes = v1::Fact::kFactAnnulled,
     .date_optional = true,
     .reason_required = true},
};

// "<prefix of the catalogue>/<name>"; the name is a ULID where people can write the stream.
void CheckStream(const Field& at, const std::string& stream) {
  if (stream.empty()) return at.Break(Rule::kFieldRequired);
  const AggregateType* type = FindAggregate(stream);
  if (type == nullptr) return at.Break(Rule::kStreamForm);
  Violations wrong;
  const std::string_view name = std::string_view(stream).substr(type->prefix.size() + 1);
  if (type->correctable != Correctable::kNever) {
    CheckUlid(Field(wrong, ""), name, Presence::kRequired);
  }
  if (name.empty() || !wrong.empty()) at.Break(Rule::kStreamForm);
}

void CheckReplacement(const Field& at, const v1::CorrectFact& correction) {
  const v1::Fact& fact = correction.replacement();
  if (fact.kind_case() == v1::Fact::KIND_NOT_SET) return at.Break(Rule::kFieldRequired);
  const FactRule* rule = FindFactRule(fact.kind_case());
  if (rule == nullptr || rule->check_fields == nullptr) return;
  rule->check_fields(fact, at / KindName(fact), Told::kFirstHand);
}

}  // namespace

const std::span<const CommandType> kCorrectionCommands = kCommands;

void CheckCorrectionFields(const v1::Command& command, Violations& found) {
  const Field at = CommandField(command, found);
  CheckStream(at / "stream", TextAt(KindMessage(command), "stream"));
  CheckUuid(at / "event_id", TextAt(KindMessage(command), "event_id"));
  if (!command.has_correct_fact()) return;
  const v1::CorrectFact& correction = command.correct_fact();
  CheckReplacement(at / "replacement", correction);
  if (correction.has_occurred_on()) {
    CheckBusinessDate(at / "occurred_on", correction.occurred_on());
  }
}

}  // namespace nhanrong::domain

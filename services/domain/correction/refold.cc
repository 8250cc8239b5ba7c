// Folds a stream anew as it would be after a correction, and looks at each step.
#include "services/domain/aggregate/order.h"
#include "services/domain/correction/correction.h"

namespace nhanrong::domain {
namespace {

bool Holds(const AggregateType& type, const std::string& stream, const State& state,
           std::span<const StreamFact> before, const StreamFact& fact) {
  if (!type.may_follow(state, fact.fact)) return false;
  if (CheckOrder(before, fact.fact, fact.days)) return false;
  const FactRule* rule = FindFactRule(fact.fact.kind_case());
  if (rule == nullptr || rule->check_state == nullptr) return true;
  Violations found;
  rule->check_state(
      {stream, fact.fact, state, fact.days, fact.by, fact.role, nullptr, Field(found, "")});
  return found.empty();
}

}  // namespace

std::optional<std::string> FirstBroken(const AggregateType& type, const std::string& stream,
                                       std::span<const StreamFact> facts, std::size_t from) {
  const std::unique_ptr<State> state = type.empty();
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (i >= from && !Holds(type, stream, *state, facts.first(i), facts[i])) {
      return facts[i].event_id;
    }
    type.evolve(*state, facts[i]);
  }
  return std::nullopt;
}

}  // namespace nhanrong::domain

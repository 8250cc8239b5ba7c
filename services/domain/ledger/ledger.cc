#include "services/domain/ledger/ledger.h"

#include "services/domain/aggregate/states.h"

namespace nhanrong::domain {
namespace {

void Evolve(State& state, const StreamFact& fact) {
  if (!fact.fact.has_ledger_opened()) return;
  auto& ledger = As<LedgerState>(state);
  ledger.opened = true;
  ledger.name = fact.fact.ledger_opened().name();
}

bool MayFollow(const State& state, const v1::Fact& fact) {
  return !As<LedgerState>(state).opened && fact.has_ledger_opened();
}

std::string_view StateName(const State& state) {
  return As<LedgerState>(state).opened ? "OPENED" : "ABSENT";
}

constexpr FactRule kFacts[] = {{.kind = v1::Fact::kLedgerOpened, .life_cycle_step = true}};

}  // namespace

const AggregateType kLedger = {
    .prefix = "ledger",
    .facts = kFacts,
    .empty = Empty<LedgerState>,
    .evolve = Evolve,
    .may_follow = MayFollow,
    .state_name = StateName,
    .correctable = Correctable::kNever,
};

}  // namespace nhanrong::domain

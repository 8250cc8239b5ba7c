#include "services/domain/ledger/ledger.h"

#include "services/domain/aggregate/states.h"

namespace nhanrong::domain {
namespace {

// A ledger is opened under the first version of the admission rule.
constexpr std::uint32_t kFirstRuleVersion = 1;

void Evolve(State& state, const StreamFact& fact) {
  auto& ledger = As<LedgerState>(state);
  if (fact.fact.has_ledger_opened()) {
    ledger.opened = true;
    ledger.name = fact.fact.ledger_opened().name();
    ledger.rule_version = kFirstRuleVersion;
  } else if (fact.fact.has_rule_version_switched_on()) {
    ledger.rule_version = fact.fact.rule_version_switched_on().version();
  }
}

bool MayFollow(const State& state, const v1::Fact& fact) {
  const bool opened = As<LedgerState>(state).opened;
  return opened ? fact.has_rule_version_switched_on() : fact.has_ledger_opened();
}

std::string_view StateName(const State& state) {
  return As<LedgerState>(state).opened ? "OPENED" : "ABSENT";
}

void CheckVersionNamed(const v1::Fact& fact, const Field& at, Told) {
  if (fact.rule_version_switched_on().version() == 0) (at / "version").Break(Rule::kFieldRequired);
}

void VersionIsHigher(const NextFact& next) {
  const std::uint32_t on = As<LedgerState>(next.before).rule_version;
  if (next.fact.rule_version_switched_on().version() > on) return;
  (next.at / "version").Break(Rule::kLedgerRuleVersionOn, std::to_string(on));
}

constexpr FactRule kFacts[] = {
    {.kind = v1::Fact::kLedgerOpened, .life_cycle_step = true},
    {.kind = v1::Fact::kRuleVersionSwitchedOn,
     .irrevocable = true,
     .check_fields = CheckVersionNamed,
     .check_state = VersionIsHigher},
};

constexpr CommandType kCommands[] = {
    {.kind = v1::Command::kSwitchRuleVersion,
     .aggregate = &kLedger,
     .makes = v1::Fact::kRuleVersionSwitchedOn,
     .date_optional = true,
     .of_the_ledger = true},
};

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

const std::span<const CommandType> kLedgerCommands = kCommands;

std::uint32_t RuleVersionSwitchedOnBy(std::span<const v1::Event> events) {
  std::uint32_t version = 0;
  for (const v1::Event& event : events) {
    const auto fact = FactOf(event);
    if (fact && fact->has_rule_version_switched_on()) {
      version = fact->rule_version_switched_on().version();
    }
  }
  return version;
}

}  // namespace nhanrong::domain

// The one list of aggregates and commands.
#include "services/domain/actor/actor_state.h"
#include "services/domain/agency/agency.h"
#include "services/domain/aggregate/aggregate.h"
#include "services/domain/correction/correction.h"
#include "services/domain/figure/figure.h"
#include "services/domain/ledger/ledger.h"
#include "services/domain/model/model.h"
#include "services/domain/reservation/reservation.h"
#include "services/domain/site/site.h"
#include "services/domain/unit/unit.h"

namespace nhanrong::domain {

const std::vector<const AggregateType*>& AllAggregates() {
  static const auto& all = *new std::vector<const AggregateType*>{
      &kLedger, &kReservation, &kUnit, &kAgency, &kActor, &kModel, &kSite, &kFigure,
  };
  return all;
}

const std::vector<const CommandType*>& AllCommands() {
  static const auto& all = *[] {
    auto* made = new std::vector<const CommandType*>;
    for (const auto& commands :
         {kCorrectionCommands, kLedgerCommands, kUnitCommands, kAgencyCommands, kActorCommands,
          kModelCommands, kSiteCommands, kFigureCommands}) {
      for (const CommandType& command : commands) made->push_back(&command);
    }
    return made;
  }();
  return all;
}

const AggregateType* FindAggregate(std::string_view stream) {
  const std::size_t slash = stream.find('/');
  if (slash == std::string_view::npos) return nullptr;
  for (const AggregateType* type : AllAggregates()) {
    if (type->prefix == stream.substr(0, slash)) return type;
  }
  return nullptr;
}

const CommandType* FindCommand(v1::Command::KindCase kind) {
  for (const CommandType* type : AllCommands()) {
    if (type->kind == kind) return type;
  }
  return nullptr;
}

const FactRule* FindFactRule(v1::Fact::KindCase kind) {
  for (const AggregateType* type : AllAggregates()) {
    for (const FactRule& rule : type->facts) {
      if (rule.kind == kind) return &rule;
    }
  }
  return nullptr;
}

}  // namespace nhanrong::domain

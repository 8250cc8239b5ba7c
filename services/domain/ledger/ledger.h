// Ledger: the stream "ledger/<name>". Its first fact opens the book; a later one switches a version
// of the admission rule on.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

struct LedgerState final : State {
  bool opened = false;
  std::string name;
  std::uint32_t rule_version = 0;  // the highest that is on; 0: not opened
};

extern const AggregateType kLedger;
extern const std::span<const CommandType> kLedgerCommands;

// The version of the admission rule that these events switch on, which their record then says too;
// 0: none.
std::uint32_t RuleVersionSwitchedOnBy(std::span<const v1::Event> events);

}  // namespace nhanrong::domain

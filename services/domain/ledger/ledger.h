// Ledger: the stream "ledger/<name>", whose one fact opens the book. No command writes it.
#pragma once

#include <string>

#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

struct LedgerState final : State {
  bool opened = false;
  std::string name;
};

extern const AggregateType kLedger;

}  // namespace nhanrong::domain

// Agency: a body that submits, with its name, electronic id and unit.
#pragma once

#include <span>
#include <string>

#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

struct AgencyState final : State {
  bool established = false;
  std::string name;
  std::string electronic_id;  // empty: none
  std::string unit_id;
};

extern const AggregateType kAgency;
extern const std::span<const CommandType> kAgencyCommands;

}  // namespace nhanrong::domain

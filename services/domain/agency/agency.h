// Agency: a body that submits, with its name, electronic id and unit. It may be suspended or
// closed.
#pragma once

#include <span>
#include <string>

#include "nhanrong/v1/agency.pb.h"
#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

struct AgencyState final : State {
  v1::AgencyStatus status = v1::AGENCY_STATUS_UNSPECIFIED;
  // The name that holds last: what is told later, unless it is known to lie before.
  std::string name;
  DayRange named = {};
  std::string electronic_id;  // empty: none
  std::string unit_id;

  bool established() const { return status != v1::AGENCY_STATUS_UNSPECIFIED; }
  // Whether its people and systems may do anything, and others anything for it.
  bool works() const { return status == v1::AGENCY_STATUS_ESTABLISHED; }
};

extern const AggregateType kAgency;
extern const std::span<const CommandType> kAgencyCommands;

}  // namespace nhanrong::domain

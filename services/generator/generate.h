// Makes up the history of a province that does not exist: day by day, desk by desk.
//
// Pure: the lines depend on the plan alone, and come in the order of time of each book. Memory:
// what lives in the province (world.h), whatever the number of months.
#pragma once

#include "services/generator/founding.h"
#include "services/generator/scribe.h"

namespace nhanrong::generator {

// What a ledger needs in order to begin: who administers it first, and when.
struct Opening {
  Book book;
  std::string ledger;
  std::string token;
  std::string agency_id;
  std::string agency_name;
  std::string actor_id;
  std::string title;
  absl::Time at;
};

// REQUIRES: a plan within its limits. The openings of the ledgers, the first one of `national`.
std::vector<Opening> Generate(const Plan& plan, Sink& sink);

}  // namespace nhanrong::generator

// `nhanrong admin GROUP DEED`: commands of administration, one row each.
//
// A row names its command of the contract and the options that fill its fields; everything else
// (ledger, day, reason, the submission's id, the answer) is the same for all.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "nhanrong/v1/command.pb.h"
#include "services/cli/program.h"

namespace nhanrong::cli {

struct DeedOption {
  const char* flag;
  const char* field;  // of the command, "document.number" for an inner one
  const char* help;   // both languages
  bool required = true;
  bool many = false;
};

struct Deed {
  const char* name;
  const char* help;  // both languages
  v1::Command::KindCase kind;
  std::vector<DeedOption> options;
  bool dated = false;     // the day must be said
  bool reasoned = false;  // the reason must be said
  // A bytes field that gets the hash of a new token, which is kept or shown once; null: none.
  const char* new_token_field = nullptr;
};

struct DeedGroup {
  const char* name;
  const char* help;      // both languages
  const char* examples;  // after the options
  std::vector<Deed> deeds;
};

std::vector<DeedGroup> AgencyDeeds();
std::vector<DeedGroup> ActorDeeds();  // grants, credentials, delegations
std::vector<DeedGroup> UnitDeeds();

void AddDeeds(Program& program, CLI::App& admin, const std::vector<DeedGroup>& groups);
// One more command of a group that is there. `examples`: after the options.
void AddDeed(Program& program, CLI::App& group, const Deed& deed, const char* examples);

}  // namespace nhanrong::cli

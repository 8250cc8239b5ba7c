// The state × command table of one aggregate as the contract states it, with the deeds that drive
// it. Each aggregate has a file of its own; the list is in state_table_test.cc.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "tests/e2e/harness/end_to_end_test_kit.h"

namespace nhanrong::e2e {

// "91000" and on, another one each time.
std::string NewUnitCode();

// The subjects of one cell, all of them new, and the people who act on them.
struct Story {
  Country& map;
  LedgerScene& book;
  const Staff& staff;
  // What the aggregate's deeds are about.
  const std::string id = NewId();
  // The model that a site belongs to, or into which another model is merged.
  const std::string model = NewId();
  // The grant, credential and delegation given last, and what was suspended last.
  std::string grant = NewId();
  std::string credential = NewId();
  std::string delegation = NewId();
  std::string suspended_grant = NewId();
  std::string suspended_credential = NewId();
  // A code that no other story has.
  const std::string code = NewUnitCode();

  const Person& administrator() const { return book.administrator(); }
};

// What is accepted, and where it leads. Everything else is refused by "<aggregate>.state".
struct Transition {
  std::string state;
  std::string command;
  std::string next;
};

using MakeStep = std::function<Step(Story&)>;

struct AggregateTable {
  std::string aggregate;  // prefix of its streams
  std::vector<std::string> states;
  std::vector<Transition> transitions;
  // The deed of every command of the aggregate.
  std::map<std::string, MakeStep> deeds;
  // The same commands in other words, by names of their own, where ways need them.
  std::map<std::string, MakeStep> variants = {};
  // Commands and variants that lead from nothing into each state but ABSENT.
  std::map<std::string, std::vector<std::string>> ways;
  // By "<state> <command>": further rules that a refused command breaks, because what it names is
  // not there either.
  std::map<std::string, std::string> also_broken = {};
  // Steps before all others.
  std::vector<Step> (*before)(Story&) = nullptr;
  // The state that the read models show; null: they show none.
  std::string (*shown)(Story&) = nullptr;
  // Its streams lie in `national`.
  bool national = false;
};

AggregateTable UnitTable();
AggregateTable AgencyTable();
AggregateTable ActorTable();
AggregateTable ModelTable();
AggregateTable SiteTable();
AggregateTable FigureTable();

}  // namespace nhanrong::e2e

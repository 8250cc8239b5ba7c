// The complete state × command table over gRPC: every aggregate in every state against every
// command of it, by real commands of different people.
//
// The tables stand in files of their own, written from the contract and not from the code; another
// test holds them against the domain's own.
#include <set>
#include <tuple>

#include "services/base/check.h"
#include "services/domain/catalogue.h"
#include "tests/e2e/state_table/aggregate_table.h"

namespace nhanrong::e2e {

std::string NewUnitCode() {
  static int next = 91'000;
  return std::to_string(next++);
}

namespace {

const std::vector<AggregateTable>& Tables() {
  static const auto& tables = *new std::vector<AggregateTable>{
      UnitTable(), AgencyTable(), ActorTable(), ModelTable(), SiteTable(), FigureTable()};
  return tables;
}

struct Cell {
  const AggregateTable* table;
  std::string state;
  std::string command;
  std::string next;  // empty: refused

  friend void PrintTo(const Cell& cell, std::ostream* out) {
    *out << cell.table->aggregate << " " << cell.state << " " << cell.command;
  }
};

std::string NextState(const AggregateTable& table, const std::string& state,
                      const std::string& command) {
  for (const Transition& one : table.transitions) {
    if (one.state == state && one.command == command) return one.next;
  }
  return {};
}

std::vector<Cell> AllCells() {
  std::vector<Cell> cells;
  for (const AggregateTable& table : Tables()) {
    for (const std::string& state : table.states) {
      for (const auto& [command, deed] : table.deeds) {
        cells.push_back({&table, state, command, NextState(table, state, command)});
      }
    }
  }
  return cells;
}

Step ThatDoes(const AggregateTable& table, const std::string& command, Story& story) {
  for (const auto* deeds : {&table.deeds, &table.variants}) {
    if (const auto deed = deeds->find(command); deed != deeds->end()) return deed->second(story);
  }
  NR_CHECK(false, "every command has its deed");
  return {story.administrator(), {}};
}

// Steps from nothing into the state.
std::vector<Step> Into(const AggregateTable& table, const std::string& state, Story& story) {
  std::vector<Step> steps;
  if (table.before != nullptr) steps = table.before(story);
  const auto way = table.ways.find(state);
  NR_CHECK(way != table.ways.end() || state == "ABSENT", "every state can be reached");
  if (way == table.ways.end()) return steps;
  for (const std::string& command : way->second) steps.push_back(ThatDoes(table, command, story));
  return steps;
}

class StateTableTest : public EndToEndTest, public ::testing::WithParamInterface<Cell> {
 protected:
  static LedgerScene& Book() {
    static LedgerScene book(Server());
    return book;
  }
  static const Staff& TheStaff() {
    static const Staff staff(Book());
    return staff;
  }

  static void ExpectRefused(const Cell& cell, const Submitted& answer, LedgerScene& ledger) {
    std::vector<std::string> rules = {cell.table->aggregate + ".state"};
    const auto also = cell.table->also_broken.find(cell.state + " " + cell.command);
    if (also != cell.table->also_broken.end()) rules.push_back(also->second);
    EXPECT_EQ(Outline(answer), "FAILED_PRECONDITION REFUSED");
    EXPECT_THAT(Rules(answer), ::testing::UnorderedElementsAreArray(rules));
    EXPECT_EQ(answer.detail.violations(0).actual(), cell.state);
    EXPECT_EQ(answer.detail.ledger(), ledger.name());
    const v1::HistoryEntry refusal = ledger.At(answer.detail.refusal_position());
    EXPECT_TRUE(refusal.record().has_refusal());
    EXPECT_TRUE(refusal.facts().empty());
  }
};

TEST_P(StateTableTest, ACellIsAsTheTableSays) {
  const Cell& cell = GetParam();
  Story story{Map(), Book(), TheStaff()};
  LedgerScene& ledger = cell.table->national ? Map().national : Book();
  Given(Into(*cell.table, cell.state, story));
  const std::uint64_t before = ledger.Commits();
  const Step step = ThatDoes(*cell.table, cell.command, story);
  const Submitted answer = When(step.who, step.what);
  ASSERT_EQ(ledger.Commits(), before + 1);
  if (cell.next.empty()) {
    EXPECT_EQ(answer.detail.refusal_position(), before);
    return ExpectRefused(cell, answer, ledger);
  }
  ASSERT_TRUE(answer.ok()) << ::testing::PrintToString(answer);
  EXPECT_EQ(answer.accepted.position(), before);
  EXPECT_FALSE(answer.accepted.events().empty());
  if (cell.table->shown != nullptr) {
    EXPECT_EQ(cell.table->shown(story), cell.next);
  }
}

std::string CellName(const ::testing::TestParamInfo<Cell>& cell) {
  return cell.param.table->aggregate + "_" + cell.param.state + "_" + cell.param.command;
}

INSTANTIATE_TEST_SUITE_P(All, StateTableTest, ::testing::ValuesIn(AllCells()), CellName);

// It takes a program that knows a later version of the rule (tests/rule_switch).
constexpr char kDrivenElsewhere[] = "ledger";

using CellSet = std::set<std::tuple<std::string, std::string, std::string, bool>>;

TEST(StateTableItselfTest, TheDomainsTableSaysTheSameOfEveryCell) {
  const auto* kinds = v1::Command::descriptor();
  CellSet ours;
  CellSet domains;
  for (const Cell& cell : AllCells()) {
    ours.emplace(cell.table->aggregate, cell.state, cell.command, !cell.next.empty());
  }
  for (const domain::TableCell& cell : domain::StateTable()) {
    const std::string aggregate(cell.aggregate);
    if (aggregate == kDrivenElsewhere) continue;
    domains.emplace(aggregate, cell.state, kinds->FindFieldByNumber(cell.command)->name(),
                    cell.rule.empty());
    EXPECT_EQ(cell.rule, cell.rule.empty() ? "" : aggregate + ".state");
  }
  EXPECT_EQ(ours, domains);
}

TEST(StateTableItselfTest, EveryCommandButCorrectionsIsInTheTable) {
  std::set<std::string> in_table = {"correct_fact", "annul_fact", "switch_rule_version"};
  for (const AggregateTable& table : Tables()) {
    for (const auto& [command, deed] : table.deeds) in_table.insert(command);
  }
  const auto* kinds = v1::Command::descriptor()->FindOneofByName("kind");
  std::set<std::string> all;
  for (int i = 0; i < kinds->field_count(); ++i) all.insert(kinds->field(i)->name());
  EXPECT_EQ(in_table, all);
}

TEST(StateTableItselfTest, EveryTransitionIsACellOfItsOwn) {
  std::size_t accepted = 0;
  std::size_t transitions = 0;
  for (const Cell& cell : AllCells()) accepted += cell.next.empty() ? 0 : 1;
  for (const AggregateTable& table : Tables()) transitions += table.transitions.size();
  EXPECT_EQ(accepted, transitions);
}

}  // namespace
}  // namespace nhanrong::e2e

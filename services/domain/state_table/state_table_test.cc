// The complete state × command table, cell by cell, and the catalogue behind it.
#include <set>

#include "nhanrong/v1/agency.pb.h"
#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/message_fields.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"
#include "services/domain/aggregate/target.h"
#include "services/domain/catalogue.h"

namespace nhanrong::domain {
namespace {

class StateTableTest : public DomainTest, public ::testing::WithParamInterface<TableCell> {};

TEST_P(StateTableTest, ACellIsAsTheTableSays) {
  const TableCell& cell = GetParam();
  Given(ActsInto(std::string(cell.aggregate), std::string(cell.state)));
  const Act act = SampleAct(cell.command);
  const std::string stream = TargetStream(RequestOf(act));
  ASSERT_EQ(StateName(stream), cell.state);
  const Outcome outcome = When(act);
  if (cell.rule.empty()) {
    EXPECT_THAT(Broken(outcome), ::testing::IsEmpty());
    EXPECT_FALSE(outcome.events.empty());
  } else {
    EXPECT_TRUE(HasBroken(outcome, cell.rule)) << ::testing::PrintToString(Broken(outcome));
    EXPECT_EQ(outcome.violations.front().actual, cell.state);
    EXPECT_EQ(StateName(stream), cell.state);
  }
}

std::string CellName(const ::testing::TestParamInfo<TableCell>& info) {
  v1::Command command;
  MutableKind(command, info.param.command);
  return std::string(info.param.aggregate) + "_" + std::string(info.param.state) + "_" +
         KindName(command);
}

INSTANTIATE_TEST_SUITE_P(All, StateTableTest, ::testing::ValuesIn(StateTable()), CellName);

TEST(CatalogueTest, EveryCommandIsInTheCatalogueOnceAndInTheTableForEveryState) {
  std::map<std::string, std::set<std::string>> states;
  std::set<std::tuple<std::string, std::string, int>> cells;
  for (const TableCell& cell : StateTable()) {
    states[std::string(cell.aggregate)].emplace(cell.state);
    cells.emplace(cell.aggregate, cell.state, cell.command);
  }
  const auto* kinds = v1::Command::descriptor()->FindOneofByName("kind");
  for (int i = 0; i < kinds->field_count(); ++i) {
    const auto kind = static_cast<v1::Command::KindCase>(kinds->field(i)->number());
    const CommandType* type = FindCommand(kind);
    ASSERT_NE(type, nullptr) << kinds->field(i)->name();
    if (type->aggregate == nullptr) continue;
    for (const std::string& state : states[std::string(type->aggregate->prefix)]) {
      EXPECT_EQ(cells.count({std::string(type->aggregate->prefix), state, kind}), 1u)
          << kinds->field(i)->name() << " in " << state;
    }
  }
  EXPECT_EQ(AllCommands().size(), static_cast<std::size_t>(kinds->field_count()));
}

// The table's states are all there are: an aggregate's documented ones, and ABSENT.
TEST(CatalogueTest, EveryStatusOfTheContractIsAStateOfTheTable) {
  std::set<std::string> known;
  for (const TableCell& cell : StateTable()) {
    known.insert(std::string(cell.aggregate) + " " + std::string(cell.state));
  }
  const auto in_table = [&](const google::protobuf::EnumDescriptor* statuses,
                            const std::string& aggregate, const std::string& before) {
    for (int i = 0; i < statuses->value_count(); ++i) {
      const bool absent = statuses->value(i)->number() == 0;
      const std::string name = absent ? "ABSENT" : statuses->value(i)->name().substr(before.size());
      EXPECT_TRUE(known.contains(aggregate + " " + name)) << name;
    }
  };
  in_table(v1::ModelStatus_descriptor(), "model", "MODEL_STATUS_");
  in_table(v1::SiteStatus_descriptor(), "site", "SITE_STATUS_");
  in_table(v1::AgencyStatus_descriptor(), "agency", "AGENCY_STATUS_");
}

TEST(CatalogueTest, EveryEventTypeHasItsRuleInOneAggregate) {
  const auto* kinds = v1::Fact::descriptor()->FindOneofByName("kind");
  for (int i = 0; i < kinds->field_count(); ++i) {
    const auto kind = static_cast<v1::Fact::KindCase>(kinds->field(i)->number());
    int owners = 0;
    for (const AggregateType* type : AllAggregates()) {
      for (const FactRule& rule : type->facts) owners += rule.kind == kind ? 1 : 0;
    }
    const bool correction = kind == v1::Fact::kFactCorrected || kind == v1::Fact::kFactAnnulled;
    EXPECT_EQ(owners, correction ? 0 : 1) << kinds->field(i)->name();
  }
}

// A command names its event's fields and its unit by name: all of them must be there.
TEST(CatalogueTest, EveryCommandCanStateItsFact) {
  for (const CommandType* type : AllCommands()) {
    if (type->aggregate == nullptr) continue;
    v1::Command command;
    MutableKind(command, type->kind);
    const v1::Fact fact = StatedFact(*type, command);
    EXPECT_EQ(fact.kind_case(), type->makes);
    EXPECT_EQ(UnitOf(fact), "");
    if (!type->of_the_ledger) {
      EXPECT_EQ(TextAt(KindMessage(command), IdField(*type->aggregate)), "");
    }
    const std::string_view made = type->made_id;
    EXPECT_EQ(made.empty() ? "" : TextAt(KindMessage(fact), made), "");
  }
}

TEST(CatalogueTest, NoAggregateTakesTheFactsOfAnother) {
  for (const AggregateType* type : AllAggregates()) {
    const auto state = type->empty();
    StreamFact foreign;
    if (type->prefix == "model") {
      foreign.fact.mutable_site_stopped();
    } else {
      foreign.fact.mutable_model_submitted();
    }
    EXPECT_FALSE(type->may_follow(*state, foreign.fact)) << type->prefix;
    type->evolve(*state, foreign);
    EXPECT_EQ(type->state_name(*state), "ABSENT");
  }
}

TEST(CatalogueTest, FindsAggregatesByThePrefixOfAStream) {
  EXPECT_EQ(FindAggregate("model/01J")->prefix, "model");
  EXPECT_EQ(FindAggregate("models/01J"), nullptr);
  EXPECT_EQ(FindAggregate("model"), nullptr);
  EXPECT_EQ(FindAggregate(""), nullptr);
}

}  // namespace
}  // namespace nhanrong::domain

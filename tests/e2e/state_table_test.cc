// Every state of every aggregate against every command, through gRPC.
//
// The table below is written from the life cycles, not from the code; another test holds it against
// the domain's own.
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include "services/base/check.h"
#include "services/domain/catalogue.h"
#include "tests/e2e/harness/end_to_end_test_kit.h"

namespace nhanrong::e2e {
namespace {

// What is accepted, and where it leads. Everything else is refused by "<aggregate>.state".
struct Transition {
  const char* aggregate;
  const char* state;
  const char* command;
  const char* next;
};
constexpr Transition kTransitions[] = {
    {"unit", "ABSENT", "establish_unit", "ESTABLISHED"},
    {"unit", "ESTABLISHED", "rename_unit", "ESTABLISHED"},
    {"unit", "ESTABLISHED", "assign_unit_code", "ESTABLISHED"},
    {"agency", "ABSENT", "establish_agency", "ESTABLISHED"},
    {"agency", "ESTABLISHED", "rename_agency", "ESTABLISHED"},
    {"actor", "ABSENT", "register_actor", "REGISTERED"},
    {"actor", "REGISTERED", "grant_role", "REGISTERED"},
    {"actor", "REGISTERED", "revoke_grant", "REGISTERED"},
    {"actor", "REGISTERED", "issue_credential", "REGISTERED"},
    {"actor", "REGISTERED", "revoke_credential", "REGISTERED"},
    {"model", "ABSENT", "register_model", "DRAFT"},
    {"model", "ABSENT", "record_model_from_document", "ACTIVE"},
    {"model", "DRAFT", "submit_model", "SUBMITTED"},
    {"model", "SUBMITTED", "return_model", "DRAFT"},
    {"model", "SUBMITTED", "screen_model", "SCREENED"},
    {"model", "SCREENED", "approve_pilot", "PILOTING"},
    {"model", "SCREENED", "close_model", "CLOSED"},
    {"model", "PILOTING", "report_progress", "PILOTING"},
    {"model", "PILOTING", "close_model", "CLOSED"},
    {"model", "ACTIVE", "report_progress", "ACTIVE"},
    {"model", "ACTIVE", "close_model", "CLOSED"},
    {"site", "ABSENT", "start_site", "OPERATING"},
    {"site", "ABSENT", "record_site_from_document", "OPERATING"},
    {"site", "OPERATING", "record_site_output", "OPERATING"},
    {"site", "OPERATING", "stop_site", "STOPPED"},
    {"figure", "ABSENT", "record_counted_figure", "RECORDED"},
};

const std::map<std::string, std::vector<std::string>>& States() {
  static const auto& states = *new std::map<std::string, std::vector<std::string>>{
      {"unit", {"ABSENT", "ESTABLISHED"}},
      {"agency", {"ABSENT", "ESTABLISHED"}},
      {"actor", {"ABSENT", "REGISTERED"}},
      {"model", {"ABSENT", "DRAFT", "SUBMITTED", "SCREENED", "PILOTING", "ACTIVE", "CLOSED"}},
      {"site", {"ABSENT", "OPERATING", "STOPPED"}},
      {"figure", {"ABSENT", "RECORDED"}},
  };
  return states;
}

const std::map<std::string, std::vector<std::string>>& Commands() {
  static const auto& commands = *new std::map<std::string, std::vector<std::string>>{
      {"unit", {"establish_unit", "rename_unit", "assign_unit_code"}},
      {"agency", {"establish_agency", "rename_agency"}},
      {"actor",
       {"register_actor", "grant_role", "revoke_grant", "issue_credential", "revoke_credential"}},
      {"model",
       {"register_model", "submit_model", "return_model", "screen_model", "approve_pilot",
        "report_progress", "close_model", "record_model_from_document"}},
      {"site", {"start_site", "record_site_output", "stop_site", "record_site_from_document"}},
      {"figure", {"record_counted_figure"}},
  };
  return commands;
}

// Further rules that a refused command breaks, beside the state's: what it names is not there
// either.
const std::map<std::string, std::string>& AlsoBroken() {
  static const auto& also = *new std::map<std::string, std::string>{
      {"actor ABSENT revoke_grant", "grant.not_in_force"},
      {"actor ABSENT revoke_credential", "credential.not_in_force"},
  };
  return also;
}

struct Cell {
  std::string aggregate;
  std::string state;
  std::string command;
  std::string next;  // empty: refused

  friend void PrintTo(const Cell& cell, std::ostream* out) {
    *out << cell.aggregate << " " << cell.state << " " << cell.command;
  }
};

std::vector<Cell> AllCells() {
  std::vector<Cell> cells;
  for (const auto& [aggregate, states] : States()) {
    for (const std::string& state : states) {
      for (const std::string& command : Commands().at(aggregate)) {
        cells.push_back({aggregate, state, command, ""});
        for (const Transition& one : kTransitions) {
          if (aggregate == one.aggregate && state == one.state && command == one.command) {
            cells.back().next = one.next;
          }
        }
      }
    }
  }
  return cells;
}

// One aggregate of its own for every cell, and the people who move it.
class Story {
 public:
  Story(Country& map, LedgerScene& book, const Staff& staff)
      : map_(map), book_(book), staff_(staff) {}

  LedgerScene& LedgerOf(const std::string& aggregate) {
    return aggregate == "unit" ? map_.national : book_;
  }

  // Steps from nothing into the state.
  std::vector<Step> Into(const std::string& aggregate, const std::string& state) {
    std::vector<Step> steps;
    if (aggregate == "site") {
      steps.push_back({staff_.officer, RecordModelFromDocument(model_, map_.commune)});
    }
    for (const std::string& command : Way(aggregate, state)) steps.push_back(ThatDoes(command));
    return steps;
  }

  Step ThatDoes(const std::string& command) {
    for (const auto* deeds : {&DeedsOfAdministration(), &DeedsOfModels()}) {
      if (const auto found = deeds->find(command); found != deeds->end()) {
        return found->second(*this);
      }
    }
    NR_CHECK(false, "every command has its deed");
    return {administrator(), {}};
  }

  // The state that the read models show, where they do.
  std::string ShownState(const std::string& aggregate) {
    if (aggregate == "model") {
      v1::GetModelRequest request;
      *request.mutable_context() = staff_.officer.Now();
      request.set_model_id(id_);
      const auto answer = staff_.officer.client.Ask(request);
      return v1::ModelStatus_Name(answer.value.model().status()).substr(13);
    }
    v1::ListSitesRequest request;
    *request.mutable_context() = staff_.officer.Now();
    request.set_site_id(id_);
    const auto answer = staff_.officer.client.Ask(request);
    if (answer.value.sites().empty()) return answer.status.message();
    return v1::SiteStatus_Name(answer.value.sites(0).status()).substr(12);
  }

 private:
  using MakeStep = std::function<Step(Story&)>;

  static std::vector<std::string> Way(const std::string& aggregate, const std::string& state) {
    static const auto& ways = *new std::map<std::string, std::vector<std::string>>{
        {"unit ESTABLISHED", {"establish_unit"}},
        {"agency ESTABLISHED", {"establish_agency"}},
        {"actor REGISTERED", {"register_actor", "grant_role", "issue_credential"}},
        {"model DRAFT", {"register_model"}},
        {"model SUBMITTED", {"register_model", "submit_model"}},
        {"model SCREENED", {"register_model", "submit_model", "screen_model"}},
        {"model PILOTING", {"register_model", "submit_model", "screen_model", "approve_pilot"}},
        {"model ACTIVE", {"record_model_from_document"}},
        {"model CLOSED", {"record_model_from_document", "close_model"}},
        {"site OPERATING", {"start_site"}},
        {"site STOPPED", {"start_site", "stop_site"}},
        {"figure RECORDED", {"record_counted_figure"}},
    };
    const auto found = ways.find(aggregate + " " + state);
    NR_CHECK(found != ways.end() || state == "ABSENT", "every state can be reached");
    return found == ways.end() ? std::vector<std::string>() : found->second;
  }

  static const std::map<std::string, MakeStep>& DeedsOfAdministration();
  static const std::map<std::string, MakeStep>& DeedsOfModels();

  const Person& administrator() const { return book_.administrator(); }

  Country& map_;
  LedgerScene& book_;
  const Staff& staff_;
  const std::string id_ = NewId();
  const std::string model_ = NewId();
  // The grants and credentials that are there, the newest last.
  std::string grant_ = NewId();
  std::string credential_ = NewId();
};

const std::map<std::string, Story::MakeStep>& Story::DeedsOfAdministration() {
  using S = Story;
  static const auto& deeds = *new std::map<std::string, MakeStep>{
      {"establish_unit",
       [](S& s) -> Step {
         return {s.map_.steward(), EstablishUnit(s.id_, v1::UNIT_LEVEL_COMMUNE, s.map_.province)};
       }},
      {"rename_unit",
       [](S& s) -> Step {
         return {s.map_.steward(), RenameUnit(s.id_)};
       }},
      {"assign_unit_code",
       [](S& s) -> Step {
         return {s.map_.steward(), AssignUnitCode(s.id_, "90211", "2020-01-01")};
       }},
      {"establish_agency",
       [](S& s) -> Step {
         return {s.administrator(), EstablishAgency(s.id_, s.map_.commune)};
       }},
      {"rename_agency",
       [](S& s) -> Step {
         return {s.administrator(), RenameAgency(s.id_)};
       }},
      {"register_actor",
       [](S& s) -> Step {
         return {s.administrator(), RegisterActor(s.id_, s.administrator().agency_id)};
       }},
      {"grant_role",
       [](S& s) -> Step {
         s.grant_ = NewId();
         return {s.administrator(), GrantRole(s.id_, s.grant_, v1::ROLE_COMMUNE_OFFICER)};
       }},
      {"revoke_grant",
       [](S& s) -> Step {
         return {s.administrator(), RevokeGrant(s.id_, s.grant_)};
       }},
      {"issue_credential",
       [](S& s) -> Step {
         s.credential_ = NewId();
         return {s.administrator(), IssueCredential(s.id_, s.credential_, NewToken())};
       }},
      {"revoke_credential",
       [](S& s) -> Step {
         return {s.administrator(), RevokeCredential(s.id_, s.credential_)};
       }},
  };
  return deeds;
}

const std::map<std::string, Story::MakeStep>& Story::DeedsOfModels() {
  using S = Story;
  static const auto& deeds = *new std::map<std::string, MakeStep>{
      {"register_model",
       [](S& s) -> Step {
         return {s.staff_.officer, RegisterModel(s.id_, s.map_.commune)};
       }},
      {"submit_model",
       [](S& s) -> Step {
         return {s.staff_.leader, SubmitModel(s.id_)};
       }},
      {"return_model",
       [](S& s) -> Step {
         return {s.staff_.screener, ReturnModel(s.id_)};
       }},
      {"screen_model",
       [](S& s) -> Step {
         return {s.staff_.screener, ScreenModel(s.id_)};
       }},
      {"approve_pilot",
       [](S& s) -> Step {
         return {s.staff_.approver, ApprovePilot(s.id_)};
       }},
      {"report_progress",
       [](S& s) -> Step {
         return {s.staff_.officer, ReportProgress(s.id_)};
       }},
      {"close_model",
       [](S& s) -> Step {
         return {s.staff_.approver, CloseModel(s.id_)};
       }},
      {"record_model_from_document",
       [](S& s) -> Step {
         return {s.staff_.officer,
                 RecordModelFromDocument(s.id_, s.map_.commune).On(s.book_.Today())};
       }},
      {"start_site",
       [](S& s) -> Step {
         return {s.staff_.officer, StartSite(s.id_, s.model_, s.map_.commune)};
       }},
      {"record_site_output",
       [](S& s) -> Step {
         return {s.staff_.officer, RecordSiteOutput(s.id_)};
       }},
      {"stop_site",
       [](S& s) -> Step {
         return {s.staff_.leader, StopSite(s.id_)};
       }},
      {"record_site_from_document",
       [](S& s) -> Step {
         return {s.staff_.officer,
                 RecordSiteFromDocument(s.id_, s.model_, s.map_.commune).On(s.book_.Today())};
       }},
      {"record_counted_figure",
       [](S& s) -> Step {
         return {s.staff_.officer, RecordCountedFigure(s.id_, s.map_.commune)};
       }},
  };
  return deeds;
}

class StateTableTest : public EndToEndTest, public ::testing::WithParamInterface<Cell> {
 protected:
  static Story NewStory() {
    static LedgerScene book(Server());
    static const Staff staff(book);
    return Story(Map(), book, staff);
  }
};

TEST_P(StateTableTest, ACellIsAsTheTableSays) {
  const Cell& cell = GetParam();
  Story story = NewStory();
  LedgerScene& ledger = story.LedgerOf(cell.aggregate);
  Given(story.Into(cell.aggregate, cell.state));
  const std::uint64_t before = ledger.Commits();
  const Step step = story.ThatDoes(cell.command);
  const Submitted answer = When(step.who, step.what);
  ASSERT_EQ(ledger.Commits(), before + 1);
  if (!cell.next.empty()) {
    ASSERT_TRUE(answer.ok()) << ::testing::PrintToString(answer);
    EXPECT_EQ(answer.accepted.position(), before);
    EXPECT_FALSE(answer.accepted.events().empty());
    const bool shown = cell.aggregate == "model" || cell.aggregate == "site";
    if (shown) {
      EXPECT_EQ(story.ShownState(cell.aggregate), cell.next);
    }
    return;
  }
  const auto also = AlsoBroken().find(cell.aggregate + " " + cell.state + " " + cell.command);
  std::vector<std::string> rules = {cell.aggregate + ".state"};
  if (also != AlsoBroken().end()) rules.push_back(also->second);
  EXPECT_EQ(Outline(answer), "FAILED_PRECONDITION REFUSED");
  EXPECT_THAT(Rules(answer), ::testing::UnorderedElementsAreArray(rules));
  EXPECT_EQ(answer.detail.violations(0).actual(), cell.state);
  EXPECT_EQ(answer.detail.ledger(), ledger.name());
  EXPECT_EQ(answer.detail.refusal_position(), before);
  const v1::HistoryEntry refusal = ledger.At(before);
  EXPECT_TRUE(refusal.record().has_refusal());
  EXPECT_TRUE(refusal.facts().empty());
}

std::string CellName(const ::testing::TestParamInfo<Cell>& cell) {
  return cell.param.aggregate + "_" + cell.param.state + "_" + cell.param.command;
}

INSTANTIATE_TEST_SUITE_P(All, StateTableTest, ::testing::ValuesIn(AllCells()), CellName);

using CellSet = std::set<std::tuple<std::string, std::string, std::string, bool>>;

TEST(StateTableItselfTest, TheDomainsTableSaysTheSameOfEveryCell) {
  const auto* kinds = v1::Command::descriptor();
  CellSet ours;
  CellSet domains;
  for (const Cell& cell : AllCells()) {
    ours.emplace(cell.aggregate, cell.state, cell.command, !cell.next.empty());
  }
  for (const domain::TableCell& cell : domain::StateTable()) {
    const std::string aggregate(cell.aggregate);
    domains.emplace(aggregate, cell.state, kinds->FindFieldByNumber(cell.command)->name(),
                    cell.rule.empty());
    EXPECT_EQ(cell.rule, cell.rule.empty() ? "" : aggregate + ".state");
  }
  EXPECT_EQ(ours, domains);
}

TEST(StateTableItselfTest, EveryCommandButCorrectionsIsInTheTable) {
  std::set<std::string> in_table = {"correct_fact", "annul_fact"};
  for (const auto& [aggregate, commands] : Commands()) {
    in_table.insert(commands.begin(), commands.end());
  }
  const auto* kinds = v1::Command::descriptor()->FindOneofByName("kind");
  std::set<std::string> all;
  for (int i = 0; i < kinds->field_count(); ++i) all.insert(kinds->field(i)->name());
  EXPECT_EQ(in_table, all);
}

TEST(StateTableItselfTest, EveryTransitionIsACellOfItsOwn) {
  std::size_t accepted = 0;
  for (const Cell& cell : AllCells()) accepted += cell.next.empty() ? 0 : 1;
  EXPECT_EQ(accepted, std::size(kTransitions));
}

}  // namespace
}  // namespace nhanrong::e2e

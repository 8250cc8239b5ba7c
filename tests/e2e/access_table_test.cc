// Who may do what, asked from outside: every call and every command with a grant of every role.
//
// The table is that of services/access, which is reviewed as data; what stands here is how a cell
// is to be read: role, scope, classification, in this order.
#include <algorithm>
#include <set>

#include "services/access/access_table.h"
#include "services/base/check.h"
#include "tests/e2e/access_calls.h"
#include "tests/e2e/harness/end_to_end_test_kit.h"

namespace nhanrong::e2e {
namespace {

constexpr v1::Classification kClassifications[] = {
    v1::CLASSIFICATION_PUBLIC, v1::CLASSIFICATION_INTERNAL, v1::CLASSIFICATION_PERSONAL,
    v1::CLASSIFICATION_SENSITIVE};

// What a question or a deed is about.
enum class About { kLedger, kInside, kOutside };

struct Holder {
  v1::Role role;
  v1::Classification reads_up_to;
  bool scoped;  // to the commune
  Person person;
};

// Nobody is given a role to read more.
v1::Classification HighestOf(v1::Role role) {
  if (role == v1::ROLE_PUBLIC_READER) return v1::CLASSIFICATION_PUBLIC;
  return role == v1::ROLE_CLOCK ? v1::CLASSIFICATION_INTERNAL : v1::CLASSIFICATION_SENSITIVE;
}

// One ledger with two furnished communes and somebody for every kind of grant.
struct Office {
  explicit Office(ServerProcess& server, Country& country)
      : map(country),
        book(server),
        staff(book),
        inside(Furnish(book, staff, map.commune)),
        outside(Furnish(book, staff, map.other_commune)) {
    v1::SubmitManyRequest hirings;
    for (int role = v1::Role_MIN + 1; role <= v1::Role_MAX; ++role) {
      for (const v1::Classification reads : kClassifications) {
        if (reads > HighestOf(v1::Role(role))) continue;
        for (const bool scoped : {false, true}) Hire(v1::Role(role), reads, scoped, hirings);
      }
    }
    const auto hired = book.administrator().client.Ask(hirings);
    NR_CHECK(hired.ok(), "a batch is taken");
    for (const v1::SubmitOutcome& outcome : hired.value.outcomes()) {
      NR_CHECK(outcome.has_accepted(), "people can be hired");
      book.Saw(outcome.accepted().position());
    }
  }

  void Hire(v1::Role role, v1::Classification reads, bool scoped, v1::SubmitManyRequest& hirings) {
    const Post post = {role, reads, scoped ? map.commune : std::string()};
    holders.push_back({role, reads, scoped, book.Stranger()});
    for (const Deed& deed : book.Hiring(post, holders.back().person)) {
      *hirings.add_submissions() = book.administrator().Write(deed);
    }
  }

  const Place& Of(About about) const {
    static const Place kNowhere;
    return about == About::kLedger ? kNowhere : about == About::kInside ? inside : outside;
  }

  Country& map;
  LedgerScene book;
  const Staff staff;
  const Place inside;
  const Place outside;
  std::vector<Holder> holders;
};

std::string NameOf(const Holder& holder, About about) {
  return v1::Role_Name(holder.role) + " " + v1::Classification_Name(holder.reads_up_to) +
         (holder.scoped ? " of the commune" : " of the ledger") +
         (about == About::kLedger   ? ", about the ledger"
          : about == About::kInside ? ", about the commune"
                                    : ", about another commune");
}

class AccessTableTest : public EndToEndTest {
 protected:
  static Office& TheOffice() {
    static Office office(Server(), Map());
    return office;
  }
};

std::string Expected(const access::RpcRule& rule, const Holder& holder, About about) {
  if (!rule.roles.contains(holder.role)) return "PERMISSION_DENIED ROLE_MISSING";
  // A thing that is not there and one that the caller may not see are one answer.
  const bool hidden = about == About::kLedger || (holder.scoped && about == About::kOutside);
  if (rule.rpc == "QueryService/GetModel") return hidden ? "NOT_FOUND NO_SUCH_MODEL" : "OK";
  // History is that of the whole ledger, whatever it is asked about.
  const bool history = rule.rpc.starts_with("HistoryService/");
  const bool reached = !holder.scoped || (about == About::kInside && !history);
  if (rule.by_unit && !reached) return "PERMISSION_DENIED OUT_OF_SCOPE";
  if (holder.reads_up_to < rule.at_least) return "PERMISSION_DENIED CLASSIFICATION_ABOVE";
  return "OK";
}

class RpcTableTest : public AccessTableTest,
                     public ::testing::WithParamInterface<const access::RpcRule*> {};

TEST_P(RpcTableTest, ACallIsAnsweredOrDeniedAsTheTableSays) {
  const access::RpcRule& rule = *GetParam();
  Office& office = TheOffice();
  const RpcCall* call = FindRpcCall(rule.rpc);
  ASSERT_NE(call, nullptr) << rule.rpc;
  const std::uint64_t before = office.book.Commits();
  for (const Holder& holder : office.holders) {
    for (const About about : {About::kLedger, About::kInside, About::kOutside}) {
      const Answer answer = (*call)(holder.person.client, office.book.name(), office.Of(about));
      EXPECT_EQ(Outline(answer), Expected(rule, holder, about)) << NameOf(holder, about);
    }
  }
  EXPECT_EQ(office.book.Commits(), before);
}

std::vector<const access::RpcRule*> AllRpcRules() {
  std::vector<const access::RpcRule*> rules;
  for (const access::RpcRule& rule : access::RpcRules()) rules.push_back(&rule);
  return rules;
}

INSTANTIATE_TEST_SUITE_P(All, RpcTableTest, ::testing::ValuesIn(AllRpcRules()),
                         [](const ::testing::TestParamInfo<const access::RpcRule*>& of) {
                           const std::string rpc(of.param->rpc);
                           return rpc.substr(0, rpc.find('/')) + "_" +
                                  rpc.substr(rpc.find('/') + 1);
                         });

// Names no unit: only a grant for the whole ledger reaches it.
bool IsOfTheWholeLedger(v1::Command::KindCase command) {
  return command == v1::Command::kSwitchRuleVersion;
}

class CommandTableTest : public AccessTableTest,
                         public ::testing::WithParamInterface<const access::CommandRule*> {};

TEST_P(CommandTableTest, ACommandIsTakenOrDeniedAsTheTableSays) {
  const access::CommandRule& rule = *GetParam();
  Office& office = TheOffice();
  for (const Holder& holder : office.holders) {
    // What the holders act on is INTERNAL.
    const auto enough = std::min(v1::CLASSIFICATION_INTERNAL, HighestOf(holder.role));
    if (holder.reads_up_to != enough) continue;
    for (const About about : {About::kInside, About::kOutside}) {
      const std::uint64_t before = office.book.Commits();
      const Submitted answer = When(holder.person, DeedAbout(rule.command, office.Of(about)));
      const std::uint64_t written = office.book.Commits() - before;
      if (!rule.roles.contains(holder.role)) {
        EXPECT_THAT(answer, Fails("PERMISSION_DENIED ROLE_MISSING")) << NameOf(holder, about);
        EXPECT_EQ(written, 0u);
      } else if (holder.scoped && (about == About::kOutside || IsOfTheWholeLedger(rule.command))) {
        EXPECT_THAT(answer, Fails("PERMISSION_DENIED OUT_OF_SCOPE")) << NameOf(holder, about);
        EXPECT_EQ(written, 0u);
      } else {
        const bool taken = answer.ok() || answer.reason == "REFUSED";
        EXPECT_TRUE(taken) << NameOf(holder, about) << ": " << ::testing::PrintToString(answer);
        EXPECT_EQ(written, 1u);
      }
    }
  }
}

std::vector<const access::CommandRule*> AllCommandRules() {
  std::vector<const access::CommandRule*> rules;
  for (const access::CommandRule& rule : access::CommandRules()) rules.push_back(&rule);
  return rules;
}

INSTANTIATE_TEST_SUITE_P(
    All, CommandTableTest, ::testing::ValuesIn(AllCommandRules()),
    [](const ::testing::TestParamInfo<const access::CommandRule*>& of) {
      return v1::Command::descriptor()->FindFieldByNumber(of.param->command)->name();
    });

TEST(AccessTableItselfTest, EveryCallOfTheContractHasARowOrNeedsTheOperator) {
  // Submissions are judged by their commands; the two others by the operator's token.
  std::set<std::string> settled = {"SubmissionService/Submit", "SubmissionService/SubmitMany",
                                   "SubmissionService/SubmitStream", "AdminService/CreateLedger",
                                   "AdminService/ListLedgers"};
  for (const access::RpcRule& rule : access::RpcRules()) settled.emplace(rule.rpc);
  std::set<std::string> contract;
  for (const auto* file :
       {v1::SubmitRequest::descriptor()->file(), v1::GetModelRequest::descriptor()->file(),
        v1::ReadRequest::descriptor()->file(), v1::ListLedgersRequest::descriptor()->file()}) {
    const auto* service = file->service(0);
    for (int i = 0; i < service->method_count(); ++i) {
      contract.insert(service->name() + "/" + service->method(i)->name());
    }
  }
  EXPECT_EQ(settled, contract);
}

TEST(AccessTableItselfTest, EveryCommandOfTheContractHasARow) {
  const auto* kinds = v1::Command::descriptor()->FindOneofByName("kind");
  for (int i = 0; i < kinds->field_count(); ++i) {
    const auto kind = static_cast<v1::Command::KindCase>(kinds->field(i)->number());
    EXPECT_NE(access::FindCommandRule(kind), nullptr) << kinds->field(i)->name();
  }
  EXPECT_EQ(access::CommandRules().size(), static_cast<std::size_t>(kinds->field_count()));
}

TEST_F(AccessTableTest, AGrantReadsWhatIsClassifiedUpToItsOwnLevel) {
  Office& office = TheOffice();
  LedgerScene book(Server());
  const Staff staff(book);
  for (const v1::Classification level : kClassifications) {
    Given({{staff.officer, RegisterModel(NewId(), office.map.commune).Classified(level)}});
  }
  for (const v1::Classification level : kClassifications) {
    const Person reader = book.Hire({v1::ROLE_COMMUNE_OFFICER, level});
    v1::ListModelsRequest request;
    *request.mutable_context() = reader.Now();
    const auto answer = reader.client.Ask(request);
    EXPECT_EQ(answer.value.models_size(), level - v1::CLASSIFICATION_PUBLIC + 1);
  }
}

TEST_F(AccessTableTest, AGrantThatIsNamedMustBeInForce) {
  Office& office = TheOffice();
  Deed deed = RegisterModel(NewId(), office.map.commune);
  deed.submission.set_grant_id(NewId());
  const std::uint64_t before = office.book.Commits();
  EXPECT_THAT(When(office.staff.officer, deed), Fails("PERMISSION_DENIED GRANT_NOT_IN_FORCE"));
  EXPECT_EQ(office.book.Commits(), before);
}

TEST_F(AccessTableTest, ARevokedGrantGivesNoRightAnyMore) {
  Office& office = TheOffice();
  Person clerk = office.book.Stranger();
  const std::string grant = NewId();
  const Person& administrator = office.book.administrator();
  Given({{administrator, RegisterActor(clerk.actor_id, administrator.agency_id)},
         {administrator, GrantRole(clerk.actor_id, grant, v1::ROLE_COMMUNE_OFFICER)},
         {administrator, IssueCredential(clerk.actor_id, NewId(), clerk.token)},
         {clerk, RegisterModel(NewId(), office.map.commune)},
         {administrator, RevokeGrant(clerk.actor_id, grant)}});
  EXPECT_THAT(When(clerk, RegisterModel(NewId(), office.map.commune)),
              Fails("PERMISSION_DENIED ROLE_MISSING"));
}

}  // namespace
}  // namespace nhanrong::e2e

// Tokens: who is not known is told why, by reads as by writes, and nothing is written.
#include <future>
#include <mutex>

#include "services/access/access_table.h"
#include "tests/e2e/access_calls.h"
#include "tests/e2e/harness/end_to_end_test_kit.h"

namespace nhanrong::e2e {
namespace {

class TokenTest : public EndToEndTest {
 protected:
  TokenTest() : book_(Server()), clerk_(book_.Stranger()) {
    const Person& administrator = book_.administrator();
    Given({{administrator, RegisterActor(clerk_.actor_id, administrator.agency_id)},
           {administrator, GrantRole(clerk_.actor_id, NewId(), v1::ROLE_COMMUNE_OFFICER)}});
  }

  // Every call of the ledger as this caller.
  void ExpectEverywhere(const Client& caller, const std::string& reason) {
    const std::uint64_t before = book_.Commits();
    const bool known = reason.starts_with("AGENCY_");
    const std::string outline = (known ? "PERMISSION_DENIED " : "UNAUTHENTICATED ") + reason;
    const Place place = {Map().commune, NewId(), NewId(), NewId(), NewId(), NewId()};
    for (const access::RpcRule& rule : access::RpcRules()) {
      const Answer answer = (*FindRpcCall(rule.rpc))(caller, book_.name(), place);
      EXPECT_EQ(Outline(answer), outline) << rule.rpc;
      EXPECT_FALSE(answer.status.message().empty());
    }
    const v1::Submission model = clerk_.Write(RegisterModel(NewId(), Map().commune));
    EXPECT_THAT(caller.Submit(model), Fails(outline));
    v1::SubmitManyRequest many;
    *many.add_submissions() = model;
    const auto answered = caller.Ask(many);
    ASSERT_EQ(answered.value.outcomes_size(), 1);
    EXPECT_THAT(SubmittedOf(answered.value.outcomes(0)), Fails(outline));
    v1::SubmitStreamRequest frame;
    frame.set_sequence(1);
    *frame.add_submissions() = model;
    const auto streamed = caller.Ask(frame);
    EXPECT_TRUE(streamed.ok());
    ASSERT_EQ(streamed.value.size(), 1u);
    EXPECT_EQ(Outline(AnswerOf(streamed.value[0].error())), outline);
    EXPECT_EQ(book_.Commits(), before);
  }

  LedgerScene book_;
  Person clerk_;
};

TEST_F(TokenTest, WithoutATokenNothingIsAnswered) {
  ExpectEverywhere(clerk_.client.WithHeader(""), "TOKEN_MISSING");
}

TEST_F(TokenTest, ATokenThatNobodyHoldsIsUnknown) {
  ExpectEverywhere(book_.Stranger().client, "TOKEN_UNKNOWN");
}

TEST_F(TokenTest, WhatIsNoTokenAtAllIsUnknown) {
  const std::string token = book_.administrator().token;
  for (const std::string& header :
       {std::string("Bearer"), std::string("Bearer nr1_short"), "Basic " + token, token,
        "Bearer " + token + "x", "Bearer " + token.substr(4), std::string(2000, 'a')}) {
    ExpectEverywhere(clerk_.client.WithHeader(header), "TOKEN_UNKNOWN");
  }
}

TEST_F(TokenTest, ARevokedTokenIsToldSo) {
  const std::string credential = NewId();
  Given({{book_.administrator(), IssueCredential(clerk_.actor_id, credential, clerk_.token)},
         {clerk_, RegisterModel(NewId(), Map().commune)},
         {book_.administrator(), RevokeCredential(clerk_.actor_id, credential)}});
  ExpectEverywhere(clerk_.client, "TOKEN_REVOKED");
}

TEST_F(TokenTest, ARevokedTokenFollowsNoFurther) {
  const Person auditor = book_.Stranger();
  const std::string credential = NewId();
  Given({{book_.administrator(), RegisterActor(auditor.actor_id, book_.administrator().agency_id)},
         {book_.administrator(), GrantRole(auditor.actor_id, NewId(), v1::ROLE_AUDITOR)},
         {book_.administrator(), IssueCredential(auditor.actor_id, credential, auditor.token)}});
  std::promise<void> caught_up;
  auto followed = std::async(std::launch::async, [&] {
    v1::FollowRequest request;
    request.mutable_range()->set_ledger(book_.name());
    std::once_flag once;
    return auditor.client.Follow(request, [&] {
      std::call_once(once, [&] { caught_up.set_value(); });
      return true;
    });
  });
  caught_up.get_future().wait();
  const std::uint64_t revoked_at = book_.Commits();
  Given({{book_.administrator(), RevokeCredential(auditor.actor_id, credential)}});
  const auto answer = followed.get();
  EXPECT_EQ(Outline(answer), "UNAUTHENTICATED TOKEN_REVOKED");
  ASSERT_FALSE(answer.value.empty());
  EXPECT_LT(answer.value.back().position(), revoked_at);
}

TEST_F(TokenTest, ASuspendedTokenIsToldSoUntilItIsResumed) {
  const std::string credential = NewId();
  Given({{book_.administrator(), IssueCredential(clerk_.actor_id, credential, clerk_.token)},
         {book_.administrator(), SuspendCredential(clerk_.actor_id, credential)}});
  ExpectEverywhere(clerk_.client, "TOKEN_SUSPENDED");
  Given({{book_.administrator(), ResumeCredential(clerk_.actor_id, credential)},
         {clerk_, RegisterModel(NewId(), Map().commune)}});
}

TEST_F(TokenTest, ATokenIsReplacedWithoutAGap) {
  Person moved = clerk_;
  moved.token = NewToken();
  moved.client = Client(Server().address(), moved.token);
  const std::string old = NewId();
  Given({{book_.administrator(), IssueCredential(clerk_.actor_id, old, clerk_.token)},
         {book_.administrator(), IssueCredential(clerk_.actor_id, NewId(), moved.token)},
         {clerk_, RegisterModel(NewId(), Map().commune)},
         {moved, RegisterModel(NewId(), Map().commune)},
         {book_.administrator(), RevokeCredential(clerk_.actor_id, old)},
         {moved, RegisterModel(NewId(), Map().commune)}});
  ExpectEverywhere(clerk_.client, "TOKEN_REVOKED");
}

TEST_F(TokenTest, NobodyOfASuspendedOrClosedAgencyIsAnswered) {
  const std::string agency = NewId();
  Given({{book_.administrator(), EstablishAgency(agency, Map().commune)}});
  const Person member = book_.Hire({.role = v1::ROLE_AUDITOR, .agency = agency});
  Given({{book_.administrator(), SuspendAgency(agency)}});
  ExpectEverywhere(member.client, "AGENCY_SUSPENDED");
  Given({{book_.administrator(), ResumeAgency(agency)}});
  EXPECT_THAT(When(member, RegisterModel(NewId(), Map().commune)),
              Fails("PERMISSION_DENIED ROLE_MISSING"));
  Given({{book_.administrator(), CloseAgency(agency)}});
  ExpectEverywhere(member.client, "AGENCY_CLOSED");
}

TEST_F(TokenTest, AnExpiredTokenIsToldSo) {
  const Deed issue = IssueCredential(clerk_.actor_id, NewId(), clerk_.token, book_.Today());
  Given({{book_.administrator(), issue}});
  ExpectEverywhere(clerk_.client, "TOKEN_EXPIRED");
}

TEST_F(TokenTest, ATokenIsOneOfItsOwnLedgerAlone) {
  const LedgerScene other(Server());
  Deed deed = RegisterModel(NewId(), Map().commune);
  deed.submission.set_ledger(other.name());
  EXPECT_THAT(When(book_.administrator(), deed), Fails("UNAUTHENTICATED TOKEN_UNKNOWN"));
}

TEST_F(TokenTest, OnlyTheOperatorMakesLedgers) {
  v1::CreateLedgerRequest request;
  request.set_name("so-la");
  const Client& administrator = book_.administrator().client;
  EXPECT_THAT(administrator.Ask(request), Fails("UNAUTHENTICATED TOKEN_UNKNOWN"));
  EXPECT_THAT(administrator.WithHeader("").Ask(request), Fails("UNAUTHENTICATED TOKEN_MISSING"));
}

TEST_F(TokenTest, ACallerSeesTheLedgersThatKnowHimAndTheOperatorAll) {
  const v1::ListLedgersRequest request;
  const auto seen = book_.administrator().client.Ask(request);
  ASSERT_EQ(seen.value.ledgers_size(), 1);
  EXPECT_EQ(seen.value.ledgers(0).name(), book_.name());
  const Client operator_of_it(Server().address(), Server().operator_token());
  EXPECT_GE(operator_of_it.Ask(request).value.ledgers_size(), 2);
  EXPECT_THAT(book_.Stranger().client.Ask(request), Fails("UNAUTHENTICATED TOKEN_UNKNOWN"));
}

}  // namespace
}  // namespace nhanrong::e2e

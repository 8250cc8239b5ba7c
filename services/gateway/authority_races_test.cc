// Rights that are taken while a decision that rests on them is on its way to the log.
#include "services/domain/actor/actor_state.h"
#include "services/gateway/gateway_test_kit.h"

namespace nhanrong::gateway {
namespace {

const Hash kClerkToken = Sha256("token of the clerk");

// A clerk of an agency of the nation, and his chief who lends him his role.
class AuthorityRacesTest : public LedgerGatewayTest {
 protected:
  void SetUp() override {
    LedgerGatewayTest::SetUp();
    Accepted(Establish(unit_, "Nước Mẫu"));
    Accepted(Administer([this](v1::Command& command) {
      command.mutable_establish_agency()->set_agency_id(agency_);
      command.mutable_establish_agency()->set_name("Cơ quan khác");
      command.mutable_establish_agency()->set_unit_id(unit_);
    }));
    for (const std::string& actor : {clerk_, chief_}) {
      Accepted(Administer([&](v1::Command& command) {
        v1::RegisterActor& told = *command.mutable_register_actor();
        told.set_actor_id(actor);
        told.set_agency_id(agency_);
        told.set_kind(v1::ACTOR_KIND_PERSON);
        told.set_title("Chuyên viên");
        told.mutable_subject()->set_subject_id(RandomUlid(kStart));
      }));
    }
    Grant(clerk_, own_grant_, v1::ROLE_COMMUNE_OFFICER);
    Grant(chief_, chiefs_grant_, v1::ROLE_COMMUNE_OFFICER);
    Accepted(Administer([this](v1::Command& command) {
      v1::IssueCredential& told = *command.mutable_issue_credential();
      told.set_actor_id(clerk_);
      told.set_credential_id(credential_);
      told.set_token_sha256(std::string(AsBytes(kClerkToken)));
    }));
    Accepted(Administer([this](v1::Command& command) {
      v1::DelegateAuthority& told = *command.mutable_delegate_authority();
      told.set_actor_id(clerk_);
      told.set_delegation_id(delegation_);
      told.set_form(v1::DELEGATION_FORM_KT);
      told.set_principal_actor_id(chief_);
      told.mutable_document()->set_kind("Quyết định");
      told.mutable_document()->set_issued_on("2026-01-01");
      told.mutable_document()->set_issuer("Cơ quan khác");
      told.mutable_document()->set_summary("Phân công");
    }));
  }

  template <typename Fill>
  static v1::Submission Administer(const Fill& fill) {
    v1::Submission submission = Submission();
    submission.clear_occurred_on();
    fill(*submission.mutable_command());
    return submission;
  }
  void Grant(const std::string& actor, const std::string& grant, v1::Role role) {
    Accepted(Administer([&](v1::Command& command) {
      v1::GrantRole& told = *command.mutable_grant_role();
      told.set_actor_id(actor);
      told.set_grant_id(grant);
      told.set_role(role);
      told.set_reads_up_to(v1::CLASSIFICATION_INTERNAL);
    }));
  }
  static v1::Submission SuspendGrant(const std::string& actor, const std::string& grant) {
    return Administer([&](v1::Command& command) {
      command.mutable_suspend_grant()->set_actor_id(actor);
      command.mutable_suspend_grant()->set_grant_id(grant);
    });
  }
  v1::Submission Model(const std::string& delegation) {
    v1::Submission submission = Submission();
    v1::ModelDefinition& told =
        *submission.mutable_command()->mutable_register_model()->mutable_definition();
    told.set_name("Nuôi lươn");
    told.set_level(v1::MODEL_LEVEL_COMMUNE);
    told.set_field(v1::MODEL_FIELD_PRODUCTION);
    told.set_sector_block(v1::SECTOR_BLOCK_ECONOMIC);
    told.set_unit_id(unit_);
    submission.set_delegation_id(delegation);
    return submission;
  }

  // The clerk's submission through another gateway, decided before `taking` is known there, behind
  // it in the log. What he is told.
  access::Denial ToldAfter(const v1::Submission& taking, const std::string& delegation = "") {
    TestGateway second(store_, clock_);
    EXPECT_TRUE(second.follower.WaitCommits(Commits(), kSoon));
    control().Hold();
    auto taken = first_->Send(taking);
    AwaitPending(1);
    auto late = second.Send(Model(delegation), access::TokenProof(kClerkToken));
    AwaitPending(2);
    control().Resume();
    As<v1::Accepted>(std::move(taken));
    const access::Denied denied = As<access::Denied>(std::move(late));
    EXPECT_EQ(second.gateway->counters().races_lost, 1u);
    return denied.denial;
  }

  const std::string agency_ = RandomUlid(kStart);
  const std::string clerk_ = RandomUlid(kStart);
  const std::string chief_ = RandomUlid(kStart);
  const std::string own_grant_ = RandomUlid(kStart);
  const std::string chiefs_grant_ = RandomUlid(kStart);
  const std::string credential_ = RandomUlid(kStart);
  const std::string delegation_ = RandomUlid(kStart);
};

TEST_F(AuthorityRacesTest, WithNothingTakenBothWaysAreOpen) {
  As<v1::Accepted>(first_->Send(Model(""), access::TokenProof(kClerkToken)));
  const auto lent =
      As<v1::Accepted>(first_->Send(Model(delegation_), access::TokenProof(kClerkToken)));
  EXPECT_EQ(lent.acting_for().principal_actor_id(), chief_);
}

TEST_F(AuthorityRacesTest, ASuspendedGrantIsMissed) {
  EXPECT_EQ(ToldAfter(SuspendGrant(clerk_, own_grant_)), access::Denial::kGrantSuspended);
}

TEST_F(AuthorityRacesTest, ASuspendedTokenIsMissed) {
  EXPECT_EQ(ToldAfter(Administer([this](v1::Command& command) {
              command.mutable_suspend_credential()->set_actor_id(clerk_);
              command.mutable_suspend_credential()->set_credential_id(credential_);
            })),
            access::Denial::kTokenSuspended);
}

TEST_F(AuthorityRacesTest, ASuspendedAgencyIsMissed) {
  EXPECT_EQ(ToldAfter(Administer([this](v1::Command& command) {
              command.mutable_suspend_agency()->set_agency_id(agency_);
            })),
            access::Denial::kAgencySuspended);
}

TEST_F(AuthorityRacesTest, ARevokedDelegationIsMissed) {
  EXPECT_EQ(ToldAfter(Administer([this](v1::Command& command) {
                        command.mutable_revoke_delegation()->set_actor_id(clerk_);
                        command.mutable_revoke_delegation()->set_delegation_id(delegation_);
                      }),
                      delegation_),
            access::Denial::kDelegationRevoked);
}

TEST_F(AuthorityRacesTest, TheLostRightOfThePrincipalIsMissed) {
  EXPECT_EQ(ToldAfter(SuspendGrant(chief_, chiefs_grant_), delegation_),
            access::Denial::kPrincipalNotEntitled);
}

// Each relies on the other: the log lets only the first one go.
TEST_F(AuthorityRacesTest, TwoAdministratorsWhoStepBackAtOnceDoNotLeaveTheLedgerToNobody) {
  Grant(clerk_, "01JQ6ZQ9X4HM8TQ3ZV5K7R2ABC", v1::ROLE_ADMINISTRATOR);
  const std::string first_actor = Administrator();
  const auto& held = first_->streams.Find("actor/" + first_actor)->as<domain::ActorState>().grants;
  std::string first_grant;
  for (const auto& [id, grant] : held) {
    if (grant.role == v1::ROLE_ADMINISTRATOR) first_grant = id;
  }
  TestGateway second(store_, clock_);
  ASSERT_TRUE(second.follower.WaitCommits(Commits(), kSoon));
  control().Hold();
  auto a = first_->Send(SuspendGrant(first_actor, first_grant));
  AwaitPending(1);
  auto b = second.Send(SuspendGrant(clerk_, "01JQ6ZQ9X4HM8TQ3ZV5K7R2ABC"),
                       access::TokenProof(kClerkToken));
  AwaitPending(2);
  control().Resume();
  As<v1::Accepted>(std::move(a));
  EXPECT_EQ(As<Refused>(std::move(b)).violations[0].rule, "administrator.last");
}

}  // namespace
}  // namespace nhanrong::gateway

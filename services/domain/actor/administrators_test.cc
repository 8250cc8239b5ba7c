#include "services/domain/actor/administrators.h"

#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

// "Bình" is an administrator of "Sở A"; so is "Cúc" where a test says so.
class AdministratorsTest : public DomainTest {
 protected:
  AdministratorsTest() {
    Given({RegisterActor(), GrantRole("quyền 1", v1::ROLE_ADMINISTRATOR),
           IssueCredential("chứng thực 1", 'a')});
  }

  // Acts that make "Cúc" an administrator too.
  static std::vector<Act> Second() {
    return {ThatOf(RegisterActor(), "Cúc"),
            ThatOf(GrantRole("quyền của Cúc", v1::ROLE_ADMINISTRATOR), "Cúc"),
            ThatOf(IssueCredential("chứng thực của Cúc", 'c'), "Cúc")};
  }

  static std::vector<Act> Removals() {
    return {RevokeGrant("quyền 1"),
            SuspendGrant("quyền 1"),
            RevokeCredential("chứng thực 1"),
            SuspendCredential("chứng thực 1"),
            OfAgency(SuspendAgency(), "Sở A"),
            OfAgency(CloseAgency(), "Sở A")};
  }
  const std::string actor_ = "actor/" + Id("Bình");
};

TEST_F(AdministratorsTest, TheLastOneIsNeitherRevokedNorSuspended) {
  for (const Act& removal : Removals()) {
    EXPECT_TRUE(HasBroken(When(removal), "administrator.last"))
        << removal.submission.command().ShortDebugString();
  }
}

TEST_F(AdministratorsTest, OneOfTwoIs) {
  Given(Second());
  EXPECT_THAT(When(SuspendGrant("quyền 1")), Gives("GrantSuspended"));
  EXPECT_THAT(When(ThatOf(RevokeGrant("quyền của Cúc"), "Cúc")),
              Breaks("administrator.last@command.revoke_grant"));
  Given({ResumeGrant("quyền 1")});
  EXPECT_THAT(When(ThatOf(RevokeGrant("quyền của Cúc"), "Cúc")), Gives("GrantRevoked"));
}

TEST_F(AdministratorsTest, AnotherThatMayEndOrReachesOnlyAUnitDoesNotCount) {
  Act ending = GrantRole("có hạn", v1::ROLE_ADMINISTRATOR);
  ending.submission.mutable_command()->mutable_grant_role()->set_valid_to("2030-01-01");
  Act scoped = GrantRole("một xã", v1::ROLE_ADMINISTRATOR);
  scoped.submission.mutable_command()->mutable_grant_role()->set_scope_unit_id(Id("xã"));
  Given({ThatOf(RegisterActor(), "Cúc"), ThatOf(ending, "Cúc"), ThatOf(scoped, "Cúc"),
         ThatOf(IssueCredential("chứng thực của Cúc", 'c'), "Cúc")});
  EXPECT_TRUE(HasBroken(When(RevokeGrant("quyền 1")), "administrator.last"));
  Given({ThatOf(GrantRole("cả sổ", v1::ROLE_ADMINISTRATOR), "Cúc")});
  EXPECT_THAT(When(RevokeGrant("quyền 1")), Gives("GrantRevoked"));
}

TEST_F(AdministratorsTest, AnotherWithoutACredentialOrInASuspendedAgencyDoesNotCount) {
  Given(Second());
  Given({ThatOf(SuspendCredential("chứng thực của Cúc"), "Cúc")});
  EXPECT_TRUE(HasBroken(When(RevokeGrant("quyền 1")), "administrator.last"));
  Act elsewhere = ThatOf(RegisterActor(), "Dung");
  elsewhere.submission.mutable_command()->mutable_register_actor()->set_agency_id(Id("Sở mới"));
  Given({EstablishAgency(), elsewhere,
         ThatOf(GrantRole("quyền của Dung", v1::ROLE_ADMINISTRATOR), "Dung"),
         ThatOf(IssueCredential("chứng thực của Dung", 'd'), "Dung"), SuspendAgency()});
  EXPECT_TRUE(HasBroken(When(RevokeGrant("quyền 1")), "administrator.last"));
  EXPECT_TRUE(HasBroken(When(OfAgency(SuspendAgency(), "Sở A")), "administrator.last"));
  Given({ResumeAgency(), OfAgency(SuspendAgency(), "Sở A")});
  EXPECT_TRUE(HasBroken(When(CloseAgency()), "administrator.last"));
}

TEST_F(AdministratorsTest, ACorrectionTakesTheLastOneNeither) {
  const auto annul = [&](std::size_t n) {
    return AnnulFact(actor_, EventId(actor_, n)).As(v1::ROLE_ADMINISTRATOR);
  };
  EXPECT_TRUE(HasBroken(When(annul(1)), "administrator.last"));
  EXPECT_TRUE(HasBroken(When(annul(2)), "administrator.last"));
  v1::Fact ending = world_.History(actor_).at(1).fact;
  ending.mutable_role_granted()->set_valid_to("2030-01-01");
  EXPECT_TRUE(
      HasBroken(When(CorrectFact(actor_, EventId(actor_, 1), ending).As(v1::ROLE_ADMINISTRATOR)),
                "administrator.last"));
  Given(Second());
  EXPECT_THAT(When(annul(1)), Gives("FactAnnulled"));
}

TEST_F(AdministratorsTest, WhatShowsThatOneRemainsIsRead) {
  Given(Second());
  world_.Forget();
  const Act act = RevokeGrant("quyền 1");
  ASSERT_TRUE(Decide(RequestOf(act), world_));
  EXPECT_TRUE(world_.reads().contains("actor/" + Id("Cúc")));
  EXPECT_TRUE(world_.reads().contains("agency/" + Id("Sở A")));
}

}  // namespace
}  // namespace nhanrong::domain

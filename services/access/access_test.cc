#include "services/access/access.h"

#include <gtest/gtest.h>

#include "services/access/access_table.h"

namespace nhanrong::access {
namespace {

// A map of two levels: "commune" lies in "province".
bool Within(void*, std::string_view unit, std::string_view scope) {
  return unit == scope || (unit == "commune" && scope == "province");
}
const Map kMap{nullptr, &Within};

using Units = std::vector<std::string>;

Caller With(std::vector<Grant> grants) {
  return {"actor", "person", "credential", {}, std::move(grants)};
}

const Grant kOfficer{"g1", v1::ROLE_COMMUNE_OFFICER, "province", v1::CLASSIFICATION_INTERNAL};
const Grant kChair{"g2", v1::ROLE_COMPETENT_AUTHORITY, "", v1::CLASSIFICATION_PUBLIC};

TEST(AccessTest, EveryCommandOfTheContractHasARow) {
  const auto* kinds = v1::Command::descriptor()->oneof_decl(0);
  for (int i = 0; i < kinds->field_count(); ++i) {
    const auto kind = static_cast<v1::Command::KindCase>(kinds->field(i)->number());
    EXPECT_NE(FindCommandRule(kind), nullptr) << kinds->field(i)->name();
  }
}

TEST(AccessTest, GrantReachesItsUnitAndThoseBelow) {
  const Caller caller = With({kOfficer});
  EXPECT_TRUE(MayCommand(caller, v1::Command::kRegisterModel, Units({"commune"}), "", kMap));
  EXPECT_EQ(MayCommand(caller, v1::Command::kRegisterModel, Units({"elsewhere"}), "", kMap)
                .error()
                .denial,
            Denial::kOutOfScope);
  EXPECT_EQ(MayCommand(caller, v1::Command::kRegisterModel, {}, "", kMap).error().denial,
            Denial::kOutOfScope);
}

TEST(AccessTest, RoleThatMayNotIsToldApartFromScopeThatDoesNotReach) {
  EXPECT_EQ(MayCommand(With({kOfficer}), v1::Command::kApprovePilot, Units({"commune"}), "", kMap)
                .error()
                .denial,
            Denial::kRoleMissing);
}

TEST(AccessTest, NamedGrantAloneCounts) {
  const Caller caller = With({kOfficer, kChair});
  EXPECT_EQ(MayCommand(caller, v1::Command::kApprovePilot, Units({"commune"}), "", kMap)
                ->front()
                .grant_id,
            "g2");
  EXPECT_EQ(
      MayCommand(caller, v1::Command::kApprovePilot, Units({"commune"}), "g1", kMap).error().denial,
      Denial::kRoleMissing);
  EXPECT_EQ(MayCommand(caller, v1::Command::kApprovePilot, Units({"commune"}), "gone", kMap)
                .error()
                .denial,
            Denial::kGrantNotInForce);
}

TEST(AccessTest, ReadsUpToTheHighestOfTheGrantsThatReach) {
  const Caller caller = With({kOfficer, kChair});
  EXPECT_EQ(*MayRead(caller, "QueryService/ListModels", "commune", kMap),
            v1::CLASSIFICATION_INTERNAL);
  EXPECT_EQ(*MayRead(caller, "QueryService/ListModels", "elsewhere", kMap),
            v1::CLASSIFICATION_PUBLIC);
}

TEST(AccessTest, CallThatAnswersAboveTheGrantIsDenied) {
  EXPECT_EQ(MayRead(With({kChair}), "QueryService/ListSubmissions", "", kMap).error().denial,
            Denial::kClassificationAbove);
  EXPECT_EQ(MayRead(With({kOfficer}), "HistoryService/Read", "", kMap).error().denial,
            Denial::kRoleMissing);
  EXPECT_EQ(MayRead(With({kChair}), "no such call", "", kMap).error().denial, Denial::kRoleMissing);
}

TEST(AccessTest, TokenTextHasOneForm) {
  EXPECT_TRUE(TokenHash("nr1_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
  EXPECT_FALSE(TokenHash("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
  EXPECT_FALSE(TokenHash("nr1_AAAA"));
  EXPECT_FALSE(TokenHash(""));
}

TEST(AccessTest, EveryUnitThatIsConcernedMustBeReached) {
  const Caller caller = With({kOfficer});
  const auto may = [&](const Units& units) {
    return MayCommand(caller, v1::Command::kRegisterModel, units, "", kMap).has_value();
  };
  EXPECT_TRUE(may({"commune", "province"}));
  EXPECT_FALSE(may({"commune", "elsewhere"}));
  EXPECT_FALSE(may({"commune", ""}));
}

TEST(AccessTest, AllGrantsThatFitAreGivenSoThatTheDomainCanChoose) {
  const Grant office{"g3", v1::ROLE_PROVINCIAL_OFFICE, "", v1::CLASSIFICATION_INTERNAL};
  const auto grants = MayCommand(With({kOfficer, kChair, office}), v1::Command::kCorrectFact,
                                 Units({"commune"}), "", kMap);
  ASSERT_EQ(grants->size(), 3u);
  EXPECT_EQ(grants->at(1).grant_id, "g2");
}

TEST(AccessTest, NobodyWritesToWhatHeMayNotRead) {
  const auto may = [&](const Caller& caller) {
    return MayCommand(caller, v1::Command::kCorrectFact, Units({"commune"}), "", kMap,
                      v1::CLASSIFICATION_INTERNAL);
  };
  EXPECT_EQ(may(With({kChair})).error().denial, Denial::kClassificationAbove);
  EXPECT_EQ(may(With({kChair, kOfficer}))->front().grant_id, "g1");
}

TEST(AccessTest, ASuspendedGrantIsToldApartFromNone) {
  Caller caller = With({kChair});
  caller.suspended_grants = {kOfficer};
  const auto why = [&](v1::Command::KindCase command, const char* grant) {
    return MayCommand(caller, command, Units({"commune"}), grant, kMap).error().denial;
  };
  EXPECT_EQ(why(v1::Command::kRegisterModel, ""), Denial::kGrantSuspended);
  EXPECT_EQ(why(v1::Command::kRegisterModel, "g1"), Denial::kGrantSuspended);
  EXPECT_EQ(why(v1::Command::kGrantRole, ""), Denial::kRoleMissing);
  caller.grants.clear();
  EXPECT_EQ(MayRead(caller, "QueryService/ListModels", "commune", kMap).error().denial,
            Denial::kGrantSuspended);
}

TEST(AccessTest, WhoShowsNothingIsToldApartFromWhoIsNobody) {
  EXPECT_EQ(NobodyBy(std::nullopt), Denial::kTokenMissing);
  EXPECT_EQ(NobodyBy(TokenProof(Sha256("x"))), Denial::kTokenUnknown);
  EXPECT_EQ(NobodyBy(CertificateProof(Sha256("x"))), Denial::kCertificateUnknown);
}

}  // namespace
}  // namespace nhanrong::access

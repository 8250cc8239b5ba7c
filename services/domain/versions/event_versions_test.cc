#include "services/domain/versions/event_versions.h"

#include <gtest/gtest.h>

#include <set>

#include "google/protobuf/unknown_field_set.h"

namespace nhanrong::domain {
namespace {

constexpr auto kKind = v1::Fact::kAgencyRenamed;

v1::Fact Named(const std::string& name) {
  v1::Fact fact;
  fact.mutable_agency_renamed()->set_name(name);
  return fact;
}

template <char letter>
v1::Fact Append(v1::Fact fact) {
  fact.mutable_agency_renamed()->mutable_name()->push_back(letter);
  return fact;
}

// Made up: three versions of one type.
constexpr Upcaster kThree[] = {{kKind, 2, Append<'3'>}, {kKind, 1, Append<'2'>}};
constexpr Upcaster kGap[] = {{kKind, 2, Append<'3'>}};

std::string Raised(std::uint32_t version, std::span<const Upcaster> steps) {
  v1::Fact fact = Named("x");
  return RaiseToCurrent(version, fact, steps) ? fact.agency_renamed().name() : "unknown";
}

TEST(EventVersionsTest, ATypeWithoutStepsIsAtVersionOne) {
  EXPECT_EQ(CurrentVersion(kKind, {}), 1u);
  EXPECT_EQ(CurrentVersion(v1::Fact::kUnitRenamed, kThree), 1u);
  EXPECT_EQ(Raised(1, {}), "x");
}

TEST(EventVersionsTest, AFactIsRaisedStepByStepFromItsOwnVersion) {
  EXPECT_EQ(CurrentVersion(kKind, kThree), 3u);
  EXPECT_EQ(Raised(1, kThree), "x23");
  EXPECT_EQ(Raised(2, kThree), "x3");
  EXPECT_EQ(Raised(3, kThree), "x");
}

TEST(EventVersionsTest, AVersionOfALaterProgramIsUnknown) {
  EXPECT_EQ(Raised(4, kThree), "unknown");
  EXPECT_EQ(Raised(2, {}), "unknown");
}

TEST(EventVersionsTest, AVersionWithoutItsStepIsUnknown) {
  EXPECT_EQ(Raised(0, kThree), "unknown");
  EXPECT_EQ(Raised(1, kGap), "unknown");
  EXPECT_EQ(Raised(2, kGap), "x3");
}

TEST(EventVersionsTest, TheStepsOfEachTypeFollowOneAnotherFromVersionOne) {
  std::set<std::pair<int, std::uint32_t>> steps;
  for (const Upcaster& step : Upcasters()) EXPECT_TRUE(steps.emplace(step.kind, step.from).second);
  for (const auto& [kind, from] : steps) {
    EXPECT_TRUE(from == 1 || steps.contains({kind, from - 1})) << kind << " from " << from;
  }
}

TEST(EventVersionsTest, EveryStepKeepsTheTypeAndWhatItDoesNotKnow) {
  for (const Upcaster& step : Upcasters()) {
    const auto* field = v1::Fact::descriptor()->FindFieldByNumber(step.kind);
    v1::Fact fact;
    google::protobuf::Message& told = *fact.GetReflection()->MutableMessage(&fact, field);
    told.GetReflection()->MutableUnknownFields(&told)->AddLengthDelimited(99, "later");
    const v1::Fact raised = step.up(fact);
    ASSERT_EQ(raised.kind_case(), step.kind);
    const auto& same = raised.GetReflection()->GetMessage(raised, field);
    EXPECT_EQ(same.GetReflection()->GetUnknownFields(same).field_count(), 1) << field->name();
  }
}

TEST(EventVersionsTest, ACredentialOfVersionOneIsATokenUnlessItSaysOtherwise) {
  v1::Fact fact;
  fact.mutable_credential_issued()->set_credential_id("c");
  ASSERT_TRUE(RaiseToCurrent(1, fact));
  EXPECT_EQ(fact.credential_issued().kind(), v1::CREDENTIAL_KIND_TOKEN);
  fact.mutable_credential_issued()->set_kind(v1::CREDENTIAL_KIND_CERTIFICATE);
  ASSERT_TRUE(RaiseToCurrent(1, fact));
  EXPECT_EQ(fact.credential_issued().kind(), v1::CREDENTIAL_KIND_CERTIFICATE);
}

}  // namespace
}  // namespace nhanrong::domain

// The ledger's own stream.
#include "services/domain/ledger/ledger.h"

#include "services/domain/aggregate/domain_test_kit.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"

namespace nhanrong::domain {
namespace {

constexpr char kVersion[] = "command.switch_rule_version.version";

class LedgerTest : public DomainTest {
 protected:
  const LedgerState& Ledger() { return world_.Read("ledger/tinh-thu").as<LedgerState>(); }
};

TEST_F(LedgerTest, ARuleVersionIsSwitchedOnInTheLedgersOwnStream) {
  EXPECT_EQ(Ledger().rule_version, 1u);
  const Outcome outcome = When(SwitchRuleVersion(2));
  EXPECT_THAT(outcome, Gives("RuleVersionSwitchedOn"));
  EXPECT_EQ(outcome.events[0].stream(), "ledger/tinh-thu");
  EXPECT_EQ(Ledger().rule_version, 2u);
}

TEST_F(LedgerTest, WhatIsOnIsNotSwitchedOnAgainNorBack) {
  const auto broken = std::string("ledger.rule_version_on@") + kVersion;
  EXPECT_THAT(When(SwitchRuleVersion(1)), Breaks(broken));
  Given({SwitchRuleVersion(3)});
  EXPECT_THAT(When(SwitchRuleVersion(2)), Breaks(broken));
  const Outcome again = When(SwitchRuleVersion(3));
  EXPECT_THAT(again, Breaks(broken));
  EXPECT_EQ(again.violations[0].actual, "3");
}

TEST_F(LedgerTest, AVersionIsNamed) {
  EXPECT_THAT(When(SwitchRuleVersion(0)), Breaks(std::string("field.required@") + kVersion));
}

TEST_F(LedgerTest, ASwitchStays) {
  Given({SwitchRuleVersion(2)});
  EXPECT_TRUE(HasBroken(When(AnnulFact("ledger/tinh-thu", EventId("ledger/tinh-thu", 1))),
                        "correction.not_correctable"));
}

TEST_F(LedgerTest, TheEventsOfADecisionTellTheirRecordWhatTheySwitchOn) {
  EXPECT_EQ(RuleVersionSwitchedOnBy(When(SwitchRuleVersion(2)).events), 2u);
  EXPECT_EQ(RuleVersionSwitchedOnBy(When(EstablishAgency()).events), 0u);
}

}  // namespace
}  // namespace nhanrong::domain

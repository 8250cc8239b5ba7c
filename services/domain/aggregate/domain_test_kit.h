// A small language for tests of decisions: given acts, when an act, then events or violated rules.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "services/domain/aggregate/domain_test_world.h"

namespace nhanrong::domain {

// One submission and who sends it. Every change gives a changed copy.
struct Act {
  v1::Submission submission;
  std::string actor;
  std::string principal;  // empty: in his own right
  std::string subject;    // empty: not known who the actor is
  std::string agency;
  std::string represented;  // empty: no other agency
  v1::Role role = v1::ROLE_COMMUNE_OFFICER;

  Act By(const std::string& name) const;         // another person
  Act For(const std::string& name) const;        // signed for another person
  Act Being(const std::string& name) const;      // the person who the actor is
  Act Of(const std::string& agency_name) const;  // another agency
  Act OnBehalfOf(const std::string& agency_name) const;
  Act As(v1::Role other) const;
  Act On(const std::string& date, v1::DatePrecision precision = v1::DATE_PRECISION_DAY) const;
  Act Undated() const;
  Act Because(const std::string& reason) const;
  Act FromDocument() const;  // channel MIGRATION, with one source
  Act Classified(v1::Classification classification) const;
  Act Expecting(std::uint64_t revision) const;
  Act ExpectingNothing() const;
  // With its own submission id; acts are equal submissions otherwise.
  Act Again(int n) const;
};

// An act of today that carries `command`.
Act ActOf(const v1::Command& command);

// The same name gives the same ULID.
std::string Id(const std::string& name);

struct Outcome {
  std::vector<v1::Event> events;
  Violations violations;
};

// An opened ledger with a nation, a province, a commune, an agency and a clock that stands still.
class DomainTest : public ::testing::Test {
 protected:
  DomainTest();

  // Field rules, decision, and, if accepted, the commit.
  Outcome When(const Act& act);
  // Acts that must be accepted.
  void Given(const std::vector<Act>& acts);
  Request RequestOf(const Act& act) const;
  // Event id of revision `n` of a stream.
  std::string EventId(const std::string& stream, std::size_t n);
  std::string StateName(const std::string& stream);

  DomainTestWorld world_;
  absl::CivilDay today_;
  int sent_ = 0;

 private:
  // As the genesis does.
  void OpenLedger();
};

// Types of the events without their package: "ModelRegistered". Those that say what rests on what
// ("reserved/use/…") are left out: they come with whatever names another stream.
std::vector<std::string> Types(const Outcome& outcome);
// "rule@field" of every violation.
std::vector<std::string> Broken(const Outcome& outcome);

// Accepted with these event types: EXPECT_THAT(When(act), Gives("ModelRegistered")).
template <typename... T>
auto Gives(const T&... types) {
  return ::testing::ResultOf(Types, ::testing::ElementsAre(types...));
}
// Refused for exactly these "rule@field".
template <typename... T>
auto Breaks(const T&... rules) {
  return ::testing::ResultOf(Broken, ::testing::UnorderedElementsAre(rules...));
}
// Refused, `rule` (whatever its field) among the reasons.
bool HasBroken(const Outcome& outcome, const std::string& rule);

}  // namespace nhanrong::domain

// The catalogue of rules with their words, in two halves, each in the order of enum Rule.
#pragma once

#include <span>
#include <string_view>

#include "services/domain/rules/rules.h"

namespace nhanrong::domain {

// One row of the catalogue. "{actual}" stands for Violation::actual.
struct RuleWords {
  Rule rule;
  std::string_view name;
  std::string_view wrong_vi;
  std::string_view wrong_en;
  std::string_view right_vi;
  std::string_view right_en;
};

// The row of `rule`. REQUIRES: rule != kCount.
const RuleWords& WordsOf(Rule rule);

// kFieldRequired and what follows, up to kSubmissionTooLarge.
std::span<const RuleWords> FieldRuleWords();
// kStreamExpectedRevision and what follows.
std::span<const RuleWords> DomainRuleWords();

}  // namespace nhanrong::domain

// The two halves of the catalogue, each in the order of enum Rule.
#pragma once

#include <span>

#include "services/domain/rules/rules.h"

namespace nhanrong::domain {

// kFieldRequired and what follows, up to kSubmissionTooLarge.
std::span<const RuleWords> FieldRuleWords();
// kStreamExpectedRevision and what follows.
std::span<const RuleWords> DomainRuleWords();

}  // namespace nhanrong::domain

#include "services/domain/rules/rules.h"

#include <algorithm>

#include "absl/strings/str_replace.h"
#include "services/base/check.h"
#include "services/domain/rules/words.h"

namespace nhanrong::domain {
namespace {

constexpr std::string_view kReserved = "reserved/";

// Words for a rule of a later version, met in an older record.
constexpr RuleWords kUnknown = {
    Rule::kCount,
    "",
    "Vi phạm một quy tắc mà phiên bản này chưa biết.",
    "Breaks a rule that this version does not know.",
    "Tra cứu tên quy tắc trong tài liệu của phiên bản mới hơn.",
    "Look the rule's name up in the documentation of a newer version.",
};

// "model.state" -> "*.state".
std::string Pattern(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string() : "*" + std::string(name.substr(dot));
}

const RuleWords& Find(std::string_view name) {
  for (const std::string& wanted : {std::string(name), Pattern(name)}) {
    for (std::size_t i = 0; i < static_cast<std::size_t>(Rule::kCount); ++i) {
      const RuleWords& words = WordsOf(static_cast<Rule>(i));
      if (words.name == wanted) return words;
    }
  }
  return kUnknown;
}

std::string Filled(std::string_view words, const std::string& actual) {
  return absl::StrReplaceAll(std::string(words), {{"{actual}", actual.empty() ? "?" : actual}});
}

}  // namespace

const RuleWords& WordsOf(Rule rule) {
  const auto index = static_cast<std::size_t>(rule);
  NR_CHECK(rule < Rule::kCount, "no such rule");
  constexpr std::size_t kFieldRules = static_cast<std::size_t>(Rule::kStreamExpectedRevision);
  return index < kFieldRules ? FieldRuleWords()[index] : DomainRuleWords()[index - kFieldRules];
}

std::string_view RuleName(Rule rule) { return WordsOf(rule).name; }

std::string StateRule(std::string_view aggregate_prefix) {
  return std::string(aggregate_prefix) + ".state";
}

std::string TakenRule(std::string_view reservation) {
  NR_CHECK(reservation.substr(0, kReserved.size()) == kReserved, "a reservation stream");
  const std::string_view rest = reservation.substr(kReserved.size());
  return std::string(rest.substr(0, rest.find('/'))) + ".taken";
}

v1::Violation Words(const Violation& violation) {
  const RuleWords& words = Find(violation.rule);
  v1::Violation made;
  made.set_field(violation.field);
  made.set_rule(violation.rule);
  made.set_wrong_vi(Filled(words.wrong_vi, violation.actual));
  made.set_wrong_en(Filled(words.wrong_en, violation.actual));
  made.set_right_vi(Filled(words.right_vi, violation.actual));
  made.set_right_en(Filled(words.right_en, violation.actual));
  made.set_actual(violation.actual);
  return made;
}

}  // namespace nhanrong::domain

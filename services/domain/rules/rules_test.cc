#include "services/domain/rules/rules.h"

#include <gtest/gtest.h>

#include <set>

#include "services/domain/aggregate/aggregate.h"
#include "services/domain/rules/words.h"
#include "services/domain/values/text.h"

namespace nhanrong::domain {
namespace {

constexpr auto kCount = static_cast<std::size_t>(Rule::kCount);

TEST(RulesTest, EveryRuleHasOneRowInItsPlace) {
  ASSERT_EQ(FieldRuleWords().size() + DomainRuleWords().size(), kCount);
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < kCount; ++i) {
    const RuleWords& words = WordsOf(static_cast<Rule>(i));
    EXPECT_EQ(words.rule, static_cast<Rule>(i)) << words.name;
    EXPECT_TRUE(names.insert(words.name).second) << words.name;
    EXPECT_NE(words.name.find('.'), std::string_view::npos) << words.name;
  }
}

TEST(RulesTest, EveryRuleSaysWhatIsWrongAndWhatWouldBeRightInBothLanguages) {
  for (std::size_t i = 0; i < kCount; ++i) {
    const RuleWords& words = WordsOf(static_cast<Rule>(i));
    Violations found;
    for (const auto text : {words.wrong_vi, words.wrong_en, words.right_vi, words.right_en}) {
      CheckText(Field(found, std::string(words.name)), text, {10, 300});
      EXPECT_EQ(text.back(), '.') << text;
    }
    EXPECT_TRUE(found.empty()) << words.name << ": " << (found.empty() ? "" : found[0].rule);
  }
}

// Text without a single Vietnamese letter would have been left in English, or lost its marks.
TEST(RulesTest, TheVietnameseWordsHaveTheirMarks) {
  for (std::size_t i = 0; i < kCount; ++i) {
    const RuleWords& words = WordsOf(static_cast<Rule>(i));
    for (const auto text : {words.wrong_vi, words.right_vi}) {
      int marked = 0;
      for (const char c : text) marked += static_cast<unsigned char>(c) >= 0x80 ? 1 : 0;
      EXPECT_GT(marked, 2) << text;
    }
    EXPECT_NE(words.wrong_vi, words.wrong_en);
  }
}

TEST(RulesTest, TheActualStateIsPutIntoTheWords) {
  const v1::Violation words = Words({"model.state", "command.submit_model.model_id", "CLOSED"});
  EXPECT_EQ(words.rule(), "model.state");
  EXPECT_EQ(words.field(), "command.submit_model.model_id");
  EXPECT_EQ(words.actual(), "CLOSED");
  EXPECT_EQ(words.wrong_vi(), "Trạng thái hiện tại (CLOSED) không cho phép thao tác này.");
  EXPECT_EQ(words.wrong_en(), "The present state (CLOSED) does not allow this.");
}

TEST(RulesTest, RulesWithMadeNamesHaveWords) {
  for (const AggregateType* type : AllAggregates()) {
    EXPECT_NE(Words({StateRule(type->prefix), "", "X"}).wrong_en().find("state"),
              std::string::npos);
  }
  for (const char* stream :
       {"reserved/unit-code/82", "reserved/agency-eid/A", "reserved/token/0"}) {
    EXPECT_NE(Words({TakenRule(stream), "", "X"}).wrong_en().find("holder"), std::string::npos);
  }
  EXPECT_EQ(TakenRule("reserved/unit-code/82"), "unit-code.taken");
}

TEST(RulesTest, ARuleOfALaterVersionKeepsItsName) {
  const v1::Violation words = Words({"signal.overdue", "f", "a"});
  EXPECT_EQ(words.rule(), "signal.overdue");
  EXPECT_FALSE(words.wrong_vi().empty());
}

}  // namespace
}  // namespace nhanrong::domain

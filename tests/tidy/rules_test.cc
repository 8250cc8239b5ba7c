// Every rule of the list can fail, and the tree that this is built from keeps every one.
#include <string>

#include "gtest/gtest.h"
#include "tests/tidy/rule.h"

namespace nhanrong::tidy {
namespace {

const Tree& TheTree() {
  static const Tree kTree = ReadTree(NHANRONG_SOURCE_DIR);
  return kTree;
}

class RuleTest : public testing::TestWithParam<Rule> {};

TEST_P(RuleTest, CanFail) { EXPECT_FALSE(GetParam().check(GetParam().broken).empty()); }

TEST_P(RuleTest, IsKept) {
  const Findings findings = GetParam().check(TheTree());
  EXPECT_TRUE(findings.empty()) << Text(findings);
}

INSTANTIATE_TEST_SUITE_P(Tidy, RuleTest, testing::ValuesIn(AllRules()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST(TreeTest, IsTheOneThatThisIsBuiltFrom) {
  EXPECT_TRUE(TheTree().contains("tests/tidy/rules_test.cc"));
}

}  // namespace
}  // namespace nhanrong::tidy

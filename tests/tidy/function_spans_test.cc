#include "tests/tidy/function_spans.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace nhanrong::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

std::vector<std::pair<int, int>> Spans(std::string_view text) {
  std::vector<std::pair<int, int>> spans;
  for (const FunctionSpan& span : FunctionSpansOf(text)) {
    spans.emplace_back(span.first_line, span.last_line);
  }
  return spans;
}

TEST(FunctionSpansTest, RunFromTheHeadToTheClosingBrace) {
  EXPECT_THAT(
      Spans("int A(int x,\n      int y) {\n  if (x) {\n  }\n  return y;\n}\n\nvoid B() {}\n"),
      ElementsAre(Pair(1, 6), Pair(8, 8)));
}

TEST(FunctionSpansTest, AreFoundInNamespacesAndClasses) {
  EXPECT_THAT(Spans("namespace a {\nclass B : public C {\n public:\n  int D() const {\n    return "
                    "1;\n  }\n};\n}\n"),
              ElementsAre(Pair(4, 6)));
}

TEST(FunctionSpansTest, ATestIsAFunction) {
  EXPECT_THAT(Spans("TEST(A, B) {\n  x();\n}\n"), ElementsAre(Pair(1, 3)));
}

TEST(FunctionSpansTest, InitialisersAreNone) {
  EXPECT_THAT(
      Spans("const int kA[] = {\n    1,\n};\nconst auto kB = [](int x) {\n  return x;\n};\n"),
      IsEmpty());
}

TEST(FunctionSpansTest, AConstructorsInitialisersBelongToIt) {
  EXPECT_THAT(Spans("A::A(int b)\n    : b_{b},\n      c_(b) {\n  d();\n}\n"),
              ElementsAre(Pair(1, 5)));
}

TEST(FunctionSpansTest, BracesInTextDoNotCount) {
  EXPECT_THAT(Spans("void A() {\n  s = \"{\";  // {\n  c = '{';\n  n = 65'535;\n  r = R\"x(\n{ )\" "
                    ")x\";\n}\n"),
              ElementsAre(Pair(1, 7)));
}

TEST(FunctionSpansTest, TemplatesAndOperatorsAreFunctions) {
  EXPECT_THAT(Spans("template <typename T = int>\nT A() {\n  return {};\n}\nbool operator==(A a, A "
                    "b) {\n}\n"),
              ElementsAre(Pair(1, 4), Pair(5, 6)));
}

TEST(FunctionSpansTest, MacrosAreNotRead) {
  EXPECT_THAT(Spans("#define A(x) \\\n  do {        \\\n  } while (false\nvoid B() {\n}\n"),
              ElementsAre(Pair(4, 5)));
}

}  // namespace
}  // namespace nhanrong::tidy

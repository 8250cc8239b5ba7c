// How long a file, a header and a function may be: what a reader can hold in the head at once.
#include <cstddef>

#include "tests/tidy/function_spans.h"
#include "tests/tidy/rule.h"
#include "tests/tidy/text.h"

namespace nhanrong::tidy {
namespace {

constexpr std::size_t kFileLinesMax = 400;
constexpr std::size_t kHeaderLinesMax = 150;
constexpr int kFunctionLinesMax = 70;
constexpr std::size_t kReadmeLinesMax = 30;

const std::vector<Exemption>& LongReadmes() {
  static const std::vector<Exemption> kLong = {
      {"README.md", "of the whole: guarantees, map and decisions"},
  };
  return kLong;
}

Finding TooLong(const std::string& path, std::size_t lines, std::size_t lines_max) {
  return {path, 0, Concat(lines, " lines, at most ", lines_max, ": split it")};
}

Findings CheckFileLength(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    const std::size_t lines = LinesOf(text).size();
    if (IsCpp(path) && lines > kFileLinesMax) {
      findings.push_back(TooLong(path, lines, kFileLinesMax));
    }
  }
  return findings;
}

Findings CheckHeaderLength(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    const std::size_t lines = LinesOf(text).size();
    if (IsHeader(path) && lines > kHeaderLinesMax) {
      findings.push_back(TooLong(path, lines, kHeaderLinesMax));
    }
  }
  return findings;
}

Findings CheckFunctionLength(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    if (!IsCpp(path)) continue;
    for (const FunctionSpan& span : FunctionSpansOf(text)) {
      const int lines = span.last_line - span.first_line + 1;
      if (lines > kFunctionLinesMax) {
        findings.push_back(
            {path, span.first_line,
             Concat("a function of ", lines, " lines, at most ", kFunctionLinesMax)});
      }
    }
  }
  return findings;
}

Findings CheckReadmeLength(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    const std::size_t lines = LinesOf(text).size();
    if (FileNameOf(path) == "README.md" && !IsExempt(LongReadmes(), path) &&
        lines > kReadmeLinesMax) {
      findings.push_back(TooLong(path, lines, kReadmeLinesMax));
    }
  }
  return findings;
}

std::string Repeated(std::string_view line, std::size_t times) {
  std::string text;
  for (std::size_t i = 0; i < times; ++i) text += line;
  return text;
}

}  // namespace

std::vector<Rule> SizeRules() {
  return {
      {"FilesAreShort", CheckFileLength, {{"a.cc", Repeated("\n", kFileLinesMax + 1)}}},
      {"HeadersAreShort", CheckHeaderLength, {{"a.h", Repeated("\n", kHeaderLinesMax + 1)}}},
      {"FunctionsAreShort",
       CheckFunctionLength,
       {{"a.cc", Concat("void F() {\n", Repeated("  x();\n", kFunctionLinesMax), "}\n")}}},
      {"ReadmesAreShort",
       CheckReadmeLength,
       {{"services/base/README.md", Repeated("a\n", kReadmeLinesMax + 1)}}},
  };
}

}  // namespace nhanrong::tidy

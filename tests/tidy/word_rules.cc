// Words that may not stand anywhere: work put off, tests switched off, and the places of one
// machine.
//
// The words are put together from two halves here, so that this file does not hold them.
#include <cstddef>
#include <string>

#include "tests/tidy/rule.h"
#include "tests/tidy/text.h"

namespace nhanrong::tidy {
namespace {

struct Word {
  std::string_view first_half;
  std::string_view second_half;
  std::string text() const { return Concat(first_half, second_half); }
};

enum class Boundaries { kWholeWord, kNotAfterAPath, kNone };

bool StandsAlone(std::string_view line, std::size_t at, std::size_t size, Boundaries boundaries) {
  const char before = at == 0 ? ' ' : line[at - 1];
  const char after = at + size >= line.size() ? ' ' : line[at + size];
  switch (boundaries) {
    case Boundaries::kWholeWord:
      return !IsWordCharacter(before) && !IsWordCharacter(after);
    case Boundaries::kNotAfterAPath:
      // "/x/" is a machine's path, "a/x/", "$D/x/" and "{}/x/" are not.
      return !IsWordCharacter(before) &&
             std::string_view(".-/}*").find(before) == std::string_view::npos;
    case Boundaries::kNone:
      return true;
  }
  return true;
}

// Lines of all files in which one of the words stands; `what` says what to do instead.
template <std::size_t n>
Findings Find(const Tree& tree, const Word (&words)[n], Boundaries boundaries,
              std::string_view what) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    for (const Word& half : words) {
      const std::string word = half.text();
      if (!Contains(text, word)) continue;
      int line_number = 0;
      for (const std::string_view line : LinesOf(text)) {
        ++line_number;
        const std::size_t at = line.find(word);
        if (at != std::string_view::npos && StandsAlone(line, at, word.size(), boundaries)) {
          findings.push_back({path, line_number, Concat(word, ": ", what)});
        }
      }
    }
  }
  return findings;
}

constexpr Word kPutOff[] = {{"FIX", "ME"}, {"XX", "X"}, {"TO", "DO"}, {"HA", "CK"}};
Findings CheckPutOff(const Tree& tree) {
  return Find(tree, kPutOff, Boundaries::kWholeWord,
              "do it, or write down in a README what is not there");
}

constexpr Word kSwitchedOff[] = {{"GTEST_", "SKIP"}, {"DISAB", "LED_"}};
Findings CheckSwitchedOff(const Tree& tree) {
  return Find(tree, kSwitchedOff, Boundaries::kNone, "a test that cannot run is deleted or fixed");
}

constexpr Word kMachinePaths[] = {{"/ho", "me/"}, {"/Us", "ers/"}, {"/ro", "ot/"}, {"/wo", "rk/"}};
Findings CheckMachinePaths(const Tree& tree) {
  return Find(tree, kMachinePaths, Boundaries::kNotAfterAPath, "a path of one machine");
}

constexpr Word kOutside[] = {{"../sha", "red"}};
Findings CheckOutside(const Tree& tree) {
  return Find(tree, kOutside, Boundaries::kNone, "lies outside of this repository");
}

// Whoever builds says in his own settings from where he fetches.
constexpr Word kRegistries[] = {
    {"repo.maven.", "apache.org"},
    {"repo1.", "maven.org"},
    {"deb.", "debian.org"},
    {"py", "pi.org"},
    {"registry.", "npmjs.org"},
    {"crates", ".io"},
    {"proxy.", "golang.org"},
    {"docker", ".io"},
    {"gh", "cr.io"},
    {"qua", "y.io"},
    {"registry.", "k8s.io"},
    {"gc", "r.io"},
};
Findings CheckRegistries(const Tree& tree) {
  return Find(tree, kRegistries, Boundaries::kNone,
              "a registry's host name belongs in its client's settings");
}

Tree BrokenBy(const Word& word) { return {{"a.cc", Concat("// ", word.text(), "\n")}}; }

}  // namespace

std::vector<Rule> WordRules() {
  return {
      {"NothingIsPutOff", CheckPutOff, BrokenBy(kPutOff[0])},
      {"NoTestIsSwitchedOff", CheckSwitchedOff, BrokenBy(kSwitchedOff[0])},
      {"NoPathsOfOneMachine", CheckMachinePaths, BrokenBy(kMachinePaths[0])},
      {"NothingFromOutside", CheckOutside, BrokenBy(kOutside[0])},
      {"NoRegistryHosts", CheckRegistries, BrokenBy(kRegistries[0])},
  };
}

}  // namespace nhanrong::tidy

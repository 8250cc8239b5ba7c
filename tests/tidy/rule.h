// What a rule of the tree is, and the list of all of them.
//
// A rule without a check is no rule, and a check that cannot fail is no check: each rule carries a
// made-up tree that breaks it, and a test runs the one on the other.
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/tree.h"

namespace nhanrong::tidy {

struct Finding {
  std::string path;
  // From 1; 0: the file or folder as a whole.
  int line = 0;
  // What is wrong, and what would be right.
  std::string what;
};
using Findings = std::vector<Finding>;

struct Rule {
  // CamelCase; the name of its tests.
  std::string_view name;
  Findings (*check)(const Tree&);
  // The smallest tree that breaks it.
  Tree broken;
  // What GoogleTest shows of it.
  friend void PrintTo(const Rule& rule, std::ostream* out) { *out << rule.name; }
};

// A place where a rule does not hold, and why. `path` is a file, or a folder with all below it.
struct Exemption {
  std::string_view path;
  std::string_view reason;
};

bool IsExempt(const std::vector<Exemption>& exemptions, std::string_view path);

// "services/base/ids.h:7: what", a line each.
std::string Text(const Findings& findings);

std::vector<Rule> DirectionRules();
std::vector<Rule> VendorRules();
std::vector<Rule> SizeRules();
std::vector<Rule> FolderRules();
std::vector<Rule> BuildRules();
std::vector<Rule> WordRules();
std::vector<Rule> FileFormRules();

std::vector<Rule> AllRules();

}  // namespace nhanrong::tidy

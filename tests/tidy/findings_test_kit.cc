#include "tests/tidy/findings_test_kit.h"

#include <algorithm>

#include "services/base/check.h"
#include "tests/tidy/text.h"

namespace nhanrong::tidy {

std::vector<std::string> Found(const std::vector<Rule>& rules, std::string_view name,
                               const Tree& tree) {
  const auto rule = std::find_if(rules.begin(), rules.end(),
                                 [&](const Rule& candidate) { return candidate.name == name; });
  NR_CHECK(rule != rules.end(), "no rule of this name");
  std::vector<std::string> places;
  for (const Finding& finding : rule->check(tree)) {
    places.push_back(Concat(finding.path, ":", finding.line));
  }
  return places;
}

}  // namespace nhanrong::tidy

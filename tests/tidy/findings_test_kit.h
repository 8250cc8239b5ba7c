// For tests of rules: what the rule of a name finds in a made-up tree, as "path:line".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/tidy/rule.h"

namespace nhanrong::tidy {

// REQUIRES: `rules` has a rule of this name.
std::vector<std::string> Found(const std::vector<Rule>& rules, std::string_view name,
                               const Tree& tree);

}  // namespace nhanrong::tidy

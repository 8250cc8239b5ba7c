// The #include lines of a file.
#pragma once

#include <string_view>
#include <vector>

namespace nhanrong::tidy {

struct Include {
  // From 1.
  int line;
  // Without quotes or brackets: "services/base/ids.h", "vector".
  std::string_view target;
  // <…>
  bool angled;
};

// Those of conditional compilation too; none of comments at a line's start.
std::vector<Include> IncludesOf(std::string_view text);

}  // namespace nhanrong::tidy

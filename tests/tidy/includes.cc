#include "tests/tidy/includes.h"

#include <cstddef>

#include "tests/tidy/text.h"
#include "tests/tidy/tree.h"

namespace nhanrong::tidy {

std::vector<Include> IncludesOf(std::string_view text) {
  std::vector<Include> includes;
  int line_number = 0;
  for (std::string_view line : LinesOf(text)) {
    ++line_number;
    line = StripLeft(line);
    if (!ConsumePrefix(line, "#")) continue;
    line = StripLeft(line);
    if (!ConsumePrefix(line, "include")) continue;
    line = StripLeft(line);
    if (line.empty() || (line[0] != '"' && line[0] != '<')) continue;
    const bool angled = line[0] == '<';
    const std::size_t end = line.find(angled ? '>' : '"', 1);
    if (end == std::string_view::npos) continue;
    includes.push_back({line_number, line.substr(1, end - 1), angled});
  }
  return includes;
}

}  // namespace nhanrong::tidy

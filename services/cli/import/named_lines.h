// The finished lines of a resumed import that lines behind them name: sent once more, they tell
// their events again.
#pragma once

#include <deque>

#include "services/cli/import/lines.h"

namespace nhanrong::cli {

class NamedLines final : public LineSource {
 public:
  // Lines up to `last_line` that lines behind it name, directly or through one another, in their
  // order. `content` is the whole file.
  NamedLines(std::string_view content, const ImportDefaults& defaults, std::uint64_t last_line);
  std::optional<ImportLine> Next() override;

 private:
  std::deque<ImportLine> lines_;
};

}  // namespace nhanrong::cli

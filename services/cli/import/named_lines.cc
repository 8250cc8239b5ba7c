#include "services/cli/import/named_lines.h"

#include <set>
#include <utility>
#include <vector>

namespace nhanrong::cli {

NamedLines::NamedLines(std::string_view content, const ImportDefaults& defaults,
                       std::uint64_t last_line) {
  std::vector<ImportLine> finished;
  std::set<std::string> named;
  ImportReader reader(content, defaults);
  while (std::optional<ImportLine> line = reader.Next()) {
    if (line->number <= last_line) {
      finished.push_back(*std::move(line));
    } else {
      named.insert(line->refers_to);
    }
  }
  for (auto line = finished.rbegin(); line != finished.rend(); ++line) {
    if (!line->problem.empty() || !named.contains(line->submission.submission_id())) continue;
    named.insert(line->refers_to);
    lines_.push_front(std::move(*line));
  }
}

std::optional<ImportLine> NamedLines::Next() {
  if (lines_.empty()) return std::nullopt;
  ImportLine line = std::move(lines_.front());
  lines_.pop_front();
  return line;
}

}  // namespace nhanrong::cli

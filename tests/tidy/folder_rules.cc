// One folder = one thing: it says in a README what it is, its name says what it is about, and the
// map in the root README shows it.
#include <algorithm>
#include <iterator>
#include <set>
#include <string>

#include "tests/tidy/function_spans.h"
#include "tests/tidy/rule.h"
#include "tests/tidy/text.h"

namespace nhanrong::tidy {
namespace {

// Folders by name, wherever they are.
const std::vector<Exemption>& FoldersWithoutReadme() {
  static const std::vector<Exemption> kWithout = {
      {"testdata", "belongs to the folder that it is in"},
      {"templates", "Helm renders every file in it"},
  };
  return kWithout;
}

bool NeedsReadme(std::string_view folder) {
  const auto parts = WordsOf(folder, "/");
  return std::none_of(parts.begin(), parts.end(),
                      [](std::string_view part) { return IsExempt(FoldersWithoutReadme(), part); });
}

// Folders with a file of their own; the root has its README by the rule of the map.
std::set<std::string> FoldersWithFiles(const Tree& tree) {
  std::set<std::string> folders;
  for (const auto& [path, text] : tree) folders.emplace(FolderOf(path));
  folders.erase("");
  return folders;
}

Findings CheckReadmes(const Tree& tree) {
  Findings findings;
  for (const std::string& folder : FoldersWithFiles(tree)) {
    if (NeedsReadme(folder) && !tree.contains(Concat(folder, "/README.md"))) {
      findings.push_back(
          {folder, 0, "no README.md: what it is, why, what belongs here and what does not"});
    }
  }
  return findings;
}

// Names that say nothing. Whole words of a path: "string_utils.h" has the word "utils".
constexpr std::string_view kEmptyWords[] = {"common", "helper", "helpers", "manager",
                                            "misc",   "util",   "utils"};

Findings CheckPathNames(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    for (const std::string_view word : WordsOf(path, "/_-.")) {
      if (std::find(std::begin(kEmptyWords), std::end(kEmptyWords), word) !=
          std::end(kEmptyWords)) {
        findings.push_back(
            {path, 0, Concat("\"", word, "\" says nothing: name it after what it does")});
      }
    }
  }
  return findings;
}

constexpr std::string_view kEmptyTypeEndings[] = {"Manager", "Helper", "Helpers", "Util", "Utils"};

// "class Foo final : public Bar {" -> "Foo"; empty if the line declares no type.
std::string_view DeclaredType(std::string_view line) {
  line = StripLeft(line);
  if (!ConsumePrefix(line, "class ") && !ConsumePrefix(line, "struct ")) return {};
  return line.substr(0, line.find_first_of(" ;:{"));
}

Findings CheckTypeNames(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    if (!IsCpp(path)) continue;
    const std::string code = BareCode(text);
    int line_number = 0;
    for (const std::string_view line : LinesOf(code)) {
      ++line_number;
      const std::string_view type = DeclaredType(line);
      for (const std::string_view ending : kEmptyTypeEndings) {
        if (type.ends_with(ending)) {
          findings.push_back(
              {path, line_number, Concat(type, " says nothing: name it after what it does")});
        }
      }
    }
  }
  return findings;
}

// Folders that the map shows: those at the top, and those of services.
std::set<std::string> FoldersOfTheMap(const Tree& tree) {
  std::set<std::string> folders;
  for (const std::string& folder : FoldersOf(tree)) {
    const bool top = !Contains(folder, "/") && !folder.starts_with(".");
    if (top || FolderOf(folder) == "services") folders.insert(folder);
  }
  return folders;
}

// "| [`services/base/`](services/base) | ids, … |" -> "services/base"; empty if it is no row of the
// map.
std::string_view FolderOfRow(std::string_view line) {
  if (!ConsumePrefix(line, "|")) return {};
  std::string_view cell = Strip(line.substr(0, line.find('|')));
  ConsumePrefix(cell, "[");
  if (!ConsumePrefix(cell, "`")) return {};
  cell = cell.substr(0, cell.find('`'));
  return ConsumeSuffix(cell, "/") ? cell : std::string_view();
}

Findings CheckMap(const Tree& tree) {
  const auto readme = tree.find("README.md");
  if (readme == tree.end()) return {{"README.md", 0, "there is none"}};
  Findings findings;
  std::set<std::string> missing = FoldersOfTheMap(tree);
  const std::set<std::string> all = FoldersOf(tree);
  int line_number = 0;
  for (const std::string_view line : LinesOf(readme->second)) {
    ++line_number;
    const std::string folder(FolderOfRow(line));
    missing.erase(folder);
    if (!folder.empty() && !all.contains(folder)) {
      findings.push_back(
          {"README.md", line_number, Concat("the map shows ", folder, "/, which is not there")});
    }
  }
  for (const std::string& folder : missing) {
    findings.push_back(
        {"README.md", 0, Concat("the map has no row | `", folder, "/` | what it is |")});
  }
  return findings;
}

}  // namespace

std::vector<Rule> FolderRules() {
  return {
      {"EveryFolderHasAReadme", CheckReadmes, {{"services/base/ids.h", ""}}},
      {"PathsSayWhatTheyAre", CheckPathNames, {{"services/common/a.h", ""}}},
      {"TypesSayWhatTheyAre", CheckTypeNames, {{"a.h", "class StreamManager {\n"}}},
      {"MapShowsTheTree", CheckMap, {{"README.md", "| `gone/` | x |\n"}}},
  };
}

}  // namespace nhanrong::tidy

// What lies in the tree is built: a source or a test that no CMakeLists.txt names is dead.
#include <algorithm>
#include <string>

#include "tests/tidy/rule.h"
#include "tests/tidy/text.h"

namespace nhanrong::tidy {
namespace {

constexpr std::string_view kLists = "CMakeLists.txt";

// Whether the list of an enclosing folder has `path`, relative to it, as a word.
bool IsNamed(const Tree& tree, std::string_view path, std::string_view first_folder) {
  for (std::string_view folder = first_folder;; folder = FolderOf(folder)) {
    const std::string prefix = folder.empty() ? "" : Concat(folder, "/");
    const auto list = tree.find(Concat(prefix, kLists));
    if (list != tree.end()) {
      const std::vector<std::string_view> words = WordsOf(list->second, " \t\n()\"");
      if (std::find(words.begin(), words.end(), path.substr(prefix.size())) != words.end())
        return true;
    }
    if (folder.empty()) return false;
  }
}

Findings CheckSourcesAreBuilt(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    if (IsSource(path) && !IsNamed(tree, path, FolderOf(path))) {
      findings.push_back(
          {path, 0, "no CMakeLists.txt names it: it is not built, its tests do not run"});
    }
  }
  return findings;
}

Findings CheckListsAreReached(const Tree& tree) {
  Findings findings;
  for (const auto& [path, text] : tree) {
    const std::string_view folder = FolderOf(path);
    if (FileNameOf(path) == kLists && !folder.empty() && !IsNamed(tree, folder, FolderOf(folder))) {
      findings.push_back({path, 0, "no add_subdirectory() leads here"});
    }
  }
  return findings;
}

}  // namespace

std::vector<Rule> BuildRules() {
  return {
      {"EverySourceIsBuilt",
       CheckSourcesAreBuilt,
       {{"services/a/CMakeLists.txt", "nhanrong_component(NAME a SOURCES a.cc)\n"},
        {"services/a/a.cc", ""},
        {"services/a/forgotten_test.cc", ""}}},
      {"EveryListIsReached",
       CheckListsAreReached,
       {{"CMakeLists.txt", "add_subdirectory(services)\n"}, {"projections/CMakeLists.txt", ""}}},
  };
}

}  // namespace nhanrong::tidy

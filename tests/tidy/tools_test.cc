// What programs of others check: clang-format on C++, ShellCheck on scripts.
#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tests/tidy/command.h"
#include "tests/tidy/text.h"
#include "tests/tidy/tree.h"

namespace nhanrong::tidy {
namespace {

// sh takes a command of up to 128 KiB.
constexpr std::size_t kFilesPerCommandMax = 100;

// What `command` says about files that it does not accept; it runs in the tree's root.
std::string Complaints(const std::string& command, const std::vector<std::string>& paths) {
  std::string complaints;
  for (std::size_t at = 0; at < paths.size(); at += kFilesPerCommandMax) {
    std::string line = Concat("cd ", Quoted(NHANRONG_SOURCE_DIR), " && ", command);
    for (std::size_t i = at; i < std::min(at + kFilesPerCommandMax, paths.size()); ++i) {
      line += " " + Quoted(paths[i]);
    }
    const CommandResult result = RunCommand(line);
    if (result.exit_code != 0) {
      complaints += Concat(result.output, "(exit code ", result.exit_code, ")\n");
    }
  }
  return complaints;
}

std::vector<std::string> PathsWhere(bool (*wanted)(std::string_view path, std::string_view text)) {
  std::vector<std::string> paths;
  for (const auto& [path, text] : ReadTree(NHANRONG_SOURCE_DIR)) {
    if (wanted(path, text)) paths.push_back(path);
  }
  return paths;
}

TEST(ToolsTest, ClangFormatHasNothingToChange) {
  const auto paths =
      PathsWhere([](std::string_view path, std::string_view) { return IsCpp(path); });
  const std::string complaints =
      Complaints("clang-format-14 --dry-run -Werror --ferror-limit=1", paths);
  EXPECT_TRUE(complaints.empty()) << complaints;
}

TEST(ToolsTest, ShellCheckHasNothingToSay) {
  const auto paths = PathsWhere([](std::string_view, std::string_view text) {
    return text.starts_with("#!/usr/bin/env bash");
  });
  const std::string complaints = Complaints("shellcheck --format=gcc", paths);
  EXPECT_TRUE(complaints.empty()) << complaints;
}

TEST(ToolsTest, AComplaintOfAToolIsAComplaint) {
  EXPECT_EQ(Complaints("echo bad; false", {"a"}), "bad\n(exit code 1)\n");
  EXPECT_TRUE(Contains(Complaints("no-such-program-at-all", {"a"}), "(exit code 127)"));
}

}  // namespace
}  // namespace nhanrong::tidy

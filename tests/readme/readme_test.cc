// Every command block of the root README does what it says.
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/readme/blocks.h"
#include "tests/readme/demonstration.h"
#include "tests/tidy/command.h"
#include "tests/tidy/text.h"

namespace nhanrong::readme {
namespace {

using tidy::Concat;
using tidy::Contains;

std::string ContentOf(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(std::string(NHANRONG_SOURCE_DIR) + "/" + path).rdbuf();
  return text.str();
}

const Demonstration& TheDemonstration() {
  static const Demonstration kDemonstration;
  return kDemonstration;
}

tidy::CommandResult InTheTree(const std::string& command) {
  return tidy::RunCommand(Concat("cd ", tidy::Quoted(NHANRONG_SOURCE_DIR), " && ", command));
}

// A script of ours: it is there, its --help works and tells of every flag that the line has.
std::string CheckScript(const std::vector<std::string_view>& words) {
  const tidy::CommandResult help = InTheTree(Concat(words[0], " --help"));
  if (help.exit_code != 0) return Concat(words[0], " --help: exit code ", help.exit_code);
  for (const std::string_view word : words) {
    if (word.starts_with("--") && !Contains(help.output, word)) {
      return Concat(words[0], " --help does not tell of ", word);
    }
  }
  return {};
}

// "cmake --workflow --preset dev"
std::string CheckPreset(const std::vector<std::string_view>& words) {
  const std::string presets = InTheTree("cmake --workflow --list-presets").output;
  const std::string preset = Concat('"', words.back(), '"');
  return Contains(presets, preset) ? "" : Concat("no workflow preset ", preset);
}

// "export NAME=$PWD/path …": what quickstart makes, in its default folder or the build's.
std::string CheckExport(const std::vector<std::string_view>& words) {
  for (std::string_view word : words) {
    word = word.substr(word.find('=') + 1);
    if (tidy::ConsumePrefix(word, "$PWD/.nhanrong/")) {
      if (!exists(TheDemonstration().home() / word)) return Concat("quickstart makes no ", word);
    } else if (tidy::ConsumePrefix(word, "$PWD/")) {
      const std::string program = Concat(word.substr(0, word.find(':')), "/nhanrong");
      if (!Contains(ContentOf("deploy/quickstart"), program)) {
        return Concat("quickstart does not build ", program);
      }
    }
  }
  return {};
}

// What is wrong with a line of an sh block; empty: nothing.
std::string Check(const std::string& line) {
  const std::vector<std::string_view> words = tidy::WordsOf(line, " ");
  if (words.empty()) return "an empty line";
  if (words[0].starts_with("deploy/") || words[0].starts_with("tests/")) return CheckScript(words);
  if (line.starts_with("cmake --workflow --preset ")) return CheckPreset(words);
  if (words[0] == "export") return CheckExport(words);
  return "no check for this command in tests/readme";
}

// The token that the page tells its reader to use.
std::string TokenFile(std::string_view page) {
  const std::string_view name = "$PWD/.nhanrong/";
  const std::size_t at = page.find(name);
  if (at == std::string_view::npos) return {};
  const std::string_view path = page.substr(at + name.size());
  return (TheDemonstration().home() / path.substr(0, path.find_first_of(" \n"))).string();
}

TEST(ReadmeTest, EveryBlockSaysWhatItIs) {
  const std::string page = ContentOf("README.md");
  EXPECT_FALSE(BlocksOf(page).empty());
  for (const Block& block : BlocksOf(page)) {
    EXPECT_THAT(block.language, testing::AnyOf("sh", "console")) << "README.md:" << block.line;
  }
}

TEST(ReadmeTest, EveryCommandIsThere) {
  for (const Block& block : BlocksOf(ContentOf("README.md"))) {
    if (block.language != "sh") continue;
    for (const std::string& line : block.lines) {
      EXPECT_EQ(Check(line), "") << "README.md:" << block.line << ": " << line;
    }
  }
}

TEST(ReadmeTest, EverySessionPrintsWhatItShows) {
  const std::string page = ContentOf("README.md");
  int sessions = 0;
  for (const Block& block : BlocksOf(page)) {
    if (block.language != "console") continue;
    for (const Exchange& exchange : ExchangesOf(block)) {
      ++sessions;
      const std::string output = TheDemonstration().OutputOf(exchange.command, TokenFile(page));
      EXPECT_EQ(Trimmed(output), Trimmed(exchange.output)) << "README.md:" << block.line;
    }
  }
  EXPECT_GE(sessions, 3);
}

TEST(ReadmeTest, EveryLinkLeadsToAFile) {
  const std::string page = ContentOf("README.md");
  int links = 0;
  for (std::size_t at = page.find("]("); at != std::string::npos; at = page.find("](", at + 1)) {
    const std::string target = page.substr(at + 2, page.find(')', at) - at - 2);
    if (target.starts_with("#")) continue;
    ++links;
    EXPECT_TRUE(std::filesystem::exists(std::string(NHANRONG_SOURCE_DIR) + "/" + target)) << target;
  }
  EXPECT_GE(links, 30);
}

TEST(ReadmeCheckTest, NoticesWhatIsNotThere) {
  EXPECT_NE(Check("deploy/no-such-script"), "");
  EXPECT_NE(Check("deploy/quickstart --no-such-flag"), "");
  EXPECT_NE(Check("cmake --workflow --preset no-such-preset"), "");
  EXPECT_NE(Check("export NHANRONG_TOKEN_FILE=$PWD/.nhanrong/tokens/nobody.token"), "");
  EXPECT_NE(Check("make"), "");
}

TEST(ReadmeCheckTest, AFailedCommandDoesNotLookLikeAnswer) {
  EXPECT_THAT(TheDemonstration().OutputOf("nhanrong query sites --ledger nowhere", "no-token"),
              testing::ContainsRegex("\\(exit code [0-9]+\\)"));
}

TEST(BlocksTest, AreCutAtTheirFences) {
  const auto blocks = BlocksOf("a\n```sh\none\ntwo\n```\nb\n```console\n$ c\n```\n");
  ASSERT_EQ(blocks.size(), 2u);
  EXPECT_EQ(blocks[0].line, 2);
  EXPECT_THAT(blocks[0].lines, testing::ElementsAre("one", "two"));
  EXPECT_EQ(blocks[1].language, "console");
}

TEST(BlocksTest, ASessionIsCommandsWithWhatTheyPrint) {
  const auto exchanges = ExchangesOf({1, "console", {"$ a b", "1", "", "$ c", "2  "}});
  ASSERT_EQ(exchanges.size(), 2u);
  EXPECT_EQ(exchanges[0].command, "a b");
  EXPECT_EQ(exchanges[0].output, "1\n\n");
  EXPECT_EQ(Trimmed(exchanges[1].output), "2\n");
}

}  // namespace
}  // namespace nhanrong::readme

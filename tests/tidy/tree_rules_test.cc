#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tests/tidy/findings_test_kit.h"

namespace nhanrong::tidy {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(FolderRulesTest, EveryFolderWithAFileOfItsOwnNeedsAReadme) {
  EXPECT_THAT(Found(FolderRules(), "EveryFolderHasAReadme",
                    {{"CMakeLists.txt", ""},
                     {"services/ledger/README.md", ""},
                     {"services/ledger/kafka/a.cc", ""},
                     {"services/ledger/testdata/golden.bin", ""},
                     {"proto/package/v1/a.proto", ""},
                     {"cmake/a.cmake", ""}}),
              ElementsAre("cmake:0", "proto/package/v1:0", "services/ledger/kafka:0"));
}

TEST(FolderRulesTest, WordsWithinWordsAreNames) {
  EXPECT_THAT(Found(FolderRules(), "PathsSayWhatTheyAre",
                    {{"services/base/string_utils.h", ""}, {"services/commons/utility.h", ""}}),
              ElementsAre("services/base/string_utils.h:0"));
}

TEST(FolderRulesTest, ATypeInACommentIsNoType) {
  EXPECT_THAT(Found(FolderRules(), "TypesSayWhatTheyAre",
                    {{"a.h", "// class AManager {\nclass B {\n  struct CHelper;\n"}}),
              ElementsAre("a.h:3"));
}

TEST(FolderRulesTest, TheMapHasARowForEachFolder) {
  EXPECT_THAT(
      Found(FolderRules(), "MapShowsTheTree",
            {{"README.md",
              "| [`services/`](services) | x |\n| `services/base/` | y |\n| `submit` | z |\n"},
             {"services/base/ids.h", ""},
             {".ci/run", ""}}),
      IsEmpty());
}

TEST(FolderRulesTest, AFolderThatTheMapLacksIsFound) {
  EXPECT_THAT(
      Found(FolderRules(), "MapShowsTheTree", {{"README.md", ""}, {"services/base/ids.h", ""}}),
      ElementsAre("README.md:0", "README.md:0"));
}

TEST(BuildRulesTest, AListAboveMayNameASource) {
  EXPECT_THAT(Found(BuildRules(), "EverySourceIsBuilt",
                    {{"services/CMakeLists.txt", "nhanrong_component(NAME a SOURCES a/a.cc)\n"},
                     {"services/a/a.cc", ""}}),
              IsEmpty());
}

TEST(BuildRulesTest, ASourceOfTheSameNameElsewhereDoesNotCount) {
  EXPECT_THAT(Found(BuildRules(), "EverySourceIsBuilt",
                    {{"a/CMakeLists.txt", "x(a.cc)\n"}, {"a/a.cc", ""}, {"b/a.cc", ""}}),
              ElementsAre("b/a.cc:0"));
}

TEST(BuildRulesTest, AListIsReachedFromAbove) {
  EXPECT_THAT(Found(BuildRules(), "EveryListIsReached",
                    {{"CMakeLists.txt", "add_subdirectory(a)\n"},
                     {"a/CMakeLists.txt", "add_subdirectory(b)\n"},
                     {"a/b/CMakeLists.txt", ""}}),
              IsEmpty());
}

TEST(WordRulesTest, WholeWordsOnly) {
  const std::string template_name = std::string("/tmp/dir.XX") + "XXXX\n";
  EXPECT_THAT(Found(WordRules(), "NothingIsPutOff", {{"run", template_name}}), IsEmpty());
}

TEST(WordRulesTest, APathBelowAVariableIsNotOfOneMachine) {
  const std::string path = std::string("/wo") + "rk/";
  EXPECT_THAT(
      Found(WordRules(), "NoPathsOfOneMachine",
            {{"a", "cd $DIR" + path + "\ncd ${D}" + path + "\n"}, {"b", "x\ncd " + path + "x\n"}}),
      ElementsAre("b:2"));
}

TEST(FileFormTest, AHeaderHasACommentAndPragmaOnce) {
  EXPECT_THAT(Found(FileFormRules(), "HeadersTellWhatTheyAre",
                    {{"a.h", "// Ids.\n#pragma once\n"}, {"b.h", "// Ids.\n"}}),
              ElementsAre("b.h:1"));
}

TEST(FileFormTest, RequestsAreToldAtTheirRpc) {
  EXPECT_THAT(
      Found(FileFormRules(), "ContractsTellWhatTheyAre",
            {{"a.proto",
              "// A.\nmessage SubmitRequest {\n}\n// Fact.\nmessage Fact {\n}\n\nenum Kind {\n"}}),
      ElementsAre("a.proto:8"));
}

TEST(FileFormTest, AScriptSaysWhatItDoesAndStopsAtTheFirstFailure) {
  EXPECT_THAT(Found(FileFormRules(), "ScriptsStopAtTheFirstFailure",
                    {{"good", "#!/usr/bin/env bash\n# Runs.\nset -euo pipefail\n"},
                     {"mute", "#!/usr/bin/env bash\nset -euo pipefail\n"},
                     {"other.sh", "#!/bin/sh\n# Runs.\nset -euo pipefail\n"}}),
              ElementsAre("mute:1", "other.sh:1"));
}

}  // namespace
}  // namespace nhanrong::tidy

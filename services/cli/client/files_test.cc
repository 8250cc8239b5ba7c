#include "services/cli/client/files.h"

#include <filesystem>

#include "gtest/gtest.h"
#include "services/base/ids.h"

namespace nhanrong::cli {
namespace {

TEST(FilesTest, AFileIsReadToItsEnd) {
  const std::string path = testing::TempDir() + "/nhanrong-" + RandomUuid4();
  const std::string content(200'000, 'x');
  ASSERT_TRUE(ReplaceFile(path, content).ok());
  EXPECT_EQ(*ReadWholeFile(path), content);
}

TEST(FilesTest, WhatCannotBeReadIsAFaultThatNamesIt) {
  const absl::Status folder = ReadWholeFile(testing::TempDir()).status();
  EXPECT_TRUE(absl::IsUnknown(folder)) << folder;  // and so no wrong command line
  EXPECT_NE(std::string(folder.message()).find(testing::TempDir()), std::string::npos);
  EXPECT_TRUE(absl::IsNotFound(ReadWholeFile("/no/such/file").status()));
  EXPECT_TRUE(absl::IsUnknown(ReadWholeFile(std::string(5'000, 'x')).status()));
}

}  // namespace
}  // namespace nhanrong::cli

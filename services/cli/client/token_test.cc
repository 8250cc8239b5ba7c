#include "services/cli/client/token.h"

#include <sys/stat.h>

#include <filesystem>

#include "gtest/gtest.h"
#include "services/base/ids.h"
#include "services/cli/client/files.h"

namespace nhanrong::cli {
namespace {

std::string FreshPath(const std::string& name) {
  const std::string folder = testing::TempDir() + "/nhanrong-" + RandomUuid4();
  std::filesystem::create_directories(folder);
  return folder + "/" + name;
}

TEST(Token, HasTheFormAndTheHashOfItsBytes) {
  // 32 zero bytes.
  const std::string zero = "nr1_" + std::string(43, 'A');
  EXPECT_EQ(ToHex(AsBytes(*TokenHash(zero))), ToHex(AsBytes(Sha256(std::string(32, '\0')))));
  const std::string token = NewToken();
  EXPECT_EQ(token.size(), 47u);
  EXPECT_TRUE(TokenHash(token).has_value());
  EXPECT_NE(token, NewToken());
}

TEST(Token, RefusesOtherForms) {
  EXPECT_FALSE(TokenHash(""));
  EXPECT_FALSE(TokenHash("nr1_"));
  EXPECT_FALSE(TokenHash("nr2_" + std::string(43, 'A')));
  EXPECT_FALSE(TokenHash("nr1_" + std::string(42, 'A')));
  EXPECT_FALSE(TokenHash("nr1_" + std::string(42, 'A') + "!"));
}

TEST(TokenFile, IsPrivateAndNeverOverwritten) {
  const std::string path = FreshPath("token");
  const std::string token = NewToken();
  ASSERT_TRUE(WriteTokenFile(path, token).ok());
  struct stat info = {};
  ASSERT_EQ(::stat(path.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  EXPECT_EQ(*ReadTokenFile(path), token);
  EXPECT_EQ(WriteTokenFile(path, NewToken()).code(), absl::StatusCode::kAlreadyExists);
  EXPECT_EQ(*ReadTokenFile(path), token);
}

TEST(TokenFile, RefusesWhatIsNoToken) {
  const std::string path = FreshPath("token");
  ASSERT_TRUE(CreateFile(path, "mật khẩu\n").ok());
  EXPECT_EQ(ReadTokenFile(path).status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReadTokenFile(path + ".none").status().code(), absl::StatusCode::kNotFound);
}

TEST(Files, ReplaceAndAppend) {
  const std::string path = FreshPath("file");
  ASSERT_TRUE(ReplaceFile(path, "một\n").ok());
  ASSERT_TRUE(ReplaceFile(path, "hai\n").ok());
  ASSERT_TRUE(AppendFile(path, "ba\n").ok());
  EXPECT_EQ(*ReadWholeFile(path), "hai\nba\n");
}

}  // namespace
}  // namespace nhanrong::cli

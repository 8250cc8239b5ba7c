#include "services/certificates/watched_identity.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include "services/base/ids.h"
#include "services/certificates/authority_test_kit.h"

namespace nhanrong::certificates {
namespace {

using ::testing::HasSubstr;

class WatchedIdentityTest : public ::testing::Test {
 protected:
  WatchedIdentityTest() {
    std::filesystem::create_directories(folder_);
    Write(authority_.Certify("mot", key_), key_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void Write(const std::string& certificate, const TestKey& key) {
    std::ofstream(files_.chain) << certificate;
    std::ofstream(files_.key) << key.pem();
  }
  std::string SubjectOf(const WatchedIdentity& watched) {
    return ReadCertificate(watched.current().identity->chain)->subject;
  }

  const SystemClock clock_{};
  const std::string folder_ = ::testing::TempDir() + "/tls-" + RandomUuid4();
  const IdentityFiles files_{folder_ + "/cert.pem", folder_ + "/key.pem", ""};
  const TestAuthority authority_{"thử"};
  const TestKey key_;
};

TEST_F(WatchedIdentityTest, NewFilesCountWithoutARestart) {
  const auto watched = *WatchedIdentity::Open(files_, clock_);
  EXPECT_EQ(SubjectOf(*watched), "CN=mot");
  const std::uint64_t number = watched->current().number;
  const TestKey key;
  Write(authority_.Certify("hai", key), key);
  watched->Look();
  EXPECT_EQ(SubjectOf(*watched), "CN=hai");
  EXPECT_GT(watched->current().number, number);
  EXPECT_EQ(watched->state().loaded, 2u);
}

TEST_F(WatchedIdentityTest, BrokenFilesAreCountedOnceAndTheOldOnesGoOnCounting) {
  const auto watched = *WatchedIdentity::Open(files_, clock_);
  const TestKey other;
  std::ofstream(files_.key) << other.pem();
  watched->Look();
  watched->Look();
  EXPECT_EQ(SubjectOf(*watched), "CN=mot");
  EXPECT_EQ(watched->state().failed, 1u);
  EXPECT_THAT(watched->state().fault, HasSubstr("not that of the certificate"));
  Write(authority_.Certify("ba", other), other);
  watched->Look();
  EXPECT_EQ(SubjectOf(*watched), "CN=ba");
  EXPECT_EQ(watched->state().fault, "");
}

TEST_F(WatchedIdentityTest, ALostFileIsAFaultUntilItIsBack) {
  const auto watched = *WatchedIdentity::Open(files_, clock_);
  std::filesystem::rename(files_.key, files_.key + ".away");
  watched->Look();
  EXPECT_THAT(watched->state().fault, HasSubstr("cannot read"));
  std::filesystem::rename(files_.key + ".away", files_.key);
  watched->Look();
  EXPECT_EQ(watched->state().fault, "");
  EXPECT_EQ(watched->state().loaded, 1u);
}

TEST_F(WatchedIdentityTest, TheFirstIdentityMustBeRight) {
  Write(authority_.Certify("cũ", key_, absl::Hours(-2), absl::Hours(-1)), key_);
  const auto opened = WatchedIdentity::Open(files_, clock_);
  EXPECT_EQ(opened.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(opened.status().message()), HasSubstr("ended on"));
}

}  // namespace
}  // namespace nhanrong::certificates

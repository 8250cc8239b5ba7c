// Where a server listens: with TLS anywhere, without it on loopback only.
#include <fstream>

#include "services/certificates/authority_test_kit.h"
#include "services/rpc/stream_test_kit.h"

namespace nhanrong::rpc {
namespace {

// An address of nobody (RFC 5737): it cannot be listened on, which comes after the question whether
// it may.
constexpr char kElsewhere[] = "192.0.2.1:7400";

class ServerAddressTest : public StreamTest {
 protected:
  void SetUp() override {
    Start();
    const certificates::TestAuthority authority("thử");
    const certificates::TestKey key;
    const certificates::IdentityFiles files{directory_.path() + "/cert.pem",
                                            directory_.path() + "/key.pem", ""};
    std::ofstream(files.chain) << authority.Certify("may-chu", key);
    std::ofstream(files.key) << key.pem();
    auto opened = certificates::WatchedIdentity::Open(files, clock_);
    ASSERT_TRUE(opened.ok()) << opened.status();
    identity_ = *std::move(opened);
  }
  absl::StatusCode Listening(const std::string& address,
                             const certificates::WatchedIdentity* identity) {
    return StartServer(*node_, {.listen = address, .operator_token = {}, .identity = identity})
        .status()
        .code();
  }

  std::unique_ptr<certificates::WatchedIdentity> identity_;
};

TEST_F(ServerAddressTest, WithoutTlsOnlyLoopbackIsListenedOn) {
  EXPECT_EQ(Listening(kElsewhere, nullptr), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(Listening("127.0.0.1:0", nullptr), absl::StatusCode::kOk);
}

TEST_F(ServerAddressTest, WithTlsAnyAddressMayBe) {
  EXPECT_EQ(Listening(kElsewhere, identity_.get()), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Listening("127.0.0.1:0", identity_.get()), absl::StatusCode::kOk);
}

}  // namespace
}  // namespace nhanrong::rpc

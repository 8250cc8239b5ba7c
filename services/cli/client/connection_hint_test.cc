#include "services/cli/client/connection_hint.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace nhanrong::cli {
namespace {

using ::testing::HasSubstr;

constexpr char kClosed[] =
    "failed to connect to all addresses; last error: UNKNOWN: ipv4:127.0.0.1:1: tcp handshaker "
    "shutdown";

TEST(ConnectionHint, NamesTheFlagThatIsMissing) {
  ClientOptions options;
  EXPECT_THAT(ConnectionHint(kClosed, options), HasSubstr("--ca"));
  options.tls_roots = "roots";
  EXPECT_THAT(ConnectionHint(kClosed, options), HasSubstr("--client-key"));
  options.client_chain = "chain";
  EXPECT_THAT(ConnectionHint(kClosed, options),
              HasSubstr("does not accept the client certificate"));
}

TEST(ConnectionHint, SaysNothingOfAServerThatIsNotThere) {
  EXPECT_EQ(ConnectionHint("connect failed: Connection refused", {}), "");
}

}  // namespace
}  // namespace nhanrong::cli

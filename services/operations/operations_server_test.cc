#include "services/operations/operations_server.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <httplib.h>

namespace nhanrong::operations {
namespace {

using testing::HasSubstr;

TEST(OperationsServerTest, MetricsAreInTheExpositionFormat) {
  const std::string text =
      MetricsText({{"a_total", "Things.", Sample::Kind::kCounter, {{"ledger", "x"}}, 3},
                   {"a_total", "Things.", Sample::Kind::kCounter, {{"ledger", "y"}}, 4}});
  EXPECT_THAT(text, HasSubstr("# TYPE a_total counter"));
  EXPECT_THAT(text, HasSubstr("a_total{ledger=\"x\"} 3"));
  EXPECT_THAT(text, HasSubstr("a_total{ledger=\"y\"} 4"));
}

TEST(OperationsServerTest, ReadinessSaysWhatIsMissing) {
  Probe probe;
  probe.notes = {"ledger x: still reading the log"};
  auto server = StartOperationsServer(
      "127.0.0.1:0", {[] { return std::vector<Sample>(); }, [&probe] { return probe; }});
  ASSERT_TRUE(server.ok()) << server.status();
  httplib::Client client("127.0.0.1", (*server)->port());
  const auto before = client.Get("/readyz");
  EXPECT_EQ(before->status, 503);
  EXPECT_THAT(before->body, HasSubstr("still reading"));
  probe = {true, {}};
  EXPECT_EQ(client.Get("/readyz")->status, 200);
  EXPECT_EQ(client.Get("/livez")->body, "ok\n");
}

TEST(OperationsServerTest, APortThatAnotherServerHasIsTaken) {
  auto first = StartOperationsServer("127.0.0.1:0", {});
  ASSERT_TRUE(first.ok()) << first.status();
  const std::string taken = "127.0.0.1:" + std::to_string((*first)->port());
  EXPECT_EQ(StartOperationsServer(taken, {}).status().code(), absl::StatusCode::kUnavailable);
  (*first)->Stop();
  EXPECT_TRUE(StartOperationsServer(taken, {}).ok());
}

TEST(OperationsServerTest, MayBeStoppedAsSoonAsItIsStarted) {
  constexpr int kTries = 50;
  for (int i = 0; i < kTries; ++i) {
    auto server = StartOperationsServer("127.0.0.1:0", {});
    ASSERT_TRUE(server.ok()) << server.status();
  }
}

TEST(OperationsServerTest, RefusesAnAddressThatIsNotLoopback) {
  EXPECT_EQ(StartOperationsServer("0.0.0.0:0", {}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(StartOperationsServer("nonsense", {}).status().code(),
            absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(StartOperationsServer("127.0.0.1:99999", {}).status().code(),
            absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace nhanrong::operations

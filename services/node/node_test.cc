#include "services/node/node.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "absl/time/clock.h"
#include "services/base/ids.h"
#include "services/ledger/memory/memory_log.h"
#include "services/projector/test_directory.h"

namespace nhanrong::node {
namespace {

// The look for new ledgers comes every second.
constexpr absl::Duration kPatience = absl::Seconds(30);

gateway::GenesisPlan Plan(const std::string& name) {
  gateway::GenesisPlan plan;
  const std::string id = RandomBytes(plan.ledger_id.size());
  std::copy(id.begin(), id.end(), plan.ledger_id.begin());
  plan.ledger_name = name;
  plan.recorded_at = absl::Now();
  plan.agency_id = RandomUlid(plan.recorded_at);
  plan.agency_name = "Cơ quan thử";
  plan.actor_id = RandomUlid(plan.recorded_at);
  plan.administrator_title = "Quản trị";
  plan.token_hash = Sha256(name);
  return plan;
}

class NodeTest : public ::testing::Test {
 protected:
  std::unique_ptr<Node> StartNode(const std::string& folder) {
    auto node = std::make_unique<Node>(store_, clock_,
                                       ServedLedger::Place{directory_.path() + "/" + folder,
                                                           {.gateway = true, .projector = false}});
    EXPECT_TRUE(node->Start().ok());
    return node;
  }

  const projector::TestDirectory directory_;
  const SystemClock clock_{};  // clang wants a const member to be initialised
  ledger::MemoryLogStore store_;
};

TEST_F(NodeTest, TheStoreIsUnknownBeforeTheStart) {
  const Node node(store_, clock_, {directory_.path(), {.gateway = true, .projector = false}});
  EXPECT_FALSE(node.store_status().ok());
  EXPECT_FALSE(node.has_all());
}

TEST_F(NodeTest, ALedgerIsMadeOnce) {
  const auto node = StartNode("a");
  ASSERT_TRUE(node->Create(Plan("mot")).ok());
  EXPECT_TRUE(absl::IsAlreadyExists(node->Create(Plan("mot")).status()));
  EXPECT_EQ(node->Find("mot")->follower().counters().commits, 1u);
}

TEST_F(NodeTest, ALedgerThatACrashLeftWithoutGenesisIsCompletedByTheNextCreate) {
  ASSERT_TRUE(store_.Create("mot").ok());
  const auto node = StartNode("a");
  ASSERT_NE(node->Find("mot"), nullptr);
  const auto created = node->Create(Plan("mot"));
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ((*created)->follower().counters().commits, 1u);
  EXPECT_TRUE(absl::IsAlreadyExists(node->Create(Plan("mot")).status()));
}

TEST_F(NodeTest, GarbageBeforeTheGenesisDoesNotKeepALedgerFromBeingMade) {
  ASSERT_TRUE(store_.Create("mot").ok());
  store_.Control("mot").AppendOutsider("garbage");
  const auto node = StartNode("a");
  ASSERT_TRUE(node->Create(Plan("mot")).ok());
  EXPECT_EQ(node->Find("mot")->follower().counters().void_records, 1u);
}

TEST_F(NodeTest, ALedgerThatAnotherProcessMadeIsFound) {
  const auto one = StartNode("a");
  const auto other = StartNode("b");
  ASSERT_TRUE(one->Create(Plan("mot")).ok());
  const absl::Time deadline = absl::Now() + kPatience;
  while (other->Find("mot") == nullptr && absl::Now() < deadline)
    absl::SleepFor(absl::Milliseconds(5));
  ASSERT_NE(other->Find("mot"), nullptr);
  EXPECT_TRUE(other->Find("mot")->follower().WaitCommits(1, kPatience));
  EXPECT_TRUE(absl::IsAlreadyExists(other->Create(Plan("mot")).status()));
}

}  // namespace
}  // namespace nhanrong::node

// Queries over a node with logs in memory: what they wait for, and what they do not hold up.
#include "services/rpc/query_handler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

#include "absl/synchronization/notification.h"
#include "absl/time/clock.h"
#include "google/rpc/error_details.pb.h"
#include "services/base/ids.h"
#include "services/ledger/memory/memory_log.h"
#include "services/projector/test_directory.h"

namespace nhanrong::rpc {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(60);
constexpr char kLedger[] = "so-thu";

template <typename Condition>
bool Await(const Condition& is_so) {
  const absl::Time limit = absl::Now() + kPatience;
  while (!is_so()) {
    if (absl::Now() > limit) return false;
    absl::SleepFor(absl::Milliseconds(2));
  }
  return true;
}

class QueryHandlerTest : public ::testing::Test {
 protected:
  ~QueryHandlerTest() override {
    if (node_) node_->Close(absl::Now() + kPatience);
  }

  void Start() {
    node_ = std::make_unique<node::Node>(store_, clock_,
                                         node::ServedLedger::Place{directory_.path(), {}});
    ASSERT_TRUE(node_->Start().ok());
  }
  void Create(const std::string& ledger) {
    gateway::GenesisPlan plan;
    const std::string id = RandomBytes(plan.ledger_id.size());
    std::copy(id.begin(), id.end(), plan.ledger_id.begin());
    plan.ledger_name = ledger;
    plan.recorded_at = absl::Now();
    plan.agency_id = RandomUlid(plan.recorded_at);
    plan.agency_name = "Cơ quan thử";
    plan.actor_id = RandomUlid(plan.recorded_at);
    plan.administrator_title = "Quản trị";
    plan.token_hash = token_;
    plan.roles = {v1::ROLE_MAP_STEWARD};
    ASSERT_TRUE(node_->Create(plan).ok());
  }

  CallInfo Call() const {
    return {access::TokenProof(token_), absl::Now() + kPatience, Language::kEnglish};
  }
  static v1::ListUnitsRequest Units(std::optional<std::uint64_t> min_position = {}) {
    v1::ListUnitsRequest request;
    request.mutable_context()->set_ledger(kLedger);
    if (min_position) request.mutable_context()->set_min_position(*min_position);
    return request;
  }
  // "OK", or code and reason.
  std::string Ask(QueryHandler& handler) const {
    std::promise<google::rpc::Status> answered;
    handler.Handle<v1::ListUnitsRequest, v1::ListUnitsResponse>(
        Call(), Units(),
        [&](const google::rpc::Status& status, const auto&) { answered.set_value(status); });
    const google::rpc::Status status = answered.get_future().get();
    if (status.code() == 0) return "OK";
    google::rpc::ErrorInfo info;
    for (const auto& any : status.details()) {
      if (any.UnpackTo(&info)) break;
    }
    return absl::StatusCodeToString(static_cast<absl::StatusCode>(status.code())) + " " +
           info.reason();
  }
  void Submit() {
    v1::Submission submission;
    submission.set_ledger(kLedger);
    submission.set_submission_id(RandomUuid4());
    submission.mutable_occurred_on()->set_value("2026-01-01");
    submission.mutable_occurred_on()->set_precision(v1::DATE_PRECISION_DAY);
    submission.set_reason("thử");
    auto& unit = *submission.mutable_command()->mutable_establish_unit();
    unit.set_name("Nước Thử");
    unit.set_level(v1::UNIT_LEVEL_NATION);
    std::promise<gateway::Outcome> outcome;
    node_->Find(kLedger)->gateway()->Submit(
        submission, access::TokenProof(token_), absl::Now() + kPatience,
        [&](gateway::Outcome told) { outcome.set_value(std::move(told)); });
    EXPECT_TRUE(std::holds_alternative<v1::Accepted>(outcome.get_future().get()));
  }

  const projector::TestDirectory directory_;
  const SystemClock clock_{};  // clang wants a const member to be initialised
  const Hash token_ = Sha256("token");
  ledger::MemoryLogStore store_;
  std::unique_ptr<node::Node> node_;
};

TEST_F(QueryHandlerTest, WithoutTheMapOfNationalNothingIsAnsweredAndWithItAllIs) {
  Start();
  Create(std::string(node::kNational));
  Create(kLedger);
  node_.reset();
  store_.Control(node::kNational).SetReachable(false);
  Start();
  ASSERT_TRUE(Await(
      [&] { return node_->Find(kLedger) != nullptr && node_->Find(kLedger)->readiness().ok(); }));
  QueryHandler handler(*node_);
  EXPECT_EQ(Ask(handler), "UNAVAILABLE NOT_NOW");
  store_.Control(node::kNational).SetReachable(true);
  EXPECT_TRUE(Await([&] { return Ask(handler) == "OK"; }));
}

TEST_F(QueryHandlerTest, AQueryThatTakesLongDoesNotHoldTheFold) {
  Start();
  Create(kLedger);
  const node::ReadModels& read_models = *node_->Find(kLedger)->read_models();
  ASSERT_TRUE(Await([&] { return read_models.runner() != nullptr; }));
  absl::Notification may_end, ended;
  QueryHandler handler(*node_);
  // Waits for the next commit, and is answered by a client that takes its time.
  handler.Handle<v1::ListUnitsRequest, v1::ListUnitsResponse>(
      Call(), Units(1), [&](const google::rpc::Status& status, const auto&) {
        EXPECT_EQ(status.code(), 0) << status.message();
        may_end.WaitForNotification();
        ended.Notify();
      });
  Submit();
  Submit();
  EXPECT_TRUE(Await([&] { return read_models.runner()->commits() == 3; }));
  EXPECT_FALSE(ended.HasBeenNotified());
  may_end.Notify();
  ended.WaitForNotification();
}

}  // namespace
}  // namespace nhanrong::rpc

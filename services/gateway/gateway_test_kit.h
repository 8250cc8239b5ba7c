// Gateways on one log in memory, and what people send them: the language of this folder's tests.
#pragma once

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "absl/time/clock.h"
#include "services/gateway/genesis.h"
#include "services/gateway/ledger_gateway.h"
#include "services/ledger/memory/memory_log.h"

namespace nhanrong::gateway {

inline constexpr absl::Duration kSoon = absl::Seconds(20);
inline const Hash kToken = Sha256("token of the administrator");
inline const access::Proof kProof = access::TokenProof(kToken);
inline const absl::Time kStart = absl::FromUnixSeconds(1'790'000'000);

// One gateway with its own fold of a shared log.
struct TestGateway {
  TestGateway(ledger::LogStore& store, const Clock& clock,
              std::uint32_t rule_version_known = ledger::kRuleVersionKnown)
      : TestGateway(*store.Open("made-up"), clock, rule_version_known) {}
  TestGateway(std::unique_ptr<ledger::Log> own_log, const Clock& clock,
              std::uint32_t rule_version_known = ledger::kRuleVersionKnown)
      : log(std::move(own_log)),
        follower(*log, {.name = "made-up", .rule_version_known = rule_version_known}) {
    gateway.emplace(LedgerGateway::Parts{*log, follower, streams, nullptr, clock});
    follower.AddListener(&streams);
    follower.AddListener(&*gateway);
    follower.Start();
    EXPECT_TRUE(follower.WaitCaughtUp(kSoon));
  }
  ~TestGateway() {
    follower.Stop();
    gateway.reset();
  }
  std::future<Outcome> Send(const v1::Submission& submission,
                            std::optional<access::Proof> proof = kProof,
                            absl::Duration limit = kSoon) {
    auto promise = std::make_shared<std::promise<Outcome>>();  // shared with the callback
    gateway->Submit(submission, proof, absl::Now() + limit,
                    [promise](Outcome outcome) { promise->set_value(std::move(outcome)); });
    return promise->get_future();
  }

  std::unique_ptr<ledger::Log> log;
  streams::StreamTable streams;
  ledger::LedgerFollower follower;
  std::optional<LedgerGateway> gateway;
};

class LedgerGatewayTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(store_.Create("made-up").ok());
    GenesisPlan plan;
    plan.ledger_id = {1};
    plan.ledger_name = "made-up";
    plan.recorded_at = kStart;
    plan.agency_id = RandomUlid(kStart);
    plan.agency_name = "Cơ quan mẫu";
    plan.actor_id = RandomUlid(kStart);
    plan.administrator_title = "Quản trị";
    plan.token_hash = kToken;
    plan.roles = {v1::ROLE_ADMINISTRATOR, v1::ROLE_MAP_STEWARD};
    control().AppendOutsider(GenesisRecord(plan).SerializeAsString());
    first_ = std::make_unique<TestGateway>(store_, clock_);
  }
  ledger::MemoryLogControl control() { return store_.Control("made-up"); }

  static v1::Submission Submission() {
    v1::Submission submission;
    submission.set_ledger("made-up");
    submission.set_submission_id(RandomUuid4());
    submission.mutable_occurred_on()->set_value("2026-09-01");
    submission.mutable_occurred_on()->set_precision(v1::DATE_PRECISION_DAY);
    submission.set_reason("ghi nhận");
    return submission;
  }
  static v1::Submission Establish(const std::string& unit_id, const std::string& name) {
    v1::Submission submission = Submission();
    auto& command = *submission.mutable_command()->mutable_establish_unit();
    command.set_unit_id(unit_id);
    command.set_name(name);
    command.set_level(v1::UNIT_LEVEL_NATION);
    return submission;
  }
  static v1::Submission Rename(const std::string& unit_id, const std::string& name) {
    v1::Submission submission = Submission();
    submission.mutable_command()->mutable_rename_unit()->set_unit_id(unit_id);
    submission.mutable_command()->mutable_rename_unit()->set_name(name);
    return submission;
  }
  template <typename Kind>
  static Kind As(std::future<Outcome> answer) {
    EXPECT_EQ(answer.wait_for(absl::ToChronoSeconds(kSoon)), std::future_status::ready);
    Outcome outcome = answer.get();
    if (const auto* kind = std::get_if<Kind>(&outcome)) return *kind;
    ADD_FAILURE() << "another outcome, number " << outcome.index()
                  << (std::holds_alternative<Invalid>(outcome)
                          ? std::get<Invalid>(outcome).violations[0].rule
                          : "")
                  << (std::holds_alternative<Refused>(outcome)
                          ? std::get<Refused>(outcome).violations[0].rule
                          : "");
    return Kind{};
  }
  v1::Accepted Accepted(const v1::Submission& submission) {
    return As<v1::Accepted>(first_->Send(submission));
  }
  std::uint64_t Commits() { return first_->follower.counters().commits; }
  bool Answered(std::future<Outcome>& answer) {
    return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }
  // Actor id of the first administrator, by the token that he holds.
  std::string Administrator() {
    const auto reserved = first_->streams.Find("reserved/token/" + ToHex(AsBytes(kToken)));
    return reserved->facts()[0].fact.value_reserved().holder().substr(
        std::string_view("actor/").size());
  }
  // Until `count` appends of ours wait in the held log.
  void AwaitPending(std::size_t count) {
    const absl::Time limit = absl::Now() + kSoon;
    while (control().Pending().size() < count && absl::Now() < limit) std::this_thread::yield();
    ASSERT_EQ(control().Pending().size(), count);
  }

  ManualClock clock_{kStart + absl::Hours(1)};
  ledger::MemoryLogStore store_;
  std::unique_ptr<TestGateway> first_;
  const std::string unit_ = RandomUlid(kStart);
};

}  // namespace nhanrong::gateway

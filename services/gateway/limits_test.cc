// What a gateway does when it, the log, or an agency is at a limit.
#include <gmock/gmock.h>

#include "services/gateway/gateway_test_kit.h"

namespace nhanrong::gateway {
namespace {

using ::testing::Gt;

const absl::Status kFull = absl::ResourceExhaustedError("full");
const absl::Time kNow = absl::FromUnixSeconds(1'800'000'000);

std::optional<Limit> Meets(AgencyAccounts& accounts, absl::Time now, std::size_t bytes = 100) {
  const auto full = accounts.Take("a", bytes, now);
  return full ? std::optional(full->limit) : std::nullopt;
}

TEST(AgencyAccountsTest, AQuietAgencyMaySendASecondsWorthAtOnceAndThenByItsRate) {
  AgencyAccounts accounts({.submissions_per_second = 10});
  for (int i = 0; i < 10; ++i) EXPECT_EQ(Meets(accounts, kNow), std::nullopt);
  const auto full = accounts.Take("a", 100, kNow);
  ASSERT_TRUE(full);
  EXPECT_EQ(full->limit, Limit::kAgencyRate);
  EXPECT_EQ(full->retry_after, absl::Milliseconds(100));
  EXPECT_EQ(Meets(accounts, kNow + full->retry_after), std::nullopt);
  EXPECT_EQ(Meets(accounts, kNow + full->retry_after), Limit::kAgencyRate);
  EXPECT_EQ(accounts.Take("b", 100, kNow), std::nullopt) << "each has its own account";
}

TEST(AgencyAccountsTest, WhatIsLargerThanASecondsBytesIsLetThroughAndPaidForAfterwards) {
  AgencyAccounts accounts({.bytes_per_second = 1'000});
  EXPECT_EQ(Meets(accounts, kNow, 5'000), std::nullopt);
  EXPECT_EQ(Meets(accounts, kNow + absl::Seconds(4)), Limit::kAgencyBytes);
  EXPECT_EQ(Meets(accounts, kNow + absl::Seconds(5)), std::nullopt);
}

TEST(AgencyAccountsTest, RoomInFlightComesBackWhenASubmissionIsSettled) {
  AgencyAccounts accounts({.in_flight = 1});
  EXPECT_EQ(Meets(accounts, kNow), std::nullopt);
  EXPECT_EQ(Meets(accounts, kNow), Limit::kAgencyInFlight);
  accounts.Settled("a");
  EXPECT_EQ(Meets(accounts, kNow), std::nullopt);
}

TEST(AgencyAccountsTest, ZeroIsNoLimitAndAClockThatIsSetBackGivesNothing) {
  AgencyAccounts unlimited({0, 0, 0});
  for (int i = 0; i < 1'000; ++i) EXPECT_EQ(Meets(unlimited, kNow, 1 << 20), std::nullopt);
  AgencyAccounts accounts({.submissions_per_second = 1});
  EXPECT_EQ(Meets(accounts, kNow), std::nullopt);
  EXPECT_EQ(Meets(accounts, kNow - absl::Hours(1)), Limit::kAgencyRate);
}

TEST(LimitCountsTest, NamesABoundedNumberOfAgencies) {
  LimitCounts counts;
  for (std::size_t i = 0; i < 2 * kAgenciesNamedMax; ++i) {
    counts.Refused({Limit::kAgencyRate, 1, absl::Seconds(1), "agency " + std::to_string(i)});
  }
  const auto all = counts.all();
  EXPECT_EQ(all.size(), kAgenciesNamedMax + 1);
  std::uint64_t others = 0;
  for (const LimitCount& count : all) others += count.agency_id == "other" ? count.refused : 0;
  EXPECT_EQ(others, kAgenciesNamedMax);
}

// A log that takes none of the next appends, and has written nothing of them.
class RefusingLog final : public ledger::Log {
 public:
  explicit RefusingLog(std::unique_ptr<ledger::Log> log) : log_(std::move(log)) {}
  void Append(std::string record, ledger::AppendDone done) override {
    if (left_ == 0) return log_->Append(std::move(record), std::move(done));
    --left_;
    refusals_.emplace_back([done, why = why_] { done(why); });
  }
  absl::StatusOr<std::unique_ptr<ledger::LogReader>> OpenReader(Place from) override {
    return log_->OpenReader(from);
  }
  absl::StatusOr<ledger::LogBounds> Bounds() override { return log_->Bounds(); }
  // Before the appends.
  void Refuse(int appends, absl::Status why) {
    why_ = std::move(why);
    left_ = appends;
  }

 private:
  const std::unique_ptr<ledger::Log> log_;
  absl::Status why_;
  std::atomic<int> left_{0};
  std::vector<std::jthread> refusals_;
};

class RefusingLogTest : public LedgerGatewayTest {
 protected:
  void SetUp() override {
    LedgerGatewayTest::SetUp();
    auto log = std::make_unique<RefusingLog>(*store_.Open("made-up"));
    log_ = log.get();
    second_ = std::make_unique<TestGateway>(std::move(log), clock_);
  }
  std::future<Outcome> Offer(const v1::Submission& submission) {
    auto promise = std::make_shared<std::promise<Outcome>>();  // shared with the callback
    Entrant entrant(submission, kProof);
    const auto full = second_->gateway->Offer(
        entrant, absl::Now() + kSoon,
        [promise](Outcome outcome) { promise->set_value(std::move(outcome)); });
    EXPECT_FALSE(full);
    return promise->get_future();
  }

  RefusingLog* log_ = nullptr;
  std::unique_ptr<TestGateway> second_;
};

TEST_F(RefusingLogTest, WhoCanWaitIsNotRefusedByAFullLog) {
  log_->Refuse(3, kFull);
  As<v1::Accepted>(Offer(Establish(unit_, "Nước Mẫu")));
  EXPECT_THAT(second_->gateway->counters().limits[0].waited, Gt(0u));
}

TEST_F(RefusingLogTest, ACallIsRefusedByAFullLogAndItsIdStaysOpen) {
  log_->Refuse(1, kFull);
  const v1::Submission submission = Establish(unit_, "Nước Mẫu");
  EXPECT_EQ(As<Overloaded>(second_->Send(submission)).limit, Limit::kLogQueue);
  EXPECT_FALSE(As<v1::Accepted>(Offer(submission)).repeated());
}

TEST_F(RefusingLogTest, WhatTheLogWillNotHaveIsNotWrittenAndShownUntilItTakesSomething) {
  log_->Refuse(1, absl::FailedPreconditionError("the clock is ahead"));
  const v1::Submission submission = Establish(unit_, "Nước Mẫu");
  EXPECT_EQ(As<Unavailable>(second_->Send(submission)).why, "the clock is ahead");
  EXPECT_EQ(second_->gateway->readiness(), absl::UnavailableError("the clock is ahead"));
  EXPECT_FALSE(As<v1::Accepted>(second_->Send(submission)).repeated());
  EXPECT_EQ(second_->gateway->readiness(), absl::OkStatus());
}

}  // namespace
}  // namespace nhanrong::gateway

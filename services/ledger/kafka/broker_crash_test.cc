// What a broker that is killed or stopped does to a log, on a broker of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

#include "services/ledger/contract/log_probe.h"
#include "services/ledger/kafka/kafka_log.h"
#include "services/ledger/kafka/test_broker.h"

namespace nhanrong::ledger {
namespace {

// Appends all the time with a few records under way, and remembers which were acknowledged.
class Appender {
 public:
  explicit Appender(Log& log) : thread_([this, &log](std::stop_token stop) { Run(log, stop); }) {}

  bool WaitForMore(std::size_t count) {
    std::unique_lock lock(mutex_);
    const std::size_t wanted = acknowledged_.size() + count;
    return changed_.wait_for(lock, absl::ToChronoMilliseconds(kProbeDeadline),
                             [&] { return acknowledged_.size() >= wanted; });
  }
  // By place.
  std::map<Place, std::string> Stop() {
    thread_.request_stop();
    thread_.join();
    return acknowledged_;
  }

 private:
  static constexpr int kUnderWayMax = 50;

  void Run(Log& log, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    for (std::uint64_t number = 0;; ++number) {
      const int allowed = stop.stop_requested() ? 1 : kUnderWayMax;
      changed_.wait(lock, [&] { return under_way_ < allowed; });
      if (stop.stop_requested() && under_way_ == 0) return;
      if (stop.stop_requested()) continue;
      ++under_way_;
      lock.unlock();
      const std::string record = std::to_string(number);
      log.Append(record, [this, record](absl::StatusOr<Place> place) {
        const std::lock_guard done_lock(mutex_);
        --under_way_;
        if (place.ok()) acknowledged_[*place] = record;
        changed_.notify_all();
      });
      lock.lock();
    }
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  int under_way_ = 0;
  std::map<Place, std::string> acknowledged_;
  std::jthread thread_;
};

class BrokerCrashTest : public ::testing::Test {
 protected:
  BrokerCrashTest()
      : store_({.bootstrap_servers = broker_.bootstrap(),
                .single_broker = true,
                .append_deadline = absl::Seconds(3)}) {}
  void SetUp() override {
    ASSERT_EQ(store_.Create("ledger"), absl::OkStatus());
    auto log = store_.Open("ledger");
    ASSERT_TRUE(log.ok()) << log.status();
    log_ = std::move(*log);
  }

  TestBroker broker_;
  KafkaLogStore store_;
  std::unique_ptr<Log> log_;
};

TEST_F(BrokerCrashTest, WhatWasAcknowledgedSurvivesKillsAndTheLogGoesOnByItself) {
  auto follower = log_->OpenReader(Place(0));
  ASSERT_TRUE(follower.ok()) << follower.status();
  Appender appender(*log_);
  for (int kill = 0; kill < 2; ++kill) {
    ASSERT_TRUE(appender.WaitForMore(500));
    broker_.Kill();
    broker_.Start();
  }
  EXPECT_TRUE(appender.WaitForMore(500)) << "the log did not go on";
  const auto acknowledged = appender.Stop();
  const std::size_t end = acknowledged.rbegin()->first.value() + 1;
  EXPECT_GT((*follower)->losses(), 0u) << "the reader does not tell that it was cut off";
  // A reader that was there all the time and one that comes now see the same.
  const auto followed = ReadRecords(**follower, end);
  const auto read = ReadFrom(*log_, Place(0), end);
  ASSERT_TRUE(followed.ok()) << followed.status();
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(BytesOf(*followed), BytesOf(*read));
  for (const auto& [place, record] : acknowledged) {
    ASSERT_EQ((*read)[place.value()].place, place);
    ASSERT_EQ((*read)[place.value()].bytes, record);
  }
}

TEST_F(BrokerCrashTest, NothingIsAcknowledgedWhileTheBrokerIsStopped) {
  ASSERT_TRUE(AppendAndWait(*log_, "before").ok());
  auto reader = log_->OpenReader(Place(1));
  ASSERT_TRUE(reader.ok()) << reader.status();
  broker_.Stop();
  const auto during = AppendAndWait(*log_, "during");
  EXPECT_TRUE(absl::IsUnavailable(during.status())) << during.status();
  bool told = false;
  for (const absl::Time start = absl::Now(); !told && absl::Now() - start < kProbeDeadline;) {
    const auto read = (*reader)->Read(1, absl::Milliseconds(200));
    told = absl::IsUnavailable(read.status());
    EXPECT_TRUE(told || read->empty());
  }
  EXPECT_TRUE(told) << "the reader did not say that the log cannot be reached";
  broker_.Start();
  ASSERT_TRUE(AppendAndWait(*log_, "after").ok());
  const auto read = ReadRecords(**reader, 1);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_THAT(BytesOf(*read), ::testing::ElementsAre("after"));
}

TEST_F(BrokerCrashTest, AnInterruptedReadReturnsThoughTheBrokerIsStopped) {
  auto reader = log_->OpenReader(Place(0));
  ASSERT_TRUE(reader.ok()) << reader.status();
  broker_.Stop();
  std::jthread interrupter([&] { (*reader)->Interrupt(); });
  const absl::Time start = absl::Now();
  while (true) {
    const auto read = (*reader)->Read(1, kProbeDeadline);
    if (absl::IsCancelled(read.status())) break;
    ASSERT_TRUE(absl::IsUnavailable(read.status())) << read.status();
  }
  EXPECT_LT(absl::Now() - start, kProbeDeadline / 10);
}

}  // namespace
}  // namespace nhanrong::ledger

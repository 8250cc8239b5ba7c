#include "services/rpc/query_pool.h"

#include <gtest/gtest.h>

#include <atomic>

#include "absl/synchronization/notification.h"

namespace nhanrong::rpc {
namespace {

constexpr absl::Duration kPatience = absl::Seconds(20);

TEST(QueryPoolTest, ASlowQueryHoldsUpNoOther) {
  absl::Notification slow_may_end, quick_ran;
  QueryPool pool(2);
  ASSERT_TRUE(pool.Run([&] { slow_may_end.WaitForNotification(); }));
  ASSERT_TRUE(pool.Run([&] { quick_ran.Notify(); }));
  EXPECT_TRUE(quick_ran.WaitForNotificationWithTimeout(kPatience));
  slow_may_end.Notify();
}

TEST(QueryPoolTest, TakesNoMoreThanMayWait) {
  absl::Notification running, may_end;
  std::atomic<int> ran = 0;
  {
    QueryPool pool(1, 2);
    ASSERT_TRUE(pool.Run([&] {
      running.Notify();
      may_end.WaitForNotification();
    }));
    ASSERT_TRUE(running.WaitForNotificationWithTimeout(kPatience));
    EXPECT_TRUE(pool.Run([&] { ++ran; }));
    EXPECT_TRUE(pool.Run([&] { ++ran; }));
    EXPECT_FALSE(pool.Run([&] { ++ran; }));
    may_end.Notify();
  }
  EXPECT_EQ(ran, 2);  // the end of the pool waits for what it has taken
}

}  // namespace
}  // namespace nhanrong::rpc

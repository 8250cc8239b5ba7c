#include "services/domain/reservation/reservation.h"

#include <gtest/gtest.h>

namespace nhanrong::domain {
namespace {

v1::Fact Reserved(const std::string& holder, const std::string& from, const std::string& to) {
  v1::Fact fact;
  fact.mutable_value_reserved()->set_holder(holder);
  fact.mutable_value_reserved()->set_valid_from(from);
  fact.mutable_value_reserved()->set_valid_to(to);
  return fact;
}

v1::Fact Released(const std::string& holder, const std::string& from) {
  v1::Fact fact;
  fact.mutable_value_released()->set_holder(holder);
  fact.mutable_value_released()->set_valid_from(from);
  return fact;
}

class ReservationTest : public ::testing::Test {
 protected:
  void Given(const v1::Fact& fact) {
    StreamFact next;
    next.fact = fact;
    stream_.Apply(next);
  }
  bool MayCome(const v1::Fact& fact) { return kReservation.may_follow(stream_.state(), fact); }
  std::string_view HolderOn(const std::string& day) {
    const auto* span = stream_.as<ReservationState>().HolderOn(day);
    return span == nullptr ? "" : std::string_view(span->holder);
  }
  Stream stream_{&kReservation};
};

TEST_F(ReservationTest, SpansAreHalfOpen) {
  Given(Reserved("a", "2020-01-01", "2021-01-01"));
  EXPECT_EQ(HolderOn("2019-12-31"), "");
  EXPECT_EQ(HolderOn("2020-01-01"), "a");
  EXPECT_EQ(HolderOn("2020-12-31"), "a");
  EXPECT_EQ(HolderOn("2021-01-01"), "");
  EXPECT_TRUE(MayCome(Reserved("b", "2021-01-01", "")));
  EXPECT_TRUE(MayCome(Reserved("b", "2019-01-01", "2020-01-01")));
  EXPECT_FALSE(MayCome(Reserved("b", "2020-12-31", "")));
  EXPECT_FALSE(MayCome(Reserved("b", "", "")));
}

TEST_F(ReservationTest, AnOpenSpanHoldsForEver) {
  Given(Reserved("a", "", ""));
  EXPECT_EQ(HolderOn("1900-01-01"), "a");
  EXPECT_EQ(HolderOn("9999-12-31"), "a");
  EXPECT_FALSE(MayCome(Reserved("b", "2020-01-01", "2020-01-02")));
}

TEST_F(ReservationTest, OnlyWhatIsHeldCanBeReleased) {
  EXPECT_FALSE(MayCome(Released("a", "")));
  Given(Reserved("a", "", ""));
  EXPECT_FALSE(MayCome(Released("b", "")));
  EXPECT_TRUE(MayCome(Released("a", "")));
  Given(Released("a", ""));
  EXPECT_EQ(kReservation.state_name(stream_.state()), "ABSENT");
}

}  // namespace
}  // namespace nhanrong::domain

#include "services/cli/client/json.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nhanrong/v1/history_service.pb.h"
#include "nhanrong/v1/query_service.pb.h"

namespace nhanrong::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(JsonTest, TheFirstPositionOfALedgerIsThereThoughItIsZero) {
  v1::ListModelsResponse answer;
  answer.mutable_meta()->add_positions()->set_ledger("so-thu");
  EXPECT_THAT(JsonLine(answer), HasSubstr(R"("ledger":"so-thu","position":"0")"));
  answer.mutable_meta()->mutable_positions(0)->set_position(7);
  EXPECT_THAT(JsonLine(answer), HasSubstr(R"("position":"7")"));
  EXPECT_THAT(JsonLine(answer), Not(HasSubstr(R"("position":"0")")));
  EXPECT_THAT(Json(v1::HistoryEntry()), HasSubstr(R"("position": "0")"));
}

TEST(JsonTest, OtherFieldsThatAreNotSetAreLeftOut) {
  EXPECT_EQ(JsonLine(v1::ListModelsResponse()), "{}\n");
  EXPECT_THAT(JsonLine(v1::HistoryEntry()), Not(HasSubstr("recordBytes")));
}

TEST(JsonTest, WhatIsPrintedIsReadAsWhatItWas) {
  v1::HistoryEntry entry;
  entry.set_leaf_hash("x");
  v1::HistoryEntry read;
  ASSERT_TRUE(ParseJson(Json(entry), &read).ok());
  EXPECT_EQ(read.SerializeAsString(), entry.SerializeAsString());
}

}  // namespace
}  // namespace nhanrong::cli

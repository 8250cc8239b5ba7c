#include "services/cli/message_options.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "nhanrong/v1/actor.pb.h"
#include "nhanrong/v1/ledger.pb.h"

namespace nhanrong::cli {
namespace {

TEST(MessageOptions, TextEnumeratorsListsAndInnerFieldsAreSet) {
  v1::DelegateAuthority command;
  ASSERT_TRUE(SetFromText(command, "actor_id", "A").ok());
  ASSERT_TRUE(SetFromText(command, "form", "tuq").ok());
  ASSERT_TRUE(SetFromText(command, "commands", "submit_model").ok());
  ASSERT_TRUE(SetFromText(command, "commands", "close_model").ok());
  ASSERT_TRUE(SetFromText(command, "roles", "commune-leader").ok());
  ASSERT_TRUE(SetFromText(command, "document.number", "7/QĐ-UBND").ok());
  EXPECT_EQ(command.actor_id(), "A");
  EXPECT_EQ(command.form(), v1::DELEGATION_FORM_TUQ);
  EXPECT_THAT(command.commands(), ::testing::ElementsAre("submit_model", "close_model"));
  EXPECT_THAT(command.roles(), ::testing::ElementsAre(v1::ROLE_COMMUNE_LEADER));
  EXPECT_EQ(command.document().number(), "7/QĐ-UBND");
}

TEST(MessageOptions, ANumberIsSetAndWhatIsNoneIsTold) {
  v1::SwitchRuleVersion command;
  ASSERT_TRUE(SetFromText(command, "version", "2").ok());
  EXPECT_EQ(command.version(), 2u);
  for (const char* text : {"hai", "-1", "4294967296", ""}) {
    EXPECT_EQ(SetFromText(command, "version", text).code(), absl::StatusCode::kInvalidArgument);
  }
}

TEST(MessageOptions, AnUnknownEnumeratorIsToldWithThoseThereAre) {
  v1::DelegateAuthority command;
  const absl::Status status = SetFromText(command, "form", "thay");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("tuq"));
}

}  // namespace
}  // namespace nhanrong::cli

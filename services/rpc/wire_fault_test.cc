#include "services/rpc/wire_fault.h"

#include <google/protobuf/stubs/logging.h>
#include <gtest/gtest.h>

#include "nhanrong/v1/submission_service.pb.h"

namespace nhanrong::rpc {
namespace {

using Kind = WireFault::Kind;

std::optional<WireFault> FaultOf(const std::string& bytes) {
  return FindWireFault(bytes, *v1::SubmitRequest::descriptor());
}

// With a name, and a second source, whose kind is a mark that a test can find and break.
v1::SubmitRequest Good() {
  v1::SubmitRequest request;
  v1::Submission& submission = *request.mutable_submission();
  submission.mutable_command()->mutable_register_model()->mutable_definition()->set_name("@name");
  submission.add_sources()->set_kind("Tin");
  submission.add_sources()->set_kind("@kind");
  return request;
}

std::string Broken(const std::string& mark, const std::string& by) {
  std::string bytes = Good().SerializeAsString();
  return bytes.replace(bytes.find(mark), by.size(), by);
}

TEST(WireFaultTest, AMessageHasNone) {
  EXPECT_EQ(FaultOf(Good().SerializeAsString()), std::nullopt);
}

TEST(WireFaultTest, ATextThatIsNoUtf8IsFoundWhereItStands) {
  EXPECT_EQ(FaultOf(Broken("@name", "\xff")),
            (WireFault{Kind::kNotUtf8, "submission.command.register_model.definition.name"}));
  EXPECT_EQ(FaultOf(Broken("@kind", "\xed\xa0\x80")),
            (WireFault{Kind::kNotUtf8, "submission.sources[1].kind"}));
}

TEST(WireFaultTest, ALengthBeyondItsMessageIsFoundWhereItStands) {
  EXPECT_EQ(FaultOf(Broken("\x05@kind", "\x7f")),
            (WireFault{Kind::kMalformed, "submission.sources[1].kind"}));
}

TEST(WireFaultTest, WhatIsCutOffIsFound) {
  std::string bytes = Good().SerializeAsString();
  bytes.pop_back();
  EXPECT_EQ(FaultOf(bytes), (WireFault{Kind::kMalformed, "submission"}));
}

TEST(WireFaultTest, NoMessageAtAllIsFound) {
  EXPECT_EQ(FaultOf("\xff"), (WireFault{Kind::kMalformed, ""}));
}

TEST(WireFaultTest, AFieldOfAnotherWireTypeIsAnUnknownField) {
  EXPECT_EQ(FaultOf(std::string("\x0a\x02\x08\x01")), std::nullopt);  // ledger as a number
}

TEST(WireFaultTest, WhatIsNestedTooDeeplyIsFoundAndNotFollowed) {
  v1::SubmitRequest request;
  v1::Fact* fact = request.mutable_submission()
                       ->mutable_command()
                       ->mutable_correct_fact()
                       ->mutable_replacement();
  for (int i = 0; i < 2 * kNestingMax; ++i) {
    fact = fact->mutable_fact_corrected()->mutable_replacement();
  }
  const std::string bytes = request.SerializeAsString();
  ASSERT_FALSE(v1::SubmitRequest().ParseFromString(bytes)) << "protobuf reads it";
  const auto fault = FaultOf(bytes);
  ASSERT_TRUE(fault);
  EXPECT_EQ(fault->kind, Kind::kTooDeep);
}

// A parser that says no and a walk that finds nothing would leave a client without a word.
TEST(WireFaultTest, FindsAFaultExactlyWhereProtobufDoes) {
  const google::protobuf::LogSilencer quiet;
  const std::string good = Good().SerializeAsString();
  for (std::size_t at = 0; at < good.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string bytes = good;
      bytes[at] = static_cast<char>(byte);
      ASSERT_EQ(v1::SubmitRequest().ParseFromString(bytes), FaultOf(bytes) == std::nullopt)
          << "byte " << byte << " at " << at;
    }
  }
}

}  // namespace
}  // namespace nhanrong::rpc

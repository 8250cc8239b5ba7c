// What a stream of submissions promises its client.
#include <thread>

#include "google/rpc/error_details.pb.h"
#include "services/base/ids.h"
#include "services/rpc/stream_test_kit.h"

namespace nhanrong::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Lt;
using ::testing::Pair;

template <typename Detail>
Detail DetailOf(const google::rpc::Status& status) {
  Detail found;
  for (const auto& any : status.details()) {
    if (any.Is<Detail>()) any.UnpackTo(&found);
  }
  return found;
}

TEST_F(StreamTest, EverySubmissionIsAnsweredByNameAndTheStreamEndsWell) {
  Start();
  const auto client = Open();
  const auto first = Many(3), second = Many(2);
  ASSERT_TRUE(client->Send(first));
  ASSERT_TRUE(client->Send(second));
  client->HalfClose();
  EXPECT_EQ(client->End(), "OK");
  ASSERT_EQ(client->outcomes().size(), 5u);
  for (std::uint32_t i = 0; i < 5; ++i) {
    const v1::StreamOutcome& told = client->outcomes()[i];
    EXPECT_EQ(told.sequence(), i < 3 ? 1u : 2u);
    EXPECT_EQ(told.index(), i < 3 ? i : i - 3);
    EXPECT_EQ(told.submission_id(),
              i < 3 ? first[i].submission_id() : second[i - 3].submission_id());
    EXPECT_EQ(told.accepted().position(), i + 1);
  }
}

TEST_F(StreamTest, SubmissionsToOneStreamOfTheLedgerAreDecidedInOrder) {
  Start();
  const auto client = Open();
  ASSERT_TRUE(client->Send({Establish(unit_)}));
  constexpr int kFrames = 20, kInFrame = 10;
  for (int frame = 0; frame < kFrames; ++frame) {
    std::vector<v1::Submission> renames;
    for (int i = 0; i < kInFrame; ++i) {
      renames.push_back(Rename(unit_, "Tên " + std::to_string(frame * kInFrame + i)));
    }
    ASSERT_TRUE(client->Send(renames));
  }
  client->HalfClose();
  EXPECT_EQ(client->End(), "OK");
  ASSERT_THAT(client->Kinds(), ElementsAre(Pair("accepted", kFrames * kInFrame + 1)));
  for (const v1::StreamOutcome& told : client->outcomes()) {
    const std::uint64_t sent =
        told.sequence() == 1 ? 0 : (told.sequence() - 2) * kInFrame + told.index() + 1;
    EXPECT_EQ(told.accepted().events(0).revision(), sent);
  }
}

TEST_F(StreamTest, OutcomesThatAreKnownTogetherComeInOneMessage) {
  Start();
  GivenTheLogIsHeld();
  const auto client = Open();
  constexpr int kCount = 600;
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(client->Send(Many(kCount / 6)));
  ASSERT_TRUE(AwaitPending(kCount));
  log().Resume();
  client->ReadUntil(kCount);
  EXPECT_THAT(client->Kinds(), ElementsAre(Pair("accepted", kCount)));
  EXPECT_THAT(client->messages(), Lt(kCount / 5));
}

TEST_F(StreamTest, AStreamWaitsWhileTheLogIsHeldAndHoldsABoundedPart) {
  Start();
  GivenTheLogIsHeld();
  const auto client = Open();
  constexpr int kFrames = 12, kInFrame = 1'000;
  std::string reason;
  for (int i = 0; i < 1'000; ++i) reason += "ế";  // 3 bytes
  std::atomic<int> sent{0};
  std::jthread sender([&] {
    for (; sent < kFrames && client->Send(Many(kInFrame, reason)); ++sent) continue;
    client->HalfClose();
  });
  // The bytes of the third frame reach the bound of a stream.
  ASSERT_TRUE(AwaitPending(3 * kInFrame));
  // Nothing moves any more: what the network holds is full too.
  int before = -1;
  ASSERT_TRUE(Await([&] {
    const bool still = sent == before;
    before = sent;
    absl::SleepFor(absl::Milliseconds(300));
    return still && sent == before;
  }));
  EXPECT_THAT(sent.load(), Lt(kFrames));
  EXPECT_EQ(counters().pending, 3u * kInFrame);
  log().Resume();
  EXPECT_EQ(client->End(), "OK");
  EXPECT_THAT(client->Kinds(), ElementsAre(Pair("accepted", kFrames * kInFrame)));
  EXPECT_EQ(counters().overloaded, 0u);
}

TEST_F(StreamTest, AtALimitOfItsAgencyAStreamWaitsAndACallIsRefusedWithTheLimit) {
  Start({.in_flight = 10});
  GivenTheLogIsHeld();
  const auto client = Open();
  ASSERT_TRUE(client->Send(Many(30)));
  ASSERT_TRUE(AwaitPending(10));
  const v1::Submission refused = Establish(RandomUlid(absl::Now()));
  const google::rpc::Status status = Submit(refused, token_);
  EXPECT_EQ(Outline(status), "RESOURCE_EXHAUSTED AGENCY_IN_FLIGHT");
  EXPECT_THAT(status.message(), HasSubstr("10"));
  const auto info = DetailOf<google::rpc::ErrorInfo>(status);
  EXPECT_EQ(info.metadata().at("limit"), "agency_submissions_in_flight");
  EXPECT_EQ(info.metadata().at("value"), "10");
  EXPECT_THAT(DetailOf<google::rpc::RetryInfo>(status).retry_delay().nanos(), Gt(0));
  EXPECT_EQ(counters().pending, 10u);
  log().Resume();
  client->HalfClose();
  EXPECT_EQ(client->End(), "OK");
  EXPECT_THAT(client->Kinds(), ElementsAre(Pair("accepted", 30)));
  EXPECT_EQ(Outline(Submit(refused, token_)), "OK") << "its id stayed open";
  ASSERT_EQ(counters().limits.size(), 1u);
  EXPECT_EQ(counters().limits[0].refused, 1u);
  EXPECT_THAT(counters().limits[0].waited, Gt(0u));
}

TEST_F(StreamTest, ARateOfItsAgencyIsKeptByAStreamAndAnsweredToACall) {
  constexpr int kRate = 40;
  Start({.submissions_per_second = kRate});
  const auto client = Open();
  const absl::Time start = absl::Now();
  ASSERT_TRUE(client->Send(Many(3 * kRate)));
  client->ReadUntil(kRate);
  EXPECT_EQ(Outline(Submit(Establish(unit_), token_)), "RESOURCE_EXHAUSTED AGENCY_RATE");
  client->HalfClose();
  EXPECT_EQ(client->End(), "OK");
  EXPECT_THAT(client->Kinds(), ElementsAre(Pair("accepted", 3 * kRate)));
  // A second's worth at once, the rest by the rate.
  EXPECT_THAT(absl::Now() - start, Gt(absl::Milliseconds(1'800)));
}

TEST_F(StreamTest, BytesOfAnAgencyAreLimitedToo) {
  Start({.bytes_per_second = 4'000});
  std::string outline = "OK";
  int taken = 0;
  for (; outline == "OK" && taken < 100; ++taken) outline = Outline(Submit(Many(1)[0], token_));
  EXPECT_EQ(outline, "RESOURCE_EXHAUSTED AGENCY_BYTES");
}

TEST_F(StreamTest, WhereABatchMeetsALimitNothingBehindItIsTaken) {
  Start({.bytes_per_second = 3'000});
  const auto weighing = [](int characters) {
    std::string reason;
    for (int i = 0; i < characters; ++i) reason += "ế";  // 3 bytes
    return reason;
  };
  v1::SubmitManyRequest request;
  for (const int characters : {450, 1'000, 1}) {
    *request.add_submissions() = Many(1, weighing(characters))[0];
  }
  grpc::ClientContext context;
  context.AddMetadata("authorization", "Bearer " + token_);
  v1::SubmitManyResponse response;
  ASSERT_TRUE(stub_->SubmitMany(&context, request, &response).ok());
  EXPECT_TRUE(response.outcomes(0).has_accepted());
  EXPECT_EQ(Outline(response.outcomes(1).error()), "RESOURCE_EXHAUSTED AGENCY_BYTES");
  EXPECT_EQ(Outline(response.outcomes(2).error()), "RESOURCE_EXHAUSTED AGENCY_BYTES")
      << "it would fit, and would come before the one that did not";
}

TEST_F(StreamTest, ANoisyAgencyDoesNotStarveAnother) {
  Start({.in_flight = 50});
  const std::string other = OtherAgency();
  GivenTheLogIsHeld();
  const auto noisy = Open();
  ASSERT_TRUE(noisy->Send(Many(1'000)));
  ASSERT_TRUE(AwaitPending(50));
  const auto quiet = Open(other);
  ASSERT_TRUE(quiet->Send(Many(5)));
  EXPECT_TRUE(AwaitPending(55)) << "the other agency has its own room";
  log().Resume();
  quiet->ReadUntil(5);
  EXPECT_THAT(quiet->Kinds(), ElementsAre(Pair("accepted", 5)));
  EXPECT_THAT(noisy->outcomes().size(), Le(1'000u));
}

TEST_F(StreamTest, WhatIsWrongWithOneSubmissionIsToldOfThatOne) {
  Start();
  const auto client = Open();
  v1::Submission elsewhere = Establish(unit_), unnamed = Establish(unit_);
  elsewhere.set_ledger("khong-co");
  unnamed.mutable_command()->mutable_establish_unit()->clear_name();
  ASSERT_TRUE(client->Send({elsewhere, unnamed, Rename(unit_, "Tên"), Establish(unit_)}));
  client->HalfClose();
  EXPECT_EQ(client->End(), "OK");
  EXPECT_THAT(client->Kinds(),
              ElementsAre(Pair("FAILED_PRECONDITION REFUSED", 1),
                          Pair("INVALID_ARGUMENT INVALID", 2), Pair("accepted", 1)));
}

TEST_F(StreamTest, TheTokenIsLookedAtForEverySubmission) {
  Start();
  const std::string token = OtherAgency();
  const auto client = Open(token);
  ASSERT_TRUE(client->Send(Many(1)));
  client->ReadUntil(1);
  v1::Command revoke;
  const auto held = node_->Find(kLedger)->streams().Find("reserved/token/" +
                                                         ToHex(AsBytes(*access::TokenHash(token))));
  const std::string holder = held->facts()[0].fact.value_reserved().holder();
  revoke.mutable_revoke_credential()->set_actor_id(holder.substr(holder.find('/') + 1));
  for (const auto& fact : node_->Find(kLedger)->streams().Find(holder)->facts()) {
    if (!fact.fact.has_credential_issued()) continue;
    revoke.mutable_revoke_credential()->set_credential_id(
        fact.fact.credential_issued().credential_id());
  }
  v1::Submission revocation = Of(revoke);
  revocation.clear_occurred_on();
  ASSERT_EQ(Outline(Submit(revocation, token_)), "OK");
  ASSERT_TRUE(client->Send(Many(1)));
  client->HalfClose();
  EXPECT_EQ(client->End(), "OK");
  EXPECT_THAT(client->Kinds(),
              ElementsAre(Pair("UNAUTHENTICATED TOKEN_REVOKED", 1), Pair("accepted", 1)));
}

TEST_F(StreamTest, AFrameThatIsWrongAsAWholeIsRefusedAndTheStreamGoesOn) {
  Start();
  const auto client = Open();
  StreamClient::Frame empty, crowded, late;
  empty.set_sequence(1);
  crowded.set_sequence(2);
  for (int i = 0; i <= 1'000; ++i) crowded.add_submissions();
  late.set_sequence(0);
  *late.add_submissions() = Establish(unit_);
  StreamClient::Frame heavy = late;
  heavy.set_sequence(4);
  heavy.mutable_submissions(0)->set_reason(std::string(4 << 20, 'x'));
  for (const auto* frame : {&empty, &crowded, &late, &heavy})
    ASSERT_TRUE(client->SendFrame(*frame));
  ASSERT_TRUE(client->Send({Establish(unit_)}));
  client->HalfClose();
  EXPECT_EQ(client->End(), "OK");
  ASSERT_EQ(client->refused().size(), 4u);
  const char* fields[] = {"submissions", "submissions", "sequence", "submissions"};
  const std::uint64_t sequences[] = {1, 2, 0, 0};  // of a frame that is too large nothing is read
  for (std::size_t i = 0; i < 4; ++i) {
    const v1::RefusedFrame& refused = client->refused()[i];
    EXPECT_EQ(Outline(refused.error()), "INVALID_ARGUMENT INVALID");
    EXPECT_EQ(refused.sequence(), sequences[i]);
    EXPECT_EQ(DetailOf<google::rpc::BadRequest>(refused.error()).field_violations(0).field(),
              fields[i]);
  }
  EXPECT_THAT(client->Kinds(), ElementsAre(Pair("accepted", 1)));
}

}  // namespace
}  // namespace nhanrong::rpc

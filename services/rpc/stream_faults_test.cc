// Streams of submissions whose client, server or network does not do its part.
#include <grpcpp/generic/generic_stub.h>

#include "services/rpc/stream_test_kit.h"
#include "services/rpc/submit_streams.h"

namespace nhanrong::rpc {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Lt;
using ::testing::Pair;

TEST_F(StreamTest, AServerThatStopsAnswersWhatItTookAndSaysToReconnect) {
  Start();
  GivenTheLogIsHeld();
  const auto client = Open();
  ASSERT_TRUE(client->Send(Many(5)));
  ASSERT_TRUE(AwaitPending(5));
  server_->EndStreams();
  log().Resume();
  EXPECT_EQ(client->End(), "UNAVAILABLE RECONNECT");
  EXPECT_THAT(client->message(), HasSubstr("same ids"));
  EXPECT_THAT(client->Kinds(), ElementsAre(Pair("accepted", 5)));
  const auto late = Open();
  EXPECT_EQ(late->End(), "UNAVAILABLE RECONNECT");
}

TEST_F(StreamTest, WhatAStoppingServerDidNotTakeIsNotDone) {
  Start({.in_flight = 2});
  GivenTheLogIsHeld();
  const auto client = Open();
  ASSERT_TRUE(client->Send(Many(10)));
  ASSERT_TRUE(AwaitPending(2));
  server_->EndStreams();
  log().Resume();
  EXPECT_EQ(client->End(), "UNAVAILABLE RECONNECT");
  EXPECT_THAT(client->Kinds(), ElementsAre(Pair("accepted", 2)));
  EXPECT_EQ(commits(), 3u);
}

TEST_F(StreamTest, AClientThatNeverReadsHoldsABoundedPartAndIsCutOff) {
  Start({}, {.stuck = absl::Seconds(1)});
  const auto client = Open();
  constexpr int kFrames = 100, kInFrame = 1'000;
  int sent = 0;
  while (sent < kFrames && client->Send(Many(kInFrame))) ++sent;
  EXPECT_TRUE(Await([&] { return server_->stream_counters().stuck == 1; }));
  EXPECT_TRUE(Await([&] { return server_->stream_counters().open == 0; }));
  // What the server holds for it, and what the client's own gRPC has buffered (4 MiB).
  EXPECT_THAT(commits(), Lt(kFrames * kInFrame / 2u));
  EXPECT_THAT(sent, Lt(kFrames));
}

TEST_F(StreamTest, AStreamOnWhichNothingIsSentGivesItsPlaceToOthers) {
  Start({}, {.idle = absl::Milliseconds(200)});
  const auto client = Open();
  ASSERT_TRUE(client->Send(Many(1)));
  EXPECT_EQ(client->End(), "UNAVAILABLE STREAM_IDLE");
  EXPECT_THAT(client->Kinds(), ElementsAre(Pair("accepted", 1)));
  EXPECT_EQ(server_->stream_counters().idle, 1u);
}

TEST_F(StreamTest, OneTokenDoesNotTakeAllStreams) {
  Start();
  std::vector<std::unique_ptr<StreamClient>> clients;
  for (int i = 0; i < kSubmitStreamsOfTokenMax; ++i) {
    clients.push_back(Open());
    ASSERT_TRUE(clients.back()->Send(Many(1)));
    clients.back()->ReadUntil(1);
  }
  EXPECT_EQ(Open()->End(), "RESOURCE_EXHAUSTED TOO_MANY_STREAMS");
  EXPECT_EQ(Open("")->Send(Many(1)), true) << "another caller has his own";
  clients.pop_back();
  EXPECT_TRUE(Await([&] { return server_->stream_counters().open < kSubmitStreamsOfTokenMax; }));
}

TEST_F(StreamTest, AClientThatGoesAwayLeavesNothingBehindAndWhatItSentIsDone) {
  Start();
  GivenTheLogIsHeld();
  auto client = Open();
  ASSERT_TRUE(client->Send(Many(20)));
  ASSERT_TRUE(AwaitPending(20));
  client->Cancel();
  EXPECT_TRUE(Await([&] { return server_->stream_counters().open == 0; }));
  log().Resume();
  EXPECT_TRUE(AwaitPending(0));
  EXPECT_EQ(commits(), 21u);
}

TEST_F(StreamTest, SentAgainOnANewStreamEachIsRecordedOnce) {
  Start();
  GivenTheLogIsHeld();
  const auto submissions = Many(20);
  {
    const auto cut = Open();
    ASSERT_TRUE(cut->Send(submissions));
    ASSERT_TRUE(AwaitPending(20));
  }
  const auto client = Open();
  ASSERT_TRUE(client->Send(submissions));
  ASSERT_TRUE(AwaitPending(40));
  log().Resume();
  client->HalfClose();
  EXPECT_EQ(client->End(), "OK");
  EXPECT_THAT(client->Kinds(), ElementsAre(Pair("accepted", 20)));
  EXPECT_EQ(commits(), 21u);
}

TEST_F(StreamTest, BytesThatAreNoFrameAreRefusedAsOne) {
  Start();
  grpc::GenericStub stub(channel_);
  grpc::ClientContext context;
  context.set_deadline(absl::ToChronoTime(absl::Now() + kPatience));
  grpc::CompletionQueue queue;
  const auto call =
      stub.PrepareCall(&context, "/nhanrong.v1.SubmissionService/SubmitStream", &queue);
  const auto happens = [&queue] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  call->StartCall(nullptr);
  ASSERT_TRUE(happens());
  grpc::Slice garbage("\xff\xff\xff\xff garbage");
  call->Write(grpc::ByteBuffer(&garbage, 1), nullptr);
  ASSERT_TRUE(happens());
  grpc::ByteBuffer bytes;
  call->Read(&bytes, nullptr);
  ASSERT_TRUE(happens());
  v1::SubmitStreamResponse answer;
  ASSERT_TRUE(
      grpc::SerializationTraits<v1::SubmitStreamResponse>::Deserialize(&bytes, &answer).ok());
  ASSERT_EQ(answer.refused_frames_size(), 1);
  EXPECT_EQ(Outline(answer.refused_frames(0).error()), "INVALID_ARGUMENT INVALID");
  context.TryCancel();
  queue.Shutdown();
  while (happens()) continue;
}

}  // namespace
}  // namespace nhanrong::rpc

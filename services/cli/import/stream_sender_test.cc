#include "services/cli/import/stream_sender.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/import/fake_submission_server.h"
#include "services/cli/import/lines_test_kit.h"

namespace nhanrong::cli {
namespace {

using Fault = FakeSubmissionServer::Fault;
using ::testing::ElementsAre;

std::string Annul(const std::string& id, const std::string& named) {
  return R"({"submissionId":")" + id +
         R"(","command":{"annulFact":{"stream":"model/m","eventId":"@)" + named + "\"}}}\n";
}

class StreamSenderTest : public ::testing::Test {
 protected:
  Failure Send(const std::string& content) {
    const Client client(server_.options());
    References references;
    references.KeepEvents();
    StreamSender sender([&] { return client.OpenSubmitStream(); }, options_, references,
                        [] { return 0.5; }, [this](absl::Duration wait) { waited_ += wait; });
    sender.ReportBreaksTo([this](const Failure&, absl::Duration) { ++breaks_; });
    ImportReader reader(content, {"dong-thap"});
    return sender.Run(reader, [this](const AnsweredBatch& batch) {
      if (++batches_ == stop_at_batch_) return absl::UnknownError("disk full");
      answered_.insert(answered_.end(), batch.begin(), batch.end());
      return absl::OkStatus();
    });
  }
  std::vector<std::string> AnsweredIds() const {
    std::vector<std::string> ids;
    for (const AnsweredLine& one : answered_) ids.push_back(one.line.submission.submission_id());
    return ids;
  }

  FakeSubmissionServer server_;
  StreamSendOptions options_ = {.frame_lines = 3, .report_lines = 3};
  absl::Duration waited_;
  int breaks_ = 0;
  AnsweredBatch answered_;
  int batches_ = 0;
  int stop_at_batch_ = -1;
};

TEST_F(StreamSenderTest, SendsAndReportsEveryLineInOrder) {
  EXPECT_TRUE(Ok(Send(FileOf(Ids(100)))));
  EXPECT_EQ(server_.recorded(), Ids(100));
  EXPECT_EQ(AnsweredIds(), Ids(100));
  EXPECT_EQ(breaks_, 0);
}

TEST_F(StreamSenderTest, AFileLargerThanTheWindowGoesThroughIt) {
  options_ = {.frame_lines = 1'000, .report_lines = 1'000};
  EXPECT_TRUE(Ok(Send(FileOf(Ids(20'000)))));
  EXPECT_EQ(AnsweredIds(), Ids(20'000));
}

TEST_F(StreamSenderTest, NothingToSendOpensNoStream) {
  EXPECT_TRUE(Ok(Send("# ghi chú\n")));
  EXPECT_EQ(server_.calls(), 0u);
}

TEST_F(StreamSenderTest, ABrokenStreamIsOpenedAgainAndNothingIsRecordedTwice) {
  server_.FailNext({Fault::kNone, Fault::kAnswerLost, Fault::kUnavailable, Fault::kAnswerLost});
  EXPECT_TRUE(Ok(Send(FileOf(Ids(50)))));
  EXPECT_EQ(server_.recorded(), Ids(50));
  EXPECT_EQ(AnsweredIds(), Ids(50));
  EXPECT_EQ(breaks_, 3);
  EXPECT_GT(waited_, absl::ZeroDuration());
}

TEST_F(StreamSenderTest, AnOutcomeThatIsNotFinalIsSentAgain) {
  server_.FailNext({Fault::kHalfFull, Fault::kHalfFull});
  EXPECT_TRUE(Ok(Send(FileOf(Ids(6)))));
  EXPECT_EQ(AnsweredIds(), Ids(6));
  for (const AnsweredLine& one : answered_) EXPECT_TRUE(one.outcome.has_accepted());
}

TEST_F(StreamSenderTest, GivesUpAfterTheLastAttemptAndSaysWhy) {
  options_.backoff.attempts_max = 3;
  server_.FailNext(std::deque<Fault>(3, Fault::kUnavailable));
  EXPECT_EQ(ExitCodeOf(Send(FileOf(Ids(2)))), ExitCode::kUnavailable);
  EXPECT_EQ(server_.calls(), 3u);
  EXPECT_TRUE(answered_.empty());
}

TEST_F(StreamSenderTest, DoesNotRepeatWhatIsNotAllowed) {
  server_.FailNext({Fault::kPermissionDenied});
  EXPECT_EQ(ExitCodeOf(Send(FileOf(Ids(2)))), ExitCode::kNotAllowed);
  EXPECT_EQ(server_.calls(), 1u);
}

TEST_F(StreamSenderTest, ReportsRefusedAndMalformedLinesAndGoesOn) {
  server_.Refuse("b");
  EXPECT_TRUE(Ok(Send(Line("a") + Line("b") + "{kaputt\n" + Line("c"))));
  ASSERT_EQ(answered_.size(), 4u);
  EXPECT_EQ(ExitCodeOf(answered_[1].outcome.error()), ExitCode::kRefused);
  EXPECT_EQ(ExitCodeOf(answered_[2].outcome.error()), ExitCode::kInvalid);
  EXPECT_THAT(server_.recorded(), ElementsAre("a", "b", "c"));
}

TEST_F(StreamSenderTest, ALineThatNamesAnotherWaitsForItsAnswer) {
  EXPECT_TRUE(Ok(Send(Line("a") + Annul("fix", "a") + Annul("fix-of-fix", "fix") + Line("b"))));
  EXPECT_THAT(server_.recorded(), ElementsAre("a", "fix", "fix-of-fix", "b"));
  EXPECT_EQ(server_.submissions()[1].command().annul_fact().event_id(), "event-of-a");
  EXPECT_EQ(server_.submissions()[2].command().annul_fact().event_id(), "event-of-fix");
}

TEST_F(StreamSenderTest, ALineThatNamesALaterOneOrNothingIsReported) {
  EXPECT_TRUE(Ok(Send(Annul("early", "late") + Annul("none", "no") + Line("late"))));
  ASSERT_EQ(answered_.size(), 3u);
  EXPECT_EQ(ExitCodeOf(answered_[0].outcome.error()), ExitCode::kInvalid);
  EXPECT_EQ(ExitCodeOf(answered_[1].outcome.error()), ExitCode::kInvalid);
  EXPECT_THAT(server_.recorded(), ElementsAre("late"));
}

TEST_F(StreamSenderTest, TwoLinesOfOneIdAreBothAnswered) {
  EXPECT_TRUE(Ok(Send(Line("a") + Line("a"))));
  ASSERT_EQ(answered_.size(), 2u);
  EXPECT_TRUE(answered_[1].outcome.accepted().repeated());
}

TEST_F(StreamSenderTest, StopsWhenAnswersCannotBeKept) {
  stop_at_batch_ = 2;
  EXPECT_FALSE(Ok(Send(FileOf(Ids(9)))));
  EXPECT_LT(answered_.size(), 9u);
}

}  // namespace
}  // namespace nhanrong::cli

#include "services/cli/import/importer.h"

#include <algorithm>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/cli/import/fake_submission_server.h"
#include "services/cli/import/lines_test_kit.h"
#include "services/cli/import/named_lines.h"

namespace nhanrong::cli {
namespace {

using Fault = FakeSubmissionServer::Fault;
using ::testing::ElementsAre;

class ImporterTest : public ::testing::Test {
 protected:
  Failure Import(const std::string& content) {
    const Client client(server_.options());
    References references;
    references.KeepEvents();
    const auto submit = [&](const v1::SubmitManyRequest& request,
                            v1::SubmitManyResponse* response) {
      return client.Call(request, response);
    };
    const auto sleep = [this](absl::Duration wait) { waited_ += wait; };
    NamedLines named(content, {"dong-thap"}, after_line_);
    Importer recaller(
        submit, options_, references, [] { return 0.5; }, sleep);
    if (Failure failure =
            recaller.Run(named, [](const AnsweredBatch&) { return absl::OkStatus(); });
        !Ok(failure)) {
      return failure;
    }
    Importer importer(
        submit, options_, references, [] { return 0.5; }, sleep);
    ImportReader reader(content, {"dong-thap"}, after_line_);
    return importer.Run(reader, [this](const AnsweredBatch& batch) {
      if (++batches_ == stop_at_batch_) return absl::UnknownError("disk full");
      answered_.insert(answered_.end(), batch.begin(), batch.end());
      return absl::OkStatus();
    });
  }

  std::vector<std::uint64_t> AnsweredLines() const {
    std::vector<std::uint64_t> numbers;
    for (const AnsweredLine& answered : answered_) numbers.push_back(answered.line.number);
    return numbers;
  }

  FakeSubmissionServer server_;
  std::uint64_t after_line_ = 0;  // an earlier run finished the lines up to here
  ImportOptions options_ = {.batch_lines = 3, .in_flight = 1, .backoff = {}};
  absl::Duration waited_;
  AnsweredBatch answered_;
  int batches_ = 0;
  int stop_at_batch_ = -1;
};

TEST_F(ImporterTest, SendsEveryLineInOrder) {
  EXPECT_TRUE(Ok(Import(FileOf(Ids(10)))));
  EXPECT_EQ(server_.recorded(), Ids(10));
  EXPECT_EQ(server_.calls(), 4u);
  EXPECT_EQ(answered_.size(), 10u);
}

TEST_F(ImporterTest, NeverRecordsTwiceWhenAnswersAreLost) {
  server_.FailNext({Fault::kAnswerLost, Fault::kUnavailable, Fault::kNone, Fault::kAnswerLost});
  EXPECT_TRUE(Ok(Import(FileOf(Ids(7)))));
  EXPECT_EQ(server_.recorded(), Ids(7));
  EXPECT_EQ(answered_.size(), 7u);
  EXPECT_TRUE(answered_[0].outcome.accepted().repeated());
  EXPECT_GT(waited_, absl::ZeroDuration());
}

TEST_F(ImporterTest, SendsAgainOnlyWhatHasNoAnswerAndKeepsTheOrder) {
  server_.FailNext({Fault::kHalfFull, Fault::kHalfFull});
  EXPECT_TRUE(Ok(Import(FileOf(Ids(6)))));
  EXPECT_EQ(server_.recorded(), Ids(6));
  EXPECT_THAT(AnsweredLines(), ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST_F(ImporterTest, GivesUpAfterTheLastAttemptAndSaysWhy) {
  options_.backoff.attempts_max = 3;
  server_.FailNext(std::deque<Fault>(3, Fault::kUnavailable));
  EXPECT_EQ(ExitCodeOf(Import(FileOf(Ids(2)))), ExitCode::kUnavailable);
  EXPECT_EQ(server_.calls(), 3u);
  EXPECT_TRUE(answered_.empty());
}

TEST_F(ImporterTest, DoesNotRepeatWhatIsNotAllowed) {
  server_.FailNext({Fault::kPermissionDenied});
  EXPECT_EQ(ExitCodeOf(Import(FileOf(Ids(5)))), ExitCode::kNotAllowed);
  EXPECT_EQ(server_.calls(), 1u);
}

TEST_F(ImporterTest, ReportsRefusedAndMalformedLinesAndGoesOn) {
  server_.Refuse("b");
  EXPECT_TRUE(Ok(Import(Line("a") + Line("b") + "{kaputt\n" + Line("c"))));
  ASSERT_EQ(answered_.size(), 4u);
  EXPECT_EQ(ExitCodeOf(answered_[1].outcome.error()), ExitCode::kRefused);
  EXPECT_EQ(ExitCodeOf(answered_[2].outcome.error()), ExitCode::kInvalid);
  EXPECT_TRUE(answered_[3].outcome.has_accepted());
  EXPECT_THAT(server_.recorded(), ElementsAre("a", "b", "c"));
}

TEST_F(ImporterTest, ReportsBatchesInOrderWithSeveralInFlight) {
  options_.in_flight = 8;
  server_.FailNext({Fault::kAnswerLost, Fault::kHalfFull, Fault::kUnavailable, Fault::kAnswerLost});
  EXPECT_TRUE(Ok(Import(FileOf(Ids(100)))));
  std::vector<std::uint64_t> expected(100);
  for (std::size_t i = 0; i < expected.size(); ++i) expected[i] = i + 1;
  EXPECT_EQ(AnsweredLines(), expected);
  std::vector<std::string> recorded = server_.recorded();
  std::sort(recorded.begin(), recorded.end());
  EXPECT_EQ(recorded, Ids(100));
}

TEST_F(ImporterTest, StopsWhenAnswersCannotBeKept) {
  stop_at_batch_ = 2;
  EXPECT_FALSE(Ok(Import(FileOf(Ids(9)))));
  EXPECT_EQ(answered_.size(), 3u);
  EXPECT_EQ(server_.calls(), 2u);
}

TEST_F(ImporterTest, ACorrectionMayNameTheSubmissionThatItCorrects) {
  const std::string correction =
      R"({"submissionId":"fix","command":{"annulFact":{"stream":"model/m","eventId":"@a"}}})"
      "\n";
  EXPECT_TRUE(Ok(Import(Line("a") + correction)));
  EXPECT_THAT(server_.recorded(), ElementsAre("a", "fix"));
  EXPECT_EQ(server_.submissions()[1].command().annul_fact().event_id(), "event-of-a");
}

std::string Annul(const std::string& id, const std::string& named) {
  return R"({"submissionId":")" + id +
         R"(","command":{"annulFact":{"stream":"model/m","eventId":"@)" + named + "\"}}}\n";
}

TEST_F(ImporterTest, AResumedRunKnowsTheEventsOfFinishedLinesThatLaterOnesName) {
  const std::string content = FileOf(Ids(8)) + Annul("fix", Ids(3)[2]) + Annul("fix-of-fix", "fix");
  ASSERT_TRUE(Ok(Import(content)));
  const std::vector<std::string> recorded = server_.recorded();
  for (after_line_ = 8; after_line_ <= 10; ++after_line_) {
    answered_.clear();
    EXPECT_TRUE(Ok(Import(content)));
    ASSERT_EQ(answered_.size(), 10 - after_line_);
    for (const AnsweredLine& line : answered_) {
      EXPECT_TRUE(line.outcome.accepted().repeated()) << line.outcome.ShortDebugString();
    }
  }
  EXPECT_EQ(server_.recorded(), recorded);
  EXPECT_EQ(server_.submissions()[9].command().annul_fact().event_id(), "event-of-fix");
}

TEST_F(ImporterTest, ACorrectionOfNothingIsReported) {
  EXPECT_TRUE(Ok(Import(R"({"command":{"annulFact":{"stream":"model/m","eventId":"@no"}}})")));
  ASSERT_EQ(answered_.size(), 1u);
  EXPECT_EQ(ExitCodeOf(answered_[0].outcome.error()), ExitCode::kInvalid);
  EXPECT_EQ(server_.calls(), 0u);
}

}  // namespace
}  // namespace nhanrong::cli

#include "services/cli/import/journal.h"

#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/base/ids.h"
#include "services/cli/client/files.h"
#include "services/cli/import/fake_submission_server.h"
#include "services/cli/import/stream_sender.h"

namespace nhanrong::cli {
namespace {

using ::testing::HasSubstr;

std::string FreshFile() {
  const std::string folder = testing::TempDir() + "/nhanrong-" + RandomUuid4();
  std::filesystem::create_directories(folder);
  return folder + "/a.ndjson";
}

AnsweredLine Accepted(std::uint64_t number) {
  AnsweredLine answered;
  answered.line.number = number;
  answered.outcome.mutable_accepted();
  return answered;
}

AnsweredLine Refused(std::uint64_t number, const std::string& text) {
  AnsweredLine answered;
  answered.line.number = number;
  answered.line.text = text;
  *answered.outcome.mutable_error() = MakeFailure(absl::StatusCode::kFailedPrecondition, "vì");
  return answered;
}

AnsweredLine Denied(std::uint64_t number,
                    absl::StatusCode code = absl::StatusCode::kPermissionDenied) {
  AnsweredLine answered = Refused(number, "{}");
  answered.outcome.mutable_error()->set_code(static_cast<int>(code));
  return answered;
}

TEST(ImportJournal, LinesThatTheSenderMayNotSendAreNotFinishedAndEndTheRun) {
  const std::string file = FreshFile();
  auto wrong_token = ImportJournal::Open(file, "x", true);
  const absl::Status ended = wrong_token->Add({Denied(1), Denied(2)}, Language::kEnglish);
  EXPECT_TRUE(absl::IsPermissionDenied(ended)) << ended;
  EXPECT_THAT(std::string(ended.message()), HasSubstr("line 1"));
  EXPECT_EQ(wrong_token->counts().refused, 2u);
  EXPECT_EQ(wrong_token->worst(), ExitCode::kNotAllowed);

  auto right_token = ImportJournal::Open(file, "x", true);
  EXPECT_EQ(right_token->line(), 0u);
  EXPECT_EQ(right_token->counts(), ImportCounts());
  EXPECT_EQ(right_token->worst(), ExitCode::kOk);
  EXPECT_FALSE(std::filesystem::exists(file + ".refused.ndjson"));
}

TEST(ImportJournal, OneDeniedLineAmongOthersIsSentAgainByAResumedRunAndTheOthersGoOn) {
  const std::string file = FreshFile();
  auto journal = ImportJournal::Open(file, "x", true);
  EXPECT_TRUE(
      journal->Add({Refused(1, "{}"), Accepted(2), Denied(3), Accepted(4)}, Language::kVietnamese)
          .ok());
  EXPECT_TRUE(journal->Add({Accepted(5)}, Language::kVietnamese).ok());
  EXPECT_EQ(journal->counts(), (ImportCounts{.accepted = 3, .refused = 2}));
  auto resumed = ImportJournal::Open(file, "x", true);
  EXPECT_EQ(resumed->line(), 2u);
  EXPECT_EQ(resumed->counts(), (ImportCounts{.accepted = 1, .refused = 1}));
  EXPECT_EQ(*ReadWholeFile(file + ".refused.ndjson"), "# dòng 1: FAILED_PRECONDITION: vì\n{}\n");
}

TEST(ImportJournal, AnUnknownSenderEndsTheRunWhateverWasDecidedBefore) {
  auto journal = ImportJournal::Open(FreshFile(), "x", true);
  const absl::Status ended = journal->Add(
      {Accepted(1), Denied(2, absl::StatusCode::kUnauthenticated)}, Language::kVietnamese);
  EXPECT_TRUE(absl::IsUnauthenticated(ended)) << ended;
  EXPECT_EQ(journal->counts().accepted, 1u);
}

TEST(ImportJournal, AFolderThatCannotBeWrittenIsNoFaultWhenNothingIsRefused) {
  // No file can be made there, not even by root.
  auto journal = ImportJournal::Open("/proc/self/status", "x", false);
  ASSERT_TRUE(journal.ok()) << journal.status();
  EXPECT_TRUE(journal->Add({Accepted(1)}, Language::kVietnamese).ok());
  EXPECT_FALSE(journal->Add({Refused(2, "{}")}, Language::kVietnamese).ok());
}

TEST(ImportJournal, GoesOnBehindTheLastFinishedLine) {
  const std::string file = FreshFile();
  auto first = ImportJournal::Open(file, "nội dung", true);
  ASSERT_TRUE(first->Add({Accepted(2), Refused(3, "{}")}, Language::kVietnamese).ok());
  // A kill between the two files: the second list entry is not yet in the progress file.
  ASSERT_TRUE(AppendFile(file + ".refused.ndjson", "# dở dang\n").ok());

  auto second = ImportJournal::Open(file, "nội dung", true);
  ASSERT_TRUE(second.ok()) << second.status();
  EXPECT_EQ(second->line(), 3u);
  EXPECT_EQ(second->counts(), (ImportCounts{.accepted = 1, .refused = 1}));
  EXPECT_EQ(second->worst(), ExitCode::kRefused);
  EXPECT_EQ(*ReadWholeFile(file + ".refused.ndjson"), "# dòng 3: FAILED_PRECONDITION: vì\n{}\n");
}

TEST(ImportJournal, BeginsAnewWhenTheFileHasChanged) {
  const std::string file = FreshFile();
  auto first = ImportJournal::Open(file, "nội dung", true);
  ASSERT_TRUE(first->Add({Refused(3, "{}")}, Language::kVietnamese).ok());
  auto second = ImportJournal::Open(file, "nội dung khác", true);
  EXPECT_EQ(second->line(), 0u);
  EXPECT_FALSE(std::filesystem::exists(file + ".refused.ndjson"));
}

TEST(ImportJournal, WithoutResumeKeepsNoProgress) {
  const std::string file = FreshFile();
  auto journal = ImportJournal::Open(file, "x", false);
  ASSERT_TRUE(journal->Add({Accepted(1)}, Language::kVietnamese).ok());
  EXPECT_FALSE(std::filesystem::exists(file + ".progress"));
}

TEST(ImportJournal, ADamagedProgressFileIsAnError) {
  const std::string file = FreshFile();
  ASSERT_TRUE(ReplaceFile(file + ".progress", "?").ok());
  EXPECT_FALSE(ImportJournal::Open(file, "x", true).ok());
}

TEST(ImportJournal, AnImportKilledAfterAnyBatchAndResumedRecordsEveryLineOnce) {
  std::string content;
  std::vector<std::string> ids;
  for (int i = 0; i < 9; ++i) {
    ids.push_back("s" + std::to_string(i));
    content +=
        R"({"submissionId":"s)" + std::to_string(i) + R"(","command":{"submitModel":{}}})" + "\n";
  }
  for (int kill_at = 1; kill_at <= 5; ++kill_at) {
    const std::string file = FreshFile();
    FakeSubmissionServer server;
    const Client client(server.options());
    for (int attempt = 0; attempt < 2; ++attempt) {
      auto journal = ImportJournal::Open(file, content, true);
      ASSERT_TRUE(journal.ok());
      ImportReader reader(content, {"l"}, journal->line());
      References references;
      StreamSender sender([&] { return client.OpenSubmitStream(); },
                          {.frame_lines = 2, .report_lines = 2}, references, [] { return 0.0; },
                          [](absl::Duration) {});
      int batches = 0;
      (void)sender.Run(reader, [&](const AnsweredBatch& batch) {
        // The kill comes when the server has answered and nothing is written yet.
        if (attempt == 0 && ++batches == kill_at) return absl::AbortedError("killed");
        return journal->Add(batch, Language::kVietnamese);
      });
    }
    EXPECT_EQ(server.recorded(), ids);
    auto last = ImportJournal::Open(file, content, true);
    EXPECT_EQ(last->counts().done(), 9u);
  }
}

}  // namespace
}  // namespace nhanrong::cli

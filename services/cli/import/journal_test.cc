#include "services/cli/import/journal.h"

#include <filesystem>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/base/ids.h"
#include "services/cli/client/files.h"
#include "services/cli/import/fake_submission_server.h"

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
      Importer importer(
          [&](const auto& request, auto* response) { return client.Call(request, response); },
          {.batch_lines = 2}, [] { return 0.0; }, [](absl::Duration) {});
      int batches = 0;
      (void)importer.Run(reader, [&](const AnsweredBatch& batch) {
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

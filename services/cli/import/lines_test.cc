#include "services/cli/import/lines.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/base/ids.h"
#include "services/cli/client/files.h"
#include "services/cli/import/file_scan.h"
#include "services/cli/import/sender_runs.h"

namespace nhanrong::cli {
namespace {

using ::testing::HasSubstr;

constexpr char kSubmit[] = R"({"command":{"submitModel":{"modelId":"01J"}}})";

ImportLine Only(const std::string& content, const ImportDefaults& defaults = {"dong-thap"}) {
  ImportReader reader(content, defaults);
  const auto line = reader.Next();
  EXPECT_TRUE(line.has_value());
  EXPECT_FALSE(reader.Next().has_value());
  return line.value_or(ImportLine());
}

TEST(ImportReader, SkipsCommentsBlankLinesAndTheByteOrderMark) {
  const ImportLine line =
      Only("\xEF\xBB\xBF# ghi chú\r\n\r\n   \n" + std::string(kSubmit) + "\r\n# hết");
  EXPECT_EQ(line.number, 4u);
  EXPECT_EQ(line.text, kSubmit);
  EXPECT_EQ(line.problem, "");
  EXPECT_EQ(line.submission.command().submit_model().model_id(), "01J");
}

TEST(ImportReader, FillsInLedgerChannelAndAStableId) {
  const ImportLine line = Only(kSubmit);
  EXPECT_EQ(line.submission.ledger(), "dong-thap");
  EXPECT_EQ(line.submission.channel(), v1::INGEST_CHANNEL_IMPORT);
  EXPECT_TRUE(ParseUuid(line.submission.submission_id()).has_value());
  EXPECT_EQ(line.submission.submission_id(), Only(kSubmit).submission.submission_id());
  EXPECT_EQ(line.submission.submission_id(),
            Only("  " + std::string(kSubmit) + "\t").submission.submission_id());
  EXPECT_NE(line.submission.submission_id(),
            Only(kSubmit, {"lai-chau"}).submission.submission_id());
}

TEST(ImportReader, KeepsWhatTheLineStates) {
  const ImportLine line = Only(
      R"({"ledger":"x","submissionId":"a","channel":"INGEST_CHANNEL_MIGRATION","command":{"submitModel":{}}})");
  EXPECT_EQ(line.submission.ledger(), "x");
  EXPECT_EQ(line.submission.submission_id(), "a");
  EXPECT_EQ(line.submission.channel(), v1::INGEST_CHANNEL_MIGRATION);
}

TEST(ImportReader, ReportsAMalformedLineAndGoesOn) {
  ImportReader reader(std::string_view("{\n{\"nosuch\":1}\n{}\n{\"command\":{\"submitModel\":{}}}"),
                      {"l"});
  EXPECT_FALSE(reader.Next()->problem.empty());
  const auto unknown = reader.Next();
  EXPECT_EQ(unknown->number, 2u);
  EXPECT_THAT(unknown->problem, HasSubstr("nosuch"));
  EXPECT_THAT(reader.Next()->problem, HasSubstr("command"));
  EXPECT_EQ(reader.Next()->problem, "");
  EXPECT_FALSE(reader.Next());
}

TEST(ImportReader, NeedsALedger) { EXPECT_THAT(Only(kSubmit, {""}).problem, HasSubstr("ledger")); }

TEST(ImportReader, PassesOverFinishedLines) {
  const std::string content = std::string(kSubmit) + "\n#\n" + kSubmit + "\n";
  ImportReader reader(content, {"l"}, 1);
  EXPECT_EQ(reader.Next()->number, 3u);
  EXPECT_FALSE(reader.Next());
}

TEST(ImportReader, FindsReferencesOfCorrections) {
  EXPECT_EQ(Only(R"({"command":{"annulFact":{"stream":"model/1","eventId":"@abc"}}})").refers_to,
            "abc");
  EXPECT_EQ(Only(R"({"command":{"correctFact":{"eventId":"@abc"}}})").refers_to, "abc");
  EXPECT_EQ(Only(R"({"command":{"annulFact":{"eventId":"abc"}}})").refers_to, "");
}

TEST(ImportReader, ALineMayNameItsSender) {
  const ImportLine line = Only("{ \"as\":\"can-bo\",\"submission\":" + std::string(kSubmit) + "}");
  EXPECT_EQ(line.problem, "");
  EXPECT_EQ(line.sender, "can-bo");
  EXPECT_EQ(line.submission.command().submit_model().model_id(), "01J");
  EXPECT_EQ(Only(kSubmit).sender, "");
  EXPECT_THAT(Only(R"({"as":"can-bo","sent":{}})").problem, HasSubstr("sent"));
}

// Lines by their senders, from memory.
class Lines final : public LineSource {
 public:
  explicit Lines(const std::string& senders) : senders_(senders) {}
  std::optional<ImportLine> Next() override {
    if (next_ == senders_.size()) return std::nullopt;
    ImportLine line;
    line.sender = senders_.substr(next_++, 1);
    return line;
  }

 private:
  const std::string senders_;
  std::size_t next_ = 0;
};

TEST(SenderRuns, ARunEndsWhereTheSenderChanges) {
  Lines lines("aabba");
  SenderRuns runs(lines);
  std::string seen;
  while (const auto sender = runs.Next()) {
    SenderRuns::Run run(runs);
    int count = 0;
    while (run.Next()) ++count;
    seen += *sender + std::to_string(count) + " ";
  }
  EXPECT_EQ(seen, "a2 b2 a1 ");
}

FileScan ScanOf(const std::string& content) {
  const std::string path = testing::TempDir() + "/nhanrong-scan-" + RandomUuid4();
  EXPECT_TRUE(ReplaceFile(path, content).ok());
  return ScanFile(path).value_or(FileScan());
}

TEST(ScanFile, CountsWhatIsSentAndSeesReferencesAcrossBlocks) {
  EXPECT_EQ(ScanOf("# a\n\n{}\n x \n").lines, 2u);
  EXPECT_EQ(ScanOf("").lines, 0u);
  const std::string block((1 << 20) - 1, 'x');
  EXPECT_TRUE(ScanOf(block + "\"@a").references);
  EXPECT_FALSE(ScanOf(block + "\" @a").references);
  EXPECT_NE(ScanOf(block + "a").identity, ScanOf(block + "b").identity);
  EXPECT_EQ(ScanFile("/nowhere").status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace nhanrong::cli

#include "services/cli/import/lines.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/base/ids.h"

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

TEST(CountLines, CountsWhatIsSent) {
  EXPECT_EQ(CountLines("# a\n\n{}\n x \n"), 2u);
  EXPECT_EQ(CountLines(""), 0u);
}

}  // namespace
}  // namespace nhanrong::cli

#include "services/generator/generate.h"

#include <map>
#include <set>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "services/domain/aggregate/decision.h"
#include "services/generator/parts.h"

namespace nhanrong::generator {
namespace {

// Keeps what a test asks about.
class Kept final : public Sink {
 public:
  void Put(const Line& line) override {
    bytes += std::string(line.sender) + line.submission.SerializeAsString();
    const auto& command = line.submission.command();
    ++kinds[command.kind_case()];
    const auto& stamp = line.submission.simulated_recorded_at();
    const std::int64_t ns = stamp.seconds() * 1'000'000'000 + stamp.nanos();
    back_in_time += ns <= last[line.book] ? 1 : 0;
    last[line.book] = ns;
    malformed += domain::CheckFields(line.submission).empty() ? 0 : 1;
    repeated_ids += ids.insert(line.submission.submission_id()).second ? 0 : 1;
    unknown_senders += tokens.contains(std::string(line.sender)) ? 0 : 1;
    refused += line.refused_by.empty() ? 0 : 1;
    if (line.book == Book::kHistory) ++lines;
    late += !line.submission.reason().empty() && command.has_record_site_output() ? 1 : 0;
    if (command.has_close_model()) close_reasons.insert(command.close_model().close_reason());
  }
  void PutToken(std::string_view name, std::string_view) override { tokens.emplace(name); }

  std::string bytes;
  std::map<v1::Command::KindCase, int> kinds;
  std::map<Book, std::int64_t> last;
  std::set<std::string> ids, tokens;
  std::set<int> close_reasons;
  int lines = 0, refused = 0, late = 0;
  int back_in_time = 0, malformed = 0, repeated_ids = 0, unknown_senders = 0;
};

Kept Made(const Plan& plan) {
  Kept kept;
  std::ignore = Generate(plan, kept);  // the lines are what is asked about
  return kept;
}

TEST(Generate, TheSameSeedGivesTheSameBytesAndAnotherOneOthers) {
  const Plan plan{.communes = 3, .months = 1, .seed = 7};
  const std::string bytes = Made(plan).bytes;
  EXPECT_EQ(Made(plan).bytes, bytes);
  EXPECT_NE(Made({.communes = 3, .months = 1, .seed = 8}).bytes, bytes);
}

TEST(Generate, AShortHistoryHasEveryCommandThatExists) {
  const Kept kept = Made({.communes = 3, .months = 1});
  const auto& oneof = *v1::Command::descriptor()->FindOneofByName("kind");
  for (int i = 0; i < oneof.field_count(); ++i) {
    const auto kind = static_cast<v1::Command::KindCase>(oneof.field(i)->number());
    EXPECT_TRUE(kept.kinds.contains(kind)) << oneof.field(i)->name() << " is never given";
  }
}

TEST(Generate, EveryLineIsWellFormedKnownAndLaterThanTheOneBefore) {
  const Kept kept = Made({.communes = 4, .months = 3});
  EXPECT_EQ(kept.malformed, 0);
  EXPECT_EQ(kept.repeated_ids, 0);
  EXPECT_EQ(kept.unknown_senders, 0);
  EXPECT_EQ(kept.back_in_time, 0);
}

TEST(Generate, ACommuneYieldsAYearAboutWhatTheEstimateSays) {
  const Kept kept = Made({.communes = 6, .months = 12});
  EXPECT_NEAR(kept.lines / 6, 2'450, 250) << "2,000 of the commune, a fifth of the province";
  EXPECT_NEAR(kept.refused * 1'000 / kept.lines, 25, 12) << "of a thousand";
  const int outputs = kept.kinds.at(v1::Command::kRecordSiteOutput);
  const int progress = kept.kinds.at(v1::Command::kReportProgress);
  const int corrections =
      kept.kinds.at(v1::Command::kCorrectFact) + kept.kinds.at(v1::Command::kAnnulFact);
  EXPECT_NEAR(outputs * 100 / kept.lines, 40, 6);
  EXPECT_NEAR(progress * 100 / kept.lines, 20, 5);
  EXPECT_NEAR(corrections * 100 / kept.lines, 7, 3);
  EXPECT_GT(kept.late, outputs / 50);
  EXPECT_EQ(kept.close_reasons.size(), v1::ModelCloseReason_ARRAYSIZE - 1u) << "each reason";
}

TEST(Random, GivesWhatItsSeedAndPurposeSay) {
  Random one(1, "a");
  Random same(1, "a");
  Random other(1, "b");
  const std::uint64_t first = one.Next();
  EXPECT_EQ(same.Next(), first);
  EXPECT_NE(other.Next(), first);
  std::uint64_t times = 0;
  for (int i = 0; i < 10'000; ++i) times += one.Times(1, 4);
  EXPECT_NEAR(static_cast<double>(times), 2'500, 200);
}

}  // namespace
}  // namespace nhanrong::generator

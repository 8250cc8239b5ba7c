#include "projections/model_card/model_card.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "projections/dated_spans/naive_history.h"
#include "projections/model_card/model_card_query.h"
#include "services/domain/aggregate/aggregate.h"
#include "services/domain/values/dates.h"
#include "services/projector/projection_test_kit.h"
#include "services/query/memory_unit_tree.h"

namespace nhanrong::projections {
namespace {

v1::Fact Progress(const std::string& narrative) {
  v1::Fact fact;
  fact.mutable_model_progress_reported()->set_narrative(narrative);
  return fact;
}

v1::Fact Correction(const std::string& event_id, const std::string& narrative,
                    const char* moved_to = nullptr) {
  v1::Fact fact;
  fact.mutable_fact_corrected()->set_event_id(event_id);
  *fact.mutable_fact_corrected()->mutable_replacement() = Progress(narrative);
  if (moved_to != nullptr) {
    *fact.mutable_fact_corrected()->mutable_occurred_on() = projector::DateOf(moved_to);
  }
  return fact;
}

v1::Fact Annulment(const std::string& event_id) {
  v1::Fact fact;
  fact.mutable_fact_annulled()->set_event_id(event_id);
  return fact;
}

class ModelCardTest : public ::testing::Test {
 protected:
  std::string Told(const v1::Fact& fact, const char* day, const std::string& model = "m1",
                   v1::Classification classification = v1::CLASSIFICATION_PUBLIC) {
    ledger_.Fact("model/" + model, fact, day).Classified(classification).Reason("because");
    ledger_.Commit();
    return ledger_.event_id();
  }
  Position Now() const { return ledger_.commits().back().position; }

  Page<v1::TimelineEntry> ShownPage(const char* day, Position as_of, std::size_t size,
                                    const std::string& after) {
    projector::MemoryRows store;
    const auto folded = projector::FoldAll(*MakeModelCard(), ledger_.commits(), store);
    EXPECT_TRUE(folded.ok()) << folded;
    const auto rows = store.AsOf(as_of);
    return *Timeline(
        {*rows, *domain::ParseDay(day), units_, v1::CLASSIFICATION_PUBLIC, size, after}, "m1");
  }
  // The oldest first.
  std::vector<v1::TimelineEntry> Shown(const char* day = "2025-01-01",
                                       std::optional<Position> as_of = std::nullopt) {
    auto page = ShownPage(day, as_of.value_or(Now()), 100, "");
    std::reverse(page.items.begin(), page.items.end());
    return page.items;
  }

  projector::CommitBuilder ledger_{
      "test", absl::FromCivil(absl::CivilDay(2025, 1, 1), absl::UTCTimeZone())};
  query::MemoryUnitTree units_;
};

TEST_F(ModelCardTest, AnEntryTellsWhatWasSaidByWhomAndWhen) {
  ledger_.Agency("agency-1", "Agency One").Actor("actor-1", v1::ROLE_COMMUNE_OFFICER);
  const std::string event_id = Told(Progress("half done"), "2024-03-01");
  const auto timeline = Shown();
  ASSERT_EQ(timeline.size(), 1u);
  const v1::TimelineEntry& entry = timeline[0];
  EXPECT_EQ(entry.event_id(), event_id);
  EXPECT_EQ(entry.type(), "nhanrong.v1.ModelProgressReported");
  EXPECT_EQ(entry.fact().model_progress_reported().narrative(), "half done");
  EXPECT_EQ(entry.occurred_on().value(), "2024-03-01");
  EXPECT_EQ(entry.agency().name_at_event(), "Agency One");
  EXPECT_EQ(entry.actor_id(), "actor-1");
  EXPECT_EQ(entry.role(), v1::ROLE_COMMUNE_OFFICER);
  EXPECT_EQ(entry.reason(), "because");
  EXPECT_EQ(entry.recorded_at().seconds(), ledger_.commits()[0].record.recorded_at().seconds());
}

TEST_F(ModelCardTest, TheTimeOfAnEntryIsThatOfTheCommitThoughTheWritersClockWasBehind) {
  Told(Progress("first"), "2024-03-01");
  const absl::Time first = ledger_.commits()[0].recorded_at;
  ledger_.RecordedAt(first - absl::Seconds(30));
  Told(Progress("second"), "2024-03-02");
  EXPECT_EQ(Shown()[1].recorded_at().seconds(), absl::ToUnixSeconds(first));
}

TEST_F(ModelCardTest, EntriesStandInLedgerOrderWhateverTheirDates) {
  Told(Progress("second"), "2024-06-01");
  Told(Progress("first, told later"), "2024-03-01");
  Told(Progress("another model"), "2024-03-01", "m2");
  const auto timeline = Shown();
  ASSERT_EQ(timeline.size(), 2u);
  EXPECT_EQ(timeline[0].position(), 0u);
  EXPECT_EQ(timeline[1].position(), 1u);
}

TEST_F(ModelCardTest, ACorrectionMarksWhatItNamesFromItsPositionOn) {
  const std::string wrong = Told(Progress("wrong"), "2024-03-01");
  const std::string correction = Told(Correction(wrong, "right"), "2024-12-01");
  EXPECT_EQ(Shown("2025-01-01", Position(0))[0].corrected_by(), "");
  const auto timeline = Shown();
  EXPECT_EQ(timeline[0].corrected_by(), correction);
  EXPECT_EQ(timeline[0].fact().model_progress_reported().narrative(), "wrong");
  EXPECT_EQ(timeline[1].fact().fact_corrected().event_id(), wrong);
}

TEST_F(ModelCardTest, AnAnnulmentMarksWhatItNames) {
  const std::string wrong = Told(Progress("wrong"), "2024-03-01");
  const std::string annulment = Told(Annulment(wrong), "2024-12-01");
  EXPECT_EQ(Shown()[0].annulled_by(), annulment);
}

TEST_F(ModelCardTest, FactsNotYetKnownToHoldOnTheDayAreLeftOut) {
  Told(Progress("march"), "2024-03-01");
  Told(Progress("june"), "2024-06-01");
  EXPECT_EQ(Shown("2024-02-29").size(), 0u);
  EXPECT_EQ(Shown("2024-03-01").size(), 1u);
  EXPECT_EQ(Shown("2024-06-01").size(), 2u);
}

TEST_F(ModelCardTest, ACorrectionIsShownWhereverTheEntryThatItNamesIs) {
  const std::string wrong = Told(Progress("march"), "2024-03-01");
  Told(Correction(wrong, "right"), "2024-12-01");
  EXPECT_EQ(Shown("2024-03-01").size(), 2u);
  EXPECT_EQ(Shown("2024-02-29").size(), 0u);
}

TEST_F(ModelCardTest, AnEntryThatACorrectionMovedBackIsShownFromTheEarlierDay) {
  const std::string wrong = Told(Progress("march"), "2024-03-01");
  Told(Correction(wrong, "february", "2024-02-01"), "2024-12-01");
  EXPECT_EQ(Shown("2024-02-01").size(), 2u);
  EXPECT_EQ(Shown("2024-02-01", Position(0)).size(), 0u);
}

TEST_F(ModelCardTest, EntriesThatTheAskerMayNotReadAreLeftOut) {
  Told(Progress("open"), "2024-03-01");
  Told(Progress("inner"), "2024-03-02", "m1", v1::CLASSIFICATION_INTERNAL);
  Told(Progress("absent is inner"), "2024-03-03", "m1", v1::CLASSIFICATION_UNSPECIFIED);
  EXPECT_EQ(Shown().size(), 1u);
}

TEST_F(ModelCardTest, ALongTimelineIsReadToItsFirstEntryPageByPageTheNewestFirst) {
  for (int i = 0; i < 1'005; ++i) Told(Progress(std::to_string(i)), "2024-03-01");
  std::vector<std::uint64_t> positions;
  std::string after;
  do {
    const auto page = ShownPage("2025-01-01", Now(), 400, after);
    EXPECT_LE(page.items.size(), 400u);
    for (const v1::TimelineEntry& entry : page.items) positions.push_back(entry.position());
    after = page.next_after.value_or("");
  } while (!after.empty());
  ASSERT_EQ(positions.size(), 1'005u);
  for (std::size_t i = 0; i < positions.size(); ++i) EXPECT_EQ(positions[i], 1'004 - i);
}

TEST_F(ModelCardTest, APageOfLargeEntriesEndsBeforeItIsTooLargeForAClient) {
  constexpr std::size_t kFourMebibytes = 4 << 20;
  for (int i = 0; i < 100; ++i) Told(Progress(std::string(60'000, 'x')), "2024-03-01");
  std::size_t shown = 0;
  std::string after;
  do {
    const auto page = ShownPage("2025-01-01", Now(), 1'000, after);
    v1::GetModelResponse answer;
    for (const v1::TimelineEntry& entry : page.items) *answer.add_timeline() = entry;
    EXPECT_LT(answer.ByteSizeLong(), kFourMebibytes - 100'000);
    shown += page.items.size();
    after = page.next_after.value_or("");
  } while (!after.empty());
  EXPECT_EQ(shown, 100u);
}

v1::Fact RandomProgress(const v1::Fact*) { return Progress("some"); }

struct Naive {
  std::string event_id, corrected_by, annulled_by;
  friend bool operator==(const Naive&, const Naive&) = default;
};

void Name(const v1::Event& event, std::vector<Naive>& entries) {
  const v1::Fact fact = *domain::FactOf(event);
  for (Naive& entry : entries) {
    if (fact.fact_corrected().event_id() == entry.event_id) entry.corrected_by = event.event_id();
    if (fact.fact_annulled().event_id() == entry.event_id) entry.annulled_by = event.event_id();
  }
}

// Every event up to `as_of`, with the last one that names it.
std::vector<Naive> NaiveTimeline(const NaiveHistory& history, const std::string& stream,
                                 Position as_of) {
  std::vector<Naive> entries;
  for (const projector::Commit& commit : history.commits()) {
    if (commit.position > as_of) break;
    for (const v1::Event& event : commit.record.events().events()) {
      if (event.stream() != stream) continue;
      Name(event, entries);
      entries.push_back({event.event_id(), "", ""});
    }
  }
  return entries;
}

RC_GTEST_PROP(ModelCardPropertyTest, TellsAtEveryPositionWhatHadBeenSaidByThen, ()) {
  NaiveHistory history({"model/a", "model/b"});
  history.Grow(12, RandomProgress);
  projector::MemoryRows store;
  RC_ASSERT(projector::FoldAll(*MakeModelCard(), history.commits(), store).ok());
  const query::MemoryUnitTree units;
  for (const projector::Commit& commit : history.commits()) {
    const auto rows = store.AsOf(commit.position);
    const auto timeline = *Timeline(
        {*rows, absl::CivilDay(2030, 1, 1), units, v1::CLASSIFICATION_SENSITIVE, 100, ""}, "a");
    std::vector<Naive> shown;
    for (const v1::TimelineEntry& entry : timeline.items) {
      shown.insert(shown.begin(), {entry.event_id(), entry.corrected_by(), entry.annulled_by()});
    }
    RC_ASSERT(shown == NaiveTimeline(history, "model/a", commit.position));
  }
}

RC_GTEST_PROP(ModelCardPropertyTest, OnADayShowsTheFactsKnownToHoldByThen, ()) {
  NaiveHistory history({"model/a"});
  history.Grow(12, RandomProgress);
  projector::MemoryRows store;
  RC_ASSERT(projector::FoldAll(*MakeModelCard(), history.commits(), store).ok());
  const query::MemoryUnitTree units;
  const absl::CivilDay day = RandomDay();
  const Position last = history.commits().back().position;
  const auto rows = store.AsOf(last);
  std::size_t shown = 0;
  const auto timeline = *Timeline({*rows, day, units, v1::CLASSIFICATION_SENSITIVE, 100, ""}, "a");
  for (const v1::TimelineEntry& entry : timeline.items) {
    const bool states = entry.fact().has_model_progress_reported();
    if (states && entry.annulled_by().empty()) ++shown;
  }
  std::size_t in_force_by_then = 0;
  for (const NaiveFact& fact : history.InForce("model/a", last)) {
    if (fact.day <= day) ++in_force_by_then;
  }
  // What holds is always told; what was moved to a later day is told as well.
  RC_ASSERT(shown >= in_force_by_then);
}

}  // namespace
}  // namespace nhanrong::projections

#include "projections/dated_spans/dated_spans.h"

#include <gtest/gtest.h>

#include <vector>

#include "nhanrong/rows/v1/model_list.pb.h"
#include "projections/dated_spans/naive_history.h"
#include "services/domain/aggregate/aggregate.h"
#include "services/domain/values/dates.h"

namespace nhanrong::projections {
namespace {

using rows::v1::ModelSpan;

v1::Fact Closed(const std::string& note) {
  v1::Fact fact;
  fact.mutable_model_closed()->set_note(note);
  return fact;
}

v1::Fact Progress(const std::string& narrative) {
  v1::Fact fact;
  fact.mutable_model_progress_reported()->set_narrative(narrative);
  return fact;
}

// A span for every closing and every report; the agency's name carries its words.
bool SetNote(const v1::Fact& fact, const projector::FoldEvent&, ModelSpan& span) {
  if (fact.has_model_progress_reported()) {
    span.mutable_agency()->set_name_at_event(fact.model_progress_reported().narrative());
    return true;
  }
  if (!fact.has_model_closed() || fact.model_closed().note() == "nothing") return false;
  span.mutable_agency()->set_name_at_event(fact.model_closed().note());
  return true;
}

class DatedSpansTest : public ::testing::Test {
 protected:
  std::string Told(const v1::Fact& fact, const char* day) {
    ledger_.Fact("model/1", fact, day);
    ledger_.Commit();
    return ledger_.event_id();
  }
  std::string Corrected(const std::string& event_id, const v1::Fact& replacement,
                        const char* moved_to = nullptr) {
    v1::Fact fact;
    fact.mutable_fact_corrected()->set_event_id(event_id);
    *fact.mutable_fact_corrected()->mutable_replacement() = replacement;
    if (moved_to != nullptr) {
      *fact.mutable_fact_corrected()->mutable_occurred_on() = projector::DateOf(moved_to);
    }
    ledger_.Fact("model/1", fact, "2020-01-01").Classified(v1::CLASSIFICATION_SENSITIVE);
    ledger_.Commit();
    return ledger_.event_id();
  }
  void Annulled(const std::string& event_id) {
    v1::Fact fact;
    fact.mutable_fact_annulled()->set_event_id(event_id);
    Told(fact, "2020-01-01");
  }

  const Spans<ModelSpan>& Folded() {
    spans_.Clear();
    for (const projector::Commit& commit : ledger_.commits()) {
      const v1::Event& event = commit.record.events().events(0);
      const absl::Status status =
          FoldSpans<ModelSpan>({commit, event, *domain::FactOf(event)}, spans_, SetNote);
      EXPECT_TRUE(status.ok()) << status;
    }
    return spans_;
  }
  std::vector<std::string> Notes() {
    std::vector<std::string> notes;
    for (const ModelSpan& span : Folded()) notes.push_back(span.agency().name_at_event());
    return notes;
  }

  projector::CommitBuilder ledger_;
  Spans<ModelSpan> spans_;
};

using Strings = std::vector<std::string>;

// Days since 1970-01-01.
std::int32_t Day(const char* day) { return DayNumber(*domain::ParseDay(day)); }

TEST_F(DatedSpansTest, ThatAreNoStepsAreOrderedByTheDayOnWhichTheyAreKnownToHold) {
  for (const char* day : {"2021-03-01", "2021", "2021-01-01"}) Told(Progress(day), day);
  EXPECT_EQ(Notes(), (Strings{"2021-01-01", "2021-03-01", "2021"}));
}

TEST_F(DatedSpansTest, ThatAreStepsAreInTheOrderOfTheStreamHoweverCoarseTheirDates) {
  Told(Closed("year"), "2021");
  Told(Closed("march"), "2021-03-01");
  Told(Closed("quarter"), "2021-Q2");
  EXPECT_EQ(Notes(), (Strings{"year", "march", "quarter"}));
  EXPECT_EQ(spans_[0].dated().latest_day(), Day("2021-03-01"));
  EXPECT_EQ(spans_[0].dated().known_day(), Day("2021-12-31"));
  EXPECT_EQ(spans_[1].dated().latest_day(), Day("2021-03-01"));
  EXPECT_EQ(spans_[2].dated().latest_day(), Day("2021-06-30"));
}

TEST_F(DatedSpansTest, AStepHoldsAsStatedAgainWhenTheOneThatEndedItIsTakenOut) {
  Told(Closed("year"), "2021");
  const std::string later = Told(Closed("march"), "2021-03-01");
  Corrected(later, Closed("may"), "2021-05-01");
  EXPECT_EQ(Folded()[0].dated().latest_day(), Day("2021-05-01"));
  Annulled(later);
  EXPECT_EQ(Folded()[0].dated().latest_day(), Day("2021-12-31"));
}

TEST_F(DatedSpansTest, OfOneDayStandInTheOrderOfTheStream) {
  for (const char* note : {"first", "second", "third"}) Told(Closed(note), "2021-03-01");
  EXPECT_EQ(Notes(), (Strings{"first", "second", "third"}));
}

TEST_F(DatedSpansTest, ACorrectionReplacesAndMovesWhatItNames) {
  const std::string wrong = Told(Progress("wrong"), "2021-03-01");
  Told(Progress("other"), "2021-04-01");
  Corrected(wrong, Progress("right"), "2021-05-01");
  EXPECT_EQ(Notes(), (Strings{"other", "right"}));
  EXPECT_EQ(spans_[1].dated().event_id(), wrong);
  EXPECT_EQ(spans_[1].dated().occurred_on().value(), "2021-05-01");
  EXPECT_EQ(spans_[1].dated().classification(), v1::CLASSIFICATION_SENSITIVE);
  EXPECT_EQ(spans_[1].dated().revision(), 0u);
}

TEST_F(DatedSpansTest, ACorrectionWithoutADateLeavesTheDay) {
  Corrected(Told(Closed("wrong"), "2021-03-01"), Closed("right"));
  Folded();
  EXPECT_EQ(spans_[0].dated().occurred_on().value(), "2021-03-01");
}

TEST_F(DatedSpansTest, ACorrectionToAFactThatSetsNothingTakesTheSpanOut) {
  Corrected(Told(Closed("wrong"), "2021-03-01"), Closed("nothing"));
  EXPECT_TRUE(Folded().empty());
}

TEST_F(DatedSpansTest, AnAnnulmentTakesOutWhatItNamesForGood) {
  const std::string wrong = Told(Closed("wrong"), "2021-03-01");
  Annulled(wrong);
  Corrected(wrong, Closed("too late"));
  EXPECT_TRUE(Folded().empty());
}

TEST_F(DatedSpansTest, AnEventThatIsNotAmongThemIsNoConcern) {
  Told(Closed("kept"), "2021-03-01");
  Corrected("some-other-event", Closed("other"));
  Annulled("some-other-event");
  EXPECT_EQ(Notes(), Strings{"kept"});
}

TEST_F(DatedSpansTest, TheValueOnADayIsThatOfTheLastSpanKnownToHold) {
  Told(Closed("january"), "2021-01-10");
  Told(Closed("march"), "2021-03-10");
  const auto any = [](const ModelSpan&) { return true; };
  const auto on = [&](int month, int day) {
    const ModelSpan* span = LastOn(Folded(), absl::CivilDay(2021, month, day), any);
    return span == nullptr ? "" : span->agency().name_at_event();
  };
  EXPECT_EQ(on(1, 9), "");
  EXPECT_EQ(on(1, 10), "january");
  EXPECT_EQ(on(3, 9), "january");
  EXPECT_EQ(on(3, 10), "march");
}

TEST(IdInStreamTest, IsWhatFollowsTheNameOfTheAggregate) {
  EXPECT_EQ(IdInStream("model/01J", "model"), "01J");
  EXPECT_EQ(IdInStream("models/01J", "model"), "");
  EXPECT_EQ(IdInStream("site/01J", "model"), "");
}

TEST(YearOfTest, AYearAPhaseOrNone) {
  EXPECT_EQ(YearOf(projector::DateOf("2021-05-05")), "2021");
  EXPECT_EQ(YearOf(projector::DateOf("2021-Q2")), "2021");
  EXPECT_EQ(YearOf(projector::DateOf("2016/2020")), "2016/2020");
  EXPECT_EQ(YearOf(projector::DateOf("--05-31")), "DATE_PRECISION_UNKNOWN_YEAR");
}

}  // namespace
}  // namespace nhanrong::projections

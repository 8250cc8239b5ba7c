#include "projections/submissions/submissions.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "projections/submissions/submissions_query.h"
#include "services/projector/projection_test_kit.h"
#include "services/query/memory_unit_tree.h"

namespace nhanrong::projections {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

v1::Fact AnyFact() {
  v1::Fact fact;
  fact.mutable_unit_renamed()->set_name("N");
  return fact;
}

v1::RefusedRule Rule(const std::string& rule, const std::string& field) {
  v1::RefusedRule refused;
  refused.set_rule(rule);
  refused.set_field(field);
  return refused;
}

class SubmissionsTest : public testing::Test {
 protected:
  void Accepted(const std::string& agency, const std::string& id) {
    ledger_.Agency(agency).Submission(id).Fact("unit/a", AnyFact(), "2024-01-01").Commit();
  }
  void Refused(const std::string& agency, const std::string& id) {
    ledger_.Agency(agency).Submission(id);
    ledger_.Refused({Rule("unit.same_name", "command.rename_unit.name")});
  }
  Page<v1::SubmissionEntry> List(const std::string& agency, std::uint64_t as_of,
                                 const v1::ListSubmissionsRequest& request = {},
                                 std::size_t page_size = 100, const std::string& after = "") {
    projector::MemoryRows rows;
    EXPECT_TRUE(projector::FoldAll(*MakeSubmissions(), ledger_.commits(), rows).ok());
    const auto reader = rows.AsOf(Position(as_of));
    const query::QueryScope scope{*reader, {}, units_, v1::CLASSIFICATION_PUBLIC, page_size, after};
    auto page = ListSubmissions(scope, agency, request);
    EXPECT_TRUE(page.ok()) << page.status();
    return *std::move(page);
  }
  static std::vector<std::string> Ids(const Page<v1::SubmissionEntry>& page) {
    std::vector<std::string> ids;
    for (const v1::SubmissionEntry& entry : page.items) ids.push_back(entry.submission_id());
    return ids;
  }

  projector::CommitBuilder ledger_;
  const query::MemoryUnitTree units_{};
};

TEST_F(SubmissionsTest, TheNewestComesFirstAndOnlyOnesOwn) {
  Accepted("mine", "1");
  Accepted("other", "2");
  Refused("mine", "3");
  EXPECT_THAT(Ids(List("mine", 9)), ElementsAre("3", "1"));
  EXPECT_THAT(Ids(List("other", 9)), ElementsAre("2"));
  EXPECT_THAT(Ids(List("nobody", 9)), IsEmpty());
}

TEST_F(SubmissionsTest, AnAcceptedOneNamesItsStreams) {
  ledger_.Agency("mine").Actor("clerk", v1::ROLE_COMMUNE_OFFICER).Submission("1");
  ledger_.CommandType("nhanrong.v1.RenameUnit");
  ledger_.Fact("unit/b", AnyFact(), "2024-01-01").Fact("unit/a", AnyFact(), "2024-01-01");
  ledger_.Fact("unit/b", AnyFact(), "2024-01-01");
  ledger_.Fact("reserved/token/00", AnyFact(), "2024-01-01").Commit();
  const v1::SubmissionEntry entry = List("mine", 0).items.at(0);
  EXPECT_THAT(entry.streams(), ElementsAre("unit/a@0", "unit/b@1"));
  EXPECT_EQ(entry.command_type(), "nhanrong.v1.RenameUnit");
  EXPECT_EQ(entry.actor_id(), "clerk");
  EXPECT_EQ(entry.role(), v1::ROLE_COMMUNE_OFFICER);
  EXPECT_GT(entry.recorded_at().seconds(), 0);
  EXPECT_EQ(entry.refused_size(), 0);
}

TEST_F(SubmissionsTest, ItsTimeIsThatOfTheCommitThoughTheWritersClockWasBehind) {
  Accepted("mine", "1");
  const absl::Time first = ledger_.commits()[0].recorded_at;
  ledger_.RecordedAt(first - absl::Seconds(30));
  Accepted("mine", "2");
  const auto page = List("mine", 1);
  EXPECT_EQ(page.items[0].recorded_at().seconds(), absl::ToUnixSeconds(first));
}

TEST_F(SubmissionsTest, ARefusedOneSaysWhyInWords) {
  Refused("mine", "1");
  const v1::SubmissionEntry entry = List("mine", 0).items.at(0);
  ASSERT_EQ(entry.refused_size(), 1);
  EXPECT_EQ(entry.refused(0).rule(), "unit.same_name");
  EXPECT_EQ(entry.refused(0).field(), "command.rename_unit.name");
  EXPECT_FALSE(entry.refused(0).wrong_vi().empty());
  EXPECT_THAT(entry.streams(), IsEmpty());
}

TEST_F(SubmissionsTest, RefusalsAloneAndOneAlone) {
  Accepted("mine", "1");
  Refused("mine", "2");
  v1::ListSubmissionsRequest request;
  request.set_refused_only(true);
  EXPECT_THAT(Ids(List("mine", 9, request)), ElementsAre("2"));
  request.set_submission_id("1");
  EXPECT_THAT(Ids(List("mine", 9, request)), IsEmpty());
  request.set_refused_only(false);
  EXPECT_THAT(Ids(List("mine", 9, request)), ElementsAre("1"));
  EXPECT_THAT(Ids(List("other", 9, request)), IsEmpty());
}

TEST_F(SubmissionsTest, ThePastDoesNotKnowWhatCameLater) {
  Accepted("mine", "1");
  Accepted("mine", "2");
  EXPECT_THAT(Ids(List("mine", 0)), ElementsAre("1"));
  v1::ListSubmissionsRequest request;
  request.set_submission_id("2");
  EXPECT_THAT(Ids(List("mine", 0, request)), IsEmpty());
}

TEST_F(SubmissionsTest, WhatBelongsTogetherIsFoundByTheSendersOwnIds) {
  ledger_.Agency("mine").Correlation("row/1", "content/a");
  Accepted("mine", "1");
  ledger_.Correlation("row/1", "content/b");
  Refused("mine", "2");
  ledger_.Correlation("row/2", "content/c");
  Accepted("mine", "3");
  ledger_.Correlation("row/1", "content/a");
  Accepted("other", "4");
  ledger_.Correlation("", "");
  Accepted("mine", "5");

  v1::ListSubmissionsRequest request;
  request.add_correlation_ids("row/1");
  const auto first = List("mine", 9, request);
  EXPECT_THAT(Ids(first), ElementsAre("2", "1"));
  EXPECT_EQ(first.items[1].causation_id(), "content/a");
  ASSERT_EQ(first.items[1].events_size(), 1);
  EXPECT_EQ(first.items[1].events(0).stream(), "unit/a");
  EXPECT_FALSE(first.items[1].events(0).event_id().empty());
  request.add_correlation_ids("row/2");
  request.add_correlation_ids("row/2");
  request.add_correlation_ids("row");
  EXPECT_THAT(Ids(List("mine", 9, request)), testing::UnorderedElementsAre("1", "2", "3"));
  request.set_refused_only(true);
  EXPECT_THAT(Ids(List("mine", 9, request)), ElementsAre("2"));
}

TEST_F(SubmissionsTest, PagesOfWhatBelongsTogetherLoseNothing) {
  v1::ListSubmissionsRequest request;
  for (int i = 0; i < 7; ++i) {
    const std::string row = "row/" + std::to_string(i % 3);
    ledger_.Correlation(row, "");
    Accepted("mine", std::to_string(i));
    request.add_correlation_ids(row);
  }
  std::vector<std::string> ids;
  std::string after;
  for (int pages = 0; pages < 9; ++pages) {
    const auto page = List("mine", 9, request, 2, after);
    for (const std::string& id : Ids(page)) ids.push_back(id);
    if (!page.next_after) break;
    after = *page.next_after;
  }
  EXPECT_THAT(ids, testing::UnorderedElementsAre("0", "1", "2", "3", "4", "5", "6"));
}

TEST_F(SubmissionsTest, PagesGoOnWhereTheLastEndedThoughNewOnesCome) {
  for (const char* id : {"1", "2", "3"}) Accepted("mine", id);
  const auto first = List("mine", 2, {}, 2);
  EXPECT_THAT(Ids(first), ElementsAre("3", "2"));
  Accepted("mine", "4");
  const auto second = List("mine", 3, {}, 2, *first.next_after);
  EXPECT_THAT(Ids(second), ElementsAre("1"));
  EXPECT_EQ(second.next_after, std::nullopt);
}

TEST_F(SubmissionsTest, WhatWasSentForAnAgencyIsShownToBothWithForWhomAndByWhichDocument) {
  ledger_.Agency("centre", "Centre").Submission("1");
  v1::ActingFor acting_for;
  acting_for.set_form(v1::DELEGATION_FORM_TUQ);
  acting_for.mutable_principal_agency()->set_agency_id("town");
  acting_for.mutable_document()->set_number("7/QD");
  ledger_.ActingFor(acting_for).Fact("unit/a", AnyFact(), "2024-01-01").Commit();
  ledger_.Agency("centre", "Centre").Submission("2").ActingFor(acting_for);
  ledger_.Refused({Rule("unit.same_name", "command.rename_unit.name")});
  for (const char* agency : {"centre", "town"}) {
    EXPECT_THAT(Ids(List(agency, 9)), ElementsAre("2", "1")) << agency;
    const v1::SubmissionEntry entry = List(agency, 0).items.at(0);
    EXPECT_EQ(entry.agency().name_at_event(), "Centre");
    EXPECT_EQ(entry.acting_for().form(), v1::DELEGATION_FORM_TUQ);
    EXPECT_EQ(entry.acting_for().document().number(), "7/QD");
    v1::ListSubmissionsRequest refused;
    refused.set_refused_only(true);
    EXPECT_THAT(Ids(List(agency, 9, refused)), ElementsAre("2")) << agency;
  }
}

}  // namespace
}  // namespace nhanrong::projections

// Who sees what of which moment, and how much of it at a time.
#include <gmock/gmock.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "tests/e2e/harness/end_to_end_test_kit.h"

namespace nhanrong::e2e {
namespace {

class ReadingTest : public EndToEndTest {
 protected:
  static Person OfficerOf(LedgerScene& book, const std::string& unit) {
    return book.Hire({.role = v1::ROLE_COMMUNE_OFFICER, .scope_unit = unit});
  }
  static Answered<v1::GetModelResponse> Model(const Person& who, const std::string& model,
                                              std::optional<std::uint64_t> as_of = {}) {
    v1::GetModelRequest request;
    *request.mutable_context() = who.Now();
    if (as_of) request.mutable_context()->set_as_of_position(*as_of);
    request.set_model_id(model);
    return who.client.Ask(request);
  }
};

TEST_F(ReadingTest, AModelThatMovedIsSeenByTheOfficerOfTheUnitThatItHadAtTheAskedMoment) {
  LedgerScene book(Server());
  const Staff staff(book);
  const Person here = OfficerOf(book, Map().commune);
  const Person there = OfficerOf(book, Map().other_commune);
  const std::string model = NewId();
  const Submitted registered = When(staff.officer, RegisterModel(model, Map().commune));
  ASSERT_TRUE(registered.ok());
  v1::Fact moved;
  *moved.mutable_model_registered()->mutable_definition() =
      Definition(Map().other_commune, "Nuôi cá trong ruộng lúa");
  Given({{staff.officer,
          CorrectFact("model/" + model, registered.accepted.events(0).event_id(), moved)
              .Because("ghi nhầm xã")}});

  const std::uint64_t before = registered.accepted.position();
  EXPECT_TRUE(Model(here, model, before).ok());
  EXPECT_THAT(Model(there, model, before), Fails("NOT_FOUND NO_SUCH_MODEL"));
  EXPECT_THAT(Model(here, model), Fails("NOT_FOUND NO_SUCH_MODEL"));
  EXPECT_TRUE(Model(there, model).ok());
}

TEST_F(ReadingTest, AnAnnulledModelIsStillThereForItsOfficerAsOfTheTimeBefore) {
  LedgerScene book(Server());
  const Staff staff(book);
  const Person here = OfficerOf(book, Map().commune);
  const std::string model = NewId();
  const Submitted registered = When(staff.officer, RegisterModel(model, Map().commune));
  ASSERT_TRUE(registered.ok());
  Given({{staff.officer, AnnulFact("model/" + model, registered.accepted.events(0).event_id())
                             .Because("chưa từng có")}});
  EXPECT_TRUE(Model(here, model, registered.accepted.position()).ok());
  const auto gone = Model(here, model);
  const auto never_there = Model(here, NewId());
  EXPECT_THAT(gone, Fails("NOT_FOUND NO_SUCH_MODEL"));
  EXPECT_EQ(gone.status.message(), never_there.status.message());
}

TEST_F(ReadingTest, TheWholeOfAShareIsNotShownToWhoMayNotReadItsUnit) {
  LedgerScene book(Server());
  const Staff staff(book);
  const Person here = OfficerOf(book, Map().commune);
  const std::string whole = NewId();
  Deed part = RecordCountedFigure(NewId(), Map().commune);
  part.submission.mutable_command()
      ->mutable_record_counted_figure()
      ->mutable_figure()
      ->set_part_of_figure_id(whole);
  Given({{staff.officer, RecordCountedFigure(whole, Map().province)}, {staff.officer, part}});
  v1::CountModelsRequest request;
  request.mutable_filter()->set_unit_id(Map().commune);
  *request.mutable_context() = staff.officer.Now();
  EXPECT_TRUE(staff.officer.client.Ask(request).value.counted(0).has_share());
  *request.mutable_context() = here.Now();
  const auto answer = here.client.Ask(request);
  ASSERT_EQ(answer.value.counted_size(), 1);
  EXPECT_FALSE(answer.value.counted(0).has_share());
}

TEST_F(ReadingTest, ALongTimelineIsReadToItsBeginningByAClientThatTakesFourMegabytes) {
  LedgerScene book(Server());
  const Staff staff(book);
  const std::string model = NewId();
  Given({{staff.officer, RecordModelFromDocument(model, Map().commune)}});
  constexpr int kReports = 400;
  v1::SubmitManyRequest reports;
  for (int i = 0; i < kReports; ++i) {
    Deed deed = ReportProgress(model);
    deed.submission.mutable_command()->mutable_report_progress()->set_narrative(
        std::string(4'000, 'x'));
    deed.submission.set_reason(std::string(1'000, 'y'));
    v1::SourceDoc source = RecordModelFromDocument(NewId(), "").submission.sources(0);
    source.set_summary(std::string(500, 'z'));
    for (int n = 0; n < 15; ++n) *deed.submission.add_sources() = source;
    *reports.add_submissions() = staff.officer.Write(deed);
  }
  const auto reported = staff.officer.client.Ask(reports);
  for (const v1::SubmitOutcome& outcome : reported.value.outcomes()) {
    ASSERT_TRUE(outcome.has_accepted()) << outcome.ShortDebugString();
    book.Saw(outcome.accepted().position());
  }

  v1::GetModelRequest request;
  *request.mutable_context() = staff.officer.Now();
  request.mutable_context()->set_page_size(1'000);
  request.set_model_id(model);
  std::vector<std::uint64_t> positions;
  int pages = 0;
  do {
    const auto page = staff.officer.client.Ask(request);
    ASSERT_TRUE(page.ok()) << ::testing::PrintToString<Answer>(page);
    EXPECT_EQ(page.value.model().model_id(), model);
    for (const auto& entry : page.value.timeline()) positions.push_back(entry.position());
    request.mutable_context()->set_page_token(page.value.meta().next_page_token());
    ++pages;
  } while (!request.context().page_token().empty());
  EXPECT_GT(pages, 1);
  EXPECT_EQ(positions.size(), kReports + 1u);
  EXPECT_TRUE(std::is_sorted(positions.rbegin(), positions.rend()));
}

}  // namespace
}  // namespace nhanrong::e2e

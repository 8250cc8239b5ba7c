// Bad calls: requests that are no submission, batches, and submission ids that are used twice.
#include <limits>

#include "absl/time/clock.h"
#include "services/base/ids.h"
#include "tests/e2e/bad_input_scene.h"

namespace nhanrong::e2e {
namespace {

using ::testing::HasSubstr;

constexpr char kInvalid[] = "INVALID_ARGUMENT INVALID";

struct Row {
  const char* what;
  std::function<Answer(BadInputScene&, const Client&)> call;
  const char* outline;
  const char* field;  // of the one wrong field; empty: none is named

  friend void PrintTo(const Row& row, std::ostream* out) { *out << row.what; }
};

// The first page of all models, one on it.
v1::ListModelsRequest OnePage(BadInputScene& s) {
  v1::ListModelsRequest request;
  *request.mutable_context() = s.staff.officer.Now();
  request.mutable_context()->set_page_size(1);
  return request;
}

template <typename Change>
auto Listing(Change change) {
  return [change](BadInputScene& s, const Client& client) -> Answer {
    v1::ListModelsRequest request = OnePage(s);
    change(*request.mutable_context());
    return client.Ask(request);
  };
}

Answer TokenOfAnotherQuery(BadInputScene& s, const Client& client) {
  v1::ListModelsRequest request = OnePage(s);
  request.mutable_context()->set_page_token(client.Ask(request).value.meta().next_page_token());
  request.mutable_filter()->set_level(v1::MODEL_LEVEL_COMMUNE);
  return client.Ask(request);
}

std::vector<Row> BadQueries() {
  using Context = v1::QueryContext;
  return {
      {"page token that is none", Listing([](Context& c) { c.set_page_token("abc"); }), kInvalid,
       "context.page_token"},
      {"page token of another query", TokenOfAnotherQuery, kInvalid, "context.page_token"},
      {"page of 1001", Listing([](Context& c) { c.set_page_size(1001); }), kInvalid,
       "context.page_size"},
      {"effective day that is none", Listing([](Context& c) { c.set_effective_on("5/5/2021"); }),
       kInvalid, "context.effective_on"},
      {"query of no ledger", Listing([](Context& c) { c.set_ledger("so-nao-do"); }), kInvalid,
       "context.ledger"},
      {"state after the head", Listing([](Context& c) { c.set_as_of_position(1'000'000); }),
       "OUT_OF_RANGE BEYOND_THE_HEAD", ""},
      {"state after the greatest position",
       Listing([](Context& c) { c.set_as_of_position(std::numeric_limits<std::uint64_t>::max()); }),
       "OUT_OF_RANGE BEYOND_THE_HEAD", ""},
      {"state before the ledger",
       Listing([](Context& c) { c.mutable_as_of_time()->set_seconds(1'620'200'000); }),
       "OUT_OF_RANGE BEFORE_THE_LEDGER", ""},
      {"model that is not there",
       [](BadInputScene& s, const Client& client) -> Answer {
         v1::GetModelRequest request;
         *request.mutable_context() = s.staff.officer.Now();
         request.set_model_id(NewId());
         return client.Ask(request);
       },
       "NOT_FOUND NO_SUCH_MODEL", ""},
      {"submissions of 1001 correlation ids",
       [](BadInputScene& s, const Client& client) -> Answer {
         v1::ListSubmissionsRequest request;
         *request.mutable_context() = s.staff.officer.Now();
         for (int i = 0; i < 1'001; ++i) request.add_correlation_ids(std::to_string(i));
         return client.Ask(request);
       },
       kInvalid, "correlation_ids"},
      {"history of no ledger",
       [](BadInputScene&, const Client& client) -> Answer {
         v1::ReadRequest request;
         request.mutable_range()->set_ledger("so-nao-do");
         return client.Ask(request);
       },
       kInvalid, "range.ledger"},
      {"read models of no ledger",
       [](BadInputScene&, const Client& client) -> Answer {
         v1::ListProjectionsRequest request;
         request.set_ledger("so-nao-do");
         return client.Ask(request);
       },
       kInvalid, "ledger"},
      {"empty batch",
       [](BadInputScene&, const Client& client) -> Answer {
         return client.Ask(v1::SubmitManyRequest());
       },
       kInvalid, "submissions"},
      {"batch of 1001",
       [](BadInputScene&, const Client& client) -> Answer {
         v1::SubmitManyRequest request;
         for (int i = 0; i < 1001; ++i) request.add_submissions();
         return client.Ask(request);
       },
       kInvalid, "submissions"},
  };
}

// What this contract does not have, or nobody can know yet.
std::vector<Row> QueriesOfTheUnknown() {
  using Context = v1::QueryContext;
  return {
      {"state of the future", Listing([](Context& c) {
         c.mutable_as_of_time()->set_seconds(absl::ToUnixSeconds(absl::Now() + absl::Hours(1)));
       }),
       "OUT_OF_RANGE IN_THE_FUTURE", ""},
      {"level that the contract does not have",
       [](BadInputScene& s, const Client& client) -> Answer {
         v1::ListModelsRequest request = OnePage(s);
         request.mutable_filter()->set_level(static_cast<v1::ModelLevel>(77));
         return client.Ask(request);
       },
       kInvalid, "filter.level"},
      {"dimension that the contract does not have",
       [](BadInputScene& s, const Client& client) -> Answer {
         v1::CountModelsRequest request;
         *request.mutable_context() = s.staff.officer.Now();
         request.set_by(static_cast<v1::ModelDimension>(99));
         return client.Ask(request);
       },
       kInvalid, "by"},
  };
}

std::vector<Row> AllBadCalls() {
  std::vector<Row> rows = BadQueries();
  for (Row& row : QueriesOfTheUnknown()) rows.push_back(std::move(row));
  return rows;
}

class BadCallTest : public BadInputTest, public ::testing::WithParamInterface<Row> {};

TEST_P(BadCallTest, IsToldWhatIsWrongAndTheServiceGoesOn) {
  const Row& row = GetParam();
  const Client& client = Scene().staff.officer.client;
  const std::uint64_t before = Scene().book.Commits();
  const Answer answer = row.call(Scene(), client);
  EXPECT_EQ(Outline(answer), row.outline);
  const std::vector<std::string> fields(*row.field == '\0' ? 0 : 1, row.field);
  EXPECT_EQ(answer.standard_fields, fields);
  ExpectWords(answer, row.call(Scene(), client.InEnglish()));
  EXPECT_EQ(Scene().book.Commits(), before);
  ExpectServiceGoesOn();
}

INSTANTIATE_TEST_SUITE_P(All, BadCallTest, ::testing::ValuesIn(AllBadCalls()),
                         [](const ::testing::TestParamInfo<Row>& of) {
                           return NameOfRow(of.param.what);
                         });

TEST_F(BadInputTest, TheFirstDayOfTheLedgerIsToldToWhoAsksForAnEarlierState) {
  v1::ListModelsRequest request = OnePage(Scene());
  request.mutable_context()->mutable_as_of_time()->set_seconds(1'620'200'000);
  const auto answer = Scene().staff.officer.client.Ask(request);
  EXPECT_THAT(answer.status.message(), HasSubstr(Scene().book.Today()));
  EXPECT_THAT(answer.status.message(), HasSubstr("effective_on"));
}

TEST_F(BadInputTest, TheActualRevisionIsTold) {
  const Submitted answer = When(Scene().staff.leader, SubmitModel(Scene().draft).Expecting(5));
  ASSERT_THAT(answer, Refuses("stream.expected_revision"));
  EXPECT_EQ(answer.detail.violations(0).actual(), "0");
}

TEST_F(BadInputTest, AnIdThatWasUsedForAnotherContentIsAConflict) {
  BadInputScene& s = Scene();
  const std::uint64_t before = s.book.Commits();
  const Submitted answer =
      When(s.staff.officer, RegisterModel(NewId(), s.map.commune).WithId(s.used_id));
  EXPECT_THAT(answer, Fails("ALREADY_EXISTS SUBMISSION_ID_USED"));
  EXPECT_EQ(s.book.Commits(), before);
}

TEST_F(BadInputTest, EachOfABatchIsAnsweredOnItsOwn) {
  BadInputScene& s = Scene();
  const Person& officer = s.staff.officer;
  v1::SubmitManyRequest request;
  *request.add_submissions() = officer.Write(RegisterModel(NewId(), s.map.commune));
  *request.add_submissions() = officer.Write(RegisterModel("sai", s.map.commune));
  *request.add_submissions() = officer.Write(ApprovePilot(s.draft));
  *request.add_submissions() = officer.Write(RegisterModel(NewId(), NewId()));
  const auto answer = officer.client.Ask(request);
  ASSERT_EQ(answer.value.outcomes_size(), 4);
  const auto outcome = [&](int i) { return SubmittedOf(answer.value.outcomes(i)); };
  EXPECT_THAT(outcome(0), Accepts("ModelRegistered"));
  EXPECT_THAT(outcome(1), Fails("INVALID_ARGUMENT INVALID"));
  EXPECT_THAT(outcome(2), Fails("PERMISSION_DENIED ROLE_MISSING"));
  EXPECT_THAT(outcome(3), Refuses("unit.unknown"));
}

TEST_F(BadInputTest, APositionThatIsNotThereYetIsWaitedForUntilTheDeadline) {
  const Client impatient = Scene().staff.officer.client.Within(absl::Milliseconds(300));
  for (const std::uint64_t position :
       {Scene().book.Commits() + 1'000, std::numeric_limits<std::uint64_t>::max()}) {
    v1::ListModelsRequest request = OnePage(Scene());
    request.mutable_context()->set_min_position(position);
    EXPECT_EQ(impatient.Ask(request).status.code(), 4) << position;  // DEADLINE_EXCEEDED
  }
}

TEST_F(BadInputTest, FiguresUpToTheGreatestNumberAreTakenAndAddedWithoutWrapping) {
  LedgerScene book(Server());
  const Staff staff(book);
  for (int i = 0; i < 2; ++i) {
    Deed deed = RecordCountedFigure(NewId(), i == 0 ? Map().commune : Map().other_commune);
    v1::Quantity& quantity = *deed.submission.mutable_command()
                                  ->mutable_record_counted_figure()
                                  ->mutable_figure()
                                  ->mutable_quantity();
    quantity.set_value(std::numeric_limits<std::int64_t>::max());
    Given({{staff.officer, deed}});
  }
  v1::CountModelsRequest request;
  *request.mutable_context() = staff.officer.Now();
  const auto answer = staff.officer.client.Ask(request);
  EXPECT_TRUE(answer.ok()) << ::testing::PrintToString<Answer>(answer);
  EXPECT_EQ(answer.value.counted_size(), 2);
  EXPECT_FALSE(answer.value.has_counted_total());  // no number of this contract holds it
  EXPECT_EQ(answer.value.counted_absent().rule(), "figure.total");
}

struct BadPlan {
  const char* what;
  void (*change)(v1::CreateLedgerRequest&);
  const char* field;
};
constexpr BadPlan kBadPlans[] = {
    {"name", [](v1::CreateLedgerRequest& r) { r.set_name("Sổ Lạ"); }, "name"},
    {"agency", [](v1::CreateLedgerRequest& r) { r.clear_agency_name(); }, "agency_name"},
    {"title", [](v1::CreateLedgerRequest& r) { r.clear_administrator_title(); },
     "administrator_title"},
    {"token", [](v1::CreateLedgerRequest& r) { r.set_token_sha256("x"); }, "token_sha256"},
    {"id", [](v1::CreateLedgerRequest& r) { r.set_actor_id("x"); }, "actor_id"},
    {"electronic id", [](v1::CreateLedgerRequest& r) { r.set_agency_electronic_id("thường"); },
     "agency_electronic_id"},
    {"role", [](v1::CreateLedgerRequest& r) { r.add_roles(v1::Role(99)); }, "roles"},
    {"no role", [](v1::CreateLedgerRequest& r) { r.add_roles(v1::ROLE_UNSPECIFIED); }, "roles"},
};

TEST_F(BadInputTest, ALedgerWithAWrongPlanIsNotMade) {
  const Client its_operator(Server().address(), Server().operator_token());
  v1::CreateLedgerRequest plan;
  plan.set_name("so-khong-co");
  plan.set_agency_name("Văn phòng số");
  plan.set_administrator_title("Quản trị viên");
  plan.set_token_sha256(std::string(32, 't'));
  for (const BadPlan& bad : kBadPlans) {
    v1::CreateLedgerRequest request = plan;
    bad.change(request);
    const auto answer = its_operator.Ask(request);
    EXPECT_THAT(answer, Fails("INVALID_ARGUMENT INVALID")) << bad.what;
    EXPECT_THAT(answer.standard_fields, ::testing::ElementsAre(bad.field));
    ExpectWords(answer, its_operator.InEnglish().Ask(request));
  }
  plan.set_name(Scene().book.name());
  EXPECT_EQ(its_operator.Ask(plan).status.code(), 6);  // ALREADY_EXISTS
}

}  // namespace
}  // namespace nhanrong::e2e

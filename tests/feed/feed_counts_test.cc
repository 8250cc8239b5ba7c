// A consumer in another language, with only the broker, arrives at the answers of the queries.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "absl/strings/str_cat.h"
#include "services/ledger/kafka/test_broker.h"
#include "services/projector/test_directory.h"
#include "tests/crash/process.h"
#include "tests/e2e/harness/scene.h"
#include "tests/feed/consumer.h"

namespace nhanrong::feed_out {
namespace {

using e2e::Deed;
using e2e::NewId;
using ::testing::ElementsAreArray;

constexpr int kThings = 60;

// Random deeds on a ledger: some are refused, some are corrected or annulled later.
class Story {
 public:
  Story(e2e::LedgerScene& book, std::string commune)
      : commune_(std::move(commune)), staff_(book), random_(Seed()) {}

  void Tell() {
    for (int i = 0; i < kThings; ++i) {
      switch (Below(4)) {
        case 0:
          ModelByHand();
          break;
        case 1:
          Site();
          break;
        case 2:
          Figure();
          break;
        default:
          ModelFromDocument();
      }
      if (Below(3) == 0) Regret();
    }
  }

  const e2e::Staff& staff() const { return staff_; }
  int refused() const { return refused_; }
  int regretted() const { return regretted_; }

 private:
  struct Told {
    std::string stream;
    std::string event_id;
    v1::Fact fact;
  };

  int Below(int end) { return std::uniform_int_distribution(0, end - 1)(random_); }
  template <typename Enum>
  Enum OneOf(std::initializer_list<Enum> choices) {
    return choices.begin()[Below(static_cast<int>(choices.size()))];
  }
  v1::ModelField Field() {
    return OneOf({v1::MODEL_FIELD_TOURISM, v1::MODEL_FIELD_PRODUCTION,
                  v1::MODEL_FIELD_CULTURE_SOCIETY, v1::MODEL_FIELD_NOT_STATED});
  }
  v1::BusinessDate Date() {
    struct Form {
      const char* value;
      v1::DatePrecision precision;
    };
    const Form form = OneOf<Form>({{"2021-05-05", v1::DATE_PRECISION_DAY},
                                   {"2020-02", v1::DATE_PRECISION_MONTH},
                                   {"2021-Q2", v1::DATE_PRECISION_QUARTER},
                                   {"2019", v1::DATE_PRECISION_YEAR},
                                   {"2016/2020", v1::DATE_PRECISION_PHASE}});
    v1::BusinessDate date;
    date.set_value(form.value);
    date.set_precision(form.precision);
    return date;
  }
  static Deed On(const Deed& deed, const v1::BusinessDate& date) {
    return deed.On(date.value(), date.precision());
  }

  bool Does(const e2e::Person& who, const Deed& deed, e2e::Submitted* told = nullptr) {
    const e2e::Submitted answer = who.Does(deed);
    if (!answer.ok()) {
      ++refused_;
      EXPECT_EQ(e2e::Outline(answer), "FAILED_PRECONDITION REFUSED");
    }
    if (told != nullptr) *told = answer;
    return answer.ok();
  }
  void Remember(const e2e::Submitted& answer, const v1::Fact& fact) {
    const auto& event = answer.accepted.events(0);
    told_.push_back({event.stream(), event.event_id(), fact});
  }

  void ModelFromDocument() {
    const std::string model = NewId();
    Deed deed = On(
        e2e::RecordModelFromDocument(
            model, commune_,
            OneOf({v1::MODEL_STATUS_ACTIVE, v1::MODEL_STATUS_PILOTING, v1::MODEL_STATUS_CLOSED})),
        Date());
    auto& command = *deed.submission.mutable_command()->mutable_record_model_from_document();
    command.mutable_definition()->set_field(Field());
    e2e::Submitted answer;
    if (!Does(staff_.officer, deed, &answer)) return;
    models_.push_back(model);
    v1::Fact fact;
    *fact.mutable_model_recorded_from_document()->mutable_definition() = command.definition();
    fact.mutable_model_recorded_from_document()->set_stated_status(command.stated_status());
    Remember(answer, fact);
  }

  // As far as the dice go; sometimes a step too many, which is refused.
  void ModelByHand() {
    const std::string model = NewId();
    const std::vector<std::pair<const e2e::Person*, Deed>> steps = {
        {&staff_.officer, e2e::RegisterModel(model, commune_)},
        {&staff_.leader, e2e::SubmitModel(model)},
        {&staff_.leader, e2e::SubmitModel(model)},
        {&staff_.screener, e2e::ScreenModel(model)},
        {&staff_.approver, e2e::ApprovePilot(model)},
        {&staff_.approver, e2e::CloseModel(model)}};
    const int end = 1 + Below(static_cast<int>(steps.size()));
    for (int i = 0; i < end; ++i) {
      const auto& [who, deed] = steps[static_cast<std::size_t>(i)];
      Does(*who, deed);
    }
  }

  void Site() {
    const std::string site = NewId();
    const std::string model =
        models_.empty()
            ? NewId()
            : models_[static_cast<std::size_t>(Below(static_cast<int>(models_.size())))];
    Does(staff_.officer, e2e::RecordSiteFromDocument(site, model, commune_));
    if (Below(2) == 0) Does(staff_.leader, e2e::StopSite(site));
  }

  void Figure() {
    Deed deed = e2e::RecordCountedFigure(NewId(), commune_);
    auto& figure =
        *deed.submission.mutable_command()->mutable_record_counted_figure()->mutable_figure();
    figure.mutable_quantity()->set_value(1 + Below(200));
    figure.mutable_quantity()->set_scale(0);
    figure.mutable_quantity()->set_unit("mô hình");
    e2e::Submitted answer;
    if (!Does(staff_.officer, deed, &answer)) return;
    v1::Fact fact;
    *fact.mutable_counted_figure_recorded()->mutable_figure() = figure;
    Remember(answer, fact);
  }

  // Corrects or annuls something that was told before.
  void Regret() {
    if (told_.empty()) return;
    const auto at = told_.begin() + Below(static_cast<int>(told_.size()));
    Told& told = *at;
    if (Below(3) == 0) {
      if (Does(staff_.officer, e2e::AnnulFact(told.stream, told.event_id))) {
        ++regretted_;
        told_.erase(at);
      }
      return;
    }
    if (told.fact.has_counted_figure_recorded()) {
      auto& figure = *told.fact.mutable_counted_figure_recorded()->mutable_figure();
      figure.mutable_quantity()->set_value(figure.quantity().value() + 1);
    } else {
      auto& recorded = *told.fact.mutable_model_recorded_from_document();
      recorded.mutable_definition()->set_field(Field());
      recorded.set_stated_status(OneOf({v1::MODEL_STATUS_ACTIVE, v1::MODEL_STATUS_CLOSED}));
    }
    Deed deed = e2e::CorrectFact(told.stream, told.event_id, told.fact);
    if (Below(2) == 0) {
      *deed.submission.mutable_command()->mutable_correct_fact()->mutable_occurred_on() = Date();
    }
    regretted_ += Does(staff_.officer, deed) ? 1 : 0;
  }

  const std::string commune_;
  const e2e::Staff staff_;
  std::mt19937 random_;
  std::vector<Told> told_;
  std::vector<std::string> models_;
  int refused_ = 0;
  int regretted_ = 0;
};

// What the queries answer, in the consumer's words.
class Answers {
 public:
  explicit Answers(const e2e::Person& asker) : asker_(asker) {}

  std::vector<std::string> Lines() {
    CountModels(v1::MODEL_DIMENSION_STATUS, "status");
    CountModels(v1::MODEL_DIMENSION_FIELD, "field");
    CountModels(v1::MODEL_DIMENSION_YEAR, "year");
    CountSites();
    std::sort(lines_.begin(), lines_.end());
    return lines_;
  }

 private:
  void CountModels(v1::ModelDimension by, const std::string& name) {
    v1::CountModelsRequest request;
    *request.mutable_context() = asker_.Now();
    request.set_by(by);
    const auto answer = asker_.client.Ask(request);
    ASSERT_TRUE(answer.ok()) << e2e::Outline(answer);
    for (const v1::CountRow& row : answer.value.rows()) {
      lines_.push_back(absl::StrCat("models by ", name, " ", row.key(), " ", row.named()));
    }
    if (by != v1::MODEL_DIMENSION_STATUS) return;
    lines_.push_back(absl::StrCat("models ", answer.value.named_total()));
    for (const v1::CountedFigureRow& row : answer.value.counted()) {
      lines_.push_back(absl::StrCat("figure ", row.figure_id(), " ",
                                    row.figure().quantity().value(), " ",
                                    row.figure().quantity().unit(), " 1"));
    }
  }

  void CountSites() {
    v1::ListSitesRequest request;
    *request.mutable_context() = asker_.Now();
    const auto answer = asker_.client.Ask(request);
    ASSERT_TRUE(answer.ok()) << e2e::Outline(answer);
    ASSERT_EQ(answer.value.total(), static_cast<std::uint64_t>(answer.value.sites_size()));
    std::map<std::string, int> by_status;
    for (const v1::SiteSummary& site : answer.value.sites()) {
      ++by_status[v1::SiteStatus_Name(site.status())];
    }
    if (answer.value.total() > 0) lines_.push_back(absl::StrCat("sites ", answer.value.total()));
    for (const auto& [status, number] : by_status) {
      lines_.push_back(absl::StrCat("sites by status ", status, " ", number));
    }
  }

  const e2e::Person& asker_;
  std::vector<std::string> lines_;
};

class FeedCountsTest : public ::testing::Test {
 protected:
  FeedCountsTest() : map_(server_, "2016-01-01"), book_(server_, {"", "2021-12-01"}) {}

  // Of the server's ledgers, in a process of its own.
  void StartFeed(const std::string& classification) {
    feed_ = std::make_unique<crash::Process>(
        std::vector<std::string>{NHANRONG_PROGRAM, "feed", "--data-dir", scratch_.path() + "/feed",
                                 "--http", "127.0.0.1:" + std::to_string(http_), "--kafka", broker_,
                                 "--single-broker", "--topic-prefix", server_.topic_prefix(),
                                 "--classification", classification},
        scratch_.path() + "/out", scratch_.path() + "/log");
  }
  Consumed ConsumeAll() {
    EXPECT_TRUE(AwaitFed(http_, book_.name(), book_.Commits()))
        << crash::HttpGet(http_, "/readyz") << crash::FileText(scratch_.path() + "/log");
    return Consume(broker_, server_.topic_prefix(), book_.name());
  }

  const std::string broker_ = ledger::TestBroker::SharedBootstrap();
  const projector::TestDirectory scratch_;
  const int http_ = crash::FreePort();
  e2e::ServerProcess server_{broker_};
  e2e::Country map_;
  e2e::LedgerScene book_;
  std::unique_ptr<crash::Process> feed_;
};

TEST_F(FeedCountsTest, AConsumerWithOnlyTheBrokerArrivesAtTheAnswersOfTheQueries) {
  Story story(book_, map_.commune);
  StartFeed("internal");
  story.Tell();
  EXPECT_GT(story.refused(), 3);
  EXPECT_GT(story.regretted(), 3);
  const Consumed consumed = ConsumeAll();
  EXPECT_EQ(consumed.exit, 0) << consumed.why;
  EXPECT_THAT(consumed.lines, ElementsAreArray(Answers(story.staff().officer).Lines()));
}

TEST_F(FeedCountsTest, WhatIsNotPublicIsNotInAPublicFeed) {
  const e2e::Staff staff(book_);
  const std::string seen = NewId();
  for (const auto& [model, classification] : {std::pair(seen, v1::CLASSIFICATION_PUBLIC),
                                              {NewId(), v1::CLASSIFICATION_INTERNAL},
                                              {NewId(), v1::CLASSIFICATION_PERSONAL},
                                              {NewId(), v1::CLASSIFICATION_SENSITIVE}}) {
    ASSERT_TRUE(
        staff.officer
            .Does(e2e::RecordModelFromDocument(model, map_.commune).Classified(classification))
            .ok());
  }
  StartFeed("public");
  const Consumed consumed = ConsumeAll();
  EXPECT_EQ(consumed.exit, 0) << consumed.why;
  EXPECT_EQ(consumed.events, 1u);
  EXPECT_THAT(consumed.lines, ::testing::Contains("models 1"));
}

}  // namespace
}  // namespace nhanrong::feed_out

// What corrections, grants and classifications promise to outsiders, asked over gRPC.
#include "tests/e2e/harness/end_to_end_test_kit.h"

namespace nhanrong::e2e {
namespace {

class PromisesTest : public EndToEndTest {
 protected:
  PromisesTest()
      : book_(Server()),
        staff_(book_),
        commune_(Map().commune),
        other_commune_(Map().other_commune) {}

  // The id of the event that the deed makes.
  static std::string EventOf(const Person& who, const Deed& deed) {
    const Submitted made = When(who, deed);
    EXPECT_TRUE(made.ok()) << ::testing::PrintToString(made);
    return made.ok() ? made.accepted.events(0).event_id() : std::string();
  }
  static v1::Fact Registered(const std::string& unit, const std::string& name) {
    v1::Fact fact;
    *fact.mutable_model_registered()->mutable_definition() = Definition(unit, name);
    return fact;
  }
  Deed Corrected(const std::string& event, const v1::Fact& fact) const {
    return CorrectFact("model/" + model_, event, fact);
  }
  Deed Annulled(const std::string& event) const { return AnnulFact("model/" + model_, event); }

  Answered<v1::GetModelResponse> Model(const Person& who,
                                       std::optional<std::uint64_t> as_of = std::nullopt) const {
    v1::GetModelRequest request;
    *request.mutable_context() = who.Now();
    if (as_of) request.mutable_context()->set_as_of_position(*as_of);
    request.set_model_id(model_);
    return who.client.Ask(request);
  }

  LedgerScene book_;
  const Staff staff_;
  const std::string commune_;
  const std::string other_commune_;
  const std::string model_ = NewId();
};

TEST_F(PromisesTest, AStatusIsThatOfTheLastStepHoweverCoarseItsDate) {
  const std::string month = book_.Today().substr(0, 7);
  Given({{staff_.officer, RegisterModel(model_, commune_).On(month + "-01")},
         {staff_.leader, SubmitModel(model_).On(month, v1::DATE_PRECISION_MONTH)},
         {staff_.screener, ScreenModel(model_).On(month + "-01").Because("Nhập muộn")},
         {staff_.approver, ApprovePilot(model_).On(month + "-01").Because("Nhập muộn")}});
  EXPECT_EQ(Model(staff_.officer).value.model().status(), v1::MODEL_STATUS_PILOTING);
  EXPECT_THAT(When(staff_.officer, ReportProgress(model_)), Accepts("ModelProgressReported"));
}

TEST_F(PromisesTest, ACorrectionReachesNoUnitThatTheGrantDoesNot) {
  const Person officer = book_.Hire({.scope_unit = commune_});
  const std::string event = EventOf(officer, RegisterModel(model_, commune_));
  EXPECT_THAT(When(officer, Corrected(event, Registered(other_commune_, "Nuôi cá"))),
              Fails("PERMISSION_DENIED OUT_OF_SCOPE"));
  EXPECT_THAT(When(officer, Corrected(event, Registered(commune_, "Nuôi cá"))),
              Accepts("FactCorrected"));
}

TEST_F(PromisesTest, NobodyWritesToWhatHeMayNotRead) {
  const Person office =
      book_.Hire({.role = v1::ROLE_PROVINCIAL_OFFICE, .reads_up_to = v1::CLASSIFICATION_SENSITIVE});
  const std::string event =
      EventOf(office, RegisterModel(model_, commune_).Classified(v1::CLASSIFICATION_SENSITIVE));
  for (const Deed& deed : {Corrected(event, Registered(commune_, "Lộ")), Annulled(event)}) {
    EXPECT_THAT(When(staff_.approver, deed), Fails("PERMISSION_DENIED CLASSIFICATION_ABOVE"));
  }
  EXPECT_THAT(When(staff_.leader, SubmitModel(model_)),
              Fails("PERMISSION_DENIED CLASSIFICATION_ABOVE"));
  EXPECT_THAT(When(staff_.officer, StartSite(NewId(), model_, commune_)),
              Fails("PERMISSION_DENIED CLASSIFICATION_ABOVE"));
  EXPECT_THAT(When(office, SubmitModel(model_)), Accepts("ModelSubmitted"));
}

TEST_F(PromisesTest, WhatWasClassifiedHigherIsNotShownByAskingForTheTimeBefore) {
  const Person reader =
      book_.Hire({.role = v1::ROLE_PUBLIC_READER, .reads_up_to = v1::CLASSIFICATION_PUBLIC});
  const Submitted made =
      When(staff_.officer, RegisterModel(model_, commune_).Classified(v1::CLASSIFICATION_PUBLIC));
  ASSERT_TRUE(made.ok());
  const std::uint64_t before = made.accepted.position();
  EXPECT_TRUE(Model(reader, before).ok());
  EXPECT_THAT(When(staff_.officer,
                   Corrected(made.accepted.events(0).event_id(), Registered(commune_, "Mật"))
                       .Classified(v1::CLASSIFICATION_INTERNAL)),
              Accepts("FactCorrected"));
  EXPECT_THAT(Model(reader), Fails("NOT_FOUND NO_SUCH_MODEL"));
  EXPECT_THAT(Model(reader, before), Fails("NOT_FOUND NO_SUCH_MODEL"));
  EXPECT_TRUE(Model(staff_.officer, before).ok());
}

TEST_F(PromisesTest, OnePersonIsOnePersonThoughHeHasThreeActors) {
  const std::string subject = NewId();
  const auto hire = [&](v1::Role role) {
    Person hired = book_.Stranger();
    for (Deed deed : book_.Hiring({.role = role}, hired)) {
      v1::Command& command = *deed.submission.mutable_command();
      if (command.has_register_actor()) {
        command.mutable_register_actor()->mutable_subject()->set_subject_id(subject);
      }
      EXPECT_TRUE(book_.administrator().Does(deed).ok());
    }
    return hired;
  };
  const Person leader = hire(v1::ROLE_COMMUNE_LEADER);
  const Person screener = hire(v1::ROLE_DEPARTMENT_SPECIALIST);
  const Person approver = hire(v1::ROLE_COMPETENT_AUTHORITY);
  Given({{staff_.officer, RegisterModel(model_, commune_)}, {leader, SubmitModel(model_)}});
  EXPECT_THAT(When(screener, ScreenModel(model_)), Refuses("model.three_people"));
  Given({{staff_.screener, ScreenModel(model_)}});
  EXPECT_THAT(When(approver, ApprovePilot(model_)), Refuses("model.three_people"));
}

TEST_F(PromisesTest, AFactOnWhichAnotherStreamRestsIsNotAnnulled) {
  const std::string event = EventOf(staff_.officer, RecordModelFromDocument(model_, commune_));
  const std::string site = NewId();
  Given({{staff_.officer, StartSite(site, model_, commune_)}});
  EXPECT_THAT(When(staff_.officer, Annulled(event)), Refuses("correction.breaks_other"));
}

TEST_F(PromisesTest, OfTwoGrantsTheOneCountsUnderWhichTheCorrectionIsAllowed) {
  const std::string event = EventOf(staff_.officer, RegisterModel(model_, commune_));
  const std::string agency = NewId();
  Given({{book_.administrator(), EstablishAgency(agency, commune_)}});
  Person both = book_.Hire({.role = v1::ROLE_COMMUNE_OFFICER, .agency = agency});
  Given({{book_.administrator(), GrantRole(both.actor_id, NewId(), v1::ROLE_COMPETENT_AUTHORITY)}});
  EXPECT_THAT(When(both, Corrected(event, Registered(commune_, "Tên đúng"))),
              Accepts("FactCorrected"));
}

TEST_F(PromisesTest, ARevokedTokenDoesNotComeBack) {
  const Person left = book_.Hire({});
  const std::string credential = NewId();
  const std::string token = NewToken();
  Given({{book_.administrator(), IssueCredential(left.actor_id, credential, token)}});
  const std::string event =
      EventOf(book_.administrator(), RevokeCredential(left.actor_id, credential));
  EXPECT_THAT(When(book_.administrator(), AnnulFact("actor/" + left.actor_id, event)),
              Refuses("correction.not_correctable"));
}

TEST_F(PromisesTest, APublicReaderIsNotGivenMoreThanWhatIsPublic) {
  const Person reader =
      book_.Hire({.role = v1::ROLE_PUBLIC_READER, .reads_up_to = v1::CLASSIFICATION_PUBLIC});
  EXPECT_THAT(
      When(book_.administrator(), GrantRole(reader.actor_id, NewId(), v1::ROLE_PUBLIC_READER)),
      Fails("INVALID_ARGUMENT INVALID"));
}

TEST_F(PromisesTest, ADocumentOfTheFutureIsNoSource) {
  Deed deed = RecordModelFromDocument(model_, commune_);
  deed.submission.mutable_sources(0)->set_issued_on("2999-01-01");
  EXPECT_THAT(When(staff_.officer, deed), Refuses("date.future"));
}

}  // namespace
}  // namespace nhanrong::e2e

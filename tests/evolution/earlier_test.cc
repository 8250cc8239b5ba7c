// Today's program on a ledger of an earlier one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "services/base/bytes.h"
#include "services/ledger/embedded/embedded_log.h"
#include "tests/crash/installation.h"
#include "tests/crash/workload.h"
#include "tests/evolution/earlier_ledger.h"

namespace nhanrong::evolution {
namespace {

using crash::Installation;
using crash::Server;

constexpr char kModel[] = "01F50000000000000000000031";

// A server on the embedded log with the ledger of then.
class Book {
 public:
  Book() {
    for (const char* who : {"administrator", "officer", "auditor"}) {
      crash::WriteFile(installation_.TokenFile(who), TokenOf(who) + "\n");
    }
  }
  void Start() { ASSERT_NO_FATAL_FAILURE(installation_.Start(*server_)); }

  // Before Start: the bytes as they were recorded.
  void Put(const std::vector<std::string>& records) {
    ledger::EmbeddedLogStore store({.root = server_->data + "/ledgers"});
    ASSERT_TRUE(store.Create(kEarlier).ok());
    const auto log = store.Open(kEarlier);
    ASSERT_TRUE(log.ok()) << log.status();
    for (const std::string& record : records) {
      absl::Notification durable;
      (*log)->Append(record, [&](const absl::StatusOr<Place>& place) {
        EXPECT_TRUE(place.ok()) << place.status();
        durable.Notify();
      });
      durable.WaitForNotification();
    }
  }
  v1::SubmitResponse Send(const Sent& sent) {
    v1::SubmitRequest request;
    *request.mutable_submission() = sent.submission;
    v1::SubmitResponse response;
    const cli::Failure failure = As(sent.by)->Call(request, &response);
    EXPECT_TRUE(cli::Ok(failure) || cli::CodeName(failure) == "FAILED_PRECONDITION")
        << failure.ShortDebugString();
    return response;
  }

  std::unique_ptr<cli::Client> As(const std::string& who) const {
    return installation_.ClientOf(*server_, who);
  }
  // What `who` is answered, or why not.
  template <typename Response, typename Request>
  std::string Answer(const std::string& who, const Request& request) const {
    Response response;
    const cli::Failure failure = As(who)->Call(request, &response);
    return cli::Ok(failure) ? response.Utf8DebugString()
                            : cli::CodeName(failure) + " " + failure.message();
  }

 private:
  Installation installation_;
  const std::unique_ptr<Server> server_ = installation_.Add("serve", "data");
};

template <typename Request>
Request AsOf(std::uint64_t position) {
  Request request;
  request.mutable_context()->set_ledger(kEarlier);
  request.mutable_context()->set_as_of_position(position);
  request.mutable_context()->set_min_position(Records().size() - 1);
  return request;
}

// Every question that there is, as of a position.
std::string Everything(const Book& book, std::uint64_t position) {
  const auto model = [position] {
    auto request = AsOf<v1::GetModelRequest>(position);
    request.set_model_id(kModel);
    return request;
  };
  return absl::StrCat(
      book.Answer<v1::ListModelsResponse>("auditor", AsOf<v1::ListModelsRequest>(position)),
      book.Answer<v1::CountModelsResponse>("auditor", AsOf<v1::CountModelsRequest>(position)),
      book.Answer<v1::GetModelResponse>("auditor", model()),
      book.Answer<v1::ListSitesResponse>("auditor", AsOf<v1::ListSitesRequest>(position)),
      book.Answer<v1::ListAgenciesResponse>("auditor", AsOf<v1::ListAgenciesRequest>(position)),
      book.Answer<v1::ListUnitsResponse>("auditor", AsOf<v1::ListUnitsRequest>(position)),
      book.Answer<v1::ListSubmissionsResponse>("officer",
                                               AsOf<v1::ListSubmissionsRequest>(position)),
      book.Answer<v1::ListSubmissionsResponse>("administrator",
                                               AsOf<v1::ListSubmissionsRequest>(position)));
}

std::vector<v1::HistoryEntry> HistoryOf(const Book& book) {
  v1::ReadRequest request;
  request.mutable_range()->set_ledger(kEarlier);
  std::vector<v1::HistoryEntry> entries;
  const cli::Failure failure = book.As("auditor")->Read(request, [&](const auto& response) {
    entries.push_back(response.entry());
    return true;
  });
  EXPECT_TRUE(cli::Ok(failure)) << failure.ShortDebugString();
  return entries;
}

class EarlierLedgerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(earlier_.Put(Records()));
    ASSERT_NO_FATAL_FAILURE(earlier_.Start());
  }
  Book earlier_;
};

TEST_F(EarlierLedgerTest, EveryQuestionAsOfEveryPositionHasTheAnswerOfALedgerWrittenToday) {
  Book today;
  ASSERT_NO_FATAL_FAILURE(today.Put({GenesisWrittenToday()}));
  ASSERT_NO_FATAL_FAILURE(today.Start());
  for (const Sent& sent : Submissions()) today.Send(sent);
  for (std::uint64_t position = 0; position < Records().size(); ++position) {
    EXPECT_EQ(Everything(earlier_, position), Everything(today, position)) << "as of " << position;
  }
  EXPECT_THAT(Everything(earlier_, Records().size() - 1),
              ::testing::AllOf(::testing::HasSubstr("Nuôi lươn không bùn"),
                               ::testing::HasSubstr("Mười hai hộ tham gia")));
}

TEST_F(EarlierLedgerTest, HistoryGivesTheBytesAsTheyAreAndTheFactsOfTheNewestVersion) {
  const auto entries = HistoryOf(earlier_);
  const auto records = Records();
  ASSERT_EQ(entries.size(), records.size());
  int credentials = 0, corrected = 0, certificates = 0;
  for (std::size_t i = 0; i < records.size(); ++i) {
    EXPECT_EQ(entries[i].record_bytes(), records[i]);
    for (int k = 0; k < entries[i].facts_size(); ++k) {
      const v1::Fact& fact = entries[i].facts(k);
      EXPECT_EQ(entries[i].record().events().events(k).schema_version(), 1u);
      EXPECT_NE(fact.kind_case(), v1::Fact::KIND_NOT_SET);
      credentials += fact.credential_issued().kind() == v1::CREDENTIAL_KIND_TOKEN;
      certificates += fact.credential_issued().kind() == v1::CREDENTIAL_KIND_CERTIFICATE;
      corrected += fact.fact_corrected().replacement().credential_issued().kind() ==
                   v1::CREDENTIAL_KIND_TOKEN;
    }
  }
  EXPECT_EQ(credentials, 3);
  EXPECT_EQ(certificates, 1);
  EXPECT_EQ(corrected, 1);
}

TEST_F(EarlierLedgerTest, AReadModelWhoseVersionStandsHasTheDigestOfThen) {
  v1::CheckProjectionsRequest request;
  request.set_ledger(kEarlier);
  v1::CheckProjectionsResponse checked;
  ASSERT_TRUE(cli::Ok(earlier_.As("administrator")->Call(request, &checked)));
  const auto digests = Digests();
  EXPECT_GT(checked.projections_size(), 0);
  for (const auto& one : checked.projections()) {
    EXPECT_TRUE(one.equal()) << one.info().name();
    EXPECT_EQ(one.info().commits(), Records().size());
    EXPECT_TRUE(one.info().parked().empty()) << one.info().ShortDebugString();
    const std::string line =
        absl::StrCat(one.info().name(), " ", one.info().version(), " ", ToHex(one.info().digest()));
    EXPECT_THAT(digests, ::testing::Contains(line))
        << "a line of this name and version with another digest: raise version(); none: add this";
  }
}

TEST_F(EarlierLedgerTest, WhatIsSentAgainHasItsOldAnswerAndThePeopleOfThenGoOn) {
  const auto sent = Submissions();
  for (std::size_t i = 0; i < sent.size(); ++i) {
    const v1::SubmitResponse again = earlier_.Send(sent[i]);
    if (!again.has_accepted()) continue;  // the refusal
    EXPECT_TRUE(again.accepted().repeated());
    EXPECT_EQ(again.accepted().position(), i + 1);
  }
  Sent next = *std::find_if(sent.begin(), sent.end(), [](const Sent& one) {
    return one.submission.command().has_report_progress();
  });
  next.submission.set_submission_id(crash::SubmissionIdOf("next"));
  const v1::SubmitResponse taken = earlier_.Send(next);
  EXPECT_FALSE(taken.accepted().repeated());
  EXPECT_EQ(taken.accepted().position(), Records().size());
}

}  // namespace
}  // namespace nhanrong::evolution

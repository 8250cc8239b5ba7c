// Parked streams seen from outside: listed, resumed in order, and nothing else stands still.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <map>
#include <random>

#include "services/base/ids.h"
#include "services/cli/client/json.h"
#include "tests/crash/installation.h"
#include "tests/crash/workload.h"
#include "tests/parked/older_program.h"

namespace nhanrong::parked {
namespace {

using crash::Finished;
using crash::IdOf;
using crash::kLedger;
using crash::SubmissionIdOf;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr char kUnheard[] = "nhanrong.v9.ModelAwarded";
constexpr char kProgress[] = "nhanrong.v1.ModelProgressReported";
// Exit codes of README.md.
constexpr int kDone = 0;
constexpr int kNotAllowed = 4;
constexpr int kInvalid = 3;
constexpr int kInternal = 9;

class ParkedTest : public ::testing::Test {
 protected:
  // A ledger with a few hundred commits; the last one reports the progress of a model in use.
  void SetUp() override {
    ASSERT_NO_FATAL_FAILURE(installation_.Start(*server_));
    ASSERT_NO_FATAL_FAILURE(installation_.Found(*server_));
    const crash::Workload workload = crash::MakeWorkload(kSubmissions, "parked");
    crash::WriteFile(installation_.root() + "/work.ndjson", workload.lines);
    Cli("officer", {"import", installation_.root() + "/work.ndjson", "--ledger", kLedger});
    Submit(crash::ModelInUse(model_));
    Submit(crash::Progress(model_, SubmissionIdOf("first"), "vừa bắt đầu"));
  }

  Finished Cli(const std::string& who, const std::vector<std::string>& arguments) const {
    return installation_.Cli(*server_, who, arguments);
  }
  Finished Admin(std::vector<std::string> arguments, const std::string& who = "administrator") {
    arguments.insert(arguments.begin(), {"admin", "projection"});
    arguments.insert(arguments.end(), {"--ledger", kLedger});
    return Cli(who, arguments);
  }
  // As a person sees it, in this language: "vi", "en".
  Finished Shown(std::vector<std::string> arguments, const std::string& language,
                 const std::string& form = "table") {
    arguments.insert(arguments.begin(), {"admin", "projection"});
    arguments.insert(arguments.end(), {"--ledger", kLedger});
    auto command = installation_.Command(*server_, "administrator", arguments);
    std::replace(command.begin(), command.end(), std::string("json"), form);
    std::replace(command.begin(), command.end(), std::string("en"), language);
    return crash::RunToEnd(command, installation_.root());
  }
  bool Submit(const v1::Submission& submission) {
    v1::SubmitRequest request;
    *request.mutable_submission() = submission;
    v1::SubmitResponse response;
    const auto failure = installation_.ClientOf(*server_, "officer")->Call(request, &response);
    EXPECT_TRUE(cli::Ok(failure)) << failure.message();
    return cli::Ok(failure);
  }
  void Stop() {
    server_->process->Signal(SIGTERM);
    ASSERT_EQ(server_->process->Wait(crash::kPatience), kDone);
  }
  void Start() { ASSERT_NO_FATAL_FAILURE(installation_.Start(*server_)); }
  std::uint64_t Commits() { return installation_.Info(*server_).commits(); }
  std::vector<v1::ProjectionInfo> Infos() {
    v1::ListProjectionsResponse answer;
    EXPECT_TRUE(cli::ParseJson(Admin({"list"}).out, &answer).ok());
    return {answer.projections().begin(), answer.projections().end()};
  }
  // Name to digest of every read model, parked streams and all.
  std::map<std::string, std::string> Digests() {
    std::map<std::string, std::string> digests;
    for (const v1::ProjectionInfo& info : Infos()) digests[info.name()] = info.digest();
    return digests;
  }
  // The same after everything was folded from zero by the program under test.
  std::map<std::string, std::string> DigestsOfARebuild() {
    Stop();
    std::filesystem::remove_all(server_->data + "/read-models");
    Start();
    const std::uint64_t commits = Commits();
    EXPECT_TRUE(crash::Await([&] {
      const auto infos = Infos();
      return !infos.empty() &&
             std::all_of(infos.begin(), infos.end(),
                         [&](const v1::ProjectionInfo& info) { return info.commits() == commits; });
    }));
    return Digests();
  }

  // A record that the rule accepts, behind the last one of the ledger: to the same stream, but with
  // an event of a type that no program knows.
  v1::Record RecordOfTheFuture() {
    const auto history = installation_.History(*server_);
    v1::Record record;
    record.ParseFromString(history.back().record_bytes());
    EXPECT_EQ(record.events().events_size(), 1);
    v1::Event& event = *record.mutable_events()->mutable_events(0);
    event.set_event_id(RandomUuid4());
    event.set_revision(event.revision() + 1);
    event.set_type(kUnheard);
    event.set_payload("\x0a\x03top");
    record.set_submission_id(RandomUuid4());
    record.mutable_writes(0)->set_head(history.back().leaf_hash());
    return record;
  }

  static constexpr int kSubmissions = 300;
  const std::string model_ = IdOf("parked model");
  const std::string stream_ = "model/" + model_;
  crash::Installation installation_;
  const std::unique_ptr<crash::Server> server_ = installation_.Add("serve", "data");
};

TEST_F(ParkedTest, AnEventOfUnknownTypeParksItsStreamAndIsToldEverywhere) {
  const v1::Record unheard = RecordOfTheFuture();
  Stop();
  Append(server_->data, kLedger, unheard);
  Start();
  // Another stream goes on.
  Submit(crash::ModelInUse(IdOf("another model")));

  const Finished vietnamese = Shown({"parked"}, "vi");
  EXPECT_EQ(vietnamese.exit, kDone);
  EXPECT_THAT(vietnamese.out, AllOf(HasSubstr(stream_), HasSubstr("model_list"),
                                    HasSubstr("chương trình chưa biết loại sự kiện"),
                                    HasSubstr(kUnheard), HasSubstr("Từ vị trí")));
  const Finished english = Shown({"parked"}, "en");
  EXPECT_THAT(english.out, AllOf(HasSubstr("does not know the event type"),
                                 HasSubstr(std::to_string(Commits() - 2)), HasSubstr(" s")));
  EXPECT_THAT(Shown({"parked"}, "vi", "csv").out, HasSubstr(stream_ + ";"));
  for (const v1::ProjectionInfo& info : Infos()) {
    EXPECT_EQ(info.commits(), Commits()) << info.name();
    ASSERT_EQ(info.parked_size(), 1) << info.name();
    EXPECT_EQ(info.parked(0).events(), 1u);
    EXPECT_EQ(info.parked(0).cause(), v1::PARKED_CAUSE_UNKNOWN_TYPE);
  }
  EXPECT_TRUE(installation_.IsReady(*server_)) << "the head moves, and so do we";
  EXPECT_THAT(installation_.Readiness(*server_), HasSubstr("read model sites has parked 1 stream"));
  EXPECT_THAT(crash::HttpGet(server_->http, "/metrics"),
              HasSubstr("nhanrong_projection_parked_streams{ledger=\"crash\","
                        "projection=\"model_list\"} 1"));
}

TEST_F(ParkedTest, AProgramThatStillDoesNotKnowItLeavesItParked) {
  const v1::Record unheard = RecordOfTheFuture();
  Stop();
  Append(server_->data, kLedger, unheard);
  Start();
  const auto before = Digests();
  const Finished resumed = Shown({"resume", "--projection", "model_list"}, "vi");
  EXPECT_EQ(resumed.exit, kInternal);
  EXPECT_THAT(resumed.out,
              AllOf(HasSubstr("model_list"), HasSubstr("đã dựng lại"), Not(HasSubstr("sites"))));
  EXPECT_EQ(Digests(), before);
  EXPECT_EQ(DigestsOfARebuild(), before);
}

TEST_F(ParkedTest, WhatAnOlderProgramCouldNotFoldComesOutAsARebuildWouldHaveIt) {
  const auto expected = DigestsOfARebuild();
  Stop();
  std::filesystem::remove_all(server_->data + "/read-models/crash/projections");
  ASSERT_NO_FATAL_FAILURE(FoldWithout(server_->data, kLedger, kProgress));
  Start();
  EXPECT_NE(Digests(), expected);
  EXPECT_THAT(Shown({"parked"}, "vi").out, HasSubstr(kProgress));

  const Finished resumed = Shown({"resume"}, "en");
  EXPECT_EQ(resumed.exit, kDone) << resumed.out << resumed.err;
  EXPECT_EQ(Digests(), expected);
  EXPECT_EQ(installation_.CheckExit(*server_), kDone);
  EXPECT_THAT(Shown({"parked"}, "en").out, HasSubstr("No stream is parked"));
  EXPECT_THAT(Shown({"resume", "--stream", stream_}, "en").out,
              HasSubstr("No such stream is parked"));
  // The stream goes on live, and so it does after a restart.
  Submit(crash::Progress(model_, SubmissionIdOf("second"), "đang làm"));
  const auto live = installation_.Digests(*server_, Commits());
  Stop();
  Start();
  EXPECT_EQ(installation_.Digests(*server_, Commits()), live);
}

TEST_F(ParkedTest, KilledWhileItResumesItIsBeforeOrAfter) {
  constexpr int kKills = 4;
  constexpr int kDelayMaxMs = 400;
  const auto expected = DigestsOfARebuild();
  Stop();
  std::filesystem::remove_all(server_->data + "/read-models/crash/projections");
  ASSERT_NO_FATAL_FAILURE(FoldWithout(server_->data, kLedger, kProgress));
  Start();
  const auto older = Digests();
  std::mt19937 random(20'240'501);
  std::uniform_int_distribution<int> delay_ms(0, kDelayMaxMs);
  v1::ResumeProjectionsRequest request;
  request.set_ledger(kLedger);
  for (int i = 0; i < kKills; ++i) {
    v1::ResumeProjectionsResponse begun;
    const auto client = installation_.ClientOf(*server_, "administrator");
    ASSERT_TRUE(cli::Ok(client->Call(request, &begun)));
    crash::Await([] { return false; }, absl::Milliseconds(delay_ms(random)));
    server_->process->Kill();
    Start();
    for (const auto& [name, digest] : Digests()) {
      EXPECT_TRUE(digest == older.at(name) || digest == expected.at(name)) << name;
    }
    EXPECT_EQ(installation_.CheckExit(*server_), kDone);
  }
  EXPECT_EQ(Admin({"resume"}).exit, kDone);
  EXPECT_EQ(Digests(), expected);
}

TEST_F(ParkedTest, OnlyAnAdministratorResumesAndAWrongNameIsTold) {
  EXPECT_EQ(Admin({"parked"}, "auditor").exit, kDone);
  EXPECT_EQ(Admin({"resume"}, "auditor").exit, kNotAllowed);
  EXPECT_EQ(Admin({"parked"}, "officer").exit, kNotAllowed);
  const Finished wrong = Admin({"resume", "--projection", "models"});
  EXPECT_EQ(wrong.exit, kInvalid);
  EXPECT_THAT(wrong.err, HasSubstr("model_list"));
}

}  // namespace
}  // namespace nhanrong::parked

// The old program and the new one on one ledger, before and after the rule version is switched.
#include <gtest/gtest.h>

#include <csignal>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/synchronization/notification.h"
#include "services/ledger/admission/admission.h"
#include "services/ledger/embedded/embedded_log.h"
#include "services/ledger/kafka/kafka_log.h"
#include "services/ledger/kafka/test_broker.h"
#include "tests/crash/history_checks.h"
#include "tests/crash/installation.h"
#include "tests/crash/workload.h"

namespace nhanrong::crash {
namespace {

constexpr char kWord[] = "the ledger has switched to version 2 of the admission rule";

struct Answer {
  std::string code;  // "OK"
  std::string words;
  v1::Accepted accepted;
};

// One ledger, and what is done to it in either half of the story.
class RuleSwitch {
 public:
  explicit RuleSwitch(std::string kafka = "") : here(std::move(kafka)) {}

  std::unique_ptr<Server> Old(const std::string& role, const std::string& name) {
    return here.Add(role, name);
  }
  std::unique_ptr<Server> Next(const std::string& role, const std::string& name) {
    auto server = here.Add(role, name);
    server->program = NHANRONG_NEXT_PROGRAM;
    return server;
  }

  Answer Submit(const Server& server, const v1::Submission& submission) const {
    v1::SubmitRequest request;
    *request.mutable_submission() = submission;
    v1::SubmitResponse response;
    const auto failure = here.ClientOf(server, "officer")->Call(request, &response);
    return {cli::Ok(failure) ? "OK" : cli::CodeName(failure), failure.message(),
            response.accepted()};
  }
  Answer Report(const Server& server, const std::string& what) const {
    return Submit(server, Progress(model, SubmissionIdOf(what), what));
  }
  void BeginModel(const Server& server) const {
    EXPECT_EQ(Submit(server, ModelInUse(model)).code, "OK");
  }
  std::string ListModels(const Server& server) const {
    v1::ListModelsRequest request;
    request.mutable_context()->set_ledger(kLedger);
    v1::ListModelsResponse response;
    const auto failure = here.ClientOf(server, "officer")->Call(request, &response);
    return cli::Ok(failure) ? response.ShortDebugString() : cli::CodeName(failure);
  }
  Finished Switch(const Server& server) const {
    return here.Cli(server, "administrator",
                    {"admin", "ledger", "switch-rule", "--ledger", kLedger, "--to", "2",
                     "--submission-id", SubmissionIdOf("the switch")});
  }

  // A step after the newest record of the history, as a gateway would write it, of rule version 2.
  // REQUIRES: that one is a report of progress.
  std::string RecordOfVersionTwo(const Server& server, const std::string& submission) const {
    const v1::HistoryEntry newest = here.History(server).back();
    v1::Record record = newest.record();
    EXPECT_EQ(record.events().events_size(), 1);
    v1::Event& event = *record.mutable_events()->mutable_events(0);
    event.set_revision(event.revision() + 1);
    event.set_event_id(SubmissionIdOf("event of " + submission));
    record.set_submission_id(SubmissionIdOf(submission));
    record.set_rule_version(2);
    record.mutable_writes(0)->set_head(newest.leaf_hash());
    record.mutable_anchor()->set_commits(newest.position() + 1);
    record.mutable_anchor()->set_running_hash(newest.running_hash());
    return record.SerializeAsString();
  }
  static void Append(ledger::LogStore& store, std::string record) {
    const auto log = store.Open(kLedger);
    ASSERT_TRUE(log.ok()) << log.status();
    absl::Notification durable;
    (*log)->Append(std::move(record), [&](const absl::StatusOr<Place>& place) {
      EXPECT_TRUE(place.ok()) << place.status();
      durable.Notify();
    });
    durable.WaitForNotification();
  }
  ledger::KafkaLogStore Topics() const {
    ledger::KafkaLogOptions options;
    options.bootstrap_servers = here.kafka();
    options.topic_prefix = here.topic_prefix();
    options.single_broker = true;
    return ledger::KafkaLogStore(options);
  }

  bool AwaitRecords(const Server& server, std::uint64_t commits, std::uint64_t voids) const {
    return Await([&] {
      const v1::LedgerInfo info = here.Info(server);
      return info.commits() == commits && info.void_records() == voids;
    });
  }

  // "on known", as /metrics says it.
  static std::string RuleVersions(const Server& server) {
    const std::string metrics = HttpGet(server.http, "/metrics");
    std::string versions;
    for (const char* name :
         {"nhanrong_ledger_rule_version", "nhanrong_ledger_rule_version_known"}) {
      const std::string line = absl::StrCat("\n", name, "{ledger=\"", kLedger, "\"} ");
      const std::size_t at = metrics.find(line);
      versions += at == std::string::npos ? "?" : metrics.substr(at + line.size(), 1);
    }
    return versions;
  }

  // It is there, says why it serves the ledger no more, and does not serve it.
  void ExpectStopped(const Server& server, std::uint64_t position) const {
    EXPECT_TRUE(Await([&] { return absl::StrContains(here.Readiness(server), kWord); }))
        << here.Readiness(server) << here.LogOf(server);
    EXPECT_FALSE(here.IsReady(server));
    EXPECT_TRUE(absl::StrContains(here.LogOf(server), kWord));
    EXPECT_TRUE(server.process->Runs());
    EXPECT_EQ(here.Info(server).commits(), position + 1) << "the switch is the last it judges";
  }
  void ExpectNothingTaken(const Server& server) const {
    for (const char* what : {"before", "after the switch, to the old one"}) {
      const Answer answer = Report(server, what);
      EXPECT_EQ(answer.code, "UNAVAILABLE") << what;
      EXPECT_TRUE(absl::StrContains(answer.words, kWord)) << answer.words;
    }
  }

  Installation here;
  const std::string model = IdOf("model of two builds");
};

v1::Record RecordAt(const std::vector<v1::HistoryEntry>& history, std::uint64_t position) {
  return history.at(position).record();
}

TEST(RuleSwitchTest, OnKafkaTheNewProgramGoesOnAndTheOldOnesStopAtTheSwitch) {
  RuleSwitch the(ledger::TestBroker::SharedBootstrap());
  const auto next = the.Next("serve", "next");
  const auto old = the.Old("gateway", "old");
  const auto reader = the.Old("projector", "reader");
  ASSERT_NO_FATAL_FAILURE(the.here.Start(*next));
  ASSERT_NO_FATAL_FAILURE(the.here.Found(*next));
  ASSERT_NO_FATAL_FAILURE(the.here.Start(*old));
  ASSERT_NO_FATAL_FAILURE(the.here.Start(*reader));
  the.BeginModel(*next);

  // Before: both write, and both find a record of version 2 void.
  EXPECT_EQ(the.Report(*next, "by the new one").code, "OK");
  const Answer before = the.Report(*old, "before");
  ASSERT_EQ(before.code, "OK") << before.words;
  const std::uint64_t commits = before.accepted.position() + 1;
  auto topics = the.Topics();
  RuleSwitch::Append(topics, the.RecordOfVersionTwo(*next, "too early"));
  for (const Server* server : {next.get(), old.get(), reader.get()}) {
    EXPECT_TRUE(the.AwaitRecords(*server, commits, 1)) << server->data;
  }

  EXPECT_EQ(RuleSwitch::RuleVersions(*old), "11");
  EXPECT_EQ(RuleSwitch::RuleVersions(*next), "12");

  // The old one would stop itself: it does not take the command. The id stays open.
  const Finished not_here = the.Switch(*old);
  EXPECT_EQ(not_here.exit, 3) << not_here.out << not_here.err;
  EXPECT_TRUE(absl::StrContains(not_here.err, "ledger.rule_version_unknown")) << not_here.err;
  const Finished switched = the.Switch(*next);
  ASSERT_EQ(switched.exit, 0) << switched.out << switched.err;

  // After.
  the.ExpectStopped(*old, commits);
  the.ExpectNothingTaken(*old);
  the.ExpectStopped(*reader, commits);
  EXPECT_EQ(the.ListModels(*reader), "UNAVAILABLE");
  EXPECT_EQ(RuleSwitch::RuleVersions(*next), "22");
  const Answer after = the.Report(*next, "after");
  ASSERT_EQ(after.code, "OK") << after.words;
  EXPECT_EQ(after.accepted.position(), commits + 1);
  RuleSwitch::Append(topics, the.RecordOfVersionTwo(*next, "in time"));
  EXPECT_TRUE(the.AwaitRecords(*next, commits + 3, 1));
  EXPECT_EQ(the.Report(*next, "before").accepted.position(), commits - 1);
  EXPECT_TRUE(the.here.IsReady(*next)) << the.here.Readiness(*next);

  const auto history = the.here.History(*next);
  ExpectSoundHistory(history);
  EXPECT_EQ(RecordAt(history, commits - 1).rule_version(), 1u);
  EXPECT_EQ(RecordAt(history, commits).switches_on_rule_version(), 2u);
  EXPECT_EQ(RecordAt(history, commits).events().events(0).type(),
            "nhanrong.v1.RuleVersionSwitchedOn");
  EXPECT_EQ(RecordAt(history, commits + 1).rule_version(), 2u);

  // From zero the new one arrives at the same; the old one does not get beyond the switch.
  const auto digests = the.here.Digests(*next, commits + 3);
  const auto fresh = the.Next("serve", "fresh");
  ASSERT_NO_FATAL_FAILURE(the.here.Start(*fresh));
  EXPECT_EQ(the.here.Digests(*fresh, commits + 3), digests);
  EXPECT_EQ(the.here.CheckExit(*fresh), 0);
  old->process->Kill();
  the.here.StartWithoutWaiting(*old);
  the.ExpectStopped(*old, commits);
  the.ExpectNothingTaken(*old);
}

TEST(RuleSwitchTest, OnTheEmbeddedLogAProgramOfBeforeTheSwitchDoesNotServeTheLedgerAnyMore) {
  RuleSwitch the;
  const auto old = the.Old("serve", "data");
  const auto next = the.Next("serve", "data");
  const auto stop = [](Server& server) {
    server.process->Signal(SIGTERM);
    EXPECT_EQ(server.process->Wait(kPatience), 0);
  };
  ASSERT_NO_FATAL_FAILURE(the.here.Start(*old));
  ASSERT_NO_FATAL_FAILURE(the.here.Found(*old));
  the.BeginModel(*old);
  const std::uint64_t commits = the.Report(*old, "before").accepted.position() + 1;
  const std::string too_early = the.RecordOfVersionTwo(*old, "too early");
  stop(*old);
  ledger::EmbeddedLogStore logs({.root = old->data + "/ledgers"});
  RuleSwitch::Append(logs, too_early);
  ASSERT_NO_FATAL_FAILURE(the.here.Start(*old));
  EXPECT_TRUE(the.AwaitRecords(*old, commits, 1));
  stop(*old);

  ASSERT_NO_FATAL_FAILURE(the.here.Start(*next));
  EXPECT_TRUE(the.AwaitRecords(*next, commits, 1));
  const Finished switched = the.Switch(*next);
  ASSERT_EQ(switched.exit, 0) << switched.out << switched.err;
  EXPECT_EQ(the.Report(*next, "after").accepted.position(), commits + 1);
  const auto digests = the.here.Digests(*next, commits + 2);
  const std::string models = the.ListModels(*next);
  stop(*next);

  the.here.StartWithoutWaiting(*old);
  the.ExpectStopped(*old, commits);
  the.ExpectNothingTaken(*old);
  EXPECT_EQ(the.ListModels(*old), "UNAVAILABLE");
  stop(*old);

  ASSERT_NO_FATAL_FAILURE(the.here.Start(*next));
  EXPECT_EQ(the.here.Digests(*next, commits + 2), digests);
  EXPECT_EQ(the.ListModels(*next), models);
  EXPECT_EQ(the.here.CheckExit(*next), 0);
}

}  // namespace
}  // namespace nhanrong::crash

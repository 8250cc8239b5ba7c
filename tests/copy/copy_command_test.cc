// A ledger moves between engines and stays the same one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <random>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "services/base/ids.h"
#include "services/ledger/kafka/test_broker.h"
#include "tests/crash/history_checks.h"
#include "tests/crash/installation.h"
#include "tests/crash/prober.h"

namespace nhanrong::crash {
namespace {

using ::testing::HasSubstr;

constexpr int kSubmissions = 600;
constexpr int kKills = 12;

// An installation with one server, whose people are those of the first one.
struct Home {
  explicit Home(const std::string& kafka = "")
      : installation(kafka), server(installation.Add("serve", "data")) {}

  // The place of its ledger on the command line.
  std::string place() const {
    return installation.on_kafka()
               ? absl::StrCat("kafka:", installation.kafka(), "/", installation.topic_prefix())
               : "embedded:" + server->data;
  }
  void WelcomePeopleOf(const Home& other) const {
    for (const char* who : {"administrator", "officer", "auditor"}) {
      std::filesystem::copy_file(other.installation.TokenFile(who), installation.TokenFile(who));
    }
  }
  void Stop() const {
    server->process->Signal(SIGTERM);
    EXPECT_EQ(server->process->Wait(kPatience), 0) << installation.LogOf(*server);
  }

  Installation installation;
  const std::unique_ptr<Server> server;
};

// Bytes and hashes of each commit.
std::vector<std::string> CommitsOf(const Home& home) {
  std::vector<std::string> commits;
  const auto history = home.installation.History(*home.server);
  ExpectSoundHistory(history);
  for (const v1::HistoryEntry& entry : history) {
    commits.push_back(entry.record_bytes() + entry.running_hash());
  }
  return commits;
}

class CopyCommandTest : public ::testing::Test {
 protected:
  // A ledger with refusals and corrections in `home`, whose server runs.
  static void Given(Home& home, int submissions = kSubmissions) {
    ASSERT_NO_FATAL_FAILURE(home.installation.Start(*home.server));
    ASSERT_NO_FATAL_FAILURE(home.installation.Found(*home.server));
    const std::string file = home.installation.root() + "/work.ndjson";
    WriteFile(file, MakeWorkload(submissions, "copied").lines);
    const Finished imported =
        home.installation.Cli(*home.server, "officer", {"import", file, "--ledger", kLedger});
    ASSERT_EQ(imported.exit, 2) << "refused lines" << imported.err;
  }

  std::vector<std::string> Command(const Home& from, const Home& to,
                                   const std::vector<std::string>& more = {}) const {
    std::vector<std::string> command = {
        NHANRONG_PROGRAM, "admin",      "ledger", "copy",     kLedger,
        "--from",         from.place(), "--to",   to.place(), "--single-broker",
        "--output",       "json",       "--lang", "en"};
    command.insert(command.end(), more.begin(), more.end());
    return command;
  }
  Finished Copy(const Home& from, const Home& to, const std::vector<std::string>& more = {}) const {
    return RunToEnd(Command(from, to, more), to.installation.root());
  }
  static void ExpectCopied(const Finished& copied, const std::string& what) {
    EXPECT_EQ(copied.exit, 0) << copied.err;
    EXPECT_THAT(copied.out, HasSubstr(what));
  }

  // Its gateway takes something new.
  static void ExpectInUse(Home& home) {
    v1::Accepted accepted;
    std::vector<std::unique_ptr<cli::Client>> clients;
    clients.push_back(home.installation.ClientOf(*home.server, "officer"));
    const auto submission = ModelInUse(RandomUlid(absl::Now()));
    EXPECT_TRUE(cli::Ok(SubmitUntilAnswered(clients, submission, &accepted)));
    EXPECT_FALSE(accepted.repeated());
  }

  const std::string broker_ = ledger::TestBroker::SharedBootstrap();
};

TEST_F(CopyCommandTest, ALedgerGoesToKafkaAndBackAndIsUsedInBetween) {
  Home here;
  ASSERT_NO_FATAL_FAILURE(Given(here));
  const auto commits = CommitsOf(here);
  const auto digests = here.installation.Digests(*here.server, commits.size());
  here.Stop();

  Home there(broker_);
  there.WelcomePeopleOf(here);
  ExpectCopied(Copy(here, there), absl::StrCat("\"commits\":", commits.size()));
  ASSERT_NO_FATAL_FAILURE(there.installation.Start(*there.server));
  EXPECT_EQ(CommitsOf(there), commits);
  EXPECT_EQ(there.installation.Digests(*there.server, commits.size()), digests);
  EXPECT_EQ(there.installation.CheckExit(*there.server), 0);

  ExpectInUse(there);
  const std::string garbage = there.installation.root() + "/garbage";
  WriteFile(garbage, "no record\nno record either\n");
  EXPECT_EQ(RunToEnd({"kcat", "-b", broker_, "-P", "-t",
                      there.installation.topic_prefix() + kLedger, "-l", garbage},
                     there.installation.root())
                .exit,
            0);
  ExpectInUse(there);
  const auto grown = CommitsOf(there);
  const auto grown_digests = there.installation.Digests(*there.server, grown.size());
  there.Stop();

  Home back;
  back.WelcomePeopleOf(here);
  ExpectCopied(Copy(there, back), "\"voidsLeftOut\":2,");
  ASSERT_NO_FATAL_FAILURE(back.installation.Start(*back.server));
  EXPECT_EQ(CommitsOf(back), grown);
  EXPECT_EQ(back.installation.Digests(*back.server, grown.size()), grown_digests);
  ExpectInUse(back);
}

TEST_F(CopyCommandTest, KilledAtAnyMomentItGoesOnWithoutDoubles) {
  Home here;
  ASSERT_NO_FATAL_FAILURE(Given(here, 4'000));
  const auto commits = CommitsOf(here);
  here.Stop();
  Home there(broker_);
  there.WelcomePeopleOf(here);
  std::mt19937 random(std::random_device{}());
  int ended_before = 0;
  for (int i = 0; i < kKills; ++i) {
    Process copy(Command(here, there), there.installation.root() + "/copy.out",
                 there.installation.root() + "/copy.err");
    const auto ended =
        copy.Wait(absl::Milliseconds(std::uniform_int_distribution(20, 700)(random)));
    ended_before += ended.has_value() ? 1 : 0;
    copy.Kill();
  }
  EXPECT_LT(ended_before, kKills) << "none was killed in time";
  ExpectCopied(Copy(here, there), absl::StrCat("\"commits\":", commits.size()));
  ExpectCopied(Copy(here, there, {"--check"}), "\"appended\":0");
  ASSERT_NO_FATAL_FAILURE(there.installation.Start(*there.server));
  EXPECT_EQ(CommitsOf(there), commits);
}

TEST_F(CopyCommandTest, ASourceInUseIsCopiedAndThenTheRest) {
  Home here;
  ASSERT_NO_FATAL_FAILURE(Given(here));
  Home there;
  there.WelcomePeopleOf(here);
  const Finished while_running = Copy(here, there);
  EXPECT_EQ(while_running.exit, 0) << while_running.err;
  EXPECT_THAT(while_running.err, HasSubstr("The source's server is running"));
  ExpectInUse(here);
  const auto commits = CommitsOf(here);
  here.Stop();
  const Finished rest = Copy(here, there);
  ExpectCopied(rest, absl::StrCat("\"commits\":", commits.size()));
  EXPECT_FALSE(absl::StrContains(rest.out, "\"appended\":0,"));
  ASSERT_NO_FATAL_FAILURE(there.installation.Start(*there.server));
  EXPECT_EQ(CommitsOf(there), commits);
}

TEST_F(CopyCommandTest, ATargetThatWentItsOwnWayIsRefused) {
  Home here;
  ASSERT_NO_FATAL_FAILURE(Given(here, 20));
  here.Stop();
  Home there;
  there.WelcomePeopleOf(here);
  ExpectCopied(Copy(here, there), "\"commits\"");
  ASSERT_NO_FATAL_FAILURE(there.installation.Start(*there.server));
  ExpectInUse(there);
  const Finished in_use = Copy(here, there);
  EXPECT_EQ(in_use.exit, 1) << in_use.err;
  EXPECT_THAT(in_use.err, HasSubstr(there.server->data));
  there.Stop();
  const Finished longer = Copy(here, there);
  EXPECT_EQ(longer.exit, 6) << longer.err;
  EXPECT_THAT(longer.err, HasSubstr("the target holds another history"));

  Home other;
  ASSERT_NO_FATAL_FAILURE(Given(other, 20));
  other.Stop();
  EXPECT_EQ(Copy(here, other).exit, 6);
}

TEST_F(CopyCommandTest, SaysWhatIsWrongWithThePlace) {
  Home nobody;
  Home there;
  const Finished missing = Copy(nobody, there);
  EXPECT_EQ(missing.exit, 7) << missing.err;
  EXPECT_FALSE(std::filesystem::exists(there.server->data)) << "nothing is made for nothing";
  const Finished same = Copy(there, there);
  EXPECT_EQ(same.exit, 1);
  EXPECT_THAT(same.err, HasSubstr("the same place"));
}

}  // namespace
}  // namespace nhanrong::crash

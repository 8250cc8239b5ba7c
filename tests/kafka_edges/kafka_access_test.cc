// A cluster that asks who one is: each role enters with its own name and works with its own rights
// alone, and whoever has no right to write a ledger writes nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <csignal>

#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "tests/crash/installation.h"
#include "tests/crash/workload.h"
#include "tests/kafka_edges/secure_broker.h"

namespace nhanrong::kafka_edges {
namespace {

using crash::Await;
using crash::FileText;
using crash::Finished;
using crash::HttpGet;
using crash::IdOf;
using crash::Installation;
using crash::kLedger;
using crash::kPatience;
using crash::ModelInUse;
using crash::RunToEnd;
using crash::Server;
using crash::WriteFile;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

// Exit codes of README.md.
constexpr int kDone = 0, kUsage = 1, kNotAllowed = 4;
// At most two questions of the cluster, and the start of a process on a busy machine.
constexpr absl::Duration kClearWordLimit = absl::Seconds(30);

// One broker with a ledger, whose gateway runs, for all cases.
class Cluster {
 public:
  Cluster() {
    const std::string& prefix = installation.topic_prefix();
    broker.Allow({{"--prefix", prefix, "gateway", "User:gateway"},
                  {"--prefix", prefix, "projector", "User:projector"},
                  {"--prefix", prefix, "feed", "User:feed", kLedger}});
    gateway->flags = broker.FlagsOf("gateway");
    installation.Start(*gateway);
    installation.Found(*gateway);
  }

  std::string Topic() const { return installation.topic_prefix() + kLedger; }
  Finished Kcat(std::vector<std::string> entry, std::vector<std::string> arguments) const {
    std::vector<std::string> command = {"kcat", "-b", broker.bootstrap()};
    command.insert(command.end(), entry.begin(), entry.end());
    command.insert(command.end(), arguments.begin(), arguments.end());
    return RunToEnd(command, installation.root());
  }
  // Everything that a topic holds, one line for each message.
  std::vector<std::string> Messages(const std::string& topic) const {
    const Finished read =
        Kcat(broker.KcatAs("operator"), {"-C", "-e", "-q", "-t", topic, "-f", "%o %h\n"});
    EXPECT_EQ(read.exit, 0) << read.err;
    return absl::StrSplit(read.out, '\n', absl::SkipEmpty());
  }

  SecureBroker broker;
  Installation installation{broker.bootstrap()};
  const std::unique_ptr<Server> gateway = installation.Add("gateway", "gateway");
};

class KafkaAccessTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { cluster_ = new Cluster(); }
  static void TearDownTestSuite() {
    delete cluster_;
    cluster_ = nullptr;
  }

  static const SecureBroker& broker() { return cluster_->broker; }
  static Installation& installation() { return cluster_->installation; }

  static cli::Failure Submit(const Server& server, const std::string& model) {
    v1::SubmitRequest request;
    *request.mutable_submission() = ModelInUse(IdOf(model));
    v1::SubmitResponse response;
    return installation().ClientOf(server, "officer")->Call(request, &response);
  }
  static std::unique_ptr<Server> Add(const std::string& role, const std::string& name,
                                     const std::string& user) {
    auto server = installation().Add(role, name);
    server->flags = broker().FlagsOf(user);
    return server;
  }
  // Replaces the value of a flag; no value: leaves the flag out.
  static std::vector<std::string> With(std::vector<std::string> flags, const std::string& flag,
                                       const std::string& value) {
    for (std::size_t i = 0; i < flags.size(); i += 2) {
      if (flags[i] != flag) continue;
      const auto at = flags.begin() + static_cast<std::ptrdiff_t>(i);
      if (value.empty()) {
        flags.erase(at, at + 2);
      } else {
        flags[i + 1] = value;
      }
      break;
    }
    return flags;
  }
  // A gateway that ends by itself, soon, with this word; without naming a password.
  static void ExpectEnds(const std::string& name, const std::vector<std::string>& flags, int exit,
                         const std::string& word) {
    const auto server = installation().Add("gateway", name);
    server->flags = flags;
    const absl::Time start = absl::Now();
    installation().StartWithoutWaiting(*server);
    EXPECT_EQ(server->process->Wait(kClearWordLimit), exit)
        << name << " after " << absl::Now() - start << ": " << installation().LogOf(*server);
    EXPECT_THAT(installation().LogOf(*server), HasSubstr(word))
        << name << installation().Readiness(*server);
    EXPECT_THAT(installation().LogOf(*server), Not(HasSubstr("mat-khau"))) << name;
  }

  static Cluster* cluster_;
};
Cluster* KafkaAccessTest::cluster_ = nullptr;

TEST_F(KafkaAccessTest, EachRoleWorksWithItsOwnRightsAlone) {
  const auto projector = Add("projector", "projector", "projector");
  const auto feed = Add("feed", "feed", "feed");
  ASSERT_NO_FATAL_FAILURE(installation().Start(*projector));
  ASSERT_NO_FATAL_FAILURE(installation().Start(*feed));
  ASSERT_TRUE(cli::Ok(Submit(*cluster_->gateway, "with rights")));
  const auto commits = cluster_->Messages(cluster_->Topic()).size();
  EXPECT_TRUE(Await([&] { return installation().Info(*projector).commits() == commits; }));
  EXPECT_TRUE(Await([&] {
    for (const auto& message : cluster_->Messages(cluster_->Topic() + ".events")) {
      if (message.find("ModelRecordedFromDocument") != std::string::npos) return true;
    }
    return false;
  })) << installation().LogOf(*feed);
  EXPECT_THAT(installation().Readiness(*cluster_->gateway), HasSubstr("one Kafka broker"));
  // A copy reads its source with the rights of a projector.
  std::vector<std::string> copy = {
      "admin",
      "ledger",
      "copy",
      kLedger,
      "--single-broker",
      "--from",
      "kafka:" + broker().bootstrap() + "/" + installation().topic_prefix(),
      "--to",
      "embedded:" + installation().root() + "/copy"};
  const auto flags = broker().FlagsOf("projector");
  copy.insert(copy.end(), flags.begin(), flags.end());
  const Finished copied = installation().Cli(*cluster_->gateway, "", copy);
  EXPECT_EQ(copied.exit, kDone) << copied.err;
}

TEST_F(KafkaAccessTest, WhoMayOnlyReadIsNoGatewayAndIsToldSo) {
  const auto before = cluster_->Messages(cluster_->Topic());
  ExpectEnds("reader", broker().FlagsOf("projector"), kNotAllowed, "has no right to write");
  EXPECT_EQ(cluster_->Messages(cluster_->Topic()), before);
}

// One that may write topics of its own: the cluster says so only when the first record comes.
TEST_F(KafkaAccessTest, AFeedIsNoGatewayWritesNothingAndItsCallersAreTold) {
  const auto server = Add("gateway", "feed-as-gateway", "feed");
  ASSERT_NO_FATAL_FAILURE(installation().Start(*server));
  const auto before = cluster_->Messages(cluster_->Topic());
  const cli::Failure failure = Submit(*server, "not written");
  EXPECT_EQ(cli::CodeName(failure), "UNAVAILABLE");
  EXPECT_THAT(failure.ShortDebugString(),
              AllOf(HasSubstr("has no right to write"), HasSubstr("\"NOT_NOW\"")));
  EXPECT_FALSE(installation().IsReady(*server));
  EXPECT_THAT(installation().Readiness(*server), HasSubstr("has no right to write"));
  EXPECT_EQ(cluster_->Messages(cluster_->Topic()), before);
  // The right is given: it goes on by itself.
  broker().Allow({{"--prefix", installation().topic_prefix(), "gateway", "User:feed"}});
  EXPECT_TRUE(Await([&] { return cli::Ok(Submit(*server, "not written")); }));
  EXPECT_TRUE(Await([&] { return installation().IsReady(*server); }));
}

TEST_F(KafkaAccessTest, ForWhomALedgerIsNotThereFindsNone) {
  const auto server = Add("projector", "nobody", "nobody");
  ASSERT_NO_FATAL_FAILURE(installation().Start(*server));
  const Finished listed = installation().Cli(
      *server, "",
      {"admin", "ledger", "list", "--operator-token-file", server->data + "/operator.token"});
  EXPECT_THAT(listed.out, Not(HasSubstr(kLedger)));
}

TEST_F(KafkaAccessTest, AnOutsiderWritesNothing) {
  const auto before = cluster_->Messages(cluster_->Topic());
  const std::string garbage = installation().root() + "/garbage";
  WriteFile(garbage, "no record\n");
  const std::vector<std::string> write = {
      "-P", "-t", cluster_->Topic(), "-X", "message.timeout.ms=2000", "-l", garbage};
  const std::vector<std::vector<std::string>> outsiders = {
      {},
      {"-X", "security.protocol=SSL", "-X", "ssl.ca.location=" + broker().File("ca.pem")},
      broker().KcatAs("nobody"),
      broker().KcatAs("projector")};
  for (const auto& outsider : outsiders) {
    const Finished tried = cluster_->Kcat(outsider, write);
    EXPECT_NE(tried.exit, 0) << tried.out << tried.err;
  }
  EXPECT_EQ(cluster_->Messages(cluster_->Topic()), before);
}

TEST_F(KafkaAccessTest, WhoDoesNotGetInIsToldWhyAtTheStart) {
  const auto flags = broker().FlagsOf("gateway");
  ExpectEnds("wrong-password", With(flags, "--kafka-password-file", broker().File("feed.password")),
             kNotAllowed, "uthentication");
  ExpectEnds("wrong-user", With(flags, "--kafka-user", "stranger"), kNotAllowed, "uthentication");
  ExpectEnds("wrong-ca", With(flags, "--kafka-ca", broker().File("other-ca.pem")), kNotAllowed,
             "verify failed");
  ExpectEnds("expired", With(flags, "--kafka-cert", broker().File("expired.pem")), kNotAllowed,
             "alert");
  ExpectEnds("no-certificate", With(With(flags, "--kafka-cert", ""), "--kafka-key", ""),
             kNotAllowed, "alert");
}

// Debian 12's librdkafka and Kafka 4 do not agree on SCRAM (kafka_admin.cc): who tries is told so.
TEST_F(KafkaAccessTest, ScramGetsInOrIsToldThatThisLibraryCannot) {
  const auto server = Add("projector", "scram", "scram");
  installation().StartWithoutWaiting(*server);
  EXPECT_TRUE(Await([&] { return installation().IsReady(*server) || !server->process->Runs(); }));
  if (installation().IsReady(*server)) return;
  EXPECT_EQ(server->process->Wait(kClearWordLimit), kNotAllowed);
  EXPECT_THAT(installation().LogOf(*server), HasSubstr("cannot do SCRAM with Kafka 4"));
}

TEST_F(KafkaAccessTest, AProcessThatSpeaksNoTlsIsNotReadyAndSaysWhatItSees) {
  const auto server = installation().Add("gateway", "plaintext");
  installation().StartWithoutWaiting(*server);
  EXPECT_TRUE(Await([&] {
    return testing::Value(installation().Readiness(*server), HasSubstr("security.protocol"));
  })) << installation().Readiness(*server);
  EXPECT_FALSE(installation().IsReady(*server));
}

TEST_F(KafkaAccessTest, SecretsStandInFilesThatNobodyElseMayRead) {
  const std::string password = installation().root() + "/password";
  WriteFile(password, "mat-khau\n");
  ::chmod(password.c_str(), 0644);
  const auto flags = broker().FlagsOf("gateway");
  ExpectEnds("open-file", With(flags, "--kafka-password-file", password), kUsage, "chmod 600");
  ExpectEnds("no-file", With(flags, "--kafka-password-file", password + "-2"), kUsage,
             "cannot be read");
  ExpectEnds("no-password", With(flags, "--kafka-password-file", ""), kUsage,
             "NHANRONG_KAFKA_PASSWORD");
  ExpectEnds("unknown-mechanism", With(flags, "--kafka-sasl-mechanism", "GSSAPI"), kUsage,
             "GSSAPI");
}

TEST_F(KafkaAccessTest, AConfigurationFileGivesTheSameAndTakesNoPromiseBack) {
  const std::string config = installation().root() + "/kafka.config";
  const auto given = [&](const std::string& more) {
    std::string text = "# as the gateway\n" + more;
    const auto properties = broker().KcatAs("gateway");
    for (std::size_t i = 1; i < properties.size(); i += 2) text += properties[i] + "\n";
    WriteFile(config, text);
    ::chmod(config.c_str(), 0600);
    return std::vector<std::string>{"--kafka-config", config};
  };
  ExpectEnds("weaker", given("acks=1\n"), kUsage, "line 2: acks is not for a configuration");
  ExpectEnds("twice", given("sasl.username=gateway\n"), kUsage, "sasl.username is there twice");
  const auto server = installation().Add("gateway", "configured");
  server->flags = given("");
  ASSERT_NO_FATAL_FAILURE(installation().Start(*server));
  EXPECT_TRUE(cli::Ok(Submit(*server, "configured by a file")));
}

}  // namespace
}  // namespace nhanrong::kafka_edges

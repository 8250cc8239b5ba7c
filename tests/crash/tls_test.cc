// TLS and client certificates against the real program, with authorities made at run time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "absl/time/clock.h"
#include "services/certificates/authority_test_kit.h"
#include "services/cli/client/files.h"
#include "services/cli/client/token.h"
#include "tests/crash/installation.h"
#include "tests/crash/workload.h"

namespace nhanrong::crash {
namespace {

using certificates::TestAuthority;
using certificates::TestKey;
using ::testing::AnyOf;
using ::testing::HasSubstr;

constexpr int kOk = 0, kUsage = 1, kRefused = 2, kNotAllowed = 4, kUnavailable = 5;

class TlsTest : public ::testing::Test {
 protected:
  TlsTest() : server_(installation_.Add("serve", "data")) {
    Put("ca.pem", authority_.pem());
    Put("other-ca.pem", other_authority_.pem());
    Put("server.pem", authority_.Certify("may-chu", server_key_));
    Put("server.key", server_key_.pem());
    Put("system.pem", clients_.Certify("he-thong", system_key_));
    Put("system.key", system_key_.pem());
    Put("clients-ca.pem", clients_.pem());
    installation_.client_flags = {"--ca", File("ca.pem")};
  }

  std::string File(const std::string& name) const { return installation_.root() + "/" + name; }
  void Put(const std::string& name, const std::string& text) {
    // In one step, as those who renew certificates do.
    ASSERT_TRUE(cli::ReplaceFile(File(name), text).ok());
  }

  enum class Clients { kNotAsked, kOptional, kRequired };
  void StartServer(Clients clients = Clients::kNotAsked) {
    server_->flags = {"--tls-cert", File("server.pem"), "--tls-key", File("server.key")};
    if (clients != Clients::kNotAsked) {
      server_->flags.insert(server_->flags.end(), {"--tls-client-ca", File("clients-ca.pem")});
    }
    if (clients == Clients::kOptional) server_->flags.emplace_back("--tls-client-optional");
    if (clients == Clients::kRequired) ShowClientCertificate();
    ASSERT_NO_FATAL_FAILURE(installation_.Start(*server_));
    ASSERT_NO_FATAL_FAILURE(installation_.Found(*server_));
  }
  void ShowClientCertificate() {
    installation_.client_flags = {"--ca",          File("ca.pem"),
                                  "--client-cert", File("system.pem"),
                                  "--client-key",  File("system.key")};
  }

  Finished Query(const std::string& who = "officer") {
    return installation_.Cli(*server_, who,
                             {"query", "models", "--ledger", kLedger, "--timeout", "5"});
  }
  // A system of the agency; its actor id.
  void AddSystem() {
    const Finished added =
        installation_.Cli(*server_, "administrator",
                          {"admin", "actor", "add", "--ledger", kLedger, "--agency", kAgency,
                           "--title", "Hệ thống", "--kind", "system", "--grant", "agency-system",
                           "--id", kSystem, "--token-out", installation_.TokenFile("system")});
    ASSERT_EQ(added.exit, kOk) << added.err;
  }
  Finished Issue(const std::string& actor, const std::string& file, const std::string& id) {
    return installation_.Cli(*server_, "administrator",
                             {"admin", "credential", "issue-certificate", "--ledger", kLedger,
                              "--actor", actor, "--certificate", File(file), "--id", id});
  }
  // By the certificate alone, without a token.
  std::unique_ptr<cli::Client> BySystem(const std::string& certificate, const std::string& key) {
    cli::ClientOptions options;
    options.address = server_->address();
    options.timeout = absl::Seconds(20);
    options.tls_roots = FileText(File("ca.pem"));
    options.client_chain = certificate;
    options.client_key = key;
    return std::make_unique<cli::Client>(options);
  }
  cli::Failure Submit(const cli::Client& client, const std::string& model) {
    v1::SubmitRequest request;
    *request.mutable_submission() = ModelInUse(IdOf(model));
    v1::SubmitResponse response;
    return client.Call(request, &response);
  }
  std::string Metrics() const { return HttpGet(server_->http, "/metrics"); }

  static constexpr char kSystem[] = "01F0000000000000000000000S";
  static constexpr char kCredential[] = "01F0000000000000000000000T";

  Installation installation_;
  const std::unique_ptr<Server> server_;
  const TestAuthority authority_{"CA máy chủ"}, other_authority_{"CA lạ"}, clients_{"CA máy khách"};
  const TestKey server_key_, system_key_;
};

TEST_F(TlsTest, ATokenIsSentOverTls) {
  StartServer();
  EXPECT_EQ(Query().exit, kOk);
  EXPECT_THAT(installation_.LogOf(*server_), HasSubstr("(TLS)"));
}

TEST_F(TlsTest, VersionsBefore1_2AreNotSpoken) {
  using certificates::TlsVersion;
  StartServer();
  EXPECT_EQ(certificates::AgreedVersion(server_->port, TlsVersion::kOneThree), "TLSv1.3");
  EXPECT_EQ(certificates::AgreedVersion(server_->port, TlsVersion::kOneTwo), "TLSv1.2");
  EXPECT_EQ(certificates::AgreedVersion(server_->port, TlsVersion::kOneOne), "");
}

TEST_F(TlsTest, AServerOfAnotherAuthorityIsNotBelieved) {
  StartServer();
  installation_.client_flags = {"--ca", File("other-ca.pem")};
  const Finished query = Query();
  EXPECT_EQ(query.exit, kUnavailable);
  EXPECT_THAT(query.err, HasSubstr("certificate verify failed"));
  EXPECT_THAT(query.err, HasSubstr("not of --ca"));
}

TEST_F(TlsTest, APlaintextClientIsToldThatTheServerSpeaksTls) {
  StartServer();
  installation_.client_flags = {};
  const Finished query = Query();
  EXPECT_EQ(query.exit, kUnavailable);
  EXPECT_THAT(query.err, HasSubstr("--ca"));
}

TEST_F(TlsTest, WhereACertificateIsRequiredNobodyElseIsHeard) {
  StartServer(Clients::kRequired);
  EXPECT_EQ(Query().exit, kOk) << "a token over a connection with a certificate";
  installation_.client_flags = {"--ca", File("ca.pem")};
  const Finished without = Query();
  EXPECT_EQ(without.exit, kUnavailable);
  EXPECT_THAT(without.err, HasSubstr("--client-cert"));
}

TEST_F(TlsTest, ClientCertificatesThatEndedOrAreOfAnotherAuthorityAreRefused) {
  StartServer(Clients::kRequired);
  for (const std::string& certificate :
       {clients_.Certify("he-thong", system_key_, absl::Hours(-2), absl::Hours(-1)),
        other_authority_.Certify("he-thong", system_key_)}) {
    Put("system.pem", certificate);
    EXPECT_EQ(Query().exit, kUnavailable);
  }
  Put("system.pem", clients_.Certify("he-thong", system_key_));
  EXPECT_EQ(Query().exit, kOk);
}

TEST_F(TlsTest, AServerDoesNotStartWithAnIdentityThatCannotBeShown) {
  Put("server.pem", authority_.Certify("may-chu", server_key_, absl::Hours(-2), absl::Hours(-1)));
  server_->flags = {"--tls-cert", File("server.pem"), "--tls-key", File("server.key")};
  installation_.StartWithoutWaiting(*server_);
  EXPECT_EQ(server_->process->Wait(kPatience), kUsage);
  EXPECT_THAT(installation_.LogOf(*server_), HasSubstr("ended on"));
}

TEST_F(TlsTest, CertificatesChangeUnderLoadWithoutOneFailedCall) {
  StartServer(Clients::kRequired);
  std::atomic<bool> stop{false};
  std::atomic<int> calls{0}, failed{0};
  const auto token = cli::ReadTokenFile(installation_.TokenFile("officer"));
  const auto load = [&](bool new_connections) {
    cli::ClientOptions options;
    options.address = server_->address();
    options.token = *token;
    options.tls_roots = authority_.pem();
    options.client_chain = FileText(File("system.pem"));
    options.client_key = system_key_.pem();
    auto client = std::make_unique<cli::Client>(options);
    while (!stop) {
      if (new_connections) client = std::make_unique<cli::Client>(options);
      v1::ListUnitsRequest request;
      request.mutable_context()->set_ledger(kLedger);
      v1::ListUnitsResponse response;
      ++calls;
      if (!cli::Ok(client->Call(request, &response))) ++failed;
    }
  };
  std::vector<std::jthread> threads;
  for (const bool new_connections : {true, true, false})
    threads.emplace_back(load, new_connections);
  constexpr int kRotations = 4;
  for (int i = 0; i < kRotations; ++i) {
    const TestKey key;
    // Two files are never changed in one moment: in between they do not fit.
    Put("server.key", key.pem());
    Put("server.pem", authority_.Certify("may-chu-" + std::to_string(i), key));
    const std::string loaded = "nhanrong_tls_identities_loaded " + std::to_string(i + 2);
    ASSERT_TRUE(Await([&] { return Metrics().find(loaded) != std::string::npos; })) << Metrics();
  }
  stop = true;
  threads.clear();
  EXPECT_EQ(failed, 0) << "of " << calls;
  EXPECT_GT(calls, kRotations);
}

TEST_F(TlsTest, ABrokenNewFileIsToldAndTheOneBeforeGoesOnCounting) {
  StartServer();
  Put("server.pem", "-----BEGIN CERTIFICATE-----\nhỏng\n");
  ASSERT_TRUE(
      Await([&] { return Metrics().find("nhanrong_tls_files_broken 1") != std::string::npos; }));
  EXPECT_EQ(Query().exit, kOk);
  // Not at once: two files are never changed in one moment.
  const std::string word = "the new files are not used";
  EXPECT_TRUE(Await([&] {
    return installation_.Readiness(*server_).find(word) != std::string::npos;
  })) << installation_.Readiness(*server_);
  EXPECT_TRUE(installation_.IsReady(*server_));
  EXPECT_TRUE(Await([&] { return installation_.LogOf(*server_).find(word) != std::string::npos; }));
  Put("server.pem", authority_.Certify("may-chu", server_key_));
  EXPECT_TRUE(
      Await([&] { return Metrics().find("nhanrong_tls_files_broken 0") != std::string::npos; }));
}

TEST_F(TlsTest, ACertificateStandsForTheTokenOfASystemUntilItIsRevoked) {
  StartServer(Clients::kOptional);
  ASSERT_NO_FATAL_FAILURE(AddSystem());
  const auto open = BySystem(FileText(File("system.pem")), system_key_.pem());
  EXPECT_THAT(Submit(*open, "một").message(), HasSubstr("Chứng thư số này chưa được cấp"));
  const Finished issued = Issue(kSystem, "system.pem", kCredential);
  ASSERT_EQ(issued.exit, kOk) << issued.err;
  EXPECT_TRUE(cli::Ok(Submit(*open, "một")));
  // Renewed for the same key: the same credential. Another key: nobody.
  const auto renewed = BySystem(clients_.Certify("he-thong-2", system_key_), system_key_.pem());
  EXPECT_TRUE(cli::Ok(Submit(*renewed, "hai")));
  const TestKey other_key;
  const auto other = BySystem(clients_.Certify("he-thong", other_key), other_key.pem());
  EXPECT_EQ(cli::ExitCodeOf(Submit(*other, "ba")), cli::ExitCode::kNotAllowed);
  const Finished revoked = installation_.Cli(*server_, "administrator",
                                             {"admin", "credential", "revoke", "--ledger", kLedger,
                                              "--actor", kSystem, "--credential", kCredential});
  ASSERT_EQ(revoked.exit, kOk) << revoked.err;
  EXPECT_THAT(Submit(*open, "bốn").message(), HasSubstr("thu hồi"))
      << "the next call on the connection that is open";
}

TEST_F(TlsTest, ACertificateIsNotIssuedToAPerson) {
  StartServer(Clients::kOptional);
  const std::string person = "01F0000000000000000000000P";
  const Finished added = installation_.Cli(
      *server_, "administrator",
      {"admin", "actor", "add", "--ledger", kLedger, "--agency", kAgency, "--title", "Cán bộ",
       "--grant", "commune-officer", "--id", person, "--token-out", installation_.TokenFile("x")});
  ASSERT_EQ(added.exit, kOk) << added.err;
  const Finished issued = Issue(person, "system.pem", kCredential);
  EXPECT_EQ(issued.exit, kRefused);
  EXPECT_THAT(issued.err, HasSubstr("credential.certificate_kind"));
}

TEST_F(TlsTest, FlagsThatDoNotFitTogetherAreTold) {
  server_->flags = {"--tls-cert", File("server.pem")};
  installation_.StartWithoutWaiting(*server_);
  EXPECT_EQ(server_->process->Wait(kPatience), kUsage);
  EXPECT_THAT(installation_.LogOf(*server_), HasSubstr("need each other"));
  installation_.client_flags = {"--client-cert", File("system.pem")};
  EXPECT_EQ(installation_.Cli(*server_, "", {"query", "models", "--ledger", kLedger}).exit, kUsage);
}

}  // namespace
}  // namespace nhanrong::crash

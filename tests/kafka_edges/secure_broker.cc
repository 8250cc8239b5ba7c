#include "tests/kafka_edges/secure_broker.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>

#include "absl/strings/str_cat.h"

namespace nhanrong::kafka_edges {
namespace {

using crash::Finished;
using crash::Process;
using crash::WriteFile;

constexpr char kMechanismOfOperator[] = "PLAIN";

const std::vector<User>& Users() {
  static const std::vector<User> users = {{"operator", kMechanismOfOperator},
                                          {"gateway", "PLAIN"},
                                          {"projector", "PLAIN"},
                                          {"feed", "PLAIN"},
                                          {"nobody", "PLAIN"},
                                          {"scram", "SCRAM-SHA-512"}};
  return users;
}

std::string PasswordOf(const std::string& user) { return "mat-khau-cua-" + user; }

std::string MechanismOf(const std::string& user) {
  const auto found = std::find_if(Users().begin(), Users().end(),
                                  [&](const User& one) { return one.name == user; });
  return found == Users().end() ? "PLAIN" : found->mechanism;
}

std::vector<std::string> ScramUsers() {
  std::vector<std::string> specs;
  for (const User& user : Users()) {
    if (user.mechanism == "PLAIN") continue;
    specs.push_back(absl::StrCat(user.mechanism, "=[name=", user.name,
                                 ",password=", PasswordOf(user.name), "]"));
  }
  return specs;
}

}  // namespace

SecureBroker::SecureBroker() {
  WriteFiles();
  broker_ = std::make_unique<ledger::TestBroker>(
      ledger::TestBroker::Options{.properties = Properties(), .scram_users = ScramUsers()});
  WriteFile(File("operator.properties"),
            absl::StrCat("security.protocol=SASL_SSL\nsasl.mechanism=PLAIN\n",
                         "sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule "
                         "required username=\"operator\" password=\"",
                         PasswordOf("operator"), "\";\nssl.truststore.type=PEM\n",
                         "ssl.truststore.location=", File("ca.pem"), "\nssl.keystore.type=PEM\n",
                         "ssl.keystore.location=", File("client-store.pem"), "\n"));
}

void SecureBroker::WriteFiles() const {
  const std::string client = authority_.Certify("nhanrong", client_key_);
  WriteFile(File("ca.pem"), authority_.pem());
  WriteFile(File("other-ca.pem"), other_authority_.pem());
  WriteFile(File("broker-store.pem"),
            broker_key_.pem() + authority_.Certify("broker", broker_key_));
  WriteFile(File("client-store.pem"), client_key_.pem() + client);
  WriteFile(File("client.key"), client_key_.pem());
  WriteFile(File("client.pem"), client);
  WriteFile(File("expired.pem"),
            authority_.Certify("nhanrong", client_key_, absl::Hours(-2), absl::Hours(-1)));
  for (const User& user : Users()) {
    WriteFile(File(user.name + ".password"), PasswordOf(user.name) + "\n");
    ::chmod(File(user.name + ".password").c_str(), 0600);
  }
}

std::string SecureBroker::Properties() const {
  const std::string plain = "org.apache.kafka.common.security.plain.PlainLoginModule required";
  std::string users;
  for (const User& user : Users()) {
    if (user.mechanism != "PLAIN") continue;
    absl::StrAppend(&users, " user_", user.name, "=\"", PasswordOf(user.name), "\"");
  }
  const std::string scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;\n";
  return absl::StrCat(
      "listener.security.protocol.map=CLIENTS:SASL_SSL,CONTROLLER:SASL_PLAINTEXT\n"
      "sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-256,SCRAM-SHA-512\n"
      "listener.name.controller.sasl.enabled.mechanisms=PLAIN\n"
      "sasl.mechanism.inter.broker.protocol=PLAIN\n"
      "sasl.mechanism.controller.protocol=PLAIN\n"
      "listener.name.clients.plain.sasl.jaas.config=",
      plain, " username=\"broker\" password=\"b\" user_broker=\"b\"", users,
      ";\n"
      "listener.name.clients.scram-sha-256.sasl.jaas.config=",
      scram, "listener.name.clients.scram-sha-512.sasl.jaas.config=", scram,
      "listener.name.controller.plain.sasl.jaas.config=", plain,
      " username=\"controller\" password=\"c\" user_controller=\"c\";\n"
      "listener.name.clients.ssl.client.auth=required\n"
      "ssl.keystore.type=PEM\nssl.keystore.location=",
      File("broker-store.pem"),
      "\nssl.truststore.type=PEM\nssl.truststore.location=", File("ca.pem"),
      "\nauthorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer\n"
      "super.users=User:broker;User:controller;User:operator\n");
}

std::vector<std::string> SecureBroker::FlagsOf(const std::string& user) const {
  return {"--kafka-ca",
          File("ca.pem"),
          "--kafka-cert",
          File("client.pem"),
          "--kafka-key",
          File("client.key"),
          "--kafka-sasl-mechanism",
          MechanismOf(user),
          "--kafka-user",
          user,
          "--kafka-password-file",
          File(user + ".password")};
}

std::vector<std::string> SecureBroker::KcatAs(const std::string& user) const {
  std::vector<std::string> arguments;
  for (const std::string& property :
       {std::string("security.protocol=SASL_SSL"), "ssl.ca.location=" + File("ca.pem"),
        "ssl.certificate.location=" + File("client.pem"), "ssl.key.location=" + File("client.key"),
        "sasl.mechanism=" + MechanismOf(user), "sasl.username=" + user,
        "sasl.password=" + PasswordOf(user)}) {
    arguments.insert(arguments.end(), {"-X", property});
  }
  return arguments;
}

void SecureBroker::Allow(const std::vector<std::vector<std::string>>& words) const {
  std::vector<std::unique_ptr<Process>> running;
  for (const auto& each : words) {
    std::vector<std::string> command = {NHANRONG_ACLS, "--bootstrap-server", bootstrap(),
                                        "--command-config", File("operator.properties")};
    command.insert(command.end(), each.begin(), each.end());
    running.push_back(std::make_unique<Process>(command, File("acls.out"), File("acls.err")));
  }
  for (const auto& process : running) {
    ASSERT_EQ(process->Wait(crash::kPatience), 0) << crash::FileText(File("acls.err"));
  }
}

}  // namespace nhanrong::kafka_edges

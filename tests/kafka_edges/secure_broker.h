// A broker that lets nobody in without a certificate and a password, and nobody do what an ACL does
// not allow: SASL_SSL with client certificates, and Kafka's StandardAuthorizer.
//
// Its users are `operator` (may do everything), and those of kUsers, who may do nothing until
// Allow.
#pragma once

#include <string>
#include <vector>

#include "services/certificates/authority_test_kit.h"
#include "services/ledger/kafka/test_broker.h"
#include "services/projector/test_directory.h"
#include "tests/crash/process.h"

namespace nhanrong::kafka_edges {

struct User {
  std::string name;
  std::string mechanism;
};

class SecureBroker {
 public:
  SecureBroker();

  std::string bootstrap() const { return broker_->bootstrap(); }
  // ca.pem, other-ca.pem, client.pem, client.key, expired.pem, and <user>.password of each user.
  std::string File(const std::string& name) const { return directory_.path() + "/" + name; }
  // What a command needs to enter as this user; each flag is followed by its value.
  std::vector<std::string> FlagsOf(const std::string& user) const;
  // The same for librdkafka's own tools, as -X arguments.
  std::vector<std::string> KcatAs(const std::string& user) const;
  // Runs deploy/kafka/acls with these words; several of them at the same time.
  void Allow(const std::vector<std::vector<std::string>>& words) const;

 private:
  void WriteFiles() const;
  std::string Properties() const;

  const projector::TestDirectory directory_;
  const certificates::TestAuthority authority_{"CA"}, other_authority_{"CA khác"};
  const certificates::TestKey broker_key_, client_key_;
  std::unique_ptr<ledger::TestBroker> broker_;
};

}  // namespace nhanrong::kafka_edges

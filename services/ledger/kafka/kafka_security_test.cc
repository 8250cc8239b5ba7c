#include "services/ledger/kafka/kafka_security.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nhanrong::ledger {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

void ExpectMisfit(const KafkaSecurity& security, const std::string& what) {
  const auto properties = SecurityProperties(security);
  EXPECT_TRUE(absl::IsInvalidArgument(properties.status())) << properties.status();
  EXPECT_THAT(std::string(properties.status().message()), HasSubstr(what));
  EXPECT_THAT(std::string(properties.status().message()), Not(HasSubstr("mat-khau")));
}

TEST(KafkaSecurityTest, NothingIsSaidWhereNothingIsAsked) {
  EXPECT_THAT(*SecurityProperties({}), IsEmpty());
}

TEST(KafkaSecurityTest, AnAuthorityOrACertificateMeansTls) {
  EXPECT_THAT(*SecurityProperties({.ca_file = "ca"}),
              ElementsAre(Pair("security.protocol", "SSL"), Pair("ssl.ca.location", "ca")));
  EXPECT_THAT(*SecurityProperties({.certificate_file = "c", .key_file = "k"}),
              ElementsAre(Pair("security.protocol", "SSL"), Pair("ssl.certificate.location", "c"),
                          Pair("ssl.key.location", "k")));
}

TEST(KafkaSecurityTest, APasswordGoesOverTlsAlways) {
  for (const char* mechanism : {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"}) {
    EXPECT_THAT(
        *SecurityProperties({.sasl_mechanism = mechanism, .user = "u", .password = "mat-khau"}),
        ElementsAre(Pair("sasl.mechanism", mechanism), Pair("sasl.password", "mat-khau"),
                    Pair("sasl.username", "u"), Pair("security.protocol", "SASL_SSL")));
  }
}

TEST(KafkaSecurityTest, WhatDoesNotFitTogetherIsNamed) {
  ExpectMisfit({.certificate_file = "c"}, "--kafka-key");
  ExpectMisfit({.key_file = "k"}, "--kafka-cert");
  ExpectMisfit({.user = "u"}, "--kafka-sasl-mechanism");
  ExpectMisfit({.password = "mat-khau"}, "--kafka-sasl-mechanism");
  ExpectMisfit({.sasl_mechanism = "PLAIN", .password = "mat-khau"}, "--kafka-user");
  ExpectMisfit({.sasl_mechanism = "PLAIN", .user = "u"}, "--kafka-password-file");
  ExpectMisfit({.sasl_mechanism = "GSSAPI", .user = "u", .password = "mat-khau"}, "GSSAPI");
}

TEST(KafkaSecurityTest, WhatPromisesRestOnIsNotForOthersToSet) {
  for (const char* property : {"ssl.ca.pem", "sasl.username", "socket.keepalive.enable",
                               "compression.type", "security.protocol", "client.rack"}) {
    EXPECT_TRUE(MayBeSet(property)) << property;
  }
  for (const char* property :
       {"acks", "enable.idempotence", "bootstrap.servers", "isolation.level", "auto.offset.reset",
        "enable.ssl.certificate.verification", "ssl.endpoint.identification.algorithm",
        "message.timeout.ms", "client.racks", "ssl", "check.crcs", "group.id", ""}) {
    EXPECT_FALSE(MayBeSet(property)) << property;
  }
}

}  // namespace
}  // namespace nhanrong::ledger

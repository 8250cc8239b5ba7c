#include "services/certificates/certificate.h"

#include <gmock/gmock.h>

#include "absl/time/clock.h"
#include "services/certificates/authority_test_kit.h"

namespace nhanrong::certificates {
namespace {

using ::testing::HasSubstr;

class CertificateTest : public ::testing::Test {
 protected:
  std::string Fault(const Identity& identity) {
    return std::string(CheckIdentity(identity, absl::Now()).status().message());
  }

  const TestAuthority authority_{"Cơ quan chứng thực thử"};
  const TestKey key_;
  const std::string certificate_ = authority_.Certify("may-chu", key_);
};

TEST_F(CertificateTest, TheSamePublicKeyIsTheSameCredentialHoweverOftenItIsCertified) {
  const TestAuthority other("khác");
  const auto one = ReadCertificate(certificate_);
  const auto renewed = ReadCertificate(other.Certify("tên khác", key_, absl::Hours(-2)));
  ASSERT_TRUE(one.ok() && renewed.ok());
  EXPECT_EQ(ToHex(AsBytes(one->public_key_sha256)), key_.public_key_sha256());
  EXPECT_EQ(one->public_key_sha256, renewed->public_key_sha256);
  const TestKey new_key;
  EXPECT_NE(ReadCertificate(authority_.Certify("may-chu", new_key))->public_key_sha256,
            one->public_key_sha256);
}

TEST_F(CertificateTest, SaysWhoseItIsAndHowLong) {
  const auto read = ReadCertificate(certificate_);
  EXPECT_EQ(read->subject, "CN=may-chu");
  EXPECT_LT(read->not_before, absl::Now());
  EXPECT_GT(read->not_after, absl::Now());
}

TEST_F(CertificateTest, AnIdentityIsShownIfEverythingFits) {
  EXPECT_TRUE(CheckIdentity({certificate_, key_.pem(), authority_.pem()}, absl::Now()).ok());
  EXPECT_TRUE(CheckIdentity({certificate_ + authority_.pem(), key_.pem(), ""}, absl::Now()).ok());
}

TEST_F(CertificateTest, WhatIsWrongIsNamed) {
  const TestKey other;
  EXPECT_THAT(Fault({"", key_.pem(), ""}), HasSubstr("no PEM certificate"));
  EXPECT_THAT(Fault({certificate_.substr(0, 200), key_.pem(), ""}),
              HasSubstr("no PEM certificate"));
  EXPECT_THAT(Fault({certificate_, "", ""}), HasSubstr("private key"));
  EXPECT_THAT(Fault({certificate_, other.pem(), ""}), HasSubstr("not that of the certificate"));
  EXPECT_THAT(Fault({certificate_, key_.pem(), "x"}), HasSubstr("authorities of clients"));
  const std::string ended = authority_.Certify("a", key_, absl::Hours(-2), absl::Hours(-1));
  EXPECT_THAT(Fault({ended, key_.pem(), ""}), HasSubstr("ended on"));
  const std::string early = authority_.Certify("a", key_, absl::Hours(1), absl::Hours(2));
  EXPECT_THAT(Fault({early, key_.pem(), ""}), HasSubstr("begins on"));
}

}  // namespace
}  // namespace nhanrong::certificates

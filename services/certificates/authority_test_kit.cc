#include "services/certificates/authority_test_kit.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "absl/time/clock.h"
#include "services/base/bytes.h"
#include "services/base/check.h"
#include "services/base/ids.h"

namespace nhanrong::certificates {
namespace {

EVP_PKEY* KeyOf(void* key) { return static_cast<EVP_PKEY*>(key); }
X509* CertificateOf(void* certificate) { return static_cast<X509*>(certificate); }

template <typename Write>
std::string Pem(const Write& write) {
  BIO* bio = BIO_new(BIO_s_mem());
  NR_CHECK(write(bio) == 1, "PEM is written");
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<std::size_t>(size));
  BIO_free(bio);
  return text;
}

void Extend(X509* certificate, X509* issuer, int nid, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value);
  NR_CHECK(extension != nullptr, "an extension of a certificate");
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

X509* Begin(const std::string& name, EVP_PKEY* key, absl::Time from, absl::Time to) {
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  const std::string serial = RandomBytes(8);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), ReadBigEndian64(serial) >> 1);
  ASN1_TIME_set(X509_getm_notBefore(certificate), absl::ToTimeT(from));
  ASN1_TIME_set(X509_getm_notAfter(certificate), absl::ToTimeT(to));
  X509_set_pubkey(certificate, key);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  return certificate;
}

}  // namespace

TestKey::TestKey() : key_(EVP_EC_gen("P-256")) { NR_CHECK(key_ != nullptr, "a key"); }
TestKey::~TestKey() { EVP_PKEY_free(KeyOf(key_)); }

std::string TestKey::pem() const {
  return Pem([this](BIO* bio) {
    return PEM_write_bio_PrivateKey(bio, KeyOf(key_), nullptr, nullptr, 0, nullptr, nullptr);
  });
}

std::string TestKey::public_key_sha256() const {
  unsigned char* der = nullptr;
  const int size = i2d_PUBKEY(KeyOf(key_), &der);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int digest_size = 0;
  EVP_Digest(der, static_cast<std::size_t>(size), digest, &digest_size, EVP_sha256(), nullptr);
  OPENSSL_free(der);
  return ToHex({reinterpret_cast<const char*>(digest), digest_size});
}

TestAuthority::TestAuthority(const std::string& name) : name_(name) {
  const absl::Time now = absl::Now();
  X509* certificate = Begin(name_, KeyOf(key_.key_), now - absl::Hours(24), now + absl::Hours(24));
  X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
  Extend(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
  Extend(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
  Extend(certificate, certificate, NID_subject_key_identifier, "hash");
  NR_CHECK(X509_sign(certificate, KeyOf(key_.key_), EVP_sha256()) > 0, "a signature");
  certificate_ = certificate;
}
TestAuthority::~TestAuthority() { X509_free(CertificateOf(certificate_)); }

std::string TestAuthority::pem() const {
  return Pem([this](BIO* bio) { return PEM_write_bio_X509(bio, CertificateOf(certificate_)); });
}

std::string TestAuthority::Certify(const std::string& name, const TestKey& key,
                                   absl::Duration before, absl::Duration after) const {
  const absl::Time now = absl::Now();
  X509* certificate = Begin(name, KeyOf(key.key_), now + before, now + after);
  X509* issuer = CertificateOf(certificate_);
  X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
  Extend(certificate, issuer, NID_basic_constraints, "CA:FALSE");
  Extend(certificate, issuer, NID_ext_key_usage, "serverAuth,clientAuth");
  Extend(certificate, issuer, NID_subject_alt_name, "IP:127.0.0.1,DNS:localhost");
  NR_CHECK(X509_sign(certificate, KeyOf(key_.key_), EVP_sha256()) > 0, "a signature");
  std::string pem = Pem([certificate](BIO* bio) { return PEM_write_bio_X509(bio, certificate); });
  X509_free(certificate);
  return pem;
}

std::string AgreedVersion(int port, TlsVersion newest) {
  constexpr int kVersions[] = {TLS1_1_VERSION, TLS1_2_VERSION, TLS1_3_VERSION};
  SSL_CTX* context = SSL_CTX_new(TLS_client_method());
  // Today's OpenSSL would not even offer old versions by itself.
  SSL_CTX_set_cipher_list(context, "DEFAULT@SECLEVEL=0");
  SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context, kVersions[static_cast<int>(newest)]);
  constexpr unsigned char kHttp2[] = {2, 'h', '2'};
  SSL_CTX_set_alpn_protos(context, kHttp2, sizeof kHttp2);
  BIO* connection = BIO_new_ssl_connect(context);
  BIO_set_conn_hostname(connection, ("127.0.0.1:" + std::to_string(port)).c_str());
  SSL* ssl = nullptr;
  BIO_get_ssl(connection, &ssl);
  std::string agreed = BIO_do_handshake(connection) == 1 ? SSL_get_version(ssl) : "";
  BIO_free_all(connection);
  SSL_CTX_free(context);
  return agreed;
}

}  // namespace nhanrong::certificates

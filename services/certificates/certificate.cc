#include "services/certificates/certificate.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>

namespace nhanrong::certificates {
namespace {

template <typename T, void (*free)(T*)>
struct Free {
  void operator()(T* handle) const { free(handle); }
};
using X509Handle = std::unique_ptr<X509, Free<X509, X509_free>>;
using KeyHandle = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY, EVP_PKEY_free>>;

struct FreeBio {
  void operator()(BIO* bio) const { BIO_free_all(bio); }
};
using BioHandle = std::unique_ptr<BIO, FreeBio>;

BioHandle Reading(const std::string& text) {
  return BioHandle(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

// A key with a pass phrase cannot be read: nobody is there to be asked.
int NoPassPhrase(char*, int, int, void*) { return 0; }

X509Handle NextCertificate(BIO& bio) {
  X509Handle found(PEM_read_bio_X509(&bio, nullptr, NoPassPhrase, nullptr));
  if (!found) ERR_clear_error();
  return found;
}

absl::Time TimeOf(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return absl::InfinitePast();
  return absl::FromTM(parts, absl::UTCTimeZone());
}

std::string SubjectOf(X509& certificate) {
  const BioHandle text(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(text.get(), X509_get_subject_name(&certificate), 0, XN_FLAG_RFC2253);
  char* data = nullptr;
  const long size = BIO_get_mem_data(text.get(), &data);
  return std::string(data, static_cast<std::size_t>(size));
}

Hash KeyHashOf(X509& certificate) {
  unsigned char* der = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(&certificate), &der);
  const std::string bytes(reinterpret_cast<const char*>(der),
                          size > 0 ? static_cast<std::size_t>(size) : 0);
  OPENSSL_free(der);
  return Sha256(bytes);
}

Certificate Read(X509& certificate) {
  return {KeyHashOf(certificate), TimeOf(X509_get0_notBefore(&certificate)),
          TimeOf(X509_get0_notAfter(&certificate)), SubjectOf(certificate)};
}

absl::Status Wrong(const std::string& what) { return absl::InvalidArgumentError(what); }

absl::Status CheckKey(const std::string& pem, X509& certificate) {
  const BioHandle bio = Reading(pem);
  const KeyHandle key(PEM_read_bio_PrivateKey(bio.get(), nullptr, NoPassPhrase, nullptr));
  const bool fits = key && X509_check_private_key(&certificate, key.get()) == 1;
  ERR_clear_error();
  if (!key) return Wrong("the key is no PEM private key without pass phrase");
  return fits ? absl::OkStatus() : Wrong("the key is not that of the certificate");
}

}  // namespace

absl::StatusOr<Certificate> ReadCertificate(const std::string& pem) {
  const BioHandle bio = Reading(pem);
  const X509Handle first = NextCertificate(*bio);
  if (!first) return Wrong("there is no PEM certificate");
  return Read(*first);
}

absl::StatusOr<Certificate> CheckIdentity(const Identity& identity, absl::Time now) {
  const BioHandle bio = Reading(identity.chain);
  const X509Handle first = NextCertificate(*bio);
  if (!first) return Wrong("there is no PEM certificate");
  if (absl::Status key = CheckKey(identity.key, *first); !key.ok()) return key;
  if (!identity.client_roots.empty() && !ReadCertificate(identity.client_roots).ok()) {
    return Wrong("there is no PEM certificate among the authorities of clients");
  }
  Certificate certificate = Read(*first);
  if (now >= certificate.not_after) {
    return Wrong("the certificate ended on " + absl::FormatTime(certificate.not_after));
  }
  if (now < certificate.not_before) {
    return Wrong("the certificate begins on " + absl::FormatTime(certificate.not_before));
  }
  return certificate;
}

}  // namespace nhanrong::certificates

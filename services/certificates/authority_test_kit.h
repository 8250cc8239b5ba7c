// A certificate authority for tests, made by OpenSSL at run time.
#pragma once

#include <memory>
#include <string>

#include "absl/time/time.h"

namespace nhanrong::certificates {

// A private key on P-256.
class TestKey {
 public:
  TestKey();
  ~TestKey();
  TestKey(const TestKey&) = delete;
  TestKey& operator=(const TestKey&) = delete;
  std::string pem() const;
  // SHA-256 of SubjectPublicKeyInfo, computed here; 64 hexadecimal digits.
  std::string public_key_sha256() const;

 private:
  friend class TestAuthority;
  void* key_;
};

class TestAuthority {
 public:
  explicit TestAuthority(const std::string& name);
  ~TestAuthority();
  TestAuthority(const TestAuthority&) = delete;
  TestAuthority& operator=(const TestAuthority&) = delete;

  // Its own certificate.
  std::string pem() const;
  // A certificate for a server of 127.0.0.1 and localhost, or for a client of this name, over the
  // hours around now that are given.
  std::string Certify(const std::string& name, const TestKey& key,
                      absl::Duration before = absl::Hours(-1),
                      absl::Duration after = absl::Hours(1)) const;

 private:
  const std::string name_;
  TestKey key_;
  void* certificate_;
};

enum class TlsVersion { kOneOne, kOneTwo, kOneThree };
// What a client that speaks nothing newer agrees on with the server at this port of 127.0.0.1:
// "TLSv1.2"; empty: nothing.
std::string AgreedVersion(int port, TlsVersion newest);

}  // namespace nhanrong::certificates

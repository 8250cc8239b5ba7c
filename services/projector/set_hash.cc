#include "services/projector/set_hash.h"

#include <openssl/evp.h>

#include <bit>
#include <cstring>
#include <memory>

#include "services/base/check.h"

namespace nhanrong::projector {
namespace {

static_assert(std::endian::native == std::endian::little, "lanes are kept little-endian");

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeDigest {
  void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
};

// One context for each thread: making one costs more than hashing a small row.
class Shake128 {
 public:
  Shake128() : digest_(EVP_MD_fetch(nullptr, "SHAKE128", nullptr)), context_(EVP_MD_CTX_new()) {
    NR_CHECK(digest_ != nullptr && context_ != nullptr, "OpenSSL has SHAKE-128");
  }
  void Start() {
    NR_CHECK(EVP_DigestInit_ex2(context_.get(), digest_.get(), nullptr) == 1, "SHAKE-128 starts");
  }
  void Update(std::string_view bytes) {
    NR_CHECK(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1,
             "SHAKE-128 goes on");
  }
  void Finish(void* out, std::size_t size) {
    NR_CHECK(EVP_DigestFinalXOF(context_.get(), static_cast<unsigned char*>(out), size) == 1,
             "SHAKE-128 ends");
  }

 private:
  std::unique_ptr<EVP_MD, FreeDigest> digest_;
  std::unique_ptr<EVP_MD_CTX, FreeContext> context_;
};

}  // namespace

std::optional<SetHash> SetHash::FromState(std::string_view bytes) {
  if (bytes.size() != kStateBytes) return std::nullopt;
  SetHash hash;
  std::memcpy(hash.lanes_.data(), bytes.data(), kStateBytes);
  return hash;
}

void SetHash::Add(std::string_view key, Position position, std::string_view value) {
  thread_local Shake128 shake;
  // Both lengths stand in front, so that no two elements have the same bytes.
  std::string head;
  AppendBigEndian64(head, key.size());
  AppendBigEndian64(head, value.size());
  AppendBigEndian64(head, position.value());
  std::array<std::uint16_t, kLanes> element;
  shake.Start();
  shake.Update(head);
  shake.Update(key);
  shake.Update(value);
  shake.Finish(element.data(), kStateBytes);
  for (std::size_t i = 0; i < kLanes; ++i) lanes_[i] += element[i];
}

void SetHash::Combine(const SetHash& other) {
  for (std::size_t i = 0; i < kLanes; ++i) lanes_[i] += other.lanes_[i];
}

std::string SetHash::State() const {
  return std::string(reinterpret_cast<const char*>(lanes_.data()), kStateBytes);
}

Hash SetHash::Digest() const { return Sha256(State()); }

}  // namespace nhanrong::projector

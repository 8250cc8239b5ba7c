// The digest of a read model: a homomorphic hash of a set, LtHash with 1,024 lanes of 16 bits over
// SHAKE-128 (Bellare and Micciancio 1997; Lewi, Kim, Maykov, Weis, "Securing Update Propagation
// with Homomorphic Hashing", IACR ePrint 2019/227). Each element hashes to 2,048 bytes; the state
// is their sum lane by lane, so order and batches do not matter, and an element is added without
// reading the others.
//
// Pure; distinct objects may be used by distinct threads. Cannot fail: an error of OpenSSL aborts.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/base/bytes.h"
#include "services/base/strong.h"

namespace nhanrong::projector {

class SetHash {
 public:
  // The parameters of the paper for 200 bits of security.
  static constexpr std::size_t kLanes = 1'024;
  static constexpr std::size_t kStateBytes = kLanes * sizeof(std::uint16_t);

  // The empty set.
  SetHash() = default;
  // Of State(). Absent unless `bytes` has kStateBytes of them.
  static std::optional<SetHash> FromState(std::string_view bytes);

  // Adds the row version (key, position, stored value with its tag). Each is added once: the sum
  // counts.
  void Add(std::string_view key, Position position, std::string_view value);
  // Adds all elements of `other`.
  void Combine(const SetHash& other);

  // Lanes in order, little-endian.
  std::string State() const;
  // SHA-256 of the state.
  Hash Digest() const;

  friend bool operator==(const SetHash&, const SetHash&) = default;

 private:
  std::array<std::uint16_t, kLanes> lanes_{};
};

}  // namespace nhanrong::projector

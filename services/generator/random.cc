#include "services/generator/random.h"

#include <bit>

#include "services/base/check.h"

namespace nhanrong::generator {
namespace {

std::uint64_t SplitMix(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

// FNV-1a.
std::uint64_t HashOf(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

}  // namespace

Random::Random(std::uint64_t seed, std::string_view purpose) {
  std::uint64_t state = SplitMix(seed) ^ HashOf(purpose);
  for (std::uint64_t& word : state_) word = SplitMix(state);
}

std::uint64_t Random::Next() {
  const std::uint64_t next = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return next;
}

std::uint64_t Random::Below(std::uint64_t bound) {
  NR_CHECK(bound > 0 && bound < std::uint64_t{1} << 32, "a bound of 32 bits");
  return (Next() >> 32) * bound >> 32;
}

int Random::Between(int low, int high) {
  return low + static_cast<int>(Below(static_cast<std::uint64_t>(high - low) + 1));
}

std::uint64_t Random::Times(std::uint64_t parts, std::uint64_t whole) {
  return parts / whole + (Below(whole) < parts % whole ? 1 : 0);
}

}  // namespace nhanrong::generator

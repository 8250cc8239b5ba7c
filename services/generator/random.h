// Pseudo-random numbers of a fixed algorithm: the same seed gives the same numbers on every
// machine.
//
// xoshiro256** (Blackman, Vigna), seeded by SplitMix64. The standard library's distributions are
// not used: what they give is implementation-defined. Not for secrets. Not thread-safe.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace nhanrong::generator {

class Random {
 public:
  // Numbers that depend on seed and purpose alone: a new purpose does not shift those of another.
  Random(std::uint64_t seed, std::string_view purpose);

  std::uint64_t Next();
  // 0..bound-1. REQUIRES: 0 < bound < 2^32.
  std::uint64_t Below(std::uint64_t bound);
  // Both inclusive. REQUIRES: low <= high.
  int Between(int low, int high);
  bool InThousand(std::uint64_t chances) { return Below(1'000) < chances; }
  // A whole number whose mean is parts / whole: the rest decides by chance. REQUIRES: 0 < whole <
  // 2^32.
  std::uint64_t Times(std::uint64_t parts, std::uint64_t whole);
  // REQUIRES: not empty.
  template <typename Range>
  auto& Pick(Range& range) {
    return range[static_cast<std::size_t>(Below(std::size(range)))];
  }

 private:
  std::array<std::uint64_t, 4> state_;
};

}  // namespace nhanrong::generator

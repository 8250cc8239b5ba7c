// Typed views of states, for the tables of aggregates.
#pragma once

#include <initializer_list>
#include <memory>

#include "services/domain/aggregate/stream.h"

namespace nhanrong::domain {

template <typename S>
std::unique_ptr<State> Empty() {
  return std::make_unique<S>();
}

// REQUIRES: `state` was made by Empty<S>.
template <typename S>
const S& As(const State& state) {
  return static_cast<const S&>(state);
}
template <typename S>
S& As(State& state) {
  return static_cast<S&>(state);
}

// A set of statuses, for tables of which fact may come in which status.
template <typename E>
constexpr unsigned In(std::initializer_list<E> statuses) {
  unsigned set = 0;
  for (const E status : statuses) set |= 1u << static_cast<unsigned>(status);
  return set;
}

// One row of such a table.
struct MayCome {
  v1::Fact::KindCase fact;
  unsigned in;
};

// Whether some row lets `fact` come in `status`.
template <typename E, std::size_t n>
bool Allows(const MayCome (&rows)[n], E status, const v1::Fact& fact) {
  for (const MayCome& row : rows) {
    if (row.fact == fact.kind_case()) return (row.in >> static_cast<unsigned>(status) & 1u) != 0;
  }
  return false;
}

}  // namespace nhanrong::domain

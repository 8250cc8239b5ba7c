// Typed views of states, for the tables of aggregates.
#pragma once

#include <initializer_list>
#include <memory>
#include <string_view>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/generated_enum_reflection.h"
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

// "DRAFT" for MODEL_STATUS_DRAFT with prefix "MODEL_STATUS_"; "ABSENT" for 0, "UNKNOWN" for a
// status of a later version.
template <typename E>
std::string_view StatusName(E status, std::string_view prefix) {
  if (status == E{}) return "ABSENT";
  const auto* value = google::protobuf::GetEnumDescriptor<E>()->FindValueByNumber(status);
  return value == nullptr ? "UNKNOWN" : std::string_view(value->name()).substr(prefix.size());
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

// Numbers that cannot be mixed up: Strong<Tag, Rep> converts neither in nor out by itself.
#pragma once

#include <compare>
#include <cstdint>

namespace nhanrong {

template <typename Tag, typename Rep = std::uint64_t>
class Strong {
 public:
  constexpr Strong() = default;
  constexpr explicit Strong(Rep value) : value_(value) {}
  constexpr Rep value() const { return value_; }
  constexpr Strong next() const { return Strong(value_ + 1); }
  friend constexpr auto operator<=>(const Strong&, const Strong&) = default;

 private:
  Rep value_{};
};

// Place of an accepted commit in its ledger, dense from 0. Not a Kafka offset.
using Position = Strong<struct PositionTag>;
// Place of an event in its stream, dense from 0.
using Revision = Strong<struct RevisionTag>;
// Place of a record in the log of an engine (a Kafka offset, a record number). Stays inside the
// reader: nothing outside the process ever sees it.
using Place = Strong<struct PlaceTag>;

}  // namespace nhanrong

// Reservation: the stream "reserved/<kind>/<value>", which says who holds a unique value on which
// days.
//
// No command writes it: it follows the streams whose states hold the value.
#pragma once

#include <string>
#include <vector>

#include "services/domain/aggregate/aggregate.h"

namespace nhanrong::domain {

struct ReservationState final : State {
  // ISO dates, half open; empty: without limit on that side.
  struct Span {
    std::string holder;
    std::string valid_from;
    std::string valid_to;
  };
  std::vector<Span> spans;

  // The span in which `day` (ISO) lies; null: nobody holds the value on that day.
  const Span* HolderOn(const std::string& day) const;
};

extern const AggregateType kReservation;

// A fact of a reservation stream.
struct ReservationFact {
  std::string stream;
  v1::Fact fact;
};

// What changes in the reservation streams when the state of `holder` goes from `before` to `after`,
// in the order to be written: releases first. A value that another stream holds on one of the days
// breaks
// "<kind>.taken" at `at` / Reservation::field, or at `at` itself where `whole` says so.
std::vector<ReservationFact> MoveReservations(const std::string& holder, const Stream& before,
                                              const Stream& after, World& world, const Field& at,
                                              bool whole);

}  // namespace nhanrong::domain

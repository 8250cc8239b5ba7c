// Reservation: the stream "reserved/<kind>/<value>", which says who holds a unique value on which
// days.
//
// No command writes it: it follows the streams whose states hold the value. "reserved/use/<stream>"
// says in the same way which streams rest on <stream>; that many may hold at once.
#pragma once

#include <set>
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
    bool shared = false;
  };
  std::vector<Span> spans;

  // The span in which `day` (ISO) lies; null: nobody holds the value on that day.
  const Span* HolderOn(const std::string& day) const;
};

extern const AggregateType kReservation;

// "reserved/use/<stream>".
std::string UseStream(const std::string& stream);
// The streams on which this one rests (AggregateType::rests_on).
std::set<std::string> StreamsUnder(const Stream& stream);

// What the stream holds, its uses of other streams included.
std::vector<Reservation> ReservationsOf(const Stream& stream);

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

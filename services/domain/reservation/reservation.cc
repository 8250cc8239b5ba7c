#include "services/domain/reservation/reservation.h"

#include <algorithm>

#include "services/domain/aggregate/states.h"

namespace nhanrong::domain {
namespace {

using Span = ReservationState::Span;

// ISO dates order as text; an absent start is before all, an absent end after all.
bool Exclude(const Span& a, const Span& b) {
  if (a.shared && b.shared) return a.holder == b.holder;
  const bool a_ends_first = !a.valid_to.empty() && a.valid_to <= b.valid_from;
  const bool b_ends_first = !b.valid_to.empty() && b.valid_to <= a.valid_from;
  return !a_ends_first && !b_ends_first;
}

Span SpanOf(const v1::ValueReserved& told) {
  return {told.holder(), told.valid_from(), told.valid_to(), told.shared()};
}

auto Find(const std::vector<Span>& spans, const std::string& holder, const std::string& from) {
  return std::find_if(spans.begin(), spans.end(), [&](const Span& span) {
    return span.holder == holder && span.valid_from == from;
  });
}

void Evolve(State& state, const StreamFact& fact) {
  auto& spans = As<ReservationState>(state).spans;
  if (fact.fact.has_value_reserved()) {
    spans.push_back(SpanOf(fact.fact.value_reserved()));
  } else if (fact.fact.has_value_released()) {
    const v1::ValueReleased& told = fact.fact.value_released();
    const auto held = Find(spans, told.holder(), told.valid_from());
    if (held != spans.end()) spans.erase(held);
  }
}

bool MayFollow(const State& state, const v1::Fact& fact) {
  const auto& spans = As<ReservationState>(state).spans;
  if (fact.has_value_released()) {
    const v1::ValueReleased& told = fact.value_released();
    return Find(spans, told.holder(), told.valid_from()) != spans.end();
  }
  if (!fact.has_value_reserved()) return false;
  const Span wanted = SpanOf(fact.value_reserved());
  return std::none_of(spans.begin(), spans.end(),
                      [&](const Span& span) { return Exclude(span, wanted); });
}

std::string_view StateName(const State& state) {
  return As<ReservationState>(state).spans.empty() ? "ABSENT" : "HELD";
}

constexpr FactRule kFacts[] = {{.kind = v1::Fact::kValueReserved},
                               {.kind = v1::Fact::kValueReleased}};

// Reservations of `a` that `b` does not have.
std::vector<Reservation> Without(const std::vector<Reservation>& a,
                                 const std::vector<Reservation>& b) {
  std::vector<Reservation> rest;
  for (const Reservation& one : a) {
    if (std::find(b.begin(), b.end(), one) == b.end()) rest.push_back(one);
  }
  return rest;
}

void CheckFree(const Stream& stream, const Reservation& wanted, const std::string& holder,
               const Field& at) {
  const Span span = {holder, wanted.valid_from, wanted.valid_to, wanted.shared};
  for (const Span& held : stream.as<ReservationState>().spans) {
    if (held.holder == holder || !Exclude(held, span)) continue;
    at.Break(TakenRule(wanted.stream), held.holder);
    return;
  }
}

}  // namespace

const Span* ReservationState::HolderOn(const std::string& day) const {
  for (const Span& span : spans) {
    const bool started = span.valid_from <= day;
    if (started && (span.valid_to.empty() || day < span.valid_to)) return &span;
  }
  return nullptr;
}

std::string UseStream(const std::string& stream) { return "reserved/use/" + stream; }

std::set<std::string> StreamsUnder(const Stream& stream) {
  const auto rests_on = stream.type().rests_on;
  return rests_on == nullptr ? std::set<std::string>() : rests_on(stream.state());
}

std::vector<Reservation> ReservationsOf(const Stream& stream) {
  const auto reservations = stream.type().reservations;
  std::vector<Reservation> held;
  if (reservations != nullptr) held = reservations(stream.state());
  for (const std::string& ground : StreamsUnder(stream)) {
    held.push_back({UseStream(ground), "", "", "", true});
  }
  return held;
}

const AggregateType kReservation = {
    .prefix = "reserved",
    .facts = kFacts,
    .empty = Empty<ReservationState>,
    .evolve = Evolve,
    .may_follow = MayFollow,
    .state_name = StateName,
    .correctable = Correctable::kNever,
};

std::vector<ReservationFact> MoveReservations(const std::string& holder, const Stream& before,
                                              const Stream& after, World& world, const Field& at,
                                              bool whole) {
  const std::vector<Reservation> held = ReservationsOf(before);
  const std::vector<Reservation> wanted = ReservationsOf(after);
  std::vector<ReservationFact> facts;
  for (const Reservation& released : Without(held, wanted)) {
    world.Read(released.stream);
    v1::ValueReleased& told =
        *facts.emplace_back(ReservationFact{released.stream, {}}).fact.mutable_value_released();
    told.set_holder(holder);
    told.set_valid_from(released.valid_from);
  }
  for (const Reservation& added : Without(wanted, held)) {
    CheckFree(world.Read(added.stream), added, holder, whole ? at : at / added.field);
    v1::ValueReserved& told =
        *facts.emplace_back(ReservationFact{added.stream, {}}).fact.mutable_value_reserved();
    told.set_holder(holder);
    told.set_valid_from(added.valid_from);
    told.set_valid_to(added.valid_to);
    told.set_shared(added.shared);
  }
  return facts;
}

}  // namespace nhanrong::domain

// Decides a command: state, expectation, dates, units, the fact's own rules, reservations.
#include "services/base/check.h"
#include "services/domain/aggregate/demands.h"
#include "services/domain/aggregate/envelope.h"
#include "services/domain/aggregate/message_fields.h"
#include "services/domain/aggregate/order.h"
#include "services/domain/aggregate/target.h"
#include "services/domain/correction/correction.h"
#include "services/domain/reservation/reservation.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {
namespace {

// A document explains the early date of what is recorded from it; other facts need a reason.
bool CheckDates(const Request& request, const CommandType& type, const Stream& stream,
                const v1::Fact& fact, const DayRange& days, Violations& found) {
  const v1::Submission& submission = request.submission;
  const Field at(found, "occurred_on");
  CheckNotFuture(at, days, request.today);
  CheckSourcesIssued(submission, request.today, found);
  if (const auto broken = CheckOrder(stream.facts(), fact, days)) {
    at.Break(broken->rule, DayText(broken->not_before));
  }
  const bool backdated = IsBackdated(stream.facts(), days, request.today);
  const bool explained = !submission.reason().empty() || type.document_only;
  if (backdated && !explained) Field(found, "reason").Break(Rule::kDateBackdatedReason);
  return backdated;
}

}  // namespace

tl::expected<std::vector<v1::Event>, Violations> Decide(const Request& request, World& world) {
  const CommandType* type = FindCommand(request.submission.command().kind_case());
  NR_CHECK(type != nullptr, "a command of the catalogue: CheckFields comes first");
  if (type->aggregate == nullptr) return DecideCorrection(request, world);
  const v1::Submission& submission = request.submission;
  const std::string name = TargetStream(request);
  const Stream& stream = world.Read(name);
  const v1::Fact fact = MadeFact(*type, request);
  const DayRange days = KnownDays(submission.occurred_on(), submission.sources(), request.today);

  Violations found;
  const Field at = CommandField(submission.command(), found);
  CheckExpectation(submission, stream, found);
  const bool may_follow = stream.type().may_follow(stream.state(), fact);
  if (!may_follow) {
    TargetField(*type, at).Break(StateRule(stream.type().prefix),
                                 std::string(stream.type().state_name(stream.state())));
  }
  const bool backdated = CheckDates(request, *type, stream, fact, days, found);
  CheckDemands({name, fact, stream.state(), days, request.by, request.role, nullptr, at}, world);

  Stream after = stream;
  after.Apply(AsStreamFact(request, fact, days));
  std::vector<ReservationFact> moves;
  if (may_follow) {
    moves = MoveReservations(name, stream, after, world, at, false);
    CheckUnitOfStream(name, after, fact, days, world, Field(found, "occurred_on"));
    CheckAfter({name, stream.state(), after.state(), request.today, at}, after.type(), world);
  }
  if (!found.empty()) return tl::unexpected(std::move(found));

  std::vector<v1::Event> events = {MakeEvent(request, name, fact, backdated)};
  FillUnit(events.front(), after, world, days.latest);
  for (const ReservationFact& move : moves) {
    events.push_back(MakeConsequence(request, move.stream, move.fact));
  }
  return events;
}

}  // namespace nhanrong::domain

#include "services/domain/correction/correction.h"

#include <algorithm>

#include "services/domain/aggregate/demands.h"
#include "services/domain/aggregate/envelope.h"
#include "services/domain/aggregate/message_fields.h"
#include "services/domain/aggregate/order.h"
#include "services/domain/aggregate/target.h"
#include "services/domain/correction/rights.h"
#include "services/domain/reservation/reservation.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {
namespace {

// A correction or annulment on its way: what it names, and the stream before and after it.
struct Change {
  const Request& request;
  std::string name;
  const Stream& before;
  std::size_t index;  // of the named fact among the facts in force
  v1::Fact fact;      // FactCorrected or FactAnnulled
  DayRange days;      // of the named fact, as it will be
  DayRange sent;      // of the correction itself
  Field at;           // of the command

  const StreamFact& wrong() const { return before.facts()[index]; }
  bool corrects() const { return fact.has_fact_corrected(); }
  // Of its own date, and of the one to which it moves the fact.
  bool is_backdated() const {
    if (IsBackdated({}, sent, request.today)) return true;
    if (!corrects() || !fact.fact_corrected().has_occurred_on()) return false;
    std::vector<StreamFact> others = before.facts();
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(index));
    return IsBackdated(others, days, request.today);
  }
};

// The place of the named event among the facts in force; absent, with the reason, when it is not
// there.
std::optional<std::size_t> FindNamed(const Stream& stream, const v1::Command& command,
                                     const std::string& event_id, const Field& at) {
  const auto& corrections = stream.corrections();
  const bool correction = std::count(corrections.begin(), corrections.end(), event_id) > 0;
  if (correction || stream.type().correctable == Correctable::kNever) {
    at.Break(Rule::kCorrectionNotCorrectable);
    return std::nullopt;
  }
  const StreamFact* named = NamedFact(stream, command);
  if (named == nullptr) {
    at.Break(Rule::kCorrectionNotInForce);
    return std::nullopt;
  }
  const FactRule* rule = FindFactRule(named->fact.kind_case());
  if (rule != nullptr && rule->irrevocable) {
    at.Break(Rule::kCorrectionNotCorrectable);
    return std::nullopt;
  }
  return static_cast<std::size_t>(named - stream.facts().data());
}

// The replacement in the place of the fact: its type, its fields, its date, its own rules.
void CheckReplacement(const Change& change, World& world) {
  const StreamFact& wrong = change.wrong();
  const v1::FactCorrected& correction = change.fact.fact_corrected();
  const v1::Fact& replacement = correction.replacement();
  const Field at = change.at / "replacement";
  if (replacement.kind_case() != wrong.fact.kind_case()) {
    return at.Break(Rule::kCorrectionType, FactType(wrong.fact));
  }
  const Field at_fact = at / KindName(replacement);
  const FactRule* rule = FindFactRule(replacement.kind_case());
  if (wrong.from_document && rule->check_fields != nullptr) {
    rule->check_fields(replacement, at_fact, Told::kByDocument);
  }
  const std::span<const StreamFact> earlier(change.before.facts().data(), change.index);
  if (correction.has_occurred_on()) {
    CheckNotFuture(change.at / "occurred_on", change.days, change.request.today);
    if (const auto broken = CheckOrder(earlier, replacement, change.days)) {
      (change.at / "occurred_on").Break(broken->rule, DayText(broken->not_before));
    }
  }
  const AggregateType& type = change.before.type();
  const std::unique_ptr<State> state = type.empty();
  for (const StreamFact& fact : earlier) type.evolve(*state, fact);
  CheckDemands(
      {change.name, replacement, *state, change.days, wrong.by, wrong.role, &wrong.fact, at_fact},
      world);
}

// What the change would bring to the facts after it and to the reservations.
std::vector<ReservationFact> CheckConsequences(const Change& change, const Stream& after,
                                               World& world) {
  const std::size_t next = change.corrects() ? change.index + 1 : change.index;
  if (const auto broken = FirstBroken(after.type(), change.name, after.facts(), next)) {
    (change.at / "event_id").Break(Rule::kCorrectionBreaksLater, *broken);
  }
  if (const auto shaken = FirstShaken(change.name, change.before, after, world)) {
    (change.at / "event_id").Break(Rule::kCorrectionBreaksOther, *shaken);
  }
  CheckAfter({change.name, change.before.state(), after.state(), change.request.today,
              change.at / "event_id"},
             after.type(), world);
  if (!change.corrects()) {
    return MoveReservations(change.name, change.before, after, world, change.at / "event_id", true);
  }
  const Field at = change.at / "replacement" / KindName(change.fact.fact_corrected().replacement());
  return MoveReservations(change.name, change.before, after, world, at, false);
}

std::vector<v1::Event> EventsOf(const Change& change, const Stream& after, World& world,
                                const std::vector<ReservationFact>& moves) {
  const Request& request = change.request;
  std::vector<v1::Event> events = {
      MakeEvent(request, change.name, change.fact, change.is_backdated())};
  if (request.submission.classification() == v1::CLASSIFICATION_UNSPECIFIED) {
    events.front().set_classification(change.wrong().classification);
  }
  // An annulled first fact leaves no state: the event then names the unit as it was.
  const bool left = !UnitOf(change.name, after).empty() && !after.facts().empty();
  FillUnit(events.front(), left ? after : change.before, world, change.days.latest);
  for (const ReservationFact& move : moves) {
    events.push_back(MakeConsequence(request, move.stream, move.fact));
  }
  return events;
}

}  // namespace

tl::expected<std::vector<v1::Event>, Violations> DecideCorrection(const Request& request,
                                                                  World& world) {
  const v1::Submission& submission = request.submission;
  Violations found;
  const Field at = CommandField(submission.command(), found);
  const std::string name = TargetStream(request);
  const Stream& before = world.Read(name);
  CheckExpectation(submission, before, found);
  const DayRange sent = KnownDays(submission.occurred_on(), submission.sources(), request.today);
  CheckNotFuture(Field(found, "occurred_on"), sent, request.today);
  CheckSourcesIssued(submission, request.today, found);
  v1::Fact fact = CorrectionFact(submission.command());
  const std::string event_id = TextAt(KindMessage(fact), "event_id");
  const auto index = FindNamed(before, submission.command(), event_id, at / "event_id");
  if (!index) return tl::unexpected(std::move(found));

  const bool moves_date = fact.has_fact_corrected() && fact.fact_corrected().has_occurred_on();
  const DayRange days = moves_date ? KnownDays(fact.fact_corrected().occurred_on(),
                                               submission.sources(), request.today)
                                   : before.facts()[*index].days;
  const Change change{request, name, before, *index, std::move(fact), days, sent, at};
  CheckRights(request, before.type(), change.wrong(), at / "event_id");
  CheckDeclassifies(request, before.type(), change.wrong(), Field(found, "classification"));
  if (change.corrects()) CheckReplacement(change, world);
  if (!found.empty()) return tl::unexpected(std::move(found));

  Stream after = before;
  after.Apply(AsStreamFact(request, change.fact, days));
  const std::vector<ReservationFact> moves = CheckConsequences(change, after, world);
  if (!found.empty()) return tl::unexpected(std::move(found));
  return EventsOf(change, after, world, moves);
}

}  // namespace nhanrong::domain

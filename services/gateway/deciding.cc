// One try at one submission: who sends it, is it answered already, what does the domain say,
// propose it.
#include <algorithm>
#include <set>
#include <utility>

#include "services/domain/rules/rules.h"
#include "services/domain/values/dates.h"
#include "services/gateway/ledger_gateway.h"
#include "services/gateway/record_writer.h"
#include "services/gateway/simulated_time.h"

namespace nhanrong::gateway {

struct LedgerGateway::Attempt {
  Number number;
  Pending& pending;
  access::Caller caller;
  absl::Time now;
  absl::CivilDay today;
};

namespace {

domain::Request RequestOf(const v1::Submission& submission, const access::Caller& caller,
                          absl::Time now, absl::CivilDay today) {
  return {.submission = submission,
          .by = {caller.actor_id, "", caller.subject_id},
          .agency_id = caller.agency.agency_id(),
          .on_behalf_of_agency_id = submission.on_behalf_of_agency_id(),
          .role = v1::ROLE_UNSPECIFIED,
          .today = today,
          .now = now,
          .ledger = submission.ledger()};
}

void SignFor(const access::Authority& authority, domain::Request& request) {
  request.role = authority.grant.role;
  if (!authority.acting_for) return;
  request.by.principal_actor_id = authority.acting_for->principal_actor_id();
  request.by.principal_subject_id = authority.acting_for->principal_subject_id();
  request.on_behalf_of_agency_id = authority.acting_for->principal_agency().agency_id();
}

using Answer = tl::expected<std::vector<v1::Event>, domain::Violations>;

// Refused for the role alone.
bool IsForTheRole(const Answer& answer) {
  const std::string_view rule = domain::RuleName(domain::Rule::kCorrectionRights);
  return !answer && std::all_of(answer.error().begin(), answer.error().end(),
                                [&](const auto& broken) { return broken.rule == rule; });
}

// Decides under the first grant under which the domain says yes; where it never does, under the
// first whose role is not what is wrong. Roles decide who may correct what, so grants are not
// alike. `authority` keeps the grant that was used.
Answer DecideUnder(access::Authority& authority, domain::Request& request, DecisionWorld& world) {
  SignFor(authority, request);
  Answer best = domain::Decide(request, world);
  for (const access::Grant& other : authority.others) {
    if (best) break;
    request.role = other.role;
    Answer answer = domain::Decide(request, world);
    if (!answer && (!IsForTheRole(best) || IsForTheRole(answer))) continue;
    authority.grant = other;
    best = std::move(answer);
  }
  request.role = authority.grant.role;
  return best;
}

// Scope is judged by the map of today or, for what lies in the past, by the map of that day.
struct DatedMap {
  DecisionWorld& world;
  absl::CivilDay today;
  absl::CivilDay day_of_fact;

  static bool Within(void* map, std::string_view unit_id, std::string_view scope_unit_id) {
    DatedMap& dated = *static_cast<DatedMap*>(map);
    return dated.world.Within(unit_id, scope_unit_id, dated.today) ||
           dated.world.Within(unit_id, scope_unit_id, dated.day_of_fact);
  }
};

absl::CivilDay DayOfFact(const v1::Submission& submission, absl::CivilDay today) {
  return domain::KnownDays(submission.occurred_on(), submission.sources(), today).latest;
}

// Broken where this program would stop at the record that the command asks for. It does not depend
// on the ledger, and another program can take the command: so it is no refusal.
domain::Violations RuleVersionKnown(const v1::Command& command, std::uint32_t known) {
  domain::Violations found;
  if (command.switch_rule_version().version() <= known) return found;
  (domain::Field(found, "command") / "switch_rule_version" / "version")
      .Break(domain::Rule::kLedgerRuleVersionUnknown, std::to_string(known));
  return found;
}

std::set<std::string> TouchedStreams(const DecisionWorld& world, const v1::Record& record) {
  std::set<std::string> touched;
  for (const auto& [stream, state] : world.read()) touched.insert(stream);
  for (const v1::StreamHead& write : record.writes()) touched.insert(write.stream());
  for (const v1::StreamHead& read : record.reads()) touched.insert(read.stream());
  return touched;
}

}  // namespace

void LedgerGateway::Try(Number number) {
  const auto found = pending_.find(number);
  if (found == pending_.end() || !HasItsTurn(number)) return;
  if (const auto outcome = TryOnce(number, *found->second)) Settle(number, *outcome);
}

std::optional<Outcome> LedgerGateway::TryOnce(Number number, Pending& pending) {
  Attempt attempt{number, pending, {}, {}, {}};
  if (const absl::Status following = parts_.follower.following(); !following.ok()) {
    return Unavailable{std::string(following.message())};
  }
  if (!parts_.follower.admission().ledger_id()) return Unavailable{"this ledger is not open yet"};
  if (auto outcome = SetTime(attempt)) return outcome;
  auto caller = access::Authenticate(parts_.streams, pending.proof, attempt.today);
  if (!caller) return caller.error();
  attempt.caller = *std::move(caller);
  if (!pending.broken_fields.empty()) return Invalid{pending.broken_fields};

  const std::string& agency_id = attempt.caller.agency.agency_id();
  const std::string& submission_id = pending.submission.submission_id();
  if (const auto closed = parts_.follower.admission().ClosedBy(agency_id, submission_id)) {
    GiveTurnToNext(number);  // it proposes nothing
    AnswerClosed(number, *closed);
    return std::nullopt;
  }
  pending.id_key = agency_id + "/" + submission_id;
  const auto [same, first] = by_id_.try_emplace(pending.id_key, number);
  if (!first && same->second != number) {
    // Another copy is on its way. This one may come from another actor or with another content, so
    // it waits for what becomes of that one, and is then looked at anew.
    pending_.at(same->second)->behind.push_back(number);
    return std::nullopt;
  }
  return DecideAndPropose(attempt);
}

// ADMISSION rule 13, on a real clock.
absl::Status LedgerGateway::ClockStatus(absl::Time now) const {
  const ledger::Admission& admission = parts_.follower.admission();
  const absl::Duration behind = admission.last_recorded_at() - now;
  if (admission.genesis().simulated_clock() || behind <= ledger::kClockSkewMax) {
    return absl::OkStatus();
  }
  return absl::UnavailableError("the clock of this gateway is " +
                                absl::FormatDuration(absl::Trunc(behind, absl::Seconds(1))) +
                                " behind the ledger; it does not write");
}

// What is in flight counts as recorded: how far this gateway has folded makes no difference.
std::optional<Outcome> LedgerGateway::SetSimulatedTime(Attempt& attempt) {
  const v1::Submission& submission = attempt.pending.submission;
  attempt.now = std::max(parts_.follower.admission().last_recorded_at(), last_proposed_at_);
  if (!submission.has_simulated_recorded_at()) return std::nullopt;
  const auto& told = submission.simulated_recorded_at();
  const absl::Time stated = absl::FromUnixSeconds(told.seconds()) + absl::Nanoseconds(told.nanos());
  const absl::Time last = std::min(attempt.now + kSimulatedStepMax, kSimulatedTimeMax);
  if (stated < kSimulatedTimeMin || stated > last) {
    return Invalid{{{std::string(domain::RuleName(domain::Rule::kTimestampRange)),
                     "simulated_recorded_at", absl::FormatTime(last, absl::UTCTimeZone())}}};
  }
  attempt.now = std::max(attempt.now, stated);
  return std::nullopt;
}

// On a simulated clock the submission says when it is recorded; on a real one nobody but the
// gateway does.
std::optional<Outcome> LedgerGateway::SetTime(Attempt& attempt) {
  const ledger::Admission& admission = parts_.follower.admission();
  const v1::Submission& submission = attempt.pending.submission;
  attempt.now = parts_.clock.Now();
  if (admission.genesis().simulated_clock()) {
    if (auto outcome = SetSimulatedTime(attempt)) return outcome;
  } else if (submission.has_simulated_recorded_at()) {
    return Invalid{{{std::string(domain::RuleName(domain::Rule::kClockNotSimulated)),
                     "simulated_recorded_at", ""}}};
  } else if (const absl::Status clock = ClockStatus(attempt.now); !clock.ok()) {
    return Unavailable{std::string(clock.message())};
  }
  attempt.now = std::max(attempt.now, admission.last_recorded_at());
  attempt.today = absl::ToCivilDay(attempt.now, VietnamTimeZone());
  return std::nullopt;
}

std::optional<Outcome> LedgerGateway::DecideAndPropose(Attempt& attempt) {
  const v1::Submission& submission = attempt.pending.submission;
  domain::Request request = RequestOf(submission, attempt.caller, attempt.now, attempt.today);
  const std::string target = domain::TargetStream(request);
  Claim(attempt.number, attempt.pending, target);
  if (WaitsBehind(attempt.number, target)) return std::nullopt;

  DecisionWorld world(parts_.streams, parts_.national);
  // That the agency works is a part of the decision: its suspension voids what did not see it.
  world.Read("agency/" + request.agency_id);
  const std::vector<std::string> units = domain::ScopeUnits(request, world);
  DatedMap map{world, attempt.today, DayOfFact(submission, attempt.today)};
  const access::AskedCommand asked{.command = submission.command().kind_case(),
                                   .unit_ids = units,
                                   .grant_id = submission.grant_id(),
                                   .delegation_id = submission.delegation_id(),
                                   .on_behalf_of_agency_id = submission.on_behalf_of_agency_id(),
                                   .reads = domain::ReadsNeeded(request, world)};
  auto authority =
      access::AuthorityFor(attempt.caller, asked, attempt.today, world, {&map, &DatedMap::Within});
  if (!authority) return authority.error();
  if (auto unknown =
          RuleVersionKnown(submission.command(), parts_.follower.admission().rule_version_known());
      !unknown.empty()) {
    return Invalid{std::move(unknown)};
  }
  auto answer = DecideUnder(*authority, request, world);
  if (answer) domain::NumberEvents(request, world, *answer);
  std::optional<National::Known> national;
  if (world.read_national()) {
    national = parts_.national->known();
    if (!national || national->commits < national_cited_) {
      return Unavailable{"this gateway has not yet read the reference data that the ledger cites"};
    }
  }
  const Decision decision{submission,     attempt.pending.command_hash,
                          attempt.caller, *authority,
                          attempt.now,    std::move(answer)};
  const v1::Record record =
      RecordOf(decision, target, world, national, parts_.follower.admission());
  for (const std::string& stream : TouchedStreams(world, record)) {
    if (const auto unknown = parts_.streams.Unfoldable(stream); !unknown.empty()) {
      return Unavailable{
          "stream " + stream +
          " holds an event of a type that this version does not know: " + std::string(unknown)};
    }
    if (WaitsBehind(attempt.number, stream)) return std::nullopt;
  }
  return Propose(attempt, record);
}

void LedgerGateway::Claim(Number number, Pending& pending, const std::string& target) {
  pending.target = target;
  claims_[target].insert(number);
}

// Earlier ones first: what they are about to write is not decided on before it is known.
bool LedgerGateway::WaitsBehind(Number number, const std::string& stream) {
  if (const auto claim = claims_.find(stream); claim != claims_.end()) {
    const auto not_before = claim->second.lower_bound(number);
    if (not_before != claim->second.begin()) {
      pending_.at(*std::prev(not_before))->behind.push_back(number);
      return true;
    }
  }
  const auto writer = writers_.find(stream);
  if (writer == writers_.end()) return false;
  in_flight_.at(writer->second).behind.push_back(number);
  return true;
}

std::optional<Outcome> LedgerGateway::Propose(Attempt& attempt, const v1::Record& record) {
  std::string bytes = record.SerializeAsString();
  if (bytes.size() > ledger::kRecordBytesMax) {
    return Invalid{{{std::string(domain::RuleName(domain::Rule::kSubmissionTooLarge)), "",
                     std::to_string(bytes.size())}}};
  }
  last_proposed_at_ = std::max(last_proposed_at_, attempt.now);
  const std::string leaf(AsBytes(LeafHash(bytes)));
  RecordInFlight& flight = in_flight_[leaf];
  flight.pending = attempt.number;
  if (record.has_events()) {
    for (const v1::StreamHead& write : record.writes()) {
      flight.writes.push_back(write.stream());
      writers_[write.stream()] = leaf;
    }
  }
  appends_.Began();
  parts_.log.Append(std::move(bytes), [this, leaf](const absl::StatusOr<Place>& place) {
    appends_.Ended(leaf, place.status());
  });
  GiveTurnToNext(attempt.number);
  return std::nullopt;
}

}  // namespace nhanrong::gateway

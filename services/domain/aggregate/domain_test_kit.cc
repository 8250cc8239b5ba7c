#include "services/domain/aggregate/domain_test_kit.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "services/base/ids.h"
#include "services/domain/aggregate/sample_acts_test_kit.h"
#include "services/domain/reservation/reservation.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {
namespace {

constexpr absl::CivilDay kToday(2026, 3, 10);

}  // namespace

std::string Id(const std::string& name) { return DerivedUlid(absl::FromUnixSeconds(1), name); }

Act Act::By(const std::string& name) const {
  Act act = *this;
  act.actor = Id(name);
  return act;
}

Act Act::For(const std::string& name) const {
  Act act = *this;
  act.principal = Id(name);
  return act;
}

Act Act::OnBehalfOf(const std::string& agency_name) const {
  Act act = *this;
  act.represented = Id(agency_name);
  return act;
}

Act Act::Being(const std::string& name) const {
  Act act = *this;
  act.subject = Id(name);
  return act;
}

Act Act::Of(const std::string& agency_name) const {
  Act act = *this;
  act.agency = Id(agency_name);
  return act;
}

Act Act::As(v1::Role other) const {
  Act act = *this;
  act.role = other;
  return act;
}

Act Act::On(const std::string& date, v1::DatePrecision precision) const {
  Act act = *this;
  act.submission.mutable_occurred_on()->set_value(date);
  act.submission.mutable_occurred_on()->set_precision(precision);
  return act;
}

Act Act::Undated() const {
  Act act = *this;
  act.submission.clear_occurred_on();
  return act;
}

Act Act::Because(const std::string& reason) const {
  Act act = *this;
  act.submission.set_reason(reason);
  return act;
}

Act Act::FromDocument() const {
  Act act = *this;
  act.submission.set_channel(v1::INGEST_CHANNEL_MIGRATION);
  if (act.submission.sources().empty()) *act.submission.add_sources() = SampleSource();
  return act;
}

Act Act::Classified(v1::Classification classification) const {
  Act act = *this;
  act.submission.set_classification(classification);
  return act;
}

Act Act::Expecting(std::uint64_t revision) const {
  Act act = *this;
  act.submission.set_expected_revision(revision);
  return act;
}

Act Act::ExpectingNothing() const {
  Act act = *this;
  act.submission.set_expect_absent(true);
  return act;
}

Act Act::Again(int n) const {
  Act act = *this;
  act.submission.set_submission_id(absl::StrFormat("00000000-0000-4000-8000-%012d", n));
  return act;
}

Act ActOf(const v1::Command& command) {
  Act act;
  act.submission.set_ledger("tinh-thu");
  *act.submission.mutable_command() = command;
  act.actor = Id("An");
  act.agency = Id("Sở A");
  return act.On(DayText(kToday)).Again(0);
}

DomainTest::DomainTest() : today_(kToday) {
  OpenLedger();
  Given(BaseActs());
}

void DomainTest::OpenLedger() {
  const Act nothing = ActOf({});
  v1::Fact opened;
  opened.mutable_ledger_opened()->set_name(nothing.submission.ledger());
  std::vector<v1::Event> events(1);
  events[0].set_stream("ledger/" + nothing.submission.ledger());
  SetFact(events[0], opened);
  world_.Commit(RequestOf(nothing), events);
}

Request DomainTest::RequestOf(const Act& act) const {
  const absl::Time noon = absl::FromCivil(absl::CivilHour(today_) + 12, absl::UTCTimeZone());
  return {.submission = act.submission,
          .by = {act.actor, act.principal, act.subject},
          .agency_id = act.agency,
          .on_behalf_of_agency_id = act.represented,
          .role = act.role,
          .today = today_,
          .now = noon - absl::Hours(7),
          .ledger = act.submission.ledger()};
}

Outcome DomainTest::When(const Act& act) {
  const Act own = act.Again(++sent_);
  Outcome outcome;
  outcome.violations = CheckFields(own.submission);
  if (!outcome.violations.empty()) return outcome;
  const Request request = RequestOf(own);
  auto decided = Decide(request, world_);
  if (!decided) {
    outcome.violations = decided.error();
    return outcome;
  }
  outcome.events = *std::move(decided);
  world_.Commit(request, outcome.events);
  return outcome;
}

void DomainTest::Given(const std::vector<Act>& acts) {
  for (const Act& act : acts) {
    const Outcome outcome = When(act);
    ASSERT_THAT(Broken(outcome), ::testing::IsEmpty()) << act.submission.DebugString();
  }
}

std::string DomainTest::EventId(const std::string& stream, std::size_t n) {
  return world_.History(stream).at(n).event_id;
}

std::string DomainTest::StateName(const std::string& stream) {
  const Stream& read = world_.Read(stream);
  return std::string(read.type().state_name(read.state()));
}

std::vector<std::string> Types(const Outcome& outcome) {
  std::vector<std::string> types;
  for (const v1::Event& event : outcome.events) {
    if (event.stream().starts_with(UseStream(""))) continue;
    types.push_back(event.type().substr(event.type().rfind('.') + 1));
  }
  return types;
}

std::vector<std::string> Broken(const Outcome& outcome) {
  std::vector<std::string> broken;
  for (const Violation& violation : outcome.violations) {
    broken.push_back(violation.rule + "@" + violation.field);
  }
  return broken;
}

bool HasBroken(const Outcome& outcome, const std::string& rule) {
  return std::any_of(outcome.violations.begin(), outcome.violations.end(),
                     [&](const Violation& violation) { return violation.rule == rule; });
}

}  // namespace nhanrong::domain

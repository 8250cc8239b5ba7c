#include "services/domain/aggregate/demands.h"

#include "services/domain/aggregate/target.h"
#include "services/domain/unit/unit.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {

void CheckUnitStands(const Field& at, const std::string& unit_id, const DayRange& days,
                     World& world) {
  const auto& unit = world.ReadUnit(unit_id).as<UnitState>();
  if (!unit.established) {
    at.Break(Rule::kUnitUnknown);
  } else if (!unit.KnownOn(days.latest)) {
    at.Break(Rule::kUnitNotOnDay, DayText(unit.start));
  } else if (unit.AbolishedOn(days.earliest)) {
    at.Break(Rule::kUnitAbolished, DayText(*unit.end));
  }
}

void CheckUnitOfStream(const std::string& stream_name, const Stream& after, const v1::Fact& fact,
                       const DayRange& days, World& world, const Field& at) {
  const bool lies_in_one = &after.type() != &kUnit && !after.type().outlives_its_unit;
  if (!lies_in_one || !UnitOf(fact).empty()) return;
  const std::string unit_id = UnitOf(stream_name, after);
  if (unit_id.empty()) return;
  const auto& unit = world.ReadUnit(unit_id).as<UnitState>();
  if (unit.AbolishedOn(days.earliest)) at.Break(Rule::kUnitAbolished, DayText(*unit.end));
}

void CheckExpectation(const v1::Submission& submission, const Stream& stream, Violations& found) {
  const std::string actual = stream.exists() ? std::to_string(stream.events() - 1) : "ABSENT";
  if (submission.expect_absent() && stream.exists()) {
    Field(found, "expect_absent").Break(Rule::kStreamExpectedRevision, actual);
  }
  if (submission.expect_case() == v1::Submission::kExpectedRevision &&
      actual != std::to_string(submission.expected_revision())) {
    Field(found, "expected_revision").Break(Rule::kStreamExpectedRevision, actual);
  }
}

void CheckDemands(const NextFact& next, World& world) {
  const FactRule* rule = FindFactRule(next.fact.kind_case());
  if (rule == nullptr) return;
  CheckGround(next, world);
  if (rule->check_state != nullptr) rule->check_state(next);
  if (rule->check_world != nullptr) rule->check_world(next, world);
}

void CheckGround(const NextFact& next, World& world) {
  const FactRule* rule = FindFactRule(next.fact.kind_case());
  if (rule == nullptr) return;
  const std::string unit_id = UnitOf(next.fact);
  if (!unit_id.empty()) CheckUnitStands(next.at / rule->unit_field, unit_id, next.days, world);
  if (rule->check_ground != nullptr) rule->check_ground(next, world);
}

void CheckSourcesIssued(const v1::Submission& submission, absl::CivilDay today, Violations& found) {
  const Field sources(found, "sources");
  for (int i = 0; i < submission.sources_size(); ++i) {
    const auto issued = ParseDay(submission.sources(i).issued_on());
    if (issued && *issued > today) {
      (sources[i] / "issued_on").Break(Rule::kDateFuture, DayText(today));
    }
  }
}

void CheckAfter(const StreamChange& change, const AggregateType& type, World& world) {
  if (type.check_after != nullptr) type.check_after(change, world);
}

}  // namespace nhanrong::domain

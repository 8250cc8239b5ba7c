#include "services/domain/aggregate/order.h"

#include <algorithm>

#include "services/domain/values/dates.h"
#include "services/domain/values/limits.h"

namespace nhanrong::domain {
namespace {

bool IsStep(const v1::Fact& fact) {
  const FactRule* rule = FindFactRule(fact.kind_case());
  return rule != nullptr && rule->life_cycle_step;
}

}  // namespace

std::optional<OutOfOrder> CheckOrder(std::span<const StreamFact> before, const v1::Fact& fact,
                                     const DayRange& days) {
  if (before.empty()) return std::nullopt;
  if (IsStep(fact)) {
    const auto last = std::find_if(before.rbegin(), before.rend(),
                                   [](const StreamFact& there) { return IsStep(there.fact); });
    if (last != before.rend() && days.latest < last->days.earliest) {
      return OutOfOrder{Rule::kDateBeforeLastStep, last->days.earliest};
    }
  }
  const absl::CivilDay start = before.front().days.earliest;
  if (days.latest < start) return OutOfOrder{Rule::kDateBeforeStart, start};
  return std::nullopt;
}

bool IsBackdated(std::span<const StreamFact> before, const DayRange& days, absl::CivilDay today) {
  if (today - days.latest > kBackdatedAfterDays) return true;
  return std::any_of(before.begin(), before.end(),
                     [&](const StreamFact& there) { return days.latest < there.days.latest; });
}

void CheckNotFuture(const Field& at, const DayRange& days, absl::CivilDay today) {
  if (days.earliest > today) at.Break(Rule::kDateFuture, DayText(today));
}

}  // namespace nhanrong::domain

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
    std::optional<absl::CivilDay> not_before;
    for (const StreamFact& there : before) {
      if (IsStep(there.fact))
        not_before = std::max(there.days.earliest, not_before.value_or(there.days.earliest));
    }
    if (not_before && days.latest < *not_before) {
      return OutOfOrder{Rule::kDateBeforeLastStep, *not_before};
    }
  }
  const absl::CivilDay start = before.front().days.earliest;
  if (days.latest < start) return OutOfOrder{Rule::kDateBeforeStart, start};
  return std::nullopt;
}

void BoundByLater(std::span<absl::CivilDay> known) {
  for (std::size_t i = known.size(); i > 1; --i) {
    known[i - 2] = std::min(known[i - 2], known[i - 1]);
  }
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

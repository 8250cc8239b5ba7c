#include "services/domain/correction/rights.h"

#include <algorithm>
#include <vector>

namespace nhanrong::domain {
namespace {

std::vector<v1::Role> RolesOf(const AggregateType& type, const FactRule* rule) {
  if (rule != nullptr && rule->correcting_role != v1::ROLE_UNSPECIFIED) {
    std::vector<v1::Role> roles = {rule->correcting_role};
    if (rule->other_correcting_role != v1::ROLE_UNSPECIFIED) {
      roles.push_back(rule->other_correcting_role);
    }
    return roles;
  }
  switch (type.correctable) {
    case Correctable::kByAdministrator:
      return {v1::ROLE_ADMINISTRATOR};
    case Correctable::kByMapSteward:
      return {v1::ROLE_MAP_STEWARD};
    case Correctable::kByRecorder:
      return {v1::ROLE_PROVINCIAL_OFFICE, v1::ROLE_COMPETENT_AUTHORITY};
    case Correctable::kNever:
      return {};
  }
  return {};
}

// Whether the sender, or whom he represents, is the agency that recorded the fact or had it
// recorded.
bool IsOfRecorder(const Request& request, const StreamFact& fact) {
  const auto is_one = [&](const std::string& agency) {
    return !agency.empty() && (agency == fact.agency_id || agency == fact.on_behalf_of_agency_id);
  };
  return is_one(request.agency_id) || is_one(request.on_behalf_of_agency_id);
}

}  // namespace

void CheckRights(const Request& request, const AggregateType& type, const StreamFact& fact,
                 const Field& at) {
  const FactRule* rule = FindFactRule(fact.fact.kind_case());
  const std::vector<v1::Role> roles = RolesOf(type, rule);
  if (std::count(roles.begin(), roles.end(), request.role) > 0) return;
  const bool by_recorder = type.correctable == Correctable::kByRecorder &&
                           (rule == nullptr || rule->correcting_role == v1::ROLE_UNSPECIFIED);
  if (by_recorder && IsOfRecorder(request, fact)) return;
  const std::string recorder = by_recorder ? "agency/" + fact.agency_id + ", " : std::string();
  at.Break(Rule::kCorrectionRights, recorder + RoleNames(roles));
}

void CheckDeclassifies(const Request& request, const AggregateType& type, const StreamFact& fact,
                       const Field& at) {
  const v1::Classification said = request.submission.classification();
  if (said == v1::CLASSIFICATION_UNSPECIFIED || said >= fact.classification) return;
  const std::vector<v1::Role> roles = RolesOf(type, nullptr);
  if (std::count(roles.begin(), roles.end(), request.role) > 0) return;
  at.Break(Rule::kCorrectionClassification, RoleNames(roles));
}

}  // namespace nhanrong::domain

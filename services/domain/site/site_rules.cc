#include "services/domain/site/site_rules.h"

#include <algorithm>
#include <vector>

#include "services/domain/aggregate/decision.h"
#include "services/domain/aggregate/states.h"
#include "services/domain/model/model.h"
#include "services/domain/site/site.h"
#include "services/domain/values/dates.h"

namespace nhanrong::domain {
namespace {

const v1::SiteDescription& DescriptionOf(const v1::Fact& fact) {
  return fact.has_site_started() ? fact.site_started().description()
                                 : fact.site_recorded_from_document().description();
}

// A model that never was in use is named for its state. What a site did first-hand came after the
// model was first in use; a document may tell of older sites.
void ModelIsKnown(const NextFact& next, World& world) {
  const Field at = next.at / "description" / "model_id";
  const auto& model = world.Read("model/" + DescriptionOf(next.fact).model_id()).as<ModelState>();
  if (model.status == v1::MODEL_STATUS_UNSPECIFIED) return at.Break(Rule::kSiteModelUnknown);
  if (!next.fact.has_site_started()) return;
  if (!model.in_use_from) {
    at.Break(Rule::kSiteModelState, std::string(ModelStatusName(model.status)));
  } else if (next.days.latest < *model.in_use_from) {
    at.Break(Rule::kModelBeforeUse, DayText(*model.in_use_from));
  }
}

void CopiedSiteIsKnown(const NextFact& next, World& world) {
  const std::string copied = "site/" + DescriptionOf(next.fact).origin().from_site_id();
  const bool known = copied != next.stream &&
                     world.Read(copied).as<SiteState>().status != v1::SITE_STATUS_UNSPECIFIED;
  if (!known) (next.at / "description" / "origin" / "from_site_id").Break(Rule::kSiteOriginUnknown);
}

std::vector<v1::Role> RolesOnLevel(v1::VerificationLevel level) {
  switch (level) {
    case v1::VERIFICATION_LEVEL_COMMUNE_CONFIRMED:
      return {v1::ROLE_COMMUNE_LEADER};
    case v1::VERIFICATION_LEVEL_DEPARTMENT_VERIFIED:
      return {v1::ROLE_DEPARTMENT_SPECIALIST};
    default:
      return {v1::ROLE_DEPARTMENT_SPECIALIST, v1::ROLE_PROVINCIAL_OFFICE,
              v1::ROLE_COMPETENT_AUTHORITY};
  }
}

}  // namespace

void SiteModelIsInUse(const NextFact& next, World& world) {
  const std::string& model_id = DescriptionOf(next.fact).model_id();
  if (next.corrected != nullptr && DescriptionOf(*next.corrected).model_id() == model_id) return;
  const auto& model = world.Read("model/" + model_id).as<ModelState>();
  if (!model.in_use_from || model.in_use()) return;
  (next.at / "description" / "model_id")
      .Break(Rule::kSiteModelState, std::string(ModelStatusName(model.status)));
}

void SitePartsAreKnown(const NextFact& next, World& world) {
  ModelIsKnown(next, world);
  if (!DescriptionOf(next.fact).origin().from_site_id().empty()) CopiedSiteIsKnown(next, world);
}

void SiteMayBeInspected(const NextFact& next) {
  const v1::SiteInspected& told = next.fact.site_inspected();
  const auto& site = As<SiteState>(next.before);
  const auto is_inspector = [&](const Signatories& reporter) {
    return ShareAPerson(reporter, next.by);
  };
  if (std::any_of(site.reporters.begin(), site.reporters.end(), is_inspector)) {
    next.at.Break(Rule::kSiteOwnInspection);
  }
  const std::vector<v1::Role> roles = RolesOnLevel(told.level());
  if (std::count(roles.begin(), roles.end(), next.role) == 0) {
    (next.at / "level").Break(Rule::kSiteLevelRole, RoleNames(roles));
  }
  if (!told.confirmed_report_id().empty() &&
      !site.report_ids.contains(told.confirmed_report_id())) {
    (next.at / "confirmed_report_id").Break(Rule::kSiteReportUnknown);
  }
}

void SiteTransferChanges(const NextFact& next, World&) {
  const v1::SiteTransferred& told = next.fact.site_transferred();
  const v1::SiteDescription& present = As<SiteState>(next.before).description;
  const bool moves = !told.to_unit_id().empty() && told.to_unit_id() != present.unit_id();
  const bool changes_hands =
      told.has_to_owner() && told.to_owner().subject_id() != present.owner().subject_id();
  if (!moves && !changes_hands) next.at.Break(Rule::kTransferSame);
}

void SiteRevisionChanges(const NextFact& next, World&) {
  const v1::SiteDescriptionRevised& told = next.fact.site_description_revised();
  const v1::SiteDescription& present = As<SiteState>(next.before).description;
  const bool same = told.name() == present.name() && told.particulars().SerializeAsString() ==
                                                         present.particulars().SerializeAsString();
  if (same) next.at.Break(Rule::kRevisionSame);
}

}  // namespace nhanrong::domain

// The life of a site, and the tables of its event types and commands.
#include "services/domain/site/site.h"

#include "services/domain/aggregate/states.h"
#include "services/domain/site/site_checks.h"
#include "services/domain/site/site_rules.h"

namespace nhanrong::domain {
namespace {

using C = v1::Command;
using F = v1::Fact;

constexpr auto kAbsent = v1::SITE_STATUS_UNSPECIFIED;
constexpr auto kOperating = v1::SITE_STATUS_OPERATING;
constexpr auto kFundingEnded = v1::SITE_STATUS_FUNDING_ENDED;
constexpr auto kStopped = v1::SITE_STATUS_STOPPED;

constexpr unsigned kLive = In({kOperating, kFundingEnded});

constexpr MayCome kLifeCycle[] = {
    {F::kSiteStarted, In({kAbsent})},         {F::kSiteRecordedFromDocument, In({kAbsent})},
    {F::kSiteOutputReported, kLive},          {F::kSiteInspected, kLive | In({kStopped})},
    {F::kSiteFundingEnded, In({kOperating})}, {F::kSiteTransferred, kLive},
    {F::kSiteDescriptionRevised, kLive},      {F::kSiteStopped, kLive},
};

void Begin(SiteState& site, v1::SiteStatus status, const v1::SiteDescription& description,
           const StreamFact& fact) {
  site.status = status;
  site.description = description;
  site.reporters.push_back(fact.by);
}

void Transfer(SiteState& site, const v1::SiteTransferred& told) {
  if (!told.to_unit_id().empty()) site.description.set_unit_id(told.to_unit_id());
  if (told.has_to_owner()) *site.description.mutable_owner() = told.to_owner();
}

void Evolve(State& state, const StreamFact& fact) {
  auto& site = As<SiteState>(state);
  const v1::Fact& told = fact.fact;
  switch (told.kind_case()) {
    case F::kSiteStarted:
      Begin(site, kOperating, told.site_started().description(), fact);
      break;
    case F::kSiteRecordedFromDocument: {
      const v1::SiteRecordedFromDocument& document = told.site_recorded_from_document();
      Begin(site, document.stated_status(), document.description(), fact);
      break;
    }
    case F::kSiteOutputReported:
      site.reporters.push_back(fact.by);
      site.report_ids.insert(fact.event_id);
      break;
    case F::kSiteInspected:
      if (told.site_inspected().result() == v1::INSPECTION_RESULT_NOT_FOUND) {
        site.status = v1::SITE_STATUS_INVALIDATED;
      }
      break;
    case F::kSiteFundingEnded:
      site.status = kFundingEnded;
      break;
    case F::kSiteTransferred:
      Transfer(site, told.site_transferred());
      break;
    case F::kSiteDescriptionRevised:
      site.description.set_name(told.site_description_revised().name());
      *site.description.mutable_particulars() = told.site_description_revised().particulars();
      break;
    case F::kSiteStopped:
      site.status = kStopped;
      break;
    default:  // facts of other aggregates
      break;
  }
}

bool MayFollow(const State& state, const v1::Fact& fact) {
  return Allows(kLifeCycle, As<SiteState>(state).status, fact);
}

std::string_view StateName(const State& state) {
  return StatusName(As<SiteState>(state).status, "SITE_STATUS_");
}

std::set<std::string> RestsOn(const State& state) {
  const v1::SiteDescription& description = As<SiteState>(state).description;
  std::set<std::string> streams;
  if (!description.model_id().empty()) streams.insert("model/" + description.model_id());
  const std::string& from = description.origin().from_site_id();
  if (!from.empty()) streams.insert("site/" + from);
  return streams;
}

bool CarriesSame(const State& a, const State& b) {
  return (As<SiteState>(a).status == kAbsent) == (As<SiteState>(b).status == kAbsent);
}

std::string UnitId(const State& state) { return As<SiteState>(state).description.unit_id(); }

constexpr FactRule kFacts[] = {
    {.kind = F::kSiteStarted,
     .life_cycle_step = true,
     .unit_field = "description.unit_id",
     .check_fields = CheckSiteStarted,
     .check_world = SiteModelIsInUse,
     .check_ground = SitePartsAreKnown},
    {.kind = F::kSiteOutputReported, .check_fields = CheckSiteOutput},
    // Who is inspected does not take the inspection back.
    {.kind = F::kSiteInspected,
     .life_cycle_step = true,
     .correcting_role = v1::ROLE_DEPARTMENT_SPECIALIST,
     .other_correcting_role = v1::ROLE_COMPETENT_AUTHORITY,
     .check_fields = CheckSiteInspected,
     .check_state = SiteMayBeInspected},
    {.kind = F::kSiteFundingEnded, .life_cycle_step = true, .check_fields = CheckSiteFundingEnded},
    {.kind = F::kSiteTransferred,
     .life_cycle_step = true,
     .unit_field = "to_unit_id",
     .check_fields = CheckSiteTransferred,
     .check_world = SiteTransferChanges},
    {.kind = F::kSiteDescriptionRevised,
     .life_cycle_step = true,
     .check_fields = CheckSiteRevised,
     .check_world = SiteRevisionChanges},
    {.kind = F::kSiteStopped, .life_cycle_step = true, .check_fields = CheckSiteStopped},
    {.kind = F::kSiteRecordedFromDocument,
     .life_cycle_step = true,
     .unit_field = "description.unit_id",
     .check_fields = CheckSiteFromDocument,
     .check_ground = SitePartsAreKnown},
};

constexpr CommandType kCommands[] = {
    {.kind = C::kStartSite, .aggregate = &kSite, .makes = F::kSiteStarted, .begins = true},
    {.kind = C::kRecordSiteOutput, .aggregate = &kSite, .makes = F::kSiteOutputReported},
    {.kind = C::kInspectSite, .aggregate = &kSite, .makes = F::kSiteInspected},
    {.kind = C::kEndFunding, .aggregate = &kSite, .makes = F::kSiteFundingEnded},
    {.kind = C::kTransferSite, .aggregate = &kSite, .makes = F::kSiteTransferred},
    {.kind = C::kReviseDescription, .aggregate = &kSite, .makes = F::kSiteDescriptionRevised},
    {.kind = C::kStopSite, .aggregate = &kSite, .makes = F::kSiteStopped},
    {.kind = C::kRecordSiteFromDocument,
     .aggregate = &kSite,
     .makes = F::kSiteRecordedFromDocument,
     .begins = true,
     .document_only = true},
};

}  // namespace

const AggregateType kSite = {
    .prefix = "site",
    .facts = kFacts,
    .empty = Empty<SiteState>,
    .evolve = Evolve,
    .may_follow = MayFollow,
    .state_name = StateName,
    .rests_on = RestsOn,
    .carries_same = CarriesSame,
    .unit_id = UnitId,
};

const std::span<const CommandType> kSiteCommands = kCommands;

}  // namespace nhanrong::domain

#include "services/domain/site/site.h"

#include "services/domain/aggregate/states.h"
#include "services/domain/model/model.h"
#include "services/domain/values/checks.h"

namespace nhanrong::domain {
namespace {

constexpr auto kAbsent = v1::SITE_STATUS_UNSPECIFIED;
constexpr auto kOperating = v1::SITE_STATUS_OPERATING;
constexpr auto kStopped = v1::SITE_STATUS_STOPPED;

constexpr MayCome kLifeCycle[] = {
    {v1::Fact::kSiteStarted, In({kAbsent})},
    {v1::Fact::kSiteRecordedFromDocument, In({kAbsent})},
    {v1::Fact::kSiteOutputReported, In({kOperating})},
    {v1::Fact::kSiteStopped, In({kOperating})},
};

void Evolve(State& state, const StreamFact& fact) {
  auto& site = As<SiteState>(state);
  if (fact.fact.has_site_started()) {
    site.status = kOperating;
    site.description = fact.fact.site_started().description();
  } else if (fact.fact.has_site_recorded_from_document()) {
    site.status = fact.fact.site_recorded_from_document().stated_status();
    site.description = fact.fact.site_recorded_from_document().description();
  } else if (fact.fact.has_site_stopped()) {
    site.status = kStopped;
  }
}

bool MayFollow(const State& state, const v1::Fact& fact) {
  return Allows(kLifeCycle, As<SiteState>(state).status, fact);
}

std::string_view StateName(const State& state) {
  switch (As<SiteState>(state).status) {
    case kAbsent:
      return "ABSENT";
    case kOperating:
      return "OPERATING";
    case kStopped:
      return "STOPPED";
    default:
      return "UNKNOWN";
  }
}

std::string UnitId(const State& state) { return As<SiteState>(state).description.unit_id(); }

const v1::SiteDescription& DescriptionOf(const v1::Fact& fact) {
  return fact.has_site_started() ? fact.site_started().description()
                                 : fact.site_recorded_from_document().description();
}

void CheckDescription(const Field& at, bool present, const v1::SiteDescription& description) {
  if (!present) return at.Break(Rule::kFieldRequired);
  CheckText(at / "name", description.name(), kSiteName);
  CheckUlid(at / "unit_id", description.unit_id(), Presence::kRequired);
  CheckUlid(at / "model_id", description.model_id(), Presence::kRequired);
  CheckEnum(at / "origin" / "kind", description.origin().kind());
  const Field from = at / "origin" / "from_site_id";
  CheckUlid(from, description.origin().from_site_id(), Presence::kOptional);
  const bool copied = description.origin().kind() == v1::SiteOrigin::KIND_REPLICATION;
  if (!copied && !description.origin().from_site_id().empty()) from.Break(Rule::kSiteOriginSource);
  if (description.has_owner()) CheckSubject(at / "owner", description.owner());
}

void CheckStarted(const v1::Fact& fact, const Field& at, Told) {
  const v1::SiteStarted& told = fact.site_started();
  CheckDescription(at / "description", told.has_description(), told.description());
  if (told.description().origin().kind() == v1::SiteOrigin::KIND_NOT_STATED) {
    (at / "description" / "origin" / "kind").Break(Rule::kSiteOriginNotStated);
  }
}

void CheckFromDocument(const v1::Fact& fact, const Field& at, Told) {
  const v1::SiteRecordedFromDocument& told = fact.site_recorded_from_document();
  CheckDescription(at / "description", told.has_description(), told.description());
  CheckEnum(at / "stated_status", told.stated_status());
}

void CheckOutput(const v1::Fact& fact, const Field& at, Told told_by) {
  const v1::SiteOutputReported& told = fact.site_output_reported();
  CheckListLength(at / "outputs", told.outputs_size(), 1, kMaxFigures);
  CheckQuantities(at / "outputs", told.outputs(), told_by);
  CheckText(at / "note", told.note(), kNote);
}

void CheckStopped(const v1::Fact& fact, const Field& at, Told) {
  CheckEnum(at / "stop_reason", fact.site_stopped().stop_reason());
  CheckText(at / "note", fact.site_stopped().note(), kNote);
}

// The model and the copied site are known; a site that starts needs a model in use. What a
// correction leaves as it was is not asked again: the model may have been closed since.
void PartsAreKnown(const NextFact& next, World& world) {
  const v1::SiteDescription& told = DescriptionOf(next.fact);
  const v1::SiteDescription before =
      next.corrected != nullptr ? DescriptionOf(*next.corrected) : v1::SiteDescription();
  const Field at = next.at / "description";
  if (told.model_id() != before.model_id()) {
    const auto status = world.Read("model/" + told.model_id()).as<ModelState>().status;
    const bool in_use = status == v1::MODEL_STATUS_PILOTING || status == v1::MODEL_STATUS_ACTIVE;
    if (status == v1::MODEL_STATUS_UNSPECIFIED) {
      (at / "model_id").Break(Rule::kSiteModelUnknown);
    } else if (next.fact.has_site_started() && !in_use) {
      (at / "model_id").Break(Rule::kSiteModelState, std::string(ModelStatusName(status)));
    }
  }
  const std::string& from = told.origin().from_site_id();
  if (from.empty() || from == before.origin().from_site_id()) return;
  const std::string copied = "site/" + from;
  const bool known = copied != next.stream && world.Read(copied).as<SiteState>().status != kAbsent;
  if (!known) (at / "origin" / "from_site_id").Break(Rule::kSiteOriginUnknown);
}

constexpr FactRule kFacts[] = {
    {.kind = v1::Fact::kSiteStarted,
     .life_cycle_step = true,
     .unit_field = "description.unit_id",
     .check_fields = CheckStarted,
     .check_world = PartsAreKnown},
    {.kind = v1::Fact::kSiteOutputReported, .check_fields = CheckOutput},
    {.kind = v1::Fact::kSiteStopped, .life_cycle_step = true, .check_fields = CheckStopped},
    {.kind = v1::Fact::kSiteRecordedFromDocument,
     .life_cycle_step = true,
     .unit_field = "description.unit_id",
     .check_fields = CheckFromDocument,
     .check_world = PartsAreKnown},
};

constexpr CommandType kCommands[] = {
    {.kind = v1::Command::kStartSite,
     .aggregate = &kSite,
     .makes = v1::Fact::kSiteStarted,
     .begins = true},
    {.kind = v1::Command::kRecordSiteOutput,
     .aggregate = &kSite,
     .makes = v1::Fact::kSiteOutputReported},
    {.kind = v1::Command::kStopSite, .aggregate = &kSite, .makes = v1::Fact::kSiteStopped},
    {.kind = v1::Command::kRecordSiteFromDocument,
     .aggregate = &kSite,
     .makes = v1::Fact::kSiteRecordedFromDocument,
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
    .unit_id = UnitId,
};

const std::span<const CommandType> kSiteCommands = kCommands;

}  // namespace nhanrong::domain

// Who looks at sites, on which level, and what is found.
#include <utility>

#include "services/generator/envelopes.h"
#include "services/generator/parts.h"
#include "services/generator/picking.h"
#include "services/generator/words.h"

namespace nhanrong::generator {
namespace {

constexpr std::uint64_t kDeficiencies = 80;  // in a thousand

v1::Submission Begin(const Moment& at, Site& site, v1::VerificationLevel level,
                     v1::InspectionResult result) {
  v1::Submission submission = BeginStep(at, site.days);
  v1::InspectSite& told = *submission.mutable_command()->mutable_inspect_site();
  told.set_site_id(site.id);
  told.set_level(level);
  told.set_result(result);
  if (result != v1::INSPECTION_RESULT_CONFIRMED) told.set_note(Note(at.random));
  return submission;
}

Site* PickToInspect(const Moment& at) {
  return PickOne(at.random, at.commune.sites,
                 [&](const Site& site) { return site.outside_reporter_id != at.who.actor_id; });
}

template <v1::VerificationLevel level>
bool Inspect(const Moment& at) {
  Site* site = PickToInspect(at);
  if (site == nullptr) return false;
  const bool confirmed = !at.random.InThousand(kDeficiencies);
  v1::Submission submission =
      Begin(at, *site, level,
            confirmed ? v1::INSPECTION_RESULT_CONFIRMED : v1::INSPECTION_RESULT_DEFICIENCIES);
  if (confirmed && !site->outputs.empty()) {
    Report& report = at.random.Pick(site->outputs);
    report.confirmed = true;
    submission.mutable_command()->mutable_inspect_site()->set_confirmed_report_id(report.event_id);
  }
  if (at.random.InThousand(400)) WithEvidence(at, submission);
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // not corrected later
  return true;
}

bool FindNothing(const Moment& at) {
  Site* site = PickToInspect(at);
  if (site == nullptr) return false;
  v1::Submission submission =
      Begin(at, *site, v1::VERIFICATION_LEVEL_INSPECTED, v1::INSPECTION_RESULT_NOT_FOUND);
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // not corrected later
  site->status = v1::SITE_STATUS_INVALIDATED;
  End(at.commune.sites, at.commune.ended_sites, site);
  return true;
}

constexpr Act kActs[] = {
    {"confirm a site", Desk::kLeader, 16'000, Inspect<v1::VERIFICATION_LEVEL_COMMUNE_CONFIRMED>},
    {"verify a site", Desk::kSpecialist, 8'000,
     Inspect<v1::VERIFICATION_LEVEL_DEPARTMENT_VERIFIED>},
    {"inspect a site", Desk::kSpecialist, 3'000, Inspect<v1::VERIFICATION_LEVEL_INSPECTED>},
    {"inspect a site from the office", Desk::kOffice, 1'000,
     Inspect<v1::VERIFICATION_LEVEL_INSPECTED>},
    {"find no site", Desk::kSpecialist, 120, FindNothing},
};

}  // namespace

std::span<const Act> InspectionActs() { return kActs; }

}  // namespace nhanrong::generator

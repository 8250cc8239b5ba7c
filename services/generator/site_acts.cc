// What happens to the sites of a commune.
#include <utility>

#include "services/generator/envelopes.h"
#include "services/generator/parts.h"
#include "services/generator/picking.h"
#include "services/generator/words.h"

namespace nhanrong::generator {
namespace {

// Of those that are started, in a thousand: they stop reporting one day.
constexpr std::uint64_t kFallSilent = 12;

const std::string& PickUnit(const Moment& at) {
  return at.random.InThousand(400) ? at.commune.unit_id : at.random.Pick(at.commune.villages);
}

v1::SiteParticulars Particulars(const Moment& at, const std::string& measure) {
  v1::SiteParticulars particulars;
  v1::Quantity& area = *particulars.add_scale();
  area.set_value(at.random.Between(100, 50'000));
  area.set_unit("m2");
  area.set_bound(v1::BOUND_APPROX);
  area.set_raw_text("khoảng " + std::to_string(area.value()) + " m2");
  particulars.set_value_chain_stage(
      static_cast<v1::ValueChainStage>(at.random.Between(1, v1::ValueChainStage_ARRAYSIZE - 1)));
  if (at.random.InThousand(150)) {
    v1::Certificate& certificate = *particulars.add_certificates();
    certificate.set_kind(v1::CERTIFICATE_KIND_VIETGAP);
    certificate.set_number("GD-" + std::to_string(at.random.Between(1'000, 9'999)));
  }
  if (at.random.InThousand(200)) {
    v1::BuyerContract& contract = *particulars.add_buyer_contracts();
    contract.set_buyer(Owner(at.random));
    contract.set_commodity("Sản phẩm tính bằng " + measure);
  }
  return particulars;
}

void Describe(const Moment& at, const Model& model, Site& site) {
  const int number = at.random.Between(1, 99);
  site.id = at.scribe.NewId("site");
  site.measure = Measure(at.random);
  site.description.set_name(SiteName(at.random, model.definition.name(), number));
  site.description.set_unit_id(PickUnit(at));
  site.description.set_model_id(model.id);
  *site.description.mutable_particulars() = Particulars(at, site.measure);
  if (at.random.InThousand(600)) {
    site.description.mutable_owner()->set_subject_id(at.scribe.NewId("subject"));
  }
  v1::SiteOrigin& origin = *site.description.mutable_origin();
  const Site* copied = PickLiveSite(at);
  if (copied != nullptr && at.random.InThousand(600)) {
    origin.set_kind(v1::SiteOrigin::KIND_REPLICATION);
    origin.set_from_site_id(copied->id);
  } else {
    origin.set_kind(v1::SiteOrigin::KIND_ORIGINAL);
  }
}

// Not before its model was in use.
void NotBefore(absl::CivilDay day, v1::Submission& submission, Days& days) {
  if (days.first >= day) return;
  OnDay(submission, day);
  days = {day, day, day};
}

bool HasRoom(const Moment& at) { return at.commune.sites.size() < kLiveSitesMax; }

bool Start(const Moment& at) {
  Model* model = PickModelInUse(at);
  if (model == nullptr || !HasRoom(at)) return false;
  Site site;
  Describe(at, *model, site);
  v1::Submission submission = BeginFirst(at, site.days);
  NotBefore(*model->in_use_from, submission, site.days);
  v1::StartSite& told = *submission.mutable_command()->mutable_start_site();
  told.set_site_id(site.id);
  *told.mutable_description() = site.description;
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // not corrected later
  at.commune.sites.push_back(std::move(site));
  return true;
}

bool RecordFromDocument(const Moment& at) {
  Model* model = PickOne(at.random, at.commune.models, [](const Model&) { return true; });
  if (model == nullptr || !HasRoom(at)) return false;
  Site site;
  Describe(at, *model, site);
  v1::Submission submission = BeginStated(at, site.days);
  site.status =
      at.random.InThousand(250) ? v1::SITE_STATUS_FUNDING_ENDED : v1::SITE_STATUS_OPERATING;
  v1::RecordSiteFromDocument& told =
      *submission.mutable_command()->mutable_record_site_from_document();
  told.set_site_id(site.id);
  *told.mutable_description() = site.description;
  told.set_stated_status(site.status);
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // not corrected later
  at.commune.sites.push_back(std::move(site));
  return true;
}

void Tell(const Moment& at, Site& site, bool remembered) {
  v1::Submission submission = BeginReport(at, site.days, site.days.first);
  v1::RecordSiteOutput& told = *submission.mutable_command()->mutable_record_site_output();
  told.set_site_id(site.id);
  Report report{.day = DayOf(submission), .amount = at.random.Between(1, 20'000)};
  v1::Quantity& output = *told.add_outputs();
  output.set_value(report.amount);
  output.set_scale(static_cast<std::uint32_t>(at.random.Between(0, 1)));
  output.set_unit(site.measure);
  output.set_bound(v1::BOUND_EXACT);
  if (at.random.InThousand(700)) WithEvidence(at, submission);
  report.event_id = at.scribe.Send(at.who, std::move(submission));
  if (remembered) Remember(site.outputs, std::move(report));
  if (at.random.InThousand(kFallSilent)) site.silent = true;
}

Site* PickReporting(const Moment& at) {
  return PickOne(at.random, at.commune.sites, [](const Site& site) { return !site.silent; });
}

bool RecordOutput(const Moment& at) {
  Site* site = PickReporting(at);
  if (site == nullptr) return false;
  Tell(at, *site, true);
  return true;
}

// Of the department, not of the commune, which therefore cannot correct them.
bool RecordOutputBySystem(const Moment& at) {
  Site* site = PickReporting(at);
  if (site == nullptr) return false;
  Tell(at, *site, false);
  return true;
}

bool Revise(const Moment& at) {
  Site* site = PickLiveSite(at);
  if (site == nullptr) return false;
  v1::Submission submission = BeginStep(at, site->days);
  v1::ReviseDescription& told = *submission.mutable_command()->mutable_revise_description();
  told.set_site_id(site->id);
  told.set_name("Điểm đổi tên lần " + std::to_string(++site->revisions));
  *told.mutable_particulars() = Particulars(at, site->measure);
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // not corrected later
  return true;
}

bool EndFunding(const Moment& at) {
  Site* site = PickOne(at.random, at.commune.sites,
                       [](const Site& one) { return one.status == v1::SITE_STATUS_OPERATING; });
  if (site == nullptr) return false;
  v1::Submission submission = BeginStep(at, site->days);
  submission.mutable_command()->mutable_end_funding()->set_site_id(site->id);
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // not corrected later
  site->status = v1::SITE_STATUS_FUNDING_ENDED;
  return true;
}

bool Stop(const Moment& at) {
  Site* site = PickLiveSite(at);
  if (site == nullptr) return false;
  v1::Submission submission = BeginStep(at, site->days);
  v1::StopSite& told = *submission.mutable_command()->mutable_stop_site();
  told.set_site_id(site->id);
  told.set_stop_reason(
      static_cast<v1::SiteStopReason>(at.random.Between(1, v1::SiteStopReason_ARRAYSIZE - 1)));
  told.set_note(Note(at.random));
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // not corrected later
  site->status = v1::SITE_STATUS_STOPPED;
  End(at.commune.sites, at.commune.ended_sites, site);
  return true;
}

bool ChangeOwner(const Moment& at) {
  Site* site = PickLiveSite(at);
  if (site == nullptr) return false;
  v1::Submission submission = BeginStep(at, site->days);
  v1::TransferSite& told = *submission.mutable_command()->mutable_transfer_site();
  told.set_site_id(site->id);
  told.mutable_to_owner()->set_subject_id(at.scribe.NewId("subject"));
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // not corrected later
  return true;
}

// To another commune; the reports stay those of the one that made them.
bool Move(const Moment& at) {
  Site* site = PickLiveSite(at);
  Commune& other = at.random.Pick(at.world.communes);
  if (site == nullptr || &other == &at.commune || other.sites.size() >= kLiveSitesMax) return false;
  v1::Submission submission = BeginStep(at, site->days);
  v1::TransferSite& told = *submission.mutable_command()->mutable_transfer_site();
  told.set_site_id(site->id);
  told.set_to_unit_id(other.unit_id);
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // not corrected later
  site->outputs.clear();
  other.sites.push_back(std::move(*site));
  at.commune.sites.erase(at.commune.sites.begin() + (site - at.commune.sites.data()));
  return true;
}

// Per month: section 6 of the domain's estimate has 50 of evidence and 25 contributions; outputs
// carry the evidence.
constexpr Act kActs[] = {
    {"start a site", Desk::kOfficer, 8'000, Start},
    {"record a site from a document", Desk::kOfficer, 500, RecordFromDocument, 10},
    {"record outputs", Desk::kOfficer, 78'000, RecordOutput},
    {"record outputs by a system", Desk::kSystem, 3'000, RecordOutputBySystem},
    {"revise a description", Desk::kOfficer, 4'000, Revise},
    {"end funding", Desk::kOfficer, 3'000, EndFunding},
    {"stop a site", Desk::kOfficer, 2'600, Stop},
    {"change the owner", Desk::kLeader, 800, ChangeOwner},
    {"move a site", Desk::kOffice, 300, Move},
};

}  // namespace

std::span<const Act> SiteActs() { return kActs; }

}  // namespace nhanrong::generator

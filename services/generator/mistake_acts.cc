// What people try although a rule of the domain refuses it. Refusals are history, too.
#include <utility>

#include "services/generator/envelopes.h"
#include "services/generator/parts.h"
#include "services/generator/picking.h"
#include "services/generator/words.h"

namespace nhanrong::generator {
namespace {

using domain::Rule;

// On that day, with a reason, whatever the stream's order asks.
v1::Submission Begin(const Moment& at, absl::CivilDay day) {
  v1::Submission submission = at.scribe.Begin();
  submission.set_channel(v1::INGEST_CHANNEL_IMPORT);
  OnDay(submission, day);
  submission.set_reason(WhyLate(at.random));
  return submission;
}

void Refused(const Moment& at, v1::Submission submission, std::string rule) {
  std::ignore = at.scribe.Send(at.who, std::move(submission), {std::move(rule)});  // makes no event
}
void Refused(const Moment& at, v1::Submission submission, Rule rule) {
  Refused(at, std::move(submission), std::string(domain::RuleName(rule)));
}

void SetProgress(const Moment& at, v1::Submission& submission, const std::string& model_id) {
  v1::ReportProgress& told = *submission.mutable_command()->mutable_report_progress();
  told.set_model_id(model_id);
  told.set_narrative(Narrative(at.random));
}

void SetOutput(const Moment& at, v1::Submission& submission, const Site& site) {
  v1::RecordSiteOutput& told = *submission.mutable_command()->mutable_record_site_output();
  told.set_site_id(site.id);
  v1::Quantity& output = *told.add_outputs();
  output.set_value(at.random.Between(1, 900));
  output.set_unit(site.measure);
  output.set_bound(v1::BOUND_EXACT);
}

bool ProgressOfADraft(const Moment& at) {
  const Model* model = PickModel(at, v1::MODEL_STATUS_DRAFT);
  if (model == nullptr) return false;
  v1::Submission submission = Begin(at, at.today);
  SetProgress(at, submission, model->id);
  Refused(at, std::move(submission), domain::StateRule("model"));
  return true;
}

bool ProgressOfAnEndedModel(const Moment& at) {
  if (at.commune.ended_models.empty()) return false;
  v1::Submission submission = Begin(at, at.today);
  SetProgress(at, submission, at.random.Pick(at.commune.ended_models).id);
  Refused(at, std::move(submission), domain::StateRule("model"));
  return true;
}

bool SubmitTwice(const Moment& at) {
  const Model* model = PickModel(at, v1::MODEL_STATUS_SUBMITTED);
  if (model == nullptr) return false;
  v1::Submission submission = Begin(at, at.today);
  submission.mutable_command()->mutable_submit_model()->set_model_id(model->id);
  Refused(at, std::move(submission), domain::StateRule("model"));
  return true;
}

void SetScreening(v1::Submission& submission, const std::string& model_id,
                  v1::ClassificationChecklist::Answer is_startup) {
  using List = v1::ClassificationChecklist;
  v1::ScreenModel& told = *submission.mutable_command()->mutable_screen_model();
  told.set_model_id(model_id);
  told.mutable_checklist()->set_is_model(List::ANSWER_YES);
  told.mutable_checklist()->set_is_startup_project(is_startup);
  told.mutable_checklist()->set_is_investment_project(List::ANSWER_NO);
  told.mutable_checklist()->set_is_initiative(List::ANSWER_NO);
}

bool ScreenOnesOwn(const Moment& at) {
  Model* model = PickModel(at, v1::MODEL_STATUS_DRAFT);
  if (model == nullptr) return false;
  v1::Submission submitted = BeginStep(at, model->days);
  submitted.mutable_command()->mutable_submit_model()->set_model_id(model->id);
  std::ignore = at.scribe.Send(at.who, std::move(submitted));  // steps are not corrected
  model->status = v1::MODEL_STATUS_SUBMITTED;
  model->submitter_id = at.who.actor_id;
  v1::Submission screened = Begin(at, at.today);
  SetScreening(screened, model->id, v1::ClassificationChecklist::ANSWER_NO);
  Refused(at, std::move(screened), Rule::kModelThreePeople);
  return true;
}

bool ScreenAStartup(const Moment& at) {
  const Model* model = PickOne(at.random, at.commune.models, [&](const Model& one) {
    return one.status == v1::MODEL_STATUS_SUBMITTED && one.submitter_id != at.who.actor_id;
  });
  if (model == nullptr) return false;
  v1::Submission submission = Begin(at, at.today);
  SetScreening(submission, model->id, v1::ClassificationChecklist::ANSWER_YES);
  Refused(at, std::move(submission), Rule::kModelNotAModel);
  return true;
}

bool OutputOfAnEndedSite(const Moment& at) {
  if (at.commune.ended_sites.empty()) return false;
  v1::Submission submission = Begin(at, at.today);
  SetOutput(at, submission, at.random.Pick(at.commune.ended_sites));
  Refused(at, std::move(submission), domain::StateRule("site"));
  return true;
}

bool StopBeforeTheLastStep(const Moment& at) {
  const Site* site = PickLiveSite(at);
  if (site == nullptr) return false;
  v1::Submission submission = Begin(at, site->days.last_step - 1);
  v1::StopSite& told = *submission.mutable_command()->mutable_stop_site();
  told.set_site_id(site->id);
  told.set_stop_reason(v1::SITE_STOP_REASON_COMPLETED);
  Refused(at, std::move(submission), Rule::kDateBeforeLastStep);
  return true;
}

bool LateWithoutReason(const Moment& at) {
  constexpr int kDays = 45;  // more than a reporting month
  const Site* site = PickOne(at.random, at.commune.sites,
                             [&](const Site& one) { return one.days.first <= at.today - kDays; });
  if (site == nullptr) return false;
  v1::Submission submission = Begin(at, at.today - kDays);
  submission.clear_reason();
  SetOutput(at, submission, *site);
  Refused(at, std::move(submission), Rule::kDateBackdatedReason);
  return true;
}

bool OfTheFuture(const Moment& at) {
  const Site* site = PickLiveSite(at);
  if (site == nullptr) return false;
  v1::Submission submission = Begin(at, at.today + at.random.Between(1, 20));
  SetOutput(at, submission, *site);
  Refused(at, std::move(submission), Rule::kDateFuture);
  return true;
}

bool SiteOfADraft(const Moment& at) {
  const Model* model = PickModel(at, v1::MODEL_STATUS_DRAFT);
  if (model == nullptr) return false;
  v1::Submission submission = Begin(at, at.today);
  v1::StartSite& told = *submission.mutable_command()->mutable_start_site();
  told.set_site_id(at.scribe.NewId("site"));
  v1::SiteDescription& description = *told.mutable_description();
  description.set_name("Điểm làm trước khi được duyệt");
  description.set_unit_id(at.commune.unit_id);
  description.set_model_id(model->id);
  description.mutable_origin()->set_kind(v1::SiteOrigin::KIND_ORIGINAL);
  Refused(at, std::move(submission), Rule::kSiteModelState);
  return true;
}

bool InspectOnesOwnReport(const Moment& at) {
  Site* site = PickOne(at.random, at.commune.sites,
                       [](const Site& one) { return one.outside_reporter_id.empty(); });
  if (site == nullptr) return false;
  v1::Submission reported = BeginReport(at, site->days, site->days.first);
  SetOutput(at, reported, *site);
  std::ignore = at.scribe.Send(at.who, std::move(reported));  // not the commune's to correct
  site->outside_reporter_id = at.who.actor_id;
  v1::Submission inspected = Begin(at, at.today);
  v1::InspectSite& told = *inspected.mutable_command()->mutable_inspect_site();
  told.set_site_id(site->id);
  told.set_level(v1::VERIFICATION_LEVEL_DEPARTMENT_VERIFIED);
  told.set_result(v1::INSPECTION_RESULT_CONFIRMED);
  Refused(at, std::move(inspected), Rule::kSiteOwnInspection);
  return true;
}

bool AnnulAConfirmedOutput(const Moment& at) {
  const Site* site = PickOne(at.random, at.commune.sites, [](const Site& one) {
    return !one.outputs.empty() && one.outputs.front().confirmed;
  });
  if (site == nullptr) return false;
  v1::Submission submission = Begin(at, at.today);
  v1::AnnulFact& told = *submission.mutable_command()->mutable_annul_fact();
  told.set_stream("site/" + site->id);
  told.set_event_id(site->outputs.front().event_id);
  Refused(at, std::move(submission), Rule::kCorrectionBreaksLater);
  return true;
}

// About three in a hundred submissions.
constexpr Act kActs[] = {
    {"report on a draft", Desk::kOfficer, 600, ProgressOfADraft},
    {"report on an ended model", Desk::kOfficer, 500, ProgressOfAnEndedModel},
    {"submit a model twice", Desk::kLeader, 300, SubmitTwice},
    {"screen one's own", Desk::kSpecialist, 120, ScreenOnesOwn},
    {"screen a start-up project", Desk::kSpecialist, 200, ScreenAStartup},
    {"report on an ended site", Desk::kOfficer, 900, OutputOfAnEndedSite},
    {"stop a site too early", Desk::kOfficer, 400, StopBeforeTheLastStep},
    {"report late without a reason", Desk::kOfficer, 900, LateWithoutReason},
    {"report of the future", Desk::kOfficer, 800, OfTheFuture},
    {"start a site of a draft", Desk::kOfficer, 400, SiteOfADraft},
    {"inspect what one reported", Desk::kSpecialist, 120, InspectOnesOwnReport},
    {"annul what was confirmed", Desk::kOfficer, 400, AnnulAConfirmedOutput},
};

}  // namespace

std::span<const Act> MistakeActs() { return kActs; }

}  // namespace nhanrong::generator

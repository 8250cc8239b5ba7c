// Corrections and annulments, by the agency that recorded what was wrong.
#include <algorithm>
#include <utility>

#include "services/domain/values/dates.h"
#include "services/generator/envelopes.h"
#include "services/generator/parts.h"
#include "services/generator/picking.h"
#include "services/generator/words.h"

namespace nhanrong::generator {
namespace {

constexpr std::uint64_t kMovesDate = 200;  // of corrections of outputs, in a thousand

v1::Submission Begin(const Moment& at) {
  v1::Submission submission = at.scribe.Begin();
  submission.set_channel(v1::INGEST_CHANNEL_IMPORT);
  submission.set_reason(WhyWrong(at.random));
  return submission;
}

v1::CorrectFact& Correct(v1::Submission& submission, const std::string& stream,
                         const std::string& event_id) {
  v1::CorrectFact& told = *submission.mutable_command()->mutable_correct_fact();
  told.set_stream(stream);
  told.set_event_id(event_id);
  return told;
}

void Send(const Moment& at, v1::Submission submission) {
  std::ignore = at.scribe.Send(at.who, std::move(submission));  // the wrong event keeps its id
}

Site* PickReported(const Moment& at) {
  return PickOne(at.random, at.commune.sites,
                 [](const Site& site) { return !site.outputs.empty(); });
}
Model* PickReportedModel(const Moment& at) {
  return PickOne(at.random, at.commune.models,
                 [](const Model& model) { return !model.progress.empty(); });
}

bool CorrectOutput(const Moment& at) {
  Site* site = PickReported(at);
  if (site == nullptr) return false;
  Report& report = at.random.Pick(site->outputs);
  v1::Submission submission = Begin(at);
  v1::CorrectFact& told = Correct(submission, "site/" + site->id, report.event_id);
  report.amount = report.amount / 10 + at.random.Between(1, 99);
  v1::Quantity& output = *told.mutable_replacement()->mutable_site_output_reported()->add_outputs();
  output.set_value(report.amount);
  output.set_unit(site->measure);
  output.set_bound(v1::BOUND_EXACT);
  if (at.random.InThousand(kMovesDate)) {
    report.day = std::max(site->days.first, report.day - at.random.Between(1, 6));
    *told.mutable_occurred_on() = domain::OnDay(report.day);
  }
  Send(at, std::move(submission));
  return true;
}

bool CorrectProgress(const Moment& at) {
  Model* model = PickReportedModel(at);
  if (model == nullptr) return false;
  v1::Submission submission = Begin(at);
  v1::CorrectFact& told =
      Correct(submission, "model/" + model->id, at.random.Pick(model->progress).event_id);
  told.mutable_replacement()->mutable_model_progress_reported()->set_narrative(
      Narrative(at.random));
  Send(at, std::move(submission));
  return true;
}

bool CorrectName(const Moment& at) {
  Model* model = PickOne(at.random, at.commune.models,
                         [](const Model& one) { return !one.registered_event_id.empty(); });
  if (model == nullptr) return false;
  v1::Submission submission = Begin(at);
  v1::CorrectFact& told = Correct(submission, "model/" + model->id, model->registered_event_id);
  v1::ModelDefinition& right =
      *told.mutable_replacement()->mutable_model_registered()->mutable_definition();
  right = model->definition;
  right.set_name(ModelName(at.random));
  // A definition that was revised since stays what the revision says.
  if (model->revisions == 0) model->definition.set_name(right.name());
  Send(at, std::move(submission));
  return true;
}

bool AnnulOutput(const Moment& at) {
  Site* site = PickReported(at);
  if (site == nullptr || site->outputs.back().confirmed) return false;
  v1::Submission submission = Begin(at);
  v1::AnnulFact& told = *submission.mutable_command()->mutable_annul_fact();
  told.set_stream("site/" + site->id);
  told.set_event_id(site->outputs.back().event_id);
  site->outputs.pop_back();
  Send(at, std::move(submission));
  return true;
}

bool AnnulProgress(const Moment& at) {
  Model* model = PickReportedModel(at);
  if (model == nullptr) return false;
  v1::Submission submission = Begin(at);
  v1::AnnulFact& told = *submission.mutable_command()->mutable_annul_fact();
  told.set_stream("model/" + model->id);
  told.set_event_id(model->progress.back().event_id);
  model->progress.pop_back();
  Send(at, std::move(submission));
  return true;
}

// Per month: section 6 of the domain's estimate has 8, scaled.
constexpr Act kActs[] = {
    {"correct an output", Desk::kOfficer, 7'500, CorrectOutput},
    {"correct a progress report", Desk::kOfficer, 2'500, CorrectProgress},
    {"correct a name", Desk::kOfficer, 1'000, CorrectName},
    {"annul an output", Desk::kOfficer, 2'200, AnnulOutput},
    {"annul a progress report", Desk::kOfficer, 800, AnnulProgress},
};

}  // namespace

std::span<const Act> CorrectionActs() { return kActs; }

}  // namespace nhanrong::generator

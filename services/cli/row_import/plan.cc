#include "services/cli/row_import/plan.h"

#include <algorithm>

#include "services/cli/templates/field_path.h"

namespace nhanrong::cli {
namespace {

using Entries = std::vector<v1::SubmissionEntry>;

bool IsAccepted(const v1::SubmissionEntry& entry) { return entry.refused().empty(); }

const v1::SubmissionEntry* NewestAccepted(const Entries& before) {
  const auto found = std::find_if(before.begin(), before.end(), IsAccepted);
  return found == before.end() ? nullptr : &*found;
}

// The one that made the fact: corrections name its event, for ever.
const v1::SubmissionEntry& OldestAccepted(const Entries& before) {
  return *std::find_if(before.rbegin(), before.rend(), IsAccepted);
}

const v1::SubmissionEntry* WithId(const Entries& before, const std::string& submission_id) {
  const auto found = std::find_if(
      before.begin(), before.end(),
      [&](const v1::SubmissionEntry& entry) { return entry.submission_id() == submission_id; });
  return found == before.end() ? nullptr : &*found;
}

bool WasAccepted(const Entries& before, const std::string& content) {
  return std::any_of(before.begin(), before.end(), [&](const v1::SubmissionEntry& entry) {
    return IsAccepted(entry) && entry.causation_id() == content;
  });
}

RowPlan Held(RowPlan::Kind kind, const v1::SubmissionEntry& entry) {
  RowPlan plan;
  plan.kind = kind;
  plan.position = entry.position();
  plan.submission_id = entry.submission_id();
  plan.refused = {entry.refused().begin(), entry.refused().end()};
  return plan;
}

void MakeCorrection(const Template& form, const v1::SubmissionEntry& made,
                    v1::Submission& submission) {
  v1::CorrectFact correction;
  if (made.events_size() > 0) {
    correction.set_stream(made.events(0).stream());
    correction.set_event_id(made.events(0).event_id());
  }
  *correction.mutable_replacement() = FactOf(submission, form.fact);
  *correction.mutable_occurred_on() = submission.occurred_on();
  *submission.mutable_command()->mutable_correct_fact() = std::move(correction);
  // When the correction happens, not what it speaks of: the day of recording.
  submission.clear_occurred_on();
}

}  // namespace

RowPlan PlanRow(const Template& form, const RowIdentity& identity, v1::Submission submission,
                const Entries& before, bool retry_refused) {
  const v1::SubmissionEntry* newest = NewestAccepted(before);
  const bool has_reason = !submission.reason().empty();
  if (newest != nullptr && newest->causation_id() == identity.content) {
    return Held(RowPlan::Kind::kRepeated, *newest);
  }
  if (!has_reason && WasAccepted(before, identity.content)) {
    return Held(RowPlan::Kind::kSuperseded, *newest);
  }
  std::uint64_t attempt = 0;
  const v1::SubmissionEntry* last = nullptr;
  std::string id = SubmissionIdOf(identity, submission.reason(), attempt);
  while (const v1::SubmissionEntry* known = WithId(before, id)) {
    last = known;
    id = SubmissionIdOf(identity, submission.reason(), ++attempt);
  }
  if (last != nullptr && !IsAccepted(*last) && !retry_refused) {
    return Held(RowPlan::Kind::kRefusedBefore, *last);
  }
  if (newest != nullptr && !has_reason) return Held(RowPlan::Kind::kNeedsReason, *newest);

  RowPlan plan;
  plan.submission = std::move(submission);
  plan.submission.set_correlation_id(identity.row);
  plan.submission.set_causation_id(identity.content);
  plan.submission.set_submission_id(id);
  if (newest != nullptr) {
    plan.kind = RowPlan::Kind::kCorrect;
    MakeCorrection(form, OldestAccepted(before), plan.submission);
  } else if (form.begins) {
    SetText(plan.submission,
            "command." + std::string(form.command) + "." + std::string(form.id_field),
            identity.stream_id);
  }
  return plan;
}

}  // namespace nhanrong::cli

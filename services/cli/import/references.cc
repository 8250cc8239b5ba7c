#include "services/cli/import/references.h"

#include "services/cli/client/errors.h"

namespace nhanrong::cli {

void MarkProblem(AnsweredLine& answered, const std::string& problem) {
  *answered.outcome.mutable_error() = MakeFailure(absl::StatusCode::kInvalidArgument, problem);
}

bool IsFinal(const v1::SubmitOutcome& outcome) {
  if (outcome.has_accepted()) return true;
  return outcome.has_error() && !IsRetryable(outcome.error());
}

void References::Remember(const AnsweredLine& answered) {
  const v1::Accepted& accepted = answered.outcome.accepted();
  if (!keep_events_ || accepted.events().empty()) return;
  first_events_[answered.line.submission.submission_id()] = accepted.events(0).event_id();
}

void References::Resolve(AnsweredLine& answered) const {
  if (answered.line.refers_to.empty() || !answered.line.problem.empty()) return;
  const auto event = first_events_.find(answered.line.refers_to);
  if (event == first_events_.end()) {
    return MarkProblem(answered,
                       "không có dòng nào trước đó được nhận với mã / no earlier line was accepted "
                       "with the id @" +
                           answered.line.refers_to);
  }
  v1::Command& command = *answered.line.submission.mutable_command();
  if (command.has_correct_fact()) {
    command.mutable_correct_fact()->set_event_id(event->second);
  } else {
    command.mutable_annul_fact()->set_event_id(event->second);
  }
}

}  // namespace nhanrong::cli

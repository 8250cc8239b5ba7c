// Corrections that name an earlier line by its submission, and the events that its answer told.
//
// Not thread-safe.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "nhanrong/v1/submission_service.pb.h"
#include "services/cli/import/lines.h"

namespace nhanrong::cli {

// A line with its final answer; a malformed one has an INVALID_ARGUMENT of our own.
struct AnsweredLine {
  ImportLine line;
  v1::SubmitOutcome outcome;
};
using AnsweredBatch = std::vector<AnsweredLine>;

// The answer to a line that is no submission.
void MarkProblem(AnsweredLine& answered, const std::string& problem);
// Neither unknown nor to be sent again.
bool IsFinal(const v1::SubmitOutcome& outcome);

class References {
 public:
  // From now on events of accepted lines are remembered; without this no line refers to another.
  void KeepEvents() { keep_events_ = true; }
  void Remember(const AnsweredLine& answered);
  // Puts the event that the line names into its command; a line that names nothing that was
  // accepted is marked as a problem.
  void Resolve(AnsweredLine& answered) const;

 private:
  // First event of each accepted submission that a later line may name.
  std::map<std::string, std::string> first_events_;
  bool keep_events_ = false;
};

}  // namespace nhanrong::cli

// Answers of the service about a row, in the words of its columns.
//
// Pure.
#pragma once

#include "services/cli/client/errors.h"
#include "services/cli/templates/row_entry.h"

namespace nhanrong::cli {

struct RowOutcome;

// The column whose field the violation names, also behind a correction's replacement.
RowProblem ProblemOf(const Template& form, const v1::Violation& violation);
// Every violation of the failure, and the position of a recorded refusal.
void AddProblems(const Template& form, const Failure& failure, RowOutcome& outcome);

}  // namespace nhanrong::cli

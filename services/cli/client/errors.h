// Errors of the service as people read them: every violation with field, wrong and right.
//
// A failure is a google.rpc.Status, from a call's trailing metadata or from one outcome of
// SubmitMany; code 0 is success. Pure.
#pragma once

#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "google/rpc/status.pb.h"
#include "nhanrong/v1/errors.pb.h"
#include "services/cli/client/exit_codes.h"
#include "services/cli/format/vietnamese.h"

namespace nhanrong::cli {

using Failure = google::rpc::Status;

inline bool Ok(const Failure& failure) { return failure.code() == 0; }
Failure MakeFailure(absl::StatusCode code, const std::string& message);

// Whether the same call may be made again: the outcome is unknown or the server is full.
bool IsRetryable(const Failure& failure);
// How long the server asks to wait (RetryInfo); absent: it does not say.
std::optional<absl::Duration> RetryDelay(const Failure& failure);
// The violations, ours or those of BadRequest and PreconditionFailure.
v1::ErrorDetail DetailOf(const Failure& failure);

// "INVALID_ARGUMENT".
std::string CodeName(const Failure& failure);
ExitCode ExitCodeOf(const Failure& failure);

// Several lines: what kind of failure, each violation, where the refusal stands, what to do.
std::string FailureText(const Failure& failure, Language language);
// The same on one line, for files and lists.
std::string FailureLine(const Failure& failure, Language language);

}  // namespace nhanrong::cli

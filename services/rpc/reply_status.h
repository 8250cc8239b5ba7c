// Errors as this service sends them: a google.rpc.Status with details, in the caller's language.
//
// The one place where outcomes, denials and faults become codes; every switch is exhaustive.
#pragma once

#include <string>

#include "absl/status/status.h"
#include "google/rpc/status.pb.h"
#include "services/gateway/outcome.h"

namespace nhanrong::rpc {

enum class Language;

// Details: ErrorInfo (reason, domain "nhanrong"), BadRequest or PreconditionFailure, RetryInfo, and
// nhanrong.v1.ErrorDetail. REQUIRES: `outcome` is not Accepted.
google::rpc::Status StatusOf(const gateway::Outcome& outcome, Language language);
google::rpc::Status StatusOf(const access::Denied& denied, Language language);
// Fault of the world: the code of `status`; `reason` for ErrorInfo.
google::rpc::Status StatusOf(const absl::Status& status, const std::string& reason);
// Why the server ends a stream of submissions before its client does.
enum class StreamEnd { kReconnect, kIdle, kTooMany };
google::rpc::Status EndOf(StreamEnd end, Language language);
// One wrong field of a request that is no submission.
google::rpc::Status InvalidField(const std::string& field, const std::string& wrong_vi,
                                 const std::string& wrong_en, const std::string& right_vi,
                                 const std::string& right_en, Language language);

}  // namespace nhanrong::rpc

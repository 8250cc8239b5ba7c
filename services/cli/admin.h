// Steps of administration that `admin` and `demo` share.
#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "nhanrong/v1/admin_service.pb.h"
#include "services/cli/program.h"

namespace nhanrong::cli {

// Makes a token and keeps it at `path` (mode 0600); with an empty path the caller shows it once.
absl::StatusOr<std::string> MakeToken(const std::string& path);
// The token at `path`, made when it is not there: for runs that may be repeated.
absl::StatusOr<std::string> EnsureToken(const std::string& path);

// With the operator's token of this installation, from `file` or NHANRONG_OPERATOR_TOKEN_FILE; with
// neither, as OpenSession.
absl::StatusOr<Session> OpenAsOperator(const CommonFlags& flags, const std::string& file);
// Creates a ledger under the operator's token; `request` gets the token's hash.
Failure CreateLedger(const Session& operator_session, v1::CreateLedgerRequest request,
                     const std::string& token, v1::CreateLedgerResponse* response);

// A submission of administration, with an id made from what it does: again is the same.
v1::Submission AdminSubmission(const std::string& ledger, const std::string& recorded_at,
                               v1::Command command);
Failure SubmitOne(const Session& session, const v1::Submission& submission, v1::Accepted* accepted);

// Groups of `admin`, each in its own file.
void AddAdminLedgers(Program& program, CLI::App& admin);
void AddAdminProjections(Program& program, CLI::App& admin);
// Agencies, actors with what they hold, units.
void AddAdminActors(Program& program, CLI::App& admin);
void AddAdminCertificates(Program& program, CLI::App& admin);

}  // namespace nhanrong::cli

#include "services/cli/admin.h"

#include <cstdlib>
#include <filesystem>

#include "services/cli/arguments.h"
#include "services/cli/client/retry.h"
#include "services/cli/client/token.h"
#include "services/cli/commands.h"
#include "services/cli/import/lines.h"

namespace nhanrong::cli {

absl::StatusOr<std::string> MakeToken(const std::string& path) {
  std::string token = NewToken();
  if (path.empty()) return token;
  if (absl::Status written = WriteTokenFile(path, token); !written.ok()) return written;
  return token;
}

absl::StatusOr<std::string> EnsureToken(const std::string& path) {
  std::error_code error;  // a path that cannot be looked at cannot be written either
  return std::filesystem::exists(path, error) ? ReadTokenFile(path) : MakeToken(path);
}

absl::StatusOr<Session> OpenAsOperator(const CommonFlags& flags, const std::string& file) {
  const char* variable = std::getenv("NHANRONG_OPERATOR_TOKEN_FILE");
  // A token that is named on the command line is the one that is meant.
  const bool named = !file.empty() || !flags.token_file.empty();
  const std::string path = !named && variable != nullptr ? variable : file;
  if (path.empty()) return OpenSession(flags);
  const absl::StatusOr<std::string> token = ReadSecretFile(path);
  if (!token.ok()) return token.status();
  return OpenSessionAs(flags, *token);
}

Failure CreateLedger(const Session& operator_session, v1::CreateLedgerRequest request,
                     const std::string& token, v1::CreateLedgerResponse* response) {
  request.set_token_sha256(std::string(AsBytes(*TokenHash(token))));
  return Retry([&] { return operator_session.client->Call(request, response); });
}

v1::Submission AdminSubmission(const std::string& ledger, const std::string& recorded_at,
                               v1::Command command) {
  v1::Submission submission;
  submission.set_ledger(ledger);
  submission.set_submission_id(StableSubmissionId(ledger, command.SerializeAsString()));
  *submission.mutable_command() = std::move(command);
  submission.set_channel(v1::INGEST_CHANNEL_GRPC);
  if (const auto time = ParseMoment(recorded_at, DayEdge::kStart);
      !recorded_at.empty() && time.ok()) {
    *submission.mutable_simulated_recorded_at() = ToProto(*time);
  }
  return submission;
}

Failure SubmitOne(const Session& session, const v1::Submission& submission,
                  v1::Accepted* accepted) {
  v1::SubmitRequest request;
  *request.mutable_submission() = submission;
  v1::SubmitResponse response;
  Failure failure = Retry([&] { return session.client->Call(request, &response); });
  *accepted = response.accepted();
  return failure;
}

void AddAdmin(Program& program) {
  CLI::App* admin = program.app.add_subcommand(
      "admin",
      "Quản trị: sổ, bảng đọc, cơ quan, người dùng, quyền, thẻ, ủy quyền, đơn vị hành chính / "
      "ledgers, read models, agencies, actors, grants, credentials, delegations, units");
  admin->require_subcommand(1);
  admin->fallthrough();
  AddAdminLedgers(program, *admin);
  AddAdminProjections(program, *admin);
  AddAdminActors(program, *admin);
  AddAdminCertificates(program, *admin);
}

}  // namespace nhanrong::cli

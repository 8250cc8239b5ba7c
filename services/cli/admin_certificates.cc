// `nhanrong admin credential issue-certificate`: the key of a client certificate as the credential
// of a system.
#include "services/certificates/certificate.h"
#include "services/cli/admin.h"
#include "services/cli/answers.h"
#include "services/cli/client/files.h"
#include "services/cli/client/json.h"

namespace nhanrong::cli {
namespace {

constexpr char kExamples[] = R"(Ví dụ / Examples:
  nhanrong admin credential issue-certificate --ledger dong-thap --actor 01F4… --certificate he-thong.pem
Chứng thư thay mã truy cập của một hệ thống (SYSTEM), trên kết nối TLS có --client-cert, --client-key.
Sổ giữ mã băm của khóa công khai: chứng thư gia hạn với cùng khóa vẫn dùng được; khóa mới thì cấp thêm
trước, rồi thu hồi chứng thực cũ.
The certificate stands for a system's token, on a connection with --client-cert and --client-key. The
ledger holds the hash of its public key: a certificate renewed for the same key goes on counting; for a
new key issue another credential first, then revoke the old one.)";

struct IssueArguments {
  std::string ledger;
  std::string recorded_at;
  std::string certificate;
  v1::Command command;
};

int RunIssue(const CommonFlags& flags, const IssueArguments& arguments) {
  const absl::StatusOr<std::string> pem = ReadWholeFile(arguments.certificate);
  if (!pem.ok()) return Fail(pem.status());
  const auto certificate = certificates::ReadCertificate(*pem);
  if (!certificate.ok()) {
    return Fail(absl::InvalidArgumentError(
        arguments.certificate + ": không có chứng thư PEM / there is no PEM certificate"));
  }
  const absl::StatusOr<Session> session = OpenSession(flags);
  if (!session.ok()) return Fail(session.status());
  v1::Command command = arguments.command;
  v1::IssueCredential& issued = *command.mutable_issue_credential();
  issued.set_kind(v1::CREDENTIAL_KIND_CERTIFICATE);
  issued.set_token_sha256(std::string(AsBytes(certificate->public_key_sha256)));
  v1::Accepted accepted;
  const Failure failure = SubmitOne(
      *session, AdminSubmission(arguments.ledger, arguments.recorded_at, command), &accepted);
  if (!Ok(failure)) return Fail(failure, session->language);
  Print(session->json ? JsonLine(accepted) : AnswerText(accepted, session->language));
  return 0;
}

}  // namespace

void AddAdminCertificates(Program& program, CLI::App& admin) {
  CLI::App* issue = admin.get_subcommand("credential")
                        ->add_subcommand("issue-certificate",
                                         "Cấp chứng thực bằng chứng thư số / issue a "
                                         "certificate as a credential");
  const auto arguments = std::make_shared<IssueArguments>();
  v1::IssueCredential& issued = *arguments->command.mutable_issue_credential();
  issue->add_option("--ledger", arguments->ledger, "Sổ / ledger")->required();
  issue->add_option("--recorded-at", arguments->recorded_at,
                    "Giờ ghi, chỉ với sổ mô phỏng / recorded time, simulated ledgers only");
  issue->add_option("--actor", *issued.mutable_actor_id(), "Hệ thống (ULID) / system")->required();
  issue->add_option("--certificate", arguments->certificate, "Tệp PEM / file")->required();
  issue->add_option("--valid-to", *issued.mutable_valid_to(),
                    "Ngày hết hiệu lực / ISO date from which it does not hold any more");
  issue->add_option("--id", *issued.mutable_credential_id(), "ULID");
  issue->footer(kExamples);
  issue->fallthrough();
  issue->callback([&program, arguments] {
    program.run = [&program, arguments] { return RunIssue(program.flags, *arguments); };
  });
}

}  // namespace nhanrong::cli

// `nhanrong admin agency | actor | credential | grant`: submissions of an administrator.
#include "absl/strings/str_split.h"
#include "services/base/clock.h"
#include "services/base/ids.h"
#include "services/cli/admin.h"
#include "services/cli/answers.h"
#include "services/cli/arguments.h"
#include "services/cli/client/json.h"
#include "services/cli/client/token.h"

namespace nhanrong::cli {
namespace {

constexpr char kExamples[] = R"(Ví dụ / Examples:
  nhanrong admin agency add --ledger dong-thap --name 'UBND xã' --unit 01F4… --token-file qt.token
  nhanrong admin actor add --ledger dong-thap --agency 01F4… --kind person \
      --title 'Cán bộ nhập liệu' --grant commune-officer@01F4…:internal --token-out can-bo.token
  nhanrong admin credential revoke --ledger dong-thap --actor 01F4… --credential 01F4…
  nhanrong admin grant revoke --ledger dong-thap --actor 01F4… --grant 01F4…
--grant: VAI[@ĐƠN_VỊ][:MỨC_ĐỌC]; thiếu đơn vị: cả sổ; thiếu mức: internal.
--grant: ROLE[@UNIT][:READS_UP_TO]; no unit: the whole ledger; no level: internal.)";

struct ActorArguments {
  std::string ledger;
  std::string recorded_at;
  std::string kind = "person";
  std::vector<std::string> grants;
  std::string token_out;
  std::string id;
  std::string subject;
  v1::Command command;
};
using Arguments = std::shared_ptr<ActorArguments>;

int SubmitAndPrint(const Session& session, const ActorArguments& arguments,
                   const v1::Command& command) {
  v1::Accepted accepted;
  const Failure failure = SubmitOne(
      session, AdminSubmission(arguments.ledger, arguments.recorded_at, command), &accepted);
  if (!Ok(failure)) return Fail(failure, session.language);
  Print(session.json ? JsonLine(accepted) : AnswerText(accepted, session.language));
  return 0;
}

int RunCommand(const CommonFlags& flags, const ActorArguments& arguments) {
  const absl::StatusOr<Session> session = OpenSession(flags);
  if (!session.ok()) return Fail(session.status());
  v1::Command command = arguments.command;
  if (command.has_establish_agency() && command.establish_agency().agency_id().empty()) {
    command.mutable_establish_agency()->set_agency_id(RandomUlid(SystemClock().Now()));
  }
  return SubmitAndPrint(*session, arguments, command);
}

// "commune-officer@01F4…:internal".
absl::StatusOr<v1::Command> GrantOf(const std::string& actor_id, const std::string& text) {
  const std::vector<std::string> by_level = absl::StrSplit(text, ':');
  const std::vector<std::string> by_unit = absl::StrSplit(by_level[0], '@');
  if (by_level.size() > 2 || by_unit.size() > 2) {
    return absl::InvalidArgumentError("--grant VAI[@ĐƠN_VỊ][:MỨC_ĐỌC]: " + text);
  }
  const auto role = ParseShortName(*v1::Role_descriptor(), by_unit[0]);
  if (!role.ok()) return role.status();
  const auto level = ParseShortName(*v1::Classification_descriptor(),
                                    by_level.size() == 2 ? by_level[1] : "internal");
  if (!level.ok()) return level.status();
  v1::Command command;
  v1::GrantRole& grant = *command.mutable_grant_role();
  grant.set_actor_id(actor_id);
  grant.set_role(static_cast<v1::Role>(*role));
  if (by_unit.size() == 2) grant.set_scope_unit_id(by_unit[1]);
  grant.set_reads_up_to(static_cast<v1::Classification>(*level));
  return command;
}

v1::Command RegisterOf(const ActorArguments& arguments, v1::ActorKind kind) {
  v1::Command command = arguments.command;
  v1::RegisterActor& actor = *command.mutable_register_actor();
  const absl::Time now = SystemClock().Now();
  actor.set_actor_id(arguments.id.empty() ? RandomUlid(now) : arguments.id);
  actor.set_kind(kind);
  if (kind == v1::ACTOR_KIND_PERSON) {
    actor.mutable_subject()->set_subject_id(arguments.subject.empty() ? RandomUlid(now)
                                                                      : arguments.subject);
  }
  return command;
}

absl::StatusOr<std::vector<v1::Command>> StepsOf(const ActorArguments& arguments) {
  const auto kind = ParseShortName(*v1::ActorKind_descriptor(), arguments.kind);
  if (!kind.ok()) return kind.status();
  std::vector<v1::Command> steps = {RegisterOf(arguments, static_cast<v1::ActorKind>(*kind))};
  const std::string actor_id = steps[0].register_actor().actor_id();
  for (const std::string& text : arguments.grants) {
    absl::StatusOr<v1::Command> grant = GrantOf(actor_id, text);
    if (!grant.ok()) return grant.status();
    steps.push_back(*std::move(grant));
  }
  v1::IssueCredential& credential = *steps.emplace_back().mutable_issue_credential();
  credential.set_actor_id(actor_id);
  return steps;
}

int RunActorAdd(const CommonFlags& flags, const ActorArguments& arguments) {
  absl::StatusOr<std::vector<v1::Command>> steps = StepsOf(arguments);
  if (!steps.ok()) return Fail(steps.status());
  const absl::StatusOr<Session> session = OpenSession(flags);
  if (!session.ok()) return Fail(session.status());
  const absl::StatusOr<std::string> token = MakeToken(arguments.token_out);
  if (!token.ok()) return Fail(token.status());
  steps->back().mutable_issue_credential()->set_token_sha256(
      std::string(AsBytes(*TokenHash(*token))));
  for (const v1::Command& step : *steps) {
    if (const int failed = SubmitAndPrint(*session, arguments, step); failed != 0) return failed;
  }
  if (arguments.token_out.empty()) {
    PrintError(Pick(session->language, "Thẻ truy cập (chỉ in một lần): ", "Token (shown once): "));
    Print(*token + "\n");
  }
  return 0;
}

Arguments Begin(Program& program, CLI::App& command,
                int (*run)(const CommonFlags&, const ActorArguments&)) {
  auto arguments = std::make_shared<ActorArguments>();
  command.add_option("--ledger", arguments->ledger, "Sổ / ledger")->required();
  command.add_option("--recorded-at", arguments->recorded_at,
                     "Giờ ghi, chỉ với sổ mô phỏng / recorded time, simulated ledgers only");
  command.footer(kExamples);
  command.fallthrough();
  command.callback([&program, arguments, run] {
    program.run = [&program, arguments, run] { return run(program.flags, *arguments); };
  });
  return arguments;
}

CLI::App* Group(CLI::App& admin, const std::string& name, const std::string& description) {
  CLI::App* group = admin.add_subcommand(name, description);
  group->require_subcommand(1);
  group->fallthrough();
  return group;
}

void AddAgency(Program& program, CLI::App& admin) {
  CLI::App* add = Group(admin, "agency", "Cơ quan / agencies")
                      ->add_subcommand("add", "Ghi nhận cơ quan / establish an agency");
  const Arguments arguments = Begin(program, *add, RunCommand);
  v1::EstablishAgency& agency = *arguments->command.mutable_establish_agency();
  add->add_option("--name", *agency.mutable_name(), "Tên / name")->required();
  add->add_option("--unit", *agency.mutable_unit_id(), "Đơn vị hành chính (ULID) / unit")
      ->required();
  add->add_option("--electronic-id", *agency.mutable_electronic_id(), "QĐ 20/2020/QĐ-TTg");
  add->add_option("--id", *agency.mutable_agency_id(), "ULID");
}

void AddActor(Program& program, CLI::App& admin) {
  CLI::App* add = Group(admin, "actor", "Người dùng, hệ thống / actors")
                      ->add_subcommand("add", "Ghi nhận, giao quyền, cấp thẻ / register an actor");
  const Arguments arguments = Begin(program, *add, RunActorAdd);
  v1::RegisterActor& actor = *arguments->command.mutable_register_actor();
  add->add_option("--agency", *actor.mutable_agency_id(), "Cơ quan (ULID) / agency")->required();
  add->add_option("--title", *actor.mutable_title(),
                  "Chức danh, không phải tên người / title, never a person's name")
      ->required();
  add->add_option("--kind", arguments->kind, "person, system")->capture_default_str();
  add->add_option("--grant", arguments->grants, "VAI[@ĐƠN_VỊ][:MỨC_ĐỌC]")->required();
  add->add_option("--token-out", arguments->token_out, "Nơi giữ thẻ (0600) / token file");
  add->add_option("--id", arguments->id, "ULID");
  add->add_option("--subject", arguments->subject, "Bí danh của người (ULID) / pseudonym");
}

void AddRevocations(Program& program, CLI::App& admin) {
  CLI::App* credential = Group(admin, "credential", "Thẻ truy cập / credentials")
                             ->add_subcommand("revoke", "Thu hồi thẻ / revoke a credential");
  const Arguments first = Begin(program, *credential, RunCommand);
  v1::RevokeCredential& revoked = *first->command.mutable_revoke_credential();
  credential->add_option("--actor", *revoked.mutable_actor_id(), "ULID")->required();
  credential->add_option("--credential", *revoked.mutable_credential_id(), "ULID")->required();
  CLI::App* grant = Group(admin, "grant", "Quyền / grants")
                        ->add_subcommand("revoke", "Thu hồi quyền / revoke a grant");
  const Arguments second = Begin(program, *grant, RunCommand);
  v1::RevokeGrant& ended = *second->command.mutable_revoke_grant();
  grant->add_option("--actor", *ended.mutable_actor_id(), "ULID")->required();
  grant->add_option("--grant", *ended.mutable_grant_id(), "ULID")->required();
}

}  // namespace

void AddAdminActors(Program& program, CLI::App& admin) {
  AddAgency(program, admin);
  AddActor(program, admin);
  AddRevocations(program, admin);
}

}  // namespace nhanrong::cli

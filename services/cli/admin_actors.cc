// `nhanrong admin actor add`: registers an actor, grants roles and issues a token in one go.
#include "absl/strings/str_split.h"
#include "services/base/clock.h"
#include "services/base/ids.h"
#include "services/cli/admin.h"
#include "services/cli/admin_deeds.h"
#include "services/cli/answers.h"
#include "services/cli/arguments.h"
#include "services/cli/client/json.h"
#include "services/cli/client/token.h"

namespace nhanrong::cli {
namespace {

constexpr char kExamples[] = R"(Ví dụ / Examples:
  nhanrong admin actor add --ledger dong-thap --agency 01F4… --kind person \
      --title 'Cán bộ nhập liệu' --grant commune-officer@01F4…:internal --token-out can-bo.token
--grant: VAI[@ĐƠN_VỊ][:MỨC_ĐỌC]; thiếu đơn vị: cả sổ; thiếu mức: internal.
--grant: ROLE[@UNIT][:READS_UP_TO]; no unit: the whole ledger; no level: internal.
Về sau / later: admin grant, admin credential, admin delegation.)";

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

int SubmitAndPrint(const Session& session, const ActorArguments& arguments,
                   const v1::Command& command) {
  v1::Accepted accepted;
  const Failure failure = SubmitOne(
      session, AdminSubmission(arguments.ledger, arguments.recorded_at, command), &accepted);
  if (!Ok(failure)) return Fail(failure, session.language);
  Print(session.json ? JsonLine(accepted) : AcceptedText(accepted, session.language));
  return 0;
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

void AddActor(Program& program, CLI::App& admin) {
  CLI::App* group = admin.add_subcommand("actor", "Người dùng, hệ thống / actors");
  group->require_subcommand(1);
  group->fallthrough();
  CLI::App* add = group->add_subcommand("add", "Ghi nhận, giao quyền, cấp thẻ / register an actor");
  const auto arguments = std::make_shared<ActorArguments>();
  v1::RegisterActor& actor = *arguments->command.mutable_register_actor();
  add->add_option("--ledger", arguments->ledger, "Sổ / ledger")->required();
  add->add_option("--agency", *actor.mutable_agency_id(), "Cơ quan (ULID) / agency")->required();
  add->add_option("--title", *actor.mutable_title(),
                  "Chức danh, không phải tên người / title, never a person's name")
      ->required();
  add->add_option("--kind", arguments->kind, "person, system")->capture_default_str();
  add->add_option("--grant", arguments->grants, "VAI[@ĐƠN_VỊ][:MỨC_ĐỌC]")->required();
  add->add_option("--token-out", arguments->token_out, "Nơi giữ thẻ (0600) / token file");
  add->add_option("--id", arguments->id, "ULID");
  add->add_option("--subject", arguments->subject, "Bí danh của người (ULID) / pseudonym");
  add->add_option("--recorded-at", arguments->recorded_at,
                  "Giờ ghi, chỉ với sổ mô phỏng / recorded time, simulated ledgers only");
  add->footer(kExamples);
  add->fallthrough();
  add->callback([&program, arguments] {
    program.run = [&program, arguments] { return RunActorAdd(program.flags, *arguments); };
  });
}

}  // namespace

void AddAdminActors(Program& program, CLI::App& admin) {
  AddDeeds(program, admin, AgencyDeeds());
  AddActor(program, admin);
  AddDeeds(program, admin, ActorDeeds());
  AddDeeds(program, admin, UnitDeeds());
}

}  // namespace nhanrong::cli

// `nhanrong admin init | ledger`.
#include "services/base/bytes.h"
#include "services/cli/admin.h"
#include "services/cli/admin_deeds.h"
#include "services/cli/arguments.h"
#include "services/cli/client/json.h"
#include "services/cli/client/retry.h"
#include "services/cli/client/token.h"
#include "services/cli/format/table.h"

namespace nhanrong::cli {
namespace {

constexpr char kExamples[] = R"(Ví dụ / Examples:
  nhanrong admin init --operator-token-file op.token --agency 'Cục Thống kê' \
      --title 'Quản trị sổ quốc gia' --token-out national.token
  nhanrong admin ledger create dong-thap --operator-token-file op.token \
      --agency 'Văn phòng UBND tỉnh' --title 'Quản trị hệ thống' --token-out dong-thap.token
  nhanrong admin ledger list --operator-token-file op.token
Thẻ truy cập được tạo trên máy này; máy chủ chỉ nhận mã băm SHA-256 của thẻ.
Tokens are made on this machine; the server gets only their SHA-256.)";

constexpr char kSwitchExamples[] = R"(Ví dụ / Example:
  nhanrong admin ledger switch-rule --ledger dong-thap --to 2 --token-file quan-tri.token
Từ mục ghi này trở đi sổ nhận cả bản ghi theo phiên bản quy tắc mới; không chuyển ngược lại được. Máy
nào còn chạy bản phần mềm chưa biết phiên bản đó sẽ dừng phục vụ sổ này ngay tại đây: hãy nâng cấp mọi
máy trước, rồi gửi qua một máy đã nâng cấp. Máy chưa biết phiên bản đó không nhận lệnh này.
From this record on the ledger takes records of the new version of the admission rule too; there is no
way back. A machine whose program does not know that version stops serving this ledger here: upgrade
every machine first, then send it through one of them. One that does not know it does not take it.)";

const Deed kSwitchRule = {
    .name = "switch-rule",
    .help = "Chuyển phiên bản quy tắc ghi sổ / switch a version of the admission rule on",
    .kind = v1::Command::kSwitchRuleVersion,
    .options = {{"--to", "version", "Phiên bản / version"}}};

constexpr char kNationalLedger[] = "national";

struct LedgerArguments {
  v1::CreateLedgerRequest request;
  std::string operator_token_file;
  std::string token_out;
  std::string genesis;
  std::vector<std::string> roles;
};

absl::Status Complete(LedgerArguments& arguments) {
  for (const std::string& role : arguments.roles) {
    const auto number = ParseShortName(*v1::Role_descriptor(), role);
    if (!number.ok()) return number.status();
    arguments.request.add_roles(static_cast<v1::Role>(*number));
  }
  if (arguments.genesis.empty()) return absl::OkStatus();
  const auto time = ParseMoment(arguments.genesis, DayEdge::kStart);
  if (!time.ok()) return time.status();
  *arguments.request.mutable_simulated_recorded_at() = ToProto(*time);
  return absl::OkStatus();
}

int RunCreate(const CommonFlags& flags, LedgerArguments arguments) {
  if (absl::Status completed = Complete(arguments); !completed.ok()) return Fail(completed);
  const absl::StatusOr<Session> session = OpenAsOperator(flags, arguments.operator_token_file);
  if (!session.ok()) return Fail(session.status());
  const absl::StatusOr<std::string> token = MakeToken(arguments.token_out);
  if (!token.ok()) return Fail(token.status());
  v1::CreateLedgerResponse response;
  const Failure failure = CreateLedger(*session, arguments.request, *token, &response);
  if (!Ok(failure)) return Fail(failure, session->language);
  if (session->json) {
    Print(Json(response) + "\n");
  } else {
    Print(std::string(Pick(session->language, "Đã tạo sổ ", "Created ledger ")) +
          arguments.request.name() + "\nledger_id " + ToHex(response.ledger_id()) + "\nagency_id " +
          response.agency_id() + "\nactor_id " + response.actor_id() + "\n");
  }
  if (arguments.token_out.empty()) {
    PrintError(std::string(
        Pick(session->language, "Thẻ truy cập (chỉ in một lần): ", "Token (shown once): ")));
    Print(*token + "\n");
  }
  return 0;
}

std::string ListText(const v1::ListLedgersResponse& answer, Language language) {
  Table table({{std::string(Pick(language, "Sổ", "Ledger")), Column::Align::kLeft},
               {"Commit", Column::Align::kRight},
               {std::string(Pick(language, "Bản ghi bỏ", "Void")), Column::Align::kRight},
               {std::string(Pick(language, "Từ", "From")), Column::Align::kLeft},
               {std::string(Pick(language, "Đến", "To")), Column::Align::kLeft},
               {std::string(Pick(language, "Đồng hồ", "Clock")), Column::Align::kLeft},
               {std::string(Pick(language, "Băm nối", "Running hash")), Column::Align::kLeft}});
  for (const v1::LedgerInfo& ledger : answer.ledgers()) {
    table.Add({ledger.name(), NumberText(static_cast<std::int64_t>(ledger.commits()), language),
               NumberText(static_cast<std::int64_t>(ledger.void_records()), language),
               TimeText(FromProto(ledger.first_recorded_at()), language),
               TimeText(FromProto(ledger.last_recorded_at()), language),
               std::string(ledger.simulated_clock() ? Pick(language, "MÔ PHỎNG", "SIMULATED")
                                                    : Pick(language, "thật", "real")),
               ToHex(ledger.running_hash()).substr(0, 16)});
  }
  return table.Text();
}

int RunList(const CommonFlags& flags, const LedgerArguments& arguments) {
  const absl::StatusOr<Session> session = OpenAsOperator(flags, arguments.operator_token_file);
  if (!session.ok()) return Fail(session.status());
  v1::ListLedgersResponse answer;
  const Failure failure =
      Retry([&] { return session->client->Call(v1::ListLedgersRequest(), &answer); });
  if (!Ok(failure)) return Fail(failure, session->language);
  Print(session->json ? Json(answer) + "\n" : ListText(answer, session->language));
  return 0;
}

std::shared_ptr<LedgerArguments> Begin(CLI::App& command) {
  auto arguments = std::make_shared<LedgerArguments>();
  command.add_option(
      "--operator-token-file", arguments->operator_token_file,
      "Thẻ của người vận hành máy chủ / the operator's token [NHANRONG_OPERATOR_TOKEN_FILE]");
  command.footer(kExamples);
  command.fallthrough();
  return arguments;
}

std::shared_ptr<LedgerArguments> AddCreate(Program& program, CLI::App& command) {
  auto arguments = Begin(command);
  v1::CreateLedgerRequest& request = arguments->request;
  command.add_option("--agency", *request.mutable_agency_name(), "Cơ quan quản trị / agency")
      ->required();
  command.add_option("--agency-electronic-id", *request.mutable_agency_electronic_id(),
                     "Mã định danh điện tử / electronic id");
  command.add_option("--agency-id", *request.mutable_agency_id(), "ULID");
  command.add_option("--actor-id", *request.mutable_actor_id(), "ULID");
  command
      .add_option("--title", *request.mutable_administrator_title(),
                  "Chức danh người quản trị đầu tiên / title of the first administrator")
      ->required();
  command.add_option("--role", arguments->roles, "Vai thêm / further roles: map-steward, …");
  command.add_option("--token-out", arguments->token_out,
                     "Nơi giữ thẻ (0600); thiếu: in một lần / where the token goes");
  command.add_flag_callback(
      "--simulated-clock", [arguments] { arguments->request.set_simulated_clock(true); },
      "Đồng hồ mô phỏng, chỉ để trình diễn / demonstrations only");
  command.add_option("--genesis", arguments->genesis,
                     "Thời điểm mở sổ mô phỏng / recorded time of a simulated genesis");
  command.callback([&program, arguments] {
    program.run = [&program, arguments] { return RunCreate(program.flags, *arguments); };
  });
  return arguments;
}

}  // namespace

void AddAdminLedgers(Program& program, CLI::App& admin) {
  CLI::App* init = admin.add_subcommand(
      "init", "Tạo sổ national với người quản trị và người giữ bản đồ / create ledger national");
  auto national = AddCreate(program, *init);
  national->request.set_name(kNationalLedger);
  national->request.add_roles(v1::ROLE_MAP_STEWARD);

  CLI::App* ledger = admin.add_subcommand("ledger", "Sổ / ledgers");
  ledger->require_subcommand(1);
  ledger->fallthrough();
  CLI::App* create = ledger->add_subcommand("create", "Tạo sổ / create a ledger");
  auto created = AddCreate(program, *create);
  create->add_option("NAME", *created->request.mutable_name(), "[a-z][a-z0-9-]{0,62}")->required();
  CLI::App* list = ledger->add_subcommand("list", "Các sổ của máy chủ / ledgers served");
  auto listed = Begin(*list);
  list->callback([&program, listed] {
    program.run = [&program, listed] { return RunList(program.flags, *listed); };
  });

  AddDeed(program, *ledger, kSwitchRule, kSwitchExamples);
}

}  // namespace nhanrong::cli

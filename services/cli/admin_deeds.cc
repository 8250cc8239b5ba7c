#include "services/cli/admin_deeds.h"

#include <map>

#include "services/base/ids.h"
#include "services/cli/admin.h"
#include "services/cli/answers.h"
#include "services/cli/arguments.h"
#include "services/cli/client/json.h"
#include "services/cli/client/token.h"
#include "services/cli/message_options.h"

namespace nhanrong::cli {
namespace {

struct DeedArguments {
  std::string ledger;
  std::string recorded_at;
  std::string day;
  std::string reason;
  std::string submission_id;
  std::string token_out;
  std::map<std::string, std::vector<std::string>> values;  // by field
};

google::protobuf::Message& KindOf(v1::Command& command, v1::Command::KindCase kind) {
  const auto* field = v1::Command::descriptor()->FindFieldByNumber(kind);
  return *command.GetReflection()->MutableMessage(&command, field);
}

absl::StatusOr<v1::Submission> SubmissionOf(const Deed& deed, const DeedArguments& arguments) {
  v1::Command command;
  google::protobuf::Message& message = KindOf(command, deed.kind);
  for (const auto& [field, values] : arguments.values) {
    for (const std::string& value : values) {
      if (absl::Status set = SetFromText(message, field, value); !set.ok()) return set;
    }
  }
  v1::Submission submission = AdminSubmission(arguments.ledger, arguments.recorded_at, command);
  // Not made from the content: the same may be meant once more, as a second suspension.
  submission.set_submission_id(arguments.submission_id.empty() ? RandomUuid4()
                                                               : arguments.submission_id);
  submission.set_reason(arguments.reason);
  if (arguments.day.empty()) return submission;
  const auto day = ParseIsoDate(arguments.day);
  if (!day.ok()) return day.status();
  submission.mutable_occurred_on()->set_value(*day);
  submission.mutable_occurred_on()->set_precision(v1::DATE_PRECISION_DAY);
  return submission;
}

// Empty: the deed makes no token.
absl::StatusOr<std::string> TokenFor(const Deed& deed, const DeedArguments& arguments,
                                     v1::Submission& submission) {
  if (deed.new_token_field == nullptr) return std::string();
  absl::StatusOr<std::string> token = MakeToken(arguments.token_out);
  if (!token.ok()) return token;
  absl::Status set = SetFromText(KindOf(*submission.mutable_command(), deed.kind),
                                 deed.new_token_field, std::string(AsBytes(*TokenHash(*token))));
  if (!set.ok()) return set;
  return token;
}

int RunDeed(const CommonFlags& flags, const Deed& deed, const DeedArguments& arguments) {
  absl::StatusOr<v1::Submission> submission = SubmissionOf(deed, arguments);
  if (!submission.ok()) return Fail(submission.status());
  const absl::StatusOr<Session> session = OpenSession(flags);
  if (!session.ok()) return Fail(session.status());
  const absl::StatusOr<std::string> token = TokenFor(deed, arguments, *submission);
  if (!token.ok()) return Fail(token.status());
  // Before it is sent: whoever loses the answer still has the id.
  if (arguments.submission_id.empty()) {
    PrintError("submission_id " + submission->submission_id() + "\n");
  }
  v1::Accepted accepted;
  const Failure failure = SubmitOne(*session, *submission, &accepted);
  if (!Ok(failure)) return Fail(failure, session->language);
  Print(session->json ? JsonLine(accepted) : AcceptedText(accepted, session->language));
  if (!token->empty() && arguments.token_out.empty()) {
    PrintError(Pick(session->language, "Thẻ truy cập (chỉ in một lần): ", "Token (shown once): "));
    Print(*token + "\n");
  }
  return 0;
}

}  // namespace

void AddDeed(Program& program, CLI::App& group, const Deed& deed, const char* examples) {
  CLI::App* command = group.add_subcommand(deed.name, deed.help);
  const auto arguments = std::make_shared<DeedArguments>();
  command->add_option("--ledger", arguments->ledger, "Sổ / ledger")->required();
  for (const DeedOption& option : deed.options) {
    CLI::Option* added =
        command->add_option(option.flag, arguments->values[option.field], option.help);
    added->required(option.required)->expected(1)->allow_extra_args(false);
    if (option.many) added->take_all();
  }
  command->add_option("--on", arguments->day, "Ngày có hiệu lực / the day it happens")
      ->required(deed.dated);
  command->add_option("--reason", arguments->reason, "Lý do / reason")->required(deed.reasoned);
  if (deed.new_token_field != nullptr) {
    command->add_option("--token-out", arguments->token_out, "Nơi giữ thẻ (0600) / token file");
  }
  command->add_option("--submission-id", arguments->submission_id,
                      "Gửi lại khi chưa rõ kết quả / send again when the outcome is unknown");
  command->add_option("--recorded-at", arguments->recorded_at,
                      "Giờ ghi, chỉ với sổ mô phỏng / recorded time, simulated ledgers only");
  command->footer(examples);
  command->fallthrough();
  command->callback([&program, arguments, deed] {
    program.run = [&program, arguments, deed] { return RunDeed(program.flags, deed, *arguments); };
  });
}

void AddDeeds(Program& program, CLI::App& admin, const std::vector<DeedGroup>& groups) {
  for (const DeedGroup& group : groups) {
    CLI::App* added = admin.add_subcommand(group.name, group.help);
    added->require_subcommand(1);
    added->fallthrough();
    added->footer(group.examples);
    for (const Deed& deed : group.deeds) AddDeed(program, *added, deed, group.examples);
  }
}

}  // namespace nhanrong::cli

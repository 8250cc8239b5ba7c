// `nhanrong submit`: one submission, one answer; with --stream, lines of them.
#include "services/base/ids.h"
#include "services/cli/answers.h"
#include "services/cli/arguments.h"
#include "services/cli/client/files.h"
#include "services/cli/client/json.h"
#include "services/cli/client/retry.h"
#include "services/cli/commands.h"
#include "services/cli/submit_lines.h"

namespace nhanrong::cli {
namespace {

constexpr char kExamples[] = R"(Ví dụ / Examples:
  nhanrong submit dang-ky.json --token-file can-bo.token
  nhanrong submit - --ledger dong-thap < dang-ky.json
  nhanrong submit dang-ky.json --output json --lang en
  may-phat | nhanrong submit --stream - --ledger dong-thap --output json > ket-qua.ndjson
Tệp / the file:
  {"ledger": "dong-thap", "occurredOn": {"value": "2021-05-05", "precision": "DATE_PRECISION_DAY"},
   "command": {"submitModel": {"modelId": "01F4…"}}}
Thiếu submissionId thì chương trình tạo và in ra; chưa rõ kết quả thì gửi lại đúng mã đó.
Without submissionId one is made and printed; when the outcome is unknown send the same id again.
--stream: mỗi dòng một việc (NDJSON), gửi ngay khi có; kết quả từng dòng theo thứ tự; mất kết nối thì
nối lại và gửi lại đúng mã. Thiếu submissionId thì mã là UUIDv5 của sổ và nội dung dòng, như import.
--stream: one submission a line, sent as it comes; the outcome of each, in order; a broken stream is
opened again and what has no answer is sent again under its id. JSON: sequence is the line.
Dòng nêu người gửi ({"as":"NAME","submission":{…}}) cần --token-dir: gửi lần lượt theo từng người, đúng
thứ tự của tệp. Lines that name their sender need --token-dir and go in the order of the file.)";

struct SubmitArguments {
  std::string file;
  std::string ledger;
  bool stream = false;
  std::string token_folder;
};

absl::StatusOr<v1::Submission> ReadSubmission(const SubmitArguments& arguments) {
  const absl::StatusOr<std::string> text =
      arguments.file == "-" ? ReadStandardInput() : ReadWholeFile(arguments.file);
  if (!text.ok()) return text.status();
  v1::Submission submission;
  if (absl::Status parsed = ParseJson(*text, &submission); !parsed.ok()) return parsed;
  if (submission.ledger().empty()) submission.set_ledger(arguments.ledger);
  if (submission.channel() == v1::INGEST_CHANNEL_UNSPECIFIED) {
    submission.set_channel(v1::INGEST_CHANNEL_GRPC);
  }
  return submission;
}

int RunSubmit(const CommonFlags& flags, const SubmitArguments& arguments) {
  absl::StatusOr<Session> session = OpenSession(flags);
  if (!session.ok()) return Fail(session.status());
  if (arguments.stream) {
    Senders senders(flags, *session, arguments.token_folder);
    return SubmitLines(senders, *session, arguments.file,
                       {arguments.ledger, v1::INGEST_CHANNEL_GRPC});
  }
  absl::StatusOr<v1::Submission> submission = ReadSubmission(arguments);
  if (!submission.ok()) return Fail(submission.status());
  if (submission->submission_id().empty()) {
    submission->set_submission_id(RandomUuid4());
    // Before it is sent: whoever loses the answer still has the id.
    PrintError("submission_id " + submission->submission_id() + "\n");
  }
  v1::SubmitRequest request;
  *request.mutable_submission() = *std::move(submission);
  v1::SubmitResponse response;
  const Failure failure = Retry([&] { return session->client->Call(request, &response); });
  if (!Ok(failure)) {
    PrintError("submission_id " + request.submission().submission_id() + "\n");
    return Fail(failure, session->language);
  }
  Print(session->json ? Json(response.accepted()) + "\n"
                      : AcceptedText(response.accepted(), session->language));
  return 0;
}

}  // namespace

void AddSubmit(Program& program) {
  CLI::App* submit = program.app.add_subcommand(
      "submit", "Gửi một việc cần ghi sổ và in câu trả lời / send one submission");
  const auto arguments = std::make_shared<SubmitArguments>();
  submit->add_option("FILE", arguments->file, "JSON, '-' là đầu vào chuẩn / '-': standard input")
      ->required();
  submit->add_option("--ledger", arguments->ledger,
                     "Sổ, khi tệp không nêu / when the file names none");
  submit->add_flag("--stream", arguments->stream,
                   "Mỗi dòng một việc, trên một luồng / one submission a line, on one stream");
  submit->add_option(
      "--token-dir", arguments->token_folder,
      "Thẻ NAME.token của dòng {\"as\":\"NAME\",\"submission\":…} / tokens of lines that "
      "name their sender");
  submit->footer(kExamples);
  submit->fallthrough();
  submit->callback([&program, arguments] {
    program.run = [&program, arguments] { return RunSubmit(program.flags, *arguments); };
  });
}

}  // namespace nhanrong::cli

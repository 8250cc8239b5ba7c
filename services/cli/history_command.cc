// `nhanrong history`: the ledger itself.
#include <climits>

#include "services/base/bytes.h"
#include "services/cli/arguments.h"
#include "services/cli/commands.h"
#include "services/cli/history_reader.h"
#include "services/cli/output.h"

namespace nhanrong::cli {
namespace {

constexpr char kExamples[] = R"(Ví dụ / Examples:
  nhanrong history read --ledger dong-thap --from 0 --max 20
  nhanrong history read --ledger dong-thap --from-time 2021-05-01 --stream model/01F4…
  nhanrong history follow --ledger dong-thap --output json --resume-file vi-tri.txt
  nhanrong history read --ledger dong-thap --output xlsx --output-file so.xlsx
  nhanrong history read --ledger dong-thap --raw | cut -f2 | xxd -r -p
--resume-file giữ vị trí đã in; ghi sau khi dòng đã in, nên sau khi bị ngắt không thiếu dòng nào, và
chỉ dòng cuối có thể in lại một lần (nhận ra bằng vị trí).
The resume file is written after a line is out: after a kill nothing is missing, and only the last
line can come once more (its position tells).)";

struct HistoryArguments {
  std::string ledger;
  std::uint64_t from = 0;
  std::string from_time;
  std::string stream;
  std::uint64_t max = 0;
  bool follow = false;
  bool raw = false;
  std::string resume_file;
};

std::string RawText(const v1::HistoryEntry& entry) {
  return std::to_string(entry.position()) + "\t" + ToHex(entry.record_bytes()) + "\n";
}

absl::StatusOr<HistoryOptions> OptionsOf(const HistoryArguments& arguments) {
  HistoryOptions options;
  options.range.set_ledger(arguments.ledger);
  options.range.set_stream(arguments.stream);
  options.range.set_from_position(arguments.from);
  if (!arguments.from_time.empty()) {
    const absl::StatusOr<absl::Time> time = ParseMoment(arguments.from_time, DayEdge::kStart);
    if (!time.ok()) return time.status();
    *options.range.mutable_from_time() = ToProto(*time);
  }
  options.commits_max = arguments.max;
  options.follow = arguments.follow;
  // Who follows waits for the server as long as it takes.
  if (options.follow) options.backoff.attempts_max = INT_MAX;
  return options;
}

// Where entries go: lines, or the rows of a table.
class EntryPrinter {
 public:
  EntryPrinter(const Session& session, bool raw) : session_(session), raw_(raw) {}

  absl::Status Open() {
    const bool sheet = session_.form == OutputForm::kCsv || session_.form == OutputForm::kXlsx;
    if (!sheet) return absl::OkStatus();
    auto sink = OpenSheetSink(session_);
    if (!sink.ok()) return sink.status();
    sink_ = *std::move(sink);
    return sink_->Begin(HistoryHead(session_.language));
  }
  absl::Status Add(const v1::HistoryEntry& entry) {
    if (sink_ != nullptr) {
      absl::Status status;
      for (const auto& row : HistoryRows(entry, session_.language)) status.Update(sink_->Row(row));
      return status;
    }
    const bool printed = Print(raw_            ? RawText(entry)
                               : session_.json ? JsonLine(entry)
                                               : HistoryText(entry, session_.language));
    return printed ? absl::OkStatus() : absl::DataLossError("không in được / cannot print");
  }
  absl::Status Finish() { return sink_ == nullptr ? absl::OkStatus() : sink_->Finish(); }

 private:
  const Session& session_;
  bool raw_;
  std::unique_ptr<SheetSink> sink_;  // of a form that is a table
};

absl::Status CheckForms(const Session& session, const HistoryArguments& arguments) {
  const bool sheet = session.form == OutputForm::kCsv || session.form == OutputForm::kXlsx;
  if (arguments.raw && sheet) {
    return absl::FailedPreconditionError("--raw không đi với csv, xlsx / --raw is no table");
  }
  if (!sheet && !session.output_file.empty()) {
    return absl::FailedPreconditionError(
        "--output-file cần --output csv hoặc xlsx / needs --output csv or xlsx");
  }
  if (arguments.follow && !session.output_file.empty()) {
    return absl::FailedPreconditionError(
        "tệp không bao giờ xong khi chờ tiếp / a file is never finished while following");
  }
  return absl::OkStatus();
}

int RunHistory(const CommonFlags& flags, const HistoryArguments& arguments) {
  absl::StatusOr<HistoryOptions> options = OptionsOf(arguments);
  if (!options.ok()) return Fail(options.status());
  const absl::StatusOr<Session> session = OpenSession(flags, Forms::kTables);
  if (!session.ok()) return Fail(session.status());
  if (absl::Status status = CheckForms(*session, arguments); !status.ok()) return Fail(status);
  std::optional<ResumeFile> resume;
  if (!arguments.resume_file.empty()) {
    absl::StatusOr<ResumeFile> opened = ResumeFile::Open(arguments.resume_file, arguments.ledger);
    if (!opened.ok()) return Fail(opened.status());
    resume.emplace(*std::move(opened));
  }
  HistoryReader reader(*session->client, *options, resume ? &*resume : nullptr, SystemSleep());
  EntryPrinter printer(*session, arguments.raw);
  if (absl::Status status = printer.Open(); !status.ok()) return Fail(status);
  const Failure failure =
      reader.Run([&](const v1::HistoryEntry& entry) { return printer.Add(entry); });
  if (!Ok(failure)) return Fail(failure, session->language);
  const absl::Status finished = printer.Finish();
  return finished.ok() ? 0 : Fail(finished);
}

void AddOne(Program& program, CLI::App& history, const std::string& name,
            const std::string& description, bool follow) {
  CLI::App* command = history.add_subcommand(name, description);
  const auto arguments = std::make_shared<HistoryArguments>();
  arguments->follow = follow;
  command->add_option("--ledger", arguments->ledger, "Sổ / ledger")->required();
  CLI::Option* from = command->add_option("--from", arguments->from, "Từ vị trí / first position");
  command
      ->add_option("--from-time", arguments->from_time,
                   "Từ ngày hoặc giờ ghi / recorded at or after")
      ->excludes(from);
  command->add_option("--stream", arguments->stream, "Chỉ luồng này / only this stream");
  command->add_option("--resume-file", arguments->resume_file,
                      "Giữ vị trí đã in / keeps the position printed");
  command->add_flag("--raw", arguments->raw, "Vị trí và byte gốc dạng hex / exact bytes in hex");
  if (!follow) {
    command->add_flag("--follow", arguments->follow, "Chờ tiếp dòng mới / go on with what comes");
    command->add_option("--max", arguments->max, "Số commit nhiều nhất / at most so many");
  }
  command->footer(kExamples);
  command->fallthrough();
  command->callback([&program, arguments] {
    program.run = [&program, arguments] { return RunHistory(program.flags, *arguments); };
  });
}

}  // namespace

void AddHistory(Program& program) {
  CLI::App* history =
      program.app.add_subcommand("history", "Đọc chính sổ cái / read the ledger itself");
  history->require_subcommand(1);
  history->fallthrough();
  history->footer(kExamples);
  AddOne(program, *history, "read", "Đọc đến cuối sổ / read up to the head", false);
  AddOne(program, *history, "follow", "Đọc rồi chờ tiếp / read, then go on", true);
}

}  // namespace nhanrong::cli

// `nhanrong import`: files of submissions, one a line, and spreadsheets, one a row.
#include <algorithm>

#include "google/protobuf/struct.pb.h"
#include "services/cli/client/json.h"
#include "services/cli/commands.h"
#include "services/cli/format/table.h"
#include "services/cli/import_file.h"
#include "services/cli/sheet_command.h"

namespace nhanrong::cli {
namespace {

constexpr char kExamples[] = R"(Ví dụ / Examples:
  nhanrong import thang-4.ndjson --ledger dong-thap --token-file can-bo.token
  nhanrong import a.ndjson b.ndjson --resume
  nhanrong import doc-lap.ndjson --in-flight 8 --batch 500
  nhanrong import --list-templates
  nhanrong import --template model-registration --output dang-ky.xlsx
  nhanrong import dang-ky.xlsx --ledger dong-thap --token-file can-bo.token
Bảng tính (.xlsx, .csv): mẫu được nhận ra theo hàng tiêu đề; dòng sai quay lại trong TỆP.tra-lai với
lý do ở cột cuối: sửa rồi nhập tệp đó. Nhập lại không ghi hai lần; dòng đã ghi mà đổi nội dung là đính
chính, phải có lý do. --check chỉ kiểm tra, không gửi.
Spreadsheets: the template is recognised by its header; wrong rows come back in FILE.tra-lai with the
reason in the last column: mend and import that file. Importing again records nothing twice; a recorded
row with other content is a correction and needs a reason. --check sends nothing.
Mỗi dòng một submission (JSON protobuf); dòng trống và dòng '#' được bỏ qua. Thiếu submissionId thì
mã là UUIDv5 của sổ và nội dung dòng: gửi lại cả tệp bao nhiêu lần cũng chỉ ghi một lần.
One submission a line; blank lines and '#' are skipped. Without submissionId the id is made from
ledger and line, so a file sent again is recorded once. Refused lines: FILE.refused.ndjson, with
reasons. --resume keeps FILE.progress. By default the lines go in order on one stream; several calls
at once (--in-flight) do not keep the order of lines. Lines of many senders in one file, in the order in
which things happened: {"as":"can-bo-0001","submission":{…}}, with --token-dir.)";

struct ImportArguments {
  std::vector<std::string> files;
  ImportFileOptions options;
  SheetArguments sheet;
  std::string token_folder;
};

google::protobuf::Struct JsonOf(const std::string& file, const ImportFileResult& result) {
  google::protobuf::Struct json;
  auto& fields = *json.mutable_fields();
  fields["file"].set_string_value(file);
  fields["accepted"].set_number_value(static_cast<double>(result.counts.accepted));
  fields["repeated"].set_number_value(static_cast<double>(result.counts.repeated));
  fields["refused"].set_number_value(static_cast<double>(result.counts.refused));
  fields["invalid"].set_number_value(static_cast<double>(result.counts.invalid));
  fields["complete"].set_bool_value(Ok(result.stopped));
  fields["exitCode"].set_number_value(static_cast<int>(result.exit));
  if (!result.refused_path.empty()) fields["refusedFile"].set_string_value(result.refused_path);
  return json;
}

Table SummaryTable(Language language) {
  const auto column = [&](std::string_view vi, std::string_view en, Column::Align align) {
    return Column{std::string(Pick(language, vi, en)), align};
  };
  using Align = Column::Align;
  return Table({column("Tệp", "File", Align::kLeft), column("Nhận", "Accepted", Align::kRight),
                column("Lặp", "Repeated", Align::kRight),
                column("Từ chối", "Refused", Align::kRight),
                column("Không hợp lệ", "Invalid", Align::kRight),
                column("Dòng bị từ chối", "Refused lines", Align::kLeft)});
}

std::vector<std::string> SummaryRow(const std::string& file, const ImportFileResult& result,
                                    Language language) {
  const auto number = [&](std::uint64_t value) {
    return NumberText(static_cast<std::int64_t>(value), language);
  };
  return {file,
          number(result.counts.accepted),
          number(result.counts.repeated),
          number(result.counts.refused),
          number(result.counts.invalid),
          result.refused_path};
}

int ImportLines(const CommonFlags& flags, const ImportArguments& arguments) {
  CommonFlags own = flags;
  if (!arguments.sheet.output.empty()) own.output = arguments.sheet.output;
  absl::StatusOr<Session> session = OpenSession(own);
  if (!session.ok()) return Fail(session.status());
  Senders senders(own, *session, arguments.token_folder);
  Table table = SummaryTable(session->language);
  ExitCode exit = ExitCode::kOk;
  Failure stopped;
  for (const std::string& file : arguments.files) {
    const absl::StatusOr<ImportFileResult> result =
        ImportFile(senders, session->language, file, arguments.options);
    if (!result.ok()) return Fail(result.status());
    if (session->json) Print(JsonLine(JsonOf(file, *result)));
    table.Add(SummaryRow(file, *result, session->language));
    exit = std::max(exit, result->exit);
    stopped = result->stopped;
    // The files stand in the order in which they were given; the next may rest on this one.
    if (!Ok(stopped)) break;
  }
  if (!session->json) Print(table.Text());
  if (!Ok(stopped)) return Fail(stopped, session->language);
  return static_cast<int>(exit);
}

int RunImport(const CommonFlags& flags, const ImportArguments& arguments) {
  const std::vector<std::string>& files = arguments.files;
  if (arguments.sheet.list_templates) return ListTemplates(LanguageOf(flags));
  if (files.empty() && !arguments.sheet.form.empty()) {
    return MakeTemplate(arguments.sheet, LanguageOf(flags));
  }
  const auto sheets = std::count_if(files.begin(), files.end(), IsSheetFile);
  if (files.empty() || (sheets > 0 && sheets != std::ssize(files))) {
    return Fail(
        absl::FailedPreconditionError("cần tệp nhập: hoặc chỉ NDJSON, hoặc chỉ bảng tính / files "
                                      "are needed: only NDJSON, or only "
                                      "spreadsheets"));
  }
  if (sheets == 0) return ImportLines(flags, arguments);
  return ImportSheets(flags, files, arguments.options.defaults.ledger, arguments.sheet,
                      arguments.options.import);
}

void AddSheetOptions(CLI::App& command, SheetArguments& sheet) {
  command.add_option("--template", sheet.form,
                     "Mẫu bảng tính; không có FILE thì tạo mẫu / template; without FILE: make one");
  command.add_flag("--list-templates", sheet.list_templates, "Các mẫu / the templates");
  command.add_option("--output", sheet.output,
                     "Dạng kết quả (table, json, csv, xlsx), hoặc tệp mẫu cần tạo / form of the "
                     "answer, or the template file to make");
  command.add_option("--sheet", sheet.sheet, "Trang tính / worksheet");
  command.add_option("--numbers", sheet.numbers,
                     "Cách viết số: vi (1.234,5), en (1,234.5) / how numbers are written");
  command.add_flag("--retry-refused", sheet.retry_refused,
                   "Gửi lại dòng đã bị từ chối / send refused rows again");
  command.add_flag("--check", sheet.check, "Chỉ kiểm tra bảng tính / only check a spreadsheet");
}

}  // namespace

void AddImport(Program& program) {
  CLI::App* command = program.app.add_subcommand(
      "import", "Gửi tệp NDJSON (mỗi dòng một việc) hoặc bảng tính / send files of submissions");
  const auto arguments = std::make_shared<ImportArguments>();
  command->add_option("FILE", arguments->files, "Tệp NDJSON, .csv, .xlsx / files");
  command->add_option("--ledger", arguments->options.defaults.ledger,
                      "Sổ, khi dòng không nêu / when a line names none");
  command
      ->add_option("--batch", arguments->options.import.batch_lines,
                   "Số dòng mỗi khung hoặc lời gọi / lines in a frame or call")
      ->check(CLI::Range(std::size_t{1}, kBatchLinesMax))
      ->capture_default_str();
  command
      ->add_option(
          "--in-flight", arguments->options.import.in_flight,
          "1: một luồng, đúng thứ tự; nhiều: số lời gọi cùng lúc / 1: one stream, in order; "
          "more: calls at once")
      ->check(CLI::Range(1, kInFlightMax))
      ->capture_default_str();
  command->add_flag(
      "--calls", arguments->options.calls,
      "Từng lời gọi thay cho luồng, đúng thứ tự / calls instead of a stream, in order");
  command->add_option(
      "--token-dir", arguments->token_folder,
      "Thẻ NAME.token của dòng {\"as\":\"NAME\",\"submission\":…} / tokens of lines "
      "that name their sender");
  command->add_flag("--resume", arguments->options.resume,
                    "Đi tiếp từ FILE.progress / go on where FILE.progress stands");
  AddSheetOptions(*command, arguments->sheet);
  command->footer(kExamples);
  command->fallthrough();
  command->callback([&program, arguments] {
    program.run = [&program, arguments] { return RunImport(program.flags, *arguments); };
  });
}

}  // namespace nhanrong::cli

#include "services/cli/sheet_command.h"

#include <algorithm>
#include <optional>

#include "google/protobuf/struct.pb.h"
#include "services/cli/output.h"
#include "services/cli/templates/template_file.h"

namespace nhanrong::cli {
namespace {

// Rows that a terminal is shown; all of them go to --output csv, xlsx or json.
constexpr std::size_t kRowsShown = 40;

bool IsForm(const std::string& output) {
  return output == "table" || output == "json" || output == "csv" || output == "xlsx";
}

absl::StatusOr<NumberStyle> StyleOf(const std::string& name) {
  if (name.empty()) return NumberStyle::kUnambiguous;
  if (name == "vi") return NumberStyle::kVietnamese;
  if (name == "en") return NumberStyle::kEnglish;
  return absl::FailedPreconditionError("--numbers là vi hoặc en / is vi or en");
}

google::protobuf::Value Text(const std::string& text) {
  google::protobuf::Value value;
  value.set_string_value(text);
  return value;
}
google::protobuf::Value Number(std::uint64_t number) {
  google::protobuf::Value value;
  value.set_number_value(static_cast<double>(number));
  return value;
}

// Where the outcomes of rows go: a table file, JSON lines, or the first and the wrong ones on a
// terminal.
class OutcomePrinter {
 public:
  OutcomePrinter(const Session& session, const std::string& file)
      : session_(session), file_(file), shown_(OutcomeHead(session.language)) {}

  absl::Status Open() {
    if (session_.form != OutputForm::kCsv && session_.form != OutputForm::kXlsx) {
      return absl::OkStatus();
    }
    auto sink = OpenSheetSink(session_);
    if (!sink.ok()) return sink.status();
    sink_ = *std::move(sink);
    return sink_->Begin(OutcomeHead(session_.language));
  }
  absl::Status Add(const Template& form, const RowOutcome& outcome) {
    std::vector<Cell> row = OutcomeRow(form, outcome, session_.language);
    if (sink_ != nullptr) return sink_->Row(row);
    if (session_.json) return AddJson(row);
    const bool worth = outcome.exit != ExitCode::kOk || !outcome.entry.echoes.empty() ||
                       outcome.kind == RowOutcome::Kind::kCorrected;
    if (!worth) return absl::OkStatus();
    if (shown_.rows.size() < kRowsShown) {
      shown_.rows.push_back(std::move(row));
    } else {
      ++left_out_;
    }
    return absl::OkStatus();
  }
  absl::Status Finish(const SheetImportResult& result, const std::vector<std::string>& notes) {
    if (session_.json) return PrintLine(SummaryJson(result));
    if (sink_ != nullptr) {
      absl::Status status = sink_->Notes(notes);
      return status.ok() ? sink_->Finish() : status;
    }
    Report report;
    if (!shown_.rows.empty()) {
      shown_.gap_after = true;
      report.sheets.push_back(std::move(shown_));
    }
    if (left_out_ > 0) {
      report.notes.push_back(
          "… " + NumberText(static_cast<std::int64_t>(left_out_), session_.language) +
          std::string(Pick(session_.language, " dòng nữa: --output csv hoặc xlsx để có đủ",
                           " more rows: --output csv or xlsx for all of them")));
    }
    report.notes.insert(report.notes.end(), notes.begin(), notes.end());
    return PrintReport(session_, report);
  }

 private:
  absl::Status PrintLine(const google::protobuf::Struct& json) {
    return Print(JsonLine(json)) ? absl::OkStatus()
                                 : absl::DataLossError("không in được / cannot print");
  }
  absl::Status AddJson(const std::vector<Cell>& row) {
    constexpr const char* kNames[] = {"row", "outcome", "position", "understood", "why", "id"};
    google::protobuf::Struct json;
    auto& fields = *json.mutable_fields();
    fields["file"] = Text(file_);
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (const auto* ordinal = std::get_if<Ordinal>(&row[i])) {
        fields[kNames[i]] = Number(ordinal->value);
      } else if (const std::string text = CellText(row[i], session_.language); !text.empty()) {
        fields[kNames[i]] = Text(text);
      }
    }
    return PrintLine(json);
  }
  google::protobuf::Struct SummaryJson(const SheetImportResult& result) {
    google::protobuf::Struct json;
    auto& fields = *json.mutable_fields();
    fields["file"] = Text(file_);
    fields["template"] = Text(std::string(result.form->name));
    fields["accepted"] = Number(result.counts.accepted);
    fields["corrected"] = Number(result.corrected);
    fields["repeated"] = Number(result.counts.repeated);
    fields["refused"] = Number(result.counts.refused);
    fields["invalid"] = Number(result.counts.invalid);
    fields["checked"] = Number(result.checked);
    fields["complete"].set_bool_value(Ok(result.stopped));
    fields["exitCode"] = Number(static_cast<std::uint64_t>(result.exit));
    if (!result.returned_path.empty()) fields["returnedFile"] = Text(result.returned_path);
    return json;
  }

  const Session& session_;
  const std::string file_;
  Sheet shown_;
  std::size_t left_out_ = 0;
  std::unique_ptr<SheetSink> sink_;  // of a form that is a table
};

std::vector<std::string> NotesOf(const std::string& file, const SheetImportResult& result,
                                 Language language) {
  const auto item = [&](std::string_view vi, std::string_view en, std::uint64_t value) {
    return ", " + std::string(Pick(language, vi, en)) + " " +
           NumberText(static_cast<std::int64_t>(value), language);
  };
  std::string counts = file + ": " + std::string(Pick(language, "mẫu ", "template ")) +
                       std::string(result.form->name);
  if (result.checked > 0) counts += item("sẽ gửi", "would be sent", result.checked);
  counts += item("nhận", "accepted", result.counts.accepted);
  if (result.corrected > 0)
    counts += item("trong đó đính chính", "of them corrections", result.corrected);
  counts += item("đã ghi từ trước", "repeated", result.counts.repeated);
  if (result.superseded > 0) {
    counts += item("trong đó đã đính chính sau", "of them corrected since", result.superseded);
  }
  counts += item("từ chối", "refused", result.counts.refused) +
            item("không hợp lệ", "invalid", result.counts.invalid);
  std::vector<std::string> notes = {counts};
  for (const std::string& remark : result.remarks) notes.push_back("  " + remark);
  if (!result.returned_path.empty()) {
    notes.push_back(
        std::string(Pick(language, "Dòng trả lại: ", "Returned rows: ")) + result.returned_path +
        std::string(Pick(language, " (sửa rồi nhập tệp này)", " (mend it and import this file)")));
  }
  return notes;
}

// One file; the exit code.
int ImportOne(const Session& session, const std::string& file, const SheetImportOptions& options,
              bool& stopped) {
  OutcomePrinter printer(session, file);
  if (absl::Status opened = printer.Open(); !opened.ok()) return Fail(opened);
  const auto tell = [&](const Template& form, const RowOutcome& outcome) {
    return printer.Add(form, outcome);
  };
  const auto result = ImportSheet(session, file, options, tell);
  if (!result.ok()) {
    stopped = true;
    return Fail(
        absl::Status(result.status().code(), file + ": " + std::string(result.status().message())));
  }
  const absl::Status printed = printer.Finish(*result, NotesOf(file, *result, session.language));
  if (!printed.ok()) return Fail(printed);
  stopped = !Ok(result->stopped);
  return stopped ? Fail(result->stopped, session.language) : static_cast<int>(result->exit);
}

}  // namespace

int ListTemplates(Language language) {
  Report report;
  Sheet& sheet = report.sheets.emplace_back();
  const auto column = [&](std::string_view vi, std::string_view en) {
    return Column{std::string(Pick(language, vi, en)), Column::Align::kLeft};
  };
  sheet.columns = {column("Mẫu", "Template"), column("Dùng để", "For"),
                   column("Cột bắt buộc", "Required columns")};
  for (const Template& form : Templates()) {
    std::string required;
    for (const TemplateColumn& one : form.columns) {
      if (!one.required) continue;
      required += (required.empty() ? "" : "; ") + std::string(Pick(language, one.vi, one.en));
    }
    sheet.rows.push_back(
        {std::string(form.name), std::string(Pick(language, form.vi, form.en)), required});
  }
  return Print(ReportText(report, language)) ? 0 : static_cast<int>(ExitCode::kLocal);
}

int MakeTemplate(const SheetArguments& arguments, Language language) {
  const Template* form = FindTemplate(arguments.form);
  if (form == nullptr) {
    return Fail(absl::FailedPreconditionError("không có mẫu / no such template: " + arguments.form +
                                              " (nhanrong import --list-templates)"));
  }
  const std::string path = arguments.output.empty() ? arguments.form + ".xlsx" : arguments.output;
  if (absl::Status written = WriteTemplate(*form, path, language); !written.ok()) {
    return Fail(written);
  }
  return Print(path + "\n") ? 0 : static_cast<int>(ExitCode::kLocal);
}

int ImportSheets(const CommonFlags& flags, const std::vector<std::string>& files,
                 const std::string& ledger, const SheetArguments& arguments,
                 const ImportOptions& options) {
  CommonFlags own = flags;
  if (!arguments.output.empty()) own.output = arguments.output;
  if (!IsForm(own.output)) {
    return Fail(absl::FailedPreconditionError(
        "--output là table, json, csv, xlsx khi nhập tệp / is a form when files are imported"));
  }
  const auto numbers = StyleOf(arguments.numbers);
  if (!numbers.ok()) return Fail(numbers.status());
  if (ledger.empty()) {
    return Fail(absl::FailedPreconditionError("thiếu --ledger / --ledger is missing"));
  }
  if (!arguments.form.empty() && FindTemplate(arguments.form) == nullptr) {
    return Fail(
        absl::FailedPreconditionError("không có mẫu / no such template: " + arguments.form));
  }
  const absl::StatusOr<Session> session = OpenSession(own, Forms::kTables);
  if (!session.ok()) return Fail(session.status());
  if (!session->output_file.empty() && files.size() > 1) {
    return Fail(absl::FailedPreconditionError(
        "--output-file chỉ đi với một tệp nhập / goes with one file only"));
  }
  SheetImportOptions sheet;
  sheet.ledger = ledger;
  sheet.form = arguments.form;
  sheet.sheet = arguments.sheet;
  sheet.rows.numbers = *numbers;
  sheet.rows.retry_refused = arguments.retry_refused;
  sheet.rows.check_only = arguments.check;
  sheet.import = options;
  int exit = 0;
  bool stopped = false;
  for (const std::string& file : files) {
    exit = std::max(exit, ImportOne(*session, file, sheet, stopped));
    if (stopped) break;
  }
  return exit;
}

}  // namespace nhanrong::cli

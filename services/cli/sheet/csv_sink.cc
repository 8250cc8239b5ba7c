#include "services/cli/sheet/csv_form.h"
#include "services/cli/sheet/sheet_sink.h"

namespace nhanrong::cli {
namespace {

class CsvSink final : public SheetSink {
 public:
  CsvSink(CsvTarget target, Language language) : to_(std::move(target)), language_(language) {}

  absl::Status Begin(const Sheet& head) override {
    std::vector<std::string> titles;
    for (const Column& column : head.columns) titles.push_back(GuardFormula(column.title));
    const std::string before(begun_ ? "\r\n" : kCsvMark);
    begun_ = true;
    return to_.write(before + CsvLine(titles));
  }
  absl::Status Row(const std::vector<Cell>& cells) override {
    return to_.write(CsvRow(cells, language_));
  }
  absl::Status Notes(const std::vector<std::string>& notes) override {
    absl::Status status;
    for (const std::string& note : notes) status.Update(to_.note(note + "\n"));
    return status;
  }
  absl::Status Finish() override { return to_.finish(); }

 private:
  CsvTarget to_;
  Language language_;
  bool begun_ = false;
};

}  // namespace

std::unique_ptr<SheetSink> MakeCsvSink(CsvTarget target, Language language) {
  return std::make_unique<CsvSink>(std::move(target), language);
}

absl::Status WriteReport(const Report& report, SheetSink& sink) {
  absl::Status status;
  for (const Sheet& sheet : report.sheets) {
    status.Update(sink.Begin(sheet));
    for (const std::vector<Cell>& row : sheet.rows) {
      if (!status.ok()) return status;
      status = sink.Row(row);
    }
  }
  if (status.ok()) status = sink.Notes(report.notes);
  if (status.ok()) status = sink.Finish();
  return status;
}

}  // namespace nhanrong::cli

#include <algorithm>

#include "services/cli/sheet/sheet_sink.h"
#include "services/cli/sheet/xlsx_book.h"

namespace nhanrong::cli {
namespace {

// Characters. Rows are not looked at before they come, so a column is as wide as its title asks,
// within what can be read.
constexpr double kWidthMin = 14;
constexpr double kWidthMax = 60;
constexpr double kTextWidth = 28;

std::vector<XlsxColumn> ColumnsOf(const Sheet& head) {
  std::vector<XlsxColumn> columns;
  for (const Column& column : head.columns) {
    const double least = column.align == Column::Align::kLeft ? kTextWidth : kWidthMin;
    const auto title = static_cast<double>(DisplayWidth(column.title) + 2);
    columns.push_back({column.title, std::clamp(title, least, kWidthMax)});
  }
  return columns;
}

class XlsxSink final : public SheetSink {
 public:
  XlsxSink(std::unique_ptr<XlsxBook> book, Language language)
      : book_(std::move(book)), language_(language) {}

  absl::Status Begin(const Sheet& head) override {
    return book_->BeginSheet(head.name, ColumnsOf(head));
  }
  absl::Status Row(const std::vector<Cell>& cells) override { return book_->Row(cells); }
  absl::Status Notes(const std::vector<std::string>& notes) override {
    const std::string title(Pick(language_, "Nguồn số liệu", "Where this comes from"));
    absl::Status status = book_->BeginSheet(title, {{title, 100}});
    for (const std::string& note : notes) {
      if (status.ok()) status = book_->Row({note});
    }
    return status;
  }
  absl::Status Finish() override { return book_->Finish(); }

 private:
  std::unique_ptr<XlsxBook> book_;
  Language language_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<SheetSink>> MakeXlsxSink(const std::string& path,
                                                        Language language) {
  auto book = XlsxBook::Create(path, language);
  if (!book.ok()) return book.status();
  return std::unique_ptr<SheetSink>(std::make_unique<XlsxSink>(*std::move(book), language));
}

}  // namespace nhanrong::cli

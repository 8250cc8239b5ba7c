#include "services/cli/templates/template_file.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/time/civil_time.h"
#include "services/cli/client/files.h"
#include "services/cli/sheet/csv_form.h"
#include "services/cli/sheet/xlsx_book.h"

namespace nhanrong::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kReturnedMark = ".tra-lai";
// Characters.
constexpr double kSequenceWidth = 8;
constexpr double kTextWidth = 26;
constexpr double kLinesWidth = 44;
constexpr double kReasonWidth = 70;
constexpr std::size_t kHintMax = 250;  // characters, by the format: 255

double WidthOf(ColumnKind kind) {
  if (kind == ColumnKind::kSequence) return kSequenceWidth;
  return kind == ColumnKind::kLines ? kLinesWidth : kTextWidth;
}

// At most so many characters, whole ones.
std::string Shortened(const std::string& text, std::size_t characters) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool begins = (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    if (begins && ++count > characters) return text.substr(0, i);
  }
  return text;
}

XlsxColumn XlsxColumnOf(const Template& form, const TemplateColumn& column, Language language) {
  return {HeaderText(column, language),
          WidthOf(column.kind),
          ChoicesOf(form, column, language),
          Shortened(std::string(Pick(language, column.hint_vi, column.hint_en)), kHintMax),
          column.required,
          true};
}

std::string_view ExampleOf(const TemplateColumn& column, Language language) {
  if (column.kind == ColumnKind::kSequence) return Pick(language, kExampleVi, kExampleEn);
  return column.example;
}

std::vector<std::string> Instructions(const Template& form, Language language) {
  return {
      std::string(Pick(language, form.vi, form.en)) + " (" + std::string(form.name) + ")",
      std::string(Pick(language,
                       "Cột có dấu * là bắt buộc. Dòng Ví dụ không được nhập; xóa hay giữ "
                       "đều được. Mỗi dòng là một việc.",
                       "Columns with * are required. The Example row is not imported, whether it "
                       "stays or not. One row, one submission.")),
      std::string(
          Pick(language,
               "Nhập tệp: nhanrong import TỆP --ledger SỔ. Dòng sai quay lại trong tệp "
               ".tra-lai với lý do ở cột cuối: sửa rồi nhập chính tệp đó. Nhập lại một tệp "
               "không ghi hai lần.",
               "Import: nhanrong import FILE --ledger LEDGER. Wrong rows come back in a file "
               ".tra-lai with the reason in the last column: mend and import that one. A "
               "file that is imported again records nothing twice."))};
}

absl::Status WriteXlsxTemplate(const Template& form, const std::string& path, Language language) {
  auto book = XlsxBook::Create(path, language);
  if (!book.ok()) return book.status();
  std::vector<XlsxColumn> columns;
  std::vector<Cell> example;
  for (const TemplateColumn& column : form.columns) {
    columns.push_back(XlsxColumnOf(form, column, language));
    example.emplace_back(std::string(ExampleOf(column, language)));
  }
  absl::Status status =
      (*book)->BeginSheet(std::string(Pick(language, "Nhập liệu", "Entries")), columns);
  if (status.ok()) status = (*book)->Row(example, XlsxBook::Look::kExample);
  if (status.ok()) {
    status = (*book)->BeginSheet(
        std::string(Pick(language, "Hướng dẫn", "Instructions")),
        {{std::string(Pick(language, "Hướng dẫn", "Instructions")), kTextWidth},
         {std::string(Pick(language, "Cách ghi", "What to write")), kReasonWidth}});
  }
  for (const std::string& line : Instructions(form, language)) {
    if (status.ok()) status = (*book)->Row({std::string(), line});
  }
  for (const TemplateColumn& column : form.columns) {
    if (!status.ok()) return status;
    status = (*book)->Row({HeaderText(column, language), HelpText(form, column, language)});
  }
  return status.ok() ? (*book)->Finish() : status;
}

std::string CsvTemplate(const Template& form, Language language) {
  std::string text(kCsvMark);
  for (const std::string& line : Instructions(form, language)) text += CsvLine({"# " + line});
  std::vector<std::string> titles;
  std::vector<std::string> example;
  for (const TemplateColumn& column : form.columns) {
    text +=
        CsvLine({"# " + HeaderText(column, language) + ": " + HelpText(form, column, language)});
    titles.push_back(HeaderText(column, language));
    example.emplace_back(ExampleOf(column, language));
  }
  return text + CsvLine(titles) + CsvLine(example);
}

// A plain decimal without loss; absent: beyond what a typed cell holds.
std::optional<Cell> NumberCell(const std::string& plain) {
  std::uint64_t whole = 0;
  if (absl::SimpleAtoi(plain, &whole)) return Ordinal{whole};
  const std::size_t point = plain.find('.');
  const std::size_t scale = point == std::string::npos ? 0 : plain.size() - point - 1;
  std::string digits = plain;
  if (point != std::string::npos) digits.erase(point, 1);
  std::int64_t value = 0;
  if (scale > 4 || !absl::SimpleAtoi(digits, &value)) return std::nullopt;
  v1::Quantity quantity;
  quantity.set_value(value);
  quantity.set_scale(static_cast<std::uint32_t>(scale));
  return quantity;
}

std::string ShownDate(const RawCell& cell) {
  if (cell.shows_day && !cell.shows_year) return cell.text.substr(8) + "/" + cell.text.substr(5, 2);
  if (!cell.shows_day && cell.shows_month)
    return cell.text.substr(5, 2) + "/" + cell.text.substr(0, 4);
  return cell.shows_day ? IsoDateText(cell.text, Language::kVietnamese) : cell.text.substr(0, 4);
}

std::string ShownCell(const RawCell& cell) {
  if (cell.kind == RawCell::Kind::kDate && cell.text.size() == 10) return ShownDate(cell);
  if (cell.kind != RawCell::Kind::kNumber) return cell.text;
  std::string figure = cell.text;
  std::replace(figure.begin(), figure.end(), '.', ',');
  return cell.before + figure + cell.after;
}

// The same cell again: what was a number or a day stays one.
Cell CellAgain(const RawCell& cell) {
  if (cell.kind == RawCell::Kind::kDate && cell.shows_day && cell.shows_year) {
    return DayCell(cell.text);
  }
  if (cell.kind == RawCell::Kind::kNumber && cell.before.empty() && cell.after.empty()) {
    if (auto number = NumberCell(cell.text)) return *std::move(number);
  }
  return ShownCell(cell);
}

bool IsReturnedTitle(const std::string& title) {
  return FoldWord(title) == FoldWord(kReturnedVi) || FoldWord(title) == FoldWord(kReturnedEn);
}

// Places in the file that go back: all but the reasons of an earlier time.
std::vector<std::size_t> PlacesOf(const Header& header) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < header.titles.size(); ++i) {
    if (!IsReturnedTitle(header.titles[i])) places.push_back(i);
  }
  return places;
}

const RawCell& At(const RawRow& row, std::size_t place) {
  static const RawCell kEmpty;
  return place < row.cells.size() ? row.cells[place] : kEmpty;
}

std::string ReturnedCsv(const Header& header, const std::vector<ReturnedRow>& rows, char separator,
                        Language language) {
  const std::vector<std::size_t> places = PlacesOf(header);
  std::vector<std::string> cells;
  cells.reserve(places.size() + 1);
  for (const std::size_t place : places) cells.push_back(header.titles[place]);
  cells.emplace_back(Pick(language, kReturnedVi, kReturnedEn));
  std::string text = std::string(kCsvMark) + CsvLine(cells, separator);
  for (const ReturnedRow& row : rows) {
    cells.clear();
    for (const std::size_t place : places) {
      cells.push_back(GuardFormula(ShownCell(At(row.raw, place))));
    }
    cells.push_back(GuardFormula(row.reason));
    text += CsvLine(cells, separator);
  }
  return text;
}

std::vector<XlsxColumn> ReturnedColumns(const Header& header, Language language) {
  std::vector<XlsxColumn> columns;
  for (const std::size_t place : PlacesOf(header)) {
    XlsxColumn column = {header.titles[place], kTextWidth};
    for (std::size_t c = 0; c < header.places.size(); ++c) {
      if (header.places[c] != place) continue;
      column = XlsxColumnOf(*header.form, header.form->columns[c], language);
      column.title = header.titles[place];
    }
    columns.push_back(std::move(column));
  }
  columns.push_back({std::string(Pick(language, kReturnedVi, kReturnedEn)), kReasonWidth});
  return columns;
}

absl::Status WriteReturnedXlsx(const Header& header, const std::vector<ReturnedRow>& rows,
                               const std::string& path, Language language) {
  auto book = XlsxBook::Create(path, language);
  if (!book.ok()) return book.status();
  absl::Status status = (*book)->BeginSheet(std::string(Pick(language, "Trả lại", "Returned")),
                                            ReturnedColumns(header, language));
  const std::vector<std::size_t> places = PlacesOf(header);
  for (const ReturnedRow& row : rows) {
    if (!status.ok()) return status;
    std::vector<Cell> cells;
    cells.reserve(places.size() + 1);
    for (const std::size_t place : places) cells.push_back(CellAgain(At(row.raw, place)));
    cells.emplace_back(row.reason);
    status = (*book)->Row(cells);
  }
  return status.ok() ? (*book)->Finish() : status;
}

}  // namespace

absl::Status WriteTemplate(const Template& form, const std::string& path, Language language) {
  const std::string ending = fs::path(path).extension().string();
  if (ending != ".csv" && ending != ".xlsx") {
    return absl::InvalidArgumentError(path +
                                      ": mẫu là .csv hoặc .xlsx / a template is .csv or .xlsx");
  }
  if (fs::exists(path)) {
    return absl::AlreadyExistsError(path + ": đã có, không ghi đè / exists, not overwritten");
  }
  return ending == ".csv" ? ReplaceFile(path, CsvTemplate(form, language))
                          : WriteXlsxTemplate(form, path, language);
}

absl::Status WriteReturned(const Header& header, const std::vector<ReturnedRow>& rows,
                           FileForm file_form, char separator, const std::string& path,
                           Language language) {
  return file_form == FileForm::kCsv
             ? ReplaceFile(path, ReturnedCsv(header, rows, separator, language))
             : WriteReturnedXlsx(header, rows, path, language);
}

std::string ReturnedPath(const std::string& path) {
  const fs::path whole(path);
  std::string stem = whole.stem().string();
  const std::size_t mark = stem.rfind(kReturnedMark);
  if (mark != std::string::npos) {
    const std::string rest = stem.substr(mark + kReturnedMark.size());
    if (rest.empty() || rest.find_first_not_of("-0123456789") == std::string::npos) {
      stem.resize(mark);
    }
  }
  const fs::path folder = whole.parent_path();
  for (int n = 1;; ++n) {
    const std::string number = n == 1 ? "" : "-" + std::to_string(n);
    std::string name = stem;
    name.append(kReturnedMark).append(number).append(whole.extension().string());
    const fs::path candidate = folder / name;
    if (!fs::exists(candidate)) return candidate.string();
  }
}

}  // namespace nhanrong::cli

// CSV as it comes: any usual separator, quotes with line breaks in them, "sep=;" in the first line.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "services/cli/client/files.h"
#include "services/cli/sheet/csv_form.h"
#include "services/cli/sheet_reader/raw_file_forms.h"
#include "services/cli/sheet_reader/text_encoding.h"

namespace nhanrong::cli {
namespace {

constexpr std::array<char, 3> kSeparators = {';', ',', '\t'};
// Lines that are looked at to find the separator: instructions may stand before the header.
constexpr int kLinesLooked = 60;
constexpr std::string_view kSeparatorLine = "sep=";

absl::Status TooMuch(std::uint32_t line, std::string_view vi, std::string_view en) {
  return absl::InvalidArgumentError("dòng " + std::to_string(line) + ": " + std::string(vi) +
                                    " / " + std::string(en));
}

// Cells of the text, line by line. A quoted cell may have line breaks.
class CsvCells {
 public:
  CsvCells(std::string_view text, char separator) : rest_(text), separator_(separator) {}

  bool done() const { return rest_.empty(); }
  std::uint32_t line() const { return line_; }

  absl::StatusOr<std::vector<std::string>> NextLine() {
    begun_ = line_ + 1;
    ++line_;
    std::vector<std::string> cells;
    for (;;) {
      absl::StatusOr<std::string> cell = NextCell();
      if (!cell.ok()) return cell.status();
      if (cells.size() >= kRawColumnsMax && !cell->empty()) {
        return TooMuch(begun_, "quá nhiều cột", "too many columns");
      }
      if (cells.size() < kRawColumnsMax) cells.push_back(*std::move(cell));
      if (rest_.empty()) return cells;
      const char end = rest_.front();
      rest_.remove_prefix(1);
      if (end == separator_) continue;
      if (end == '\r' && rest_.starts_with('\n')) rest_.remove_prefix(1);
      return cells;
    }
  }
  // Of the line given last.
  std::uint32_t begun() const { return begun_; }

 private:
  absl::StatusOr<std::string> NextCell() {
    if (!rest_.starts_with('"')) {
      const char ends[] = {separator_, '\r', '\n', '\0'};
      const std::size_t end = std::min(rest_.find_first_of(ends), rest_.size());
      std::string cell(rest_.substr(0, end));
      rest_.remove_prefix(end);
      return Bounded(std::move(cell));
    }
    return QuotedCell();
  }

  absl::StatusOr<std::string> QuotedCell() {
    rest_.remove_prefix(1);
    std::string cell;
    for (;;) {
      const std::size_t quote = rest_.find('"');
      if (quote == std::string_view::npos) {
        return TooMuch(begun_, "dấu ngoặc kép không đóng", "a quotation mark is never closed");
      }
      const std::string_view part = rest_.substr(0, quote);
      line_ += static_cast<std::uint32_t>(std::count(part.begin(), part.end(), '\n'));
      cell += part;
      rest_.remove_prefix(quote + 1);
      if (!rest_.starts_with('"')) break;
      cell += '"';
      rest_.remove_prefix(1);
    }
    // What stands between the closing quote and the next separator belongs to the cell.
    const char ends[] = {separator_, '\r', '\n', '\0'};
    const std::size_t end = std::min(rest_.find_first_of(ends), rest_.size());
    cell += rest_.substr(0, end);
    rest_.remove_prefix(end);
    return Bounded(std::move(cell));
  }

  absl::StatusOr<std::string> Bounded(std::string cell) const {
    if (cell.size() > kRawCellBytesMax) return TooMuch(begun_, "ô quá dài", "too long a cell");
    return cell;
  }

  std::string_view rest_;
  char separator_;
  std::uint32_t line_ = 0;
  std::uint32_t begun_ = 0;
};

// How many of the lines at the top agree on a number of cells greater than one, and on which.
std::pair<int, std::size_t> Agreement(std::string_view text, char separator) {
  std::map<std::size_t, int> lines_of_width;
  CsvCells cells(text, separator);
  for (int i = 0; i < kLinesLooked && !cells.done(); ++i) {
    const auto line = cells.NextLine();
    if (!line.ok()) break;
    // Commas of a sentence are no separators.
    if (!line->front().starts_with('#') && line->size() > 1) ++lines_of_width[line->size()];
  }
  std::pair<int, std::size_t> best;
  for (const auto& [width, lines] : lines_of_width) best = std::max(best, {lines, width});
  return best;
}

char FindSeparator(std::string_view text) {
  char best = kCsvSeparator;
  std::pair<int, std::size_t> most;
  for (const char separator : kSeparators) {
    const auto agreement = Agreement(text, separator);
    if (agreement <= most) continue;
    most = agreement;
    best = separator;
  }
  return best;
}

RawRow RowOf(std::uint32_t number, const std::vector<std::string>& cells) {
  RawRow row{number, {}};
  for (const std::string& cell : cells) {
    RawCell& raw = row.cells.emplace_back();
    if (cell.empty()) continue;
    raw.kind = RawCell::Kind::kText;
    raw.text = std::string(UnguardFormula(cell));
  }
  return row;
}

class CsvSheet final : public RawSheet {
 public:
  CsvSheet(std::string_view text, char separator, std::uint32_t lines_before)
      : cells_(text, separator), before_(lines_before) {}

  const std::string& name() const override { return name_; }
  const SheetRemarks& remarks() const override { return remarks_; }
  absl::StatusOr<std::optional<RawRow>> Next() override {
    while (!cells_.done()) {
      auto line = cells_.NextLine();
      if (!line.ok()) return line.status();
      const bool empty = std::all_of(line->begin(), line->end(), [](const std::string& cell) {
        return cell.find_first_not_of(" \t") == std::string::npos;
      });
      if (empty) continue;
      if (++rows_ > kRawRowsMax) {
        return TooMuch(cells_.begun(), "quá 100.000 dòng: chia thành nhiều tệp",
                       "more than 100,000 rows: split the file");
      }
      return RowOf(before_ + cells_.begun(), *std::move(line));
    }
    return std::nullopt;
  }

 private:
  CsvCells cells_;
  std::uint32_t before_;
  std::size_t rows_ = 0;
  std::string name_;
  SheetRemarks remarks_;
};

class CsvFile final : public RawFile {
 public:
  explicit CsvFile(std::string text) : text_(std::move(text)) {
    std::string_view rest = text_;
    if (rest.starts_with(kSeparatorLine) && rest.size() > kSeparatorLine.size()) {
      separator_ = rest[kSeparatorLine.size()];
      begin_ = std::min(rest.find('\n'), rest.size() - 1) + 1;
      lines_before_ = 1;
    } else {
      separator_ = FindSeparator(text_);
    }
  }

  FileForm form() const override { return FileForm::kCsv; }
  std::vector<std::string> sheets() const override { return {""}; }
  char separator() const override { return separator_; }
  absl::StatusOr<std::unique_ptr<RawSheet>> Open(std::size_t) override {
    return std::unique_ptr<RawSheet>(std::make_unique<CsvSheet>(
        std::string_view(text_).substr(begin_), separator_, lines_before_));
  }

 private:
  std::string text_;
  std::size_t begin_ = 0;
  std::uint32_t lines_before_ = 0;
  char separator_ = kCsvSeparator;
};

}  // namespace

absl::StatusOr<std::unique_ptr<RawFile>> OpenCsv(std::string_view bytes) {
  absl::StatusOr<std::string> text = DecodeText(bytes);
  if (!text.ok()) return text.status();
  std::unique_ptr<RawFile> file = std::make_unique<CsvFile>(*std::move(text));
  // Once to the end, so that a quote that is never closed is found before the first row is used.
  auto sheet = file->Open(0);
  for (;;) {
    auto row = (*sheet)->Next();
    if (!row.ok()) return row.status();
    if (!*row) return file;
  }
}

}  // namespace nhanrong::cli

#include "services/cli/sheet_reader/worksheet.h"

#include <algorithm>
#include <deque>
#include <utility>

#include "absl/strings/numbers.h"
#include "services/base/text.h"
#include "services/cli/sheet_reader/cell_value.h"
#include "services/cli/sheet_reader/xml.h"

namespace nhanrong::cli {
namespace {

// Hidden columns beyond this are the empty right of the sheet.
constexpr int kHiddenSpanMax = 64;

struct Area {
  std::uint32_t first_row = 0;
  std::uint32_t last_row = 0;
  std::size_t column = 0;
};

// What stands around the rows.
struct AroundHandler final : XmlHandler {
  SheetRemarks remarks;
  std::vector<Area> merged;  // over several rows

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "mergeCell") Merge(attributes);
    if (name == "row" && attributes.IsSet("hidden")) ++remarks.hidden_rows;
    if (name == "col" && attributes.IsSet("hidden")) Hide(attributes);
  }
  void Text(std::string_view) override {}
  void End(std::string_view) override {}
  absl::Status status() const override {
    if (merged.size() <= kMergedAreasMax) return absl::OkStatus();
    return absl::InvalidArgumentError("quá nhiều ô gộp / too many merged cells");
  }

 private:
  void Merge(const XmlAttributes& attributes) {
    const std::string_view range = attributes.Find("ref").value_or("");
    const std::size_t colon = range.find(':');
    Area area;
    std::size_t last_column = 0;
    if (colon == std::string_view::npos ||
        !ParseCellName(range.substr(0, colon), area.first_row, area.column) ||
        !ParseCellName(range.substr(colon + 1), area.last_row, last_column)) {
      return;
    }
    if (area.last_row <= area.first_row) return;
    merged.push_back(area);
    remarks.merged.emplace_back(range);
  }
  void Hide(const XmlAttributes& attributes) {
    int first = 0;
    int last = 0;
    if (!absl::SimpleAtoi(ToAbsl(attributes.Find("min").value_or("")), &first) ||
        !absl::SimpleAtoi(ToAbsl(attributes.Find("max").value_or("")), &last)) {
      return;
    }
    if (first < 1 || last - first > kHiddenSpanMax) return;
    for (int c = first; c <= last; ++c) {
      remarks.hidden_columns.push_back(static_cast<std::size_t>(c - 1));
    }
  }
};

// Gathers rows as their elements end.
class RowsHandler final : public XmlHandler {
 public:
  explicit RowsHandler(const WorkbookParts& parts) : parts_(parts) {}

  std::deque<RawRow>& rows() { return rows_; }

  void Start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "row") {
      BeginRow(attributes);
    } else if (name == "c") {
      BeginCell(attributes);
    } else if (name == "v" || name == "t") {
      in_value_ = in_cell_ && reading_ == 0;
      cell_.has_value = cell_.has_value || in_value_;
    } else if (name == "f" && in_cell_) {
      cell_.has_formula = true;
    } else if (name == "rPh") {
      ++reading_;
    }
  }
  void Text(std::string_view text) override {
    if (!in_value_) return;
    cell_.value += text;
    if (cell_.value.size() > kRawCellBytesMax) {
      Refuse("ô quá dài / too long a cell");
      cell_.value.clear();
    }
  }
  void End(std::string_view name) override {
    if (name == "v" || name == "t") in_value_ = false;
    if (name == "rPh") --reading_;
    if (name == "c") EndCell();
    if (name == "row") EndRow();
  }
  absl::Status status() const override { return status_; }

 private:
  void Refuse(const std::string& why) {
    status_ = absl::InvalidArgumentError("dòng / row " + std::to_string(row_.number) + ": " + why);
  }

  void BeginRow(const XmlAttributes& attributes) {
    std::uint32_t number = row_.number + 1;
    if (const auto told = attributes.Find("r")) {
      std::uint32_t parsed = 0;
      if (absl::SimpleAtoi(ToAbsl(*told), &parsed) && parsed >= number) number = parsed;
    }
    row_ = {number, {}};
    column_ = 0;
  }
  void BeginCell(const XmlAttributes& attributes) {
    in_cell_ = true;
    cell_ = {};
    cell_.type = std::string(attributes.Find("t").value_or(""));
    if (const auto style = attributes.Find("s")) {
      if (!absl::SimpleAtoi(ToAbsl(*style), &cell_.style)) cell_.style = 0;
    }
    std::uint32_t row = 0;
    std::size_t column = 0;
    if (const auto name = attributes.Find("r"); name && ParseCellName(*name, row, column)) {
      column_ = column;
    }
  }
  void EndCell() {
    in_cell_ = false;
    RawCell cell = CellOf(cell_, parts_);
    const std::size_t column = column_++;
    if (cell.kind == RawCell::Kind::kEmpty) return;
    if (column >= kRawColumnsMax) return Refuse("quá nhiều cột / too many columns");
    if (row_.cells.size() <= column) row_.cells.resize(column + 1);
    row_.cells[column] = std::move(cell);
  }
  void EndRow() {
    if (row_.cells.empty()) return;
    if (++count_ > kRawRowsMax) {
      return Refuse("quá 100.000 dòng: chia thành nhiều tệp / more than 100,000 rows: split it");
    }
    rows_.push_back(row_);
  }

  const WorkbookParts& parts_;
  std::deque<RawRow> rows_;
  RawRow row_;
  std::size_t column_ = 0;
  std::size_t count_ = 0;
  StoredCell cell_;
  bool in_cell_ = false;
  bool in_value_ = false;
  int reading_ = 0;
  absl::Status status_;
};

class Worksheet final : public RawSheet {
 public:
  Worksheet(const WorkbookParts& parts, std::string name, AroundHandler around,
            std::unique_ptr<Package::Part> part)
      : name_(std::move(name)),
        remarks_(std::move(around.remarks)),
        part_(std::move(part)),
        handler_(parts),
        reader_(handler_) {
    for (const Area& area : around.merged) waiting_.push_back({area, {}});
    std::sort(waiting_.begin(), waiting_.end(),
              [](const Merged& a, const Merged& b) { return a.area.first_row > b.area.first_row; });
  }

  const std::string& name() const override { return name_; }
  const SheetRemarks& remarks() const override { return remarks_; }

  absl::StatusOr<std::optional<RawRow>> Next() override {
    while (handler_.rows().empty() && !done_) {
      const auto piece = part_->Next();
      if (!piece.ok()) return piece.status();
      if (absl::Status taken = reader_.Take(*piece); !taken.ok()) return taken;
      done_ = piece->empty();
    }
    if (handler_.rows().empty()) return std::nullopt;
    RawRow row = std::move(handler_.rows().front());
    handler_.rows().pop_front();
    SpreadMerged(row);
    return row;
  }

 private:
  struct Merged {
    Area area;
    RawCell value;
  };

  // A cell that is merged downwards stands for all of its rows, in its own column.
  void SpreadMerged(RawRow& row) {
    while (!waiting_.empty() && waiting_.back().area.first_row <= row.number) {
      open_.push_back(std::move(waiting_.back()));
      waiting_.pop_back();
    }
    std::erase_if(open_, [&](const Merged& m) { return m.area.last_row < row.number; });
    for (Merged& merged : open_) {
      const std::size_t column = merged.area.column;
      if (row.number == merged.area.first_row) {
        if (column < row.cells.size()) merged.value = row.cells[column];
      } else if (merged.value.kind != RawCell::Kind::kEmpty && column < kRawColumnsMax) {
        if (row.cells.size() <= column) row.cells.resize(column + 1);
        row.cells[column] = merged.value;
      }
    }
  }

  const std::string name_;
  const SheetRemarks remarks_;
  std::unique_ptr<Package::Part> part_;
  RowsHandler handler_;
  XmlReader reader_;
  bool done_ = false;
  std::vector<Merged> waiting_;  // the first one at the back
  std::vector<Merged> open_;     // those that reach the row given last
};

}  // namespace

absl::StatusOr<std::unique_ptr<RawSheet>> OpenWorksheet(const Package& package,
                                                        const WorkbookParts& parts,
                                                        const SheetPart& sheet) {
  AroundHandler around;
  XmlReader reader(around);
  absl::Status whole =
      package.Read(sheet.part, [&](std::string_view piece) { return reader.Take(piece); });
  if (!whole.ok()) return whole;
  auto part = package.OpenPart(sheet.part);
  if (!part.ok()) return part.status();
  return std::unique_ptr<RawSheet>(
      std::make_unique<Worksheet>(parts, sheet.name, std::move(around), *std::move(part)));
}

}  // namespace nhanrong::cli

#include "tests/sheets/workbook.h"

#include <xlsxwriter.h>

#include <regex>

#include "services/base/check.h"
#include "tests/tidy/command.h"

namespace nhanrong::sheets {
namespace {

lxw_datetime DateOf(const std::string& iso) {
  lxw_datetime day = {};
  day.year = std::stoi(iso.substr(0, 4));
  day.month = std::stoi(iso.substr(5, 2));
  day.day = std::stoi(iso.substr(8, 2));
  return day;
}

class Writer {
 public:
  explicit Writer(const std::string& path)
      : book_(workbook_new(path.c_str())), sheet_(workbook_add_worksheet(book_, "Bảng 1")) {
    day_ = workbook_add_format(book_);
    format_set_num_format(day_, "dd/mm/yyyy");
    month_ = workbook_add_format(book_);
    format_set_num_format(month_, "mmm-yy");
  }
  ~Writer() { NR_CHECK(workbook_close(book_) == LXW_NO_ERROR, "a workbook can be written"); }

  void Write(lxw_row_t row, lxw_col_t column, const Entry& entry) {
    lxw_datetime day = {};
    switch (entry.kind) {
      case Entry::Kind::kText:
        worksheet_write_string(sheet_, row, column, entry.text.c_str(), nullptr);
        return;
      case Entry::Kind::kNumber:
        worksheet_write_number(sheet_, row, column, entry.number, nullptr);
        return;
      case Entry::Kind::kDay:
      case Entry::Kind::kMonth:
        day = DateOf(entry.text);
        worksheet_write_datetime(sheet_, row, column, &day,
                                 entry.kind == Entry::Kind::kDay ? day_ : month_);
        return;
      case Entry::Kind::kEmptyFormula:
        worksheet_write_formula_str(sheet_, row, column, "=A1", nullptr, "");
        return;
      case Entry::Kind::kErrorFormula:
        worksheet_write_formula_str(sheet_, row, column, "=A1", nullptr, "#REF!");
        return;
    }
  }

 private:
  lxw_workbook* book_;
  lxw_worksheet* sheet_;
  lxw_format* day_;
  lxw_format* month_;
};

std::string Unescaped(std::string text) {
  const std::pair<const char*, const char*> kEntities[] = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&amp;", "&"}};
  for (const auto& [entity, plain] : kEntities) {
    text = std::regex_replace(text, std::regex(entity), plain);
  }
  return text;
}

}  // namespace

Entry Text(const std::string& text) { return {Entry::Kind::kText, text}; }
Entry Number(double number) { return {Entry::Kind::kNumber, "", number}; }
Entry Day(const std::string& iso) { return {Entry::Kind::kDay, iso}; }

void WriteWorkbook(const std::string& path, const std::vector<std::string>& titles,
                   const std::vector<Entries>& rows) {
  Writer writer(path);
  for (std::size_t c = 0; c < titles.size(); ++c) {
    writer.Write(0, static_cast<lxw_col_t>(c), Text(titles[c]));
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const auto entry = rows[r].find(titles[c]);
      if (entry == rows[r].end()) continue;
      writer.Write(static_cast<lxw_row_t>(r + 1), static_cast<lxw_col_t>(c), entry->second);
    }
  }
}

std::vector<std::map<std::string, std::string>> ReadWorkbook(const std::string& path) {
  const tidy::CommandResult unzipped =
      tidy::RunCommand("unzip -p " + tidy::Quoted(path) + " xl/worksheets/sheet1.xml");
  NR_CHECK(unzipped.exit_code == 0, unzipped.output.c_str());
  const std::string& xml = unzipped.output;
  static const std::regex kCell("<c r=\"([A-Z]+)([0-9]+)\"[^>]*?(/>|>(.*?)</c>)");
  static const std::regex kValue("<(?:t|v)(?: [^>]*)?>([^<]*)</(?:t|v)>");
  std::map<int, std::map<std::string, std::string>> cells;
  // Line breaks are not matched by '.'; they are kept as another character.
  std::string flat = xml;
  for (char& c : flat) c = c == '\n' ? '\x01' : c;
  for (std::sregex_iterator it(flat.begin(), flat.end(), kCell), end; it != end; ++it) {
    std::smatch value;
    const std::string inner = (*it)[4];
    if (!std::regex_search(inner, value, kValue)) continue;
    std::string text = Unescaped(value[1]);
    for (char& c : text) c = c == '\x01' ? '\n' : c;
    cells[std::stoi((*it)[2])][(*it)[1]] = text;
  }
  const std::map<std::string, std::string> titles = cells[1];
  std::vector<std::map<std::string, std::string>> rows;
  for (const auto& [number, row] : cells) {
    if (number == 1) continue;
    std::map<std::string, std::string>& named = rows.emplace_back();
    for (const auto& [column, text] : row) {
      if (const auto title = titles.find(column); title != titles.end())
        named[title->second] = text;
    }
  }
  return rows;
}

}  // namespace nhanrong::sheets

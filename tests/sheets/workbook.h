// Workbooks of the tests, made with libxlsxwriter and read with a few lines over the XML: nothing
// of the code that they check.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace nhanrong::sheets {

// A cell as a person enters it.
struct Entry {
  enum class Kind { kText, kNumber, kDay, kMonth, kEmptyFormula, kErrorFormula };
  Kind kind = Kind::kText;
  std::string text = {};  // kDay, kMonth: ISO day
  double number = 0;
};
Entry Text(const std::string& text);
Entry Number(double number);
Entry Day(const std::string& iso);

// A row by the titles of its columns.
using Entries = std::map<std::string, Entry>;

void WriteWorkbook(const std::string& path, const std::vector<std::string>& titles,
                   const std::vector<Entries>& rows);

// Cells of the first worksheet as text: one map for each row below the titles, which are its keys.
// REQUIRES: the workbook was made by libxlsxwriter with texts in their cells.
std::vector<std::map<std::string, std::string>> ReadWorkbook(const std::string& path);

}  // namespace nhanrong::sheets

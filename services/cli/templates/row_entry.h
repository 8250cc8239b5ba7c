// A filled-in row as a submission: every cell understood, or its problem; references still as
// words.
//
// Pure.
#pragma once

#include <string>
#include <vector>

#include "services/cli/entry/number_entry.h"
#include "services/cli/templates/header.h"

namespace nhanrong::cli {

// A unit, model or site that a row names; asked of the service before the row can be sent.
struct RowReference {
  // Of the template.
  std::size_t column = 0;
  ColumnKind kind = ColumnKind::kUnit;
  std::string path;
  // As entered: code, name or id.
  std::string text;
  // kUnit: what it lies within, as entered; may be empty.
  std::string parent;
};

struct RowProblem {
  // Of the template; absent: the row as a whole.
  std::optional<std::size_t> column;
  EntryProblem words;
};

struct RowEntry {
  RawRow raw;
  // Ledger, id and what references name are not in it yet.
  v1::Submission submission;
  std::vector<RowReference> references;
  std::vector<RowProblem> problems;
  // "4.945 triệu đồng = 4.945.000.000 đồng": what was understood.
  std::vector<std::string> echoes;
};

// Examples, instructions ('#' in the first cell) and rows without content are no entries.
bool IsEntry(const Header& header, const RawRow& row);
RowEntry ReadRow(const Header& header, const RawRow& row, NumberStyle style);

// "cột Cấp: không có giá trị…; cột …", the language's words only.
std::string ProblemsText(const Template& form, const std::vector<RowProblem>& problems,
                         Language language);

}  // namespace nhanrong::cli

// A table of typed cells, apart from the form in which it is shown: text, CSV or XLSX.
//
// Pure. A number stays a number and a date a date until the last moment, so that every form says
// the same and none computes with text. What a cell is shown as follows format/vietnamese.h.
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "nhanrong/v1/values.pb.h"
#include "services/cli/format/table.h"
#include "services/cli/format/vietnamese.h"

namespace nhanrong::cli {

// A count of something: "1.026.739".
struct WholeNumber {
  std::int64_t value = 0;
  friend bool operator==(const WholeNumber&, const WholeNumber&) = default;
};
// A number that only names a place (position, revision, line): never grouped.
struct Ordinal {
  std::uint64_t value = 0;
  friend bool operator==(const Ordinal&, const Ordinal&) = default;
};

// Absent, text, and what is more than text. A Ratio is shown as the percentage of its integers.
using Cell = std::variant<std::monostate, std::string, WholeNumber, Ordinal, v1::Quantity,
                          v1::Ratio, v1::BusinessDate, absl::CivilDay, absl::Time>;

// An ISO date as a day; text that is none stays text.
Cell DayCell(const std::string& iso);
std::string CellText(const Cell& cell, Language language);

struct Sheet {
  // Of the worksheet in XLSX.
  std::string name = {};
  std::vector<Column> columns = {};
  // REQUIRES: each has one cell for each column.
  std::vector<std::vector<Cell>> rows = {};
  // Text: an empty line follows.
  bool gap_after = false;
};

// An answer: its tables, and what is to be said about them, one line each.
struct Report {
  std::vector<Sheet> sheets;
  std::vector<std::string> notes;
};

std::string ReportText(const Report& report, Language language);

}  // namespace nhanrong::cli

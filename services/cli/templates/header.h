// Finds the header of a filled-in table, and with it the template.
//
// Pure. Columns may stand in any order, in any case, with or without diacritics; others among them
// are left alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/cli/entry/entry.h"
#include "services/cli/templates/template.h"

namespace nhanrong::cli {

// Rows that are looked at: titles and instructions may stand above the header.
inline constexpr std::size_t kHeaderRowsLooked = 40;

struct Header {
  const Template* form = nullptr;
  std::uint32_t row = 0;
  // Titles as they stand in the file.
  std::vector<std::string> titles = {};
  // For each column of the template: where it stands in the file; absent: it does not.
  std::vector<std::optional<std::size_t>> places = {};
  // Titles that the template does not have.
  std::vector<std::string> others = {};
};

// Whether the rows so far hold a header of `form`, or with null of any template. Absent: not this
// row.
std::optional<Header> HeaderIn(const RawRow& row, const Template* form);
// Why none of `rows` is a header: the nearest one and what it lacks.
EntryProblem NoHeader(const std::vector<RawRow>& rows, const Template* form);
// A column that stands twice, which nobody can tell apart.
std::optional<EntryProblem> DoubledColumn(const Header& header);

}  // namespace nhanrong::cli

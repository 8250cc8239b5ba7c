// Groups of columns that several templates have.
//
// Pure.
#pragma once

#include <string_view>

#include "services/cli/templates/template.h"

namespace nhanrong::cli {

using Columns = std::vector<TemplateColumn>;

template <typename... More>
Columns Concat(Columns columns, const More&... more) {
  (columns.insert(columns.end(), more.begin(), more.end()), ...);
  return columns;
}

// The row's number.
Columns Numbered();
// The day of the fact.
Columns Dated(std::string_view vi, std::string_view en, bool key = false);
// A unit, and what it lies within.
Columns UnitAt(std::string_view path, std::string_view vi, std::string_view en, bool key = true);
// The document behind the row; a required one is part of the key.
Columns SourceOf(bool required);
// Models and sites may be told of by several documents and are the same all the same.
Columns WithoutKeys(Columns columns);
// Classification and reason.
Columns Closing();
// Three figures: number and unit each.
Columns Figures(std::string_view path, bool first_required);
Columns PeriodAt(bool required);

}  // namespace nhanrong::cli

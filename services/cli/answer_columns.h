// Headings of the columns of answers, in the reader's language.
#pragma once

#include <string>
#include <string_view>

#include "services/cli/format/table.h"
#include "services/cli/format/vietnamese.h"

namespace nhanrong::cli {

inline Column Left(Language language, std::string_view vi, std::string_view en) {
  return {std::string(Pick(language, vi, en)), Column::Align::kLeft};
}
// For numbers.
inline Column Right(Language language, std::string_view vi, std::string_view en) {
  return {std::string(Pick(language, vi, en)), Column::Align::kRight};
}

}  // namespace nhanrong::cli

// What people enter in a cell, cleaned: the text behind spaces, forms and cases.
//
// Pure. Nothing is guessed: what can be read in two ways is refused with both readings.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/cli/sheet_reader/raw_sheet.h"
#include "tl/expected.hpp"

namespace nhanrong::cli {

// Why an entry is not understood, and what would be: in both languages.
struct EntryProblem {
  std::string vi;
  std::string en;
};
template <typename T>
using Understood = tl::expected<T, EntryProblem>;

inline tl::unexpected<EntryProblem> NotUnderstood(std::string vi, std::string en) {
  return tl::unexpected(EntryProblem{std::move(vi), std::move(en)});
}

// NFC; every kind of blank a space; no invisible characters; blanks at the ends and doubled ones
// gone. Line breaks become spaces, or with `lines` stay, with '\n' between them.
std::string CleanText(std::string_view text, bool lines = false);

// For comparing names: lower case, tone marks at the end of their word (so "hoà" is "hòa"), no
// punctuation. Diacritics count: "Phú Hựu" is not "Phu Huu".
std::string FoldName(std::string_view text);
// For comparing headers and words of a list: as above, and without diacritics; "đ" is "d".
std::string FoldWord(std::string_view text);

// The cell as a person sees it; absent: empty. An error, a formula without value, and text in a
// legacy encoding are problems.
Understood<std::optional<std::string>> ShownText(const RawCell& cell, bool lines = false);

}  // namespace nhanrong::cli

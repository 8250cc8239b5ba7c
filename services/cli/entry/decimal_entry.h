// A decimal at the beginning of a text, read in the one way in which it can be read.
//
// Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "services/cli/entry/number_entry.h"

namespace nhanrong::cli {

// value / 10^scale.
struct Decimal {
  std::int64_t value = 0;
  int scale = 0;
  friend bool operator==(const Decimal&, const Decimal&) = default;
};

// Takes figures, '.', ',' and blanks between groups from the beginning, and the blanks behind them.
// `has_unit`: words of a Vietnamese unit follow, so a '.' before three figures groups.
Understood<Decimal> ConsumeDecimal(std::string_view& text, NumberStyle style, bool has_unit);

// Whether something follows the figures at the beginning.
bool HasUnit(std::string_view text);

bool IsAsciiLetter(char c);
// Lower case of Vietnamese text.
std::string LowerCase(std::string_view text);

}  // namespace nhanrong::cli

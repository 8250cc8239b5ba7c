// What a number format of a spreadsheet makes of a number: a date, a percentage, words around it.
//
// Pure (ECMA-376, part 1, 18.8.30 and 18.8.31). Only the first section counts, that of positive
// numbers.
#pragma once

#include <string>
#include <string_view>

namespace nhanrong::cli {

struct NumberFormat {
  bool date = false;
  // Of a date: what it shows.
  bool shows_day = false;
  bool shows_month = false;
  bool shows_year = false;
  bool percent = false;
  // Words before and behind the figure.
  std::string before;
  std::string after;
};

NumberFormat ParseNumberFormat(std::string_view code);
// One of the numbered formats that every program knows; General for what is not one of them.
NumberFormat BuiltInNumberFormat(int id);

}  // namespace nhanrong::cli

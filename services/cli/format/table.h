// A table for a terminal: columns aligned by what the eye sees, not by bytes.
//
// Pure. Width is that of Unicode text in a fixed-width font: combining marks take none, wide
// characters two. Long cells are folded at spaces, never cut.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nhanrong::cli {

// Columns of a terminal that the text takes.
std::size_t DisplayWidth(std::string_view utf8);

struct Column {
  enum class Align { kLeft, kRight };
  std::string title;
  Align align = Align::kLeft;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns);
  // REQUIRES: one cell for each column.
  void Add(std::vector<std::string> cells);
  bool empty() const { return rows_.empty(); }
  // Header, rule, rows; every line ends with '\n' and has no blanks before it.
  std::string Text() const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace nhanrong::cli

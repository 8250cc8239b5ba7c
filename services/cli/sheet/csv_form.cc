#include "services/cli/sheet/csv_form.h"

#include <algorithm>

namespace nhanrong::cli {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

std::string_view AfterApostrophes(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
  return text;
}

// "-5", "+1.234,5", "-60,6%": a sign and figures run nothing.
bool IsNumber(std::string_view text) {
  if (text.front() == '+' || text.front() == '-') text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.,%") == std::string_view::npos;
}

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

bool NeedsQuotes(std::string_view text, char separator) {
  if (text.empty()) return false;
  if (text.front() == ' ' || text.back() == ' ') return true;
  return text.find_first_of("\"\r\n") != std::string_view::npos ||
         text.find(separator) != std::string_view::npos;
}

}  // namespace

bool LooksLikeFormula(std::string_view text) {
  text = AfterApostrophes(text);
  if (text.empty()) return false;
  if (std::string_view("=+-@\t\r\n").find(text.front()) == std::string_view::npos) return false;
  return !IsNumber(text);
}

std::string GuardFormula(std::string_view text) {
  return (LooksLikeFormula(text) ? "'" : "") + std::string(text);
}

std::string_view UnguardFormula(std::string_view text) {
  if (text.starts_with('\'') && LooksLikeFormula(text)) text.remove_prefix(1);
  return text;
}

std::string CsvLine(const std::vector<std::string>& cells, char separator) {
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) line += separator;
    line += NeedsQuotes(cells[i], separator) ? Quoted(cells[i]) : cells[i];
  }
  return line + std::string(kLineEnd);
}

std::string CsvRow(const std::vector<Cell>& cells, Language language) {
  std::vector<std::string> texts;
  texts.reserve(cells.size());
  for (const Cell& cell : cells) texts.push_back(GuardFormula(CellText(cell, language)));
  return CsvLine(texts);
}

}  // namespace nhanrong::cli

// Cutting and joining of text. (Debian's Abseil keeps a string_view of its own, which does not mix
// with std::string_view; hence these few.)
#pragma once

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace nhanrong::tidy {

template <typename... Parts>
std::string Concat(const Parts&... parts) {
  std::ostringstream text;
  (text << ... << parts);
  return std::move(text).str();
}

bool Contains(std::string_view text, std::string_view part);
// Without the white space at the start, and at both ends.
std::string_view StripLeft(std::string_view text);
std::string_view Strip(std::string_view text);
// Cuts `part` off and says whether it was there.
bool ConsumePrefix(std::string_view& text, std::string_view part);
bool ConsumeSuffix(std::string_view& text, std::string_view part);
// The words between characters of `separators`, empty ones left out.
std::vector<std::string_view> WordsOf(std::string_view text, std::string_view separators);
// Lines without their ends; the first one is line 1 of a Finding. No line after a last '\n'.
std::vector<std::string_view> LinesOf(std::string_view text);

bool IsSpace(char c);
bool IsWordCharacter(char c);
bool IsHexDigit(char c);

}  // namespace nhanrong::tidy

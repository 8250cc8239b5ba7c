// Finds functions in formatted C++: which lines each takes, from its head to its closing brace.
//
// No parser. It trusts clang-format's Google style: a block's '{' has white space before it, an
// initialiser's has none. Bodies that only braces of a macro open are not seen.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nhanrong::tidy {

struct FunctionSpan {
  // Both from 1, both inclusive.
  int first_line;
  int last_line;
};

// Functions, methods and TEST bodies; a lambda belongs to the function that it stands in.
std::vector<FunctionSpan> FunctionSpansOf(std::string_view text);

// `text` with comments, literals and preprocessor lines as spaces; lines stay where they are.
std::string BareCode(std::string_view text);

}  // namespace nhanrong::tidy

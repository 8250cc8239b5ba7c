// The fenced blocks of a Markdown page: commands to type, and sessions with what they print. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nhanrong::readme {

struct Block {
  // Of the opening fence, from 1.
  int line;
  // "sh", "console"; empty: none is stated.
  std::string language;
  std::vector<std::string> lines;
};

// In order; a block that is never closed goes to the end of the page.
std::vector<Block> BlocksOf(std::string_view page);

// A command of a console block ("$ command") and the lines that it prints.
struct Exchange {
  std::string command;
  std::string output;
};
std::vector<Exchange> ExchangesOf(const Block& block);

// Each line without the spaces at its end: what two outputs are compared by.
std::string Trimmed(std::string_view text);

}  // namespace nhanrong::readme

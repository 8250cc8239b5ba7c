#include "tests/readme/blocks.h"

#include "tests/tidy/text.h"

namespace nhanrong::readme {
namespace {

constexpr std::string_view kFence = "```";
constexpr std::string_view kPrompt = "$ ";

}  // namespace

std::vector<Block> BlocksOf(std::string_view page) {
  std::vector<Block> blocks;
  bool open = false;
  int line_number = 0;
  for (std::string_view line : tidy::LinesOf(page)) {
    ++line_number;
    if (!tidy::ConsumePrefix(line, kFence)) {
      if (open) blocks.back().lines.emplace_back(line);
      continue;
    }
    if (!open) blocks.push_back({line_number, std::string(tidy::Strip(line)), {}});
    open = !open;
  }
  return blocks;
}

std::vector<Exchange> ExchangesOf(const Block& block) {
  std::vector<Exchange> exchanges;
  for (std::string_view line : block.lines) {
    if (tidy::ConsumePrefix(line, kPrompt)) {
      exchanges.push_back({std::string(line), ""});
    } else if (!exchanges.empty()) {
      exchanges.back().output += std::string(line) + "\n";
    }
  }
  return exchanges;
}

std::string Trimmed(std::string_view text) {
  std::string trimmed;
  for (const std::string_view line : tidy::LinesOf(text)) {
    trimmed += std::string(line.substr(0, line.find_last_not_of(' ') + 1)) + "\n";
  }
  return trimmed;
}

}  // namespace nhanrong::readme

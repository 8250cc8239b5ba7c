// Runs a program of the machine (git, clang-format) and collects what it says. Blocks until it
// ends.
#pragma once

#include <string>
#include <string_view>

namespace nhanrong::tidy {

struct CommandResult {
  // 127: no such program. A program that a signal ended has 128 + the signal, as in a shell.
  int exit_code;
  // stdout and stderr.
  std::string output;
};

// `command` is read by sh; use Quoted for every path in it.
CommandResult RunCommand(const std::string& command);
// One word for sh, whatever its characters.
std::string Quoted(std::string_view word);

}  // namespace nhanrong::tidy

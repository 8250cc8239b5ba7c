#include "tests/tidy/command.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>

#include "services/base/check.h"
#include "tests/tidy/text.h"

namespace nhanrong::tidy {
namespace {

constexpr int kSignalExitBase = 128;

}  // namespace

CommandResult RunCommand(const std::string& command) {
  std::FILE* pipe = popen(Concat("{ ", command, "; } 2>&1").c_str(), "r");
  NR_CHECK(pipe != nullptr, command.c_str());
  CommandResult result;
  std::array<char, 4096> buffer;
  for (std::size_t size = 0; (size = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    result.output.append(buffer.data(), size);
  }
  const int status = pclose(pipe);
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : kSignalExitBase + WTERMSIG(status);
  return result;
}

std::string Quoted(std::string_view word) {
  std::string quoted = "'";
  for (const char c : word) {
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return quoted + "'";
}

}  // namespace nhanrong::tidy

#include "tests/model/model_run.h"

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <memory>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace nhanrong::model {
namespace {

const std::string kFolder = NHANRONG_MODEL_DIR;

}  // namespace

std::vector<Run> QuickRuns() {
  std::vector<Run> runs;
  std::ifstream table(kFolder + "/runs.txt");
  for (std::string line; std::getline(table, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> cells = absl::StrSplit(line, '|');
    for (std::string& cell : cells) absl::StripAsciiWhitespace(&cell);
    if (cells.size() == 5 && cells[2] == "quick") {
      runs.push_back({cells[0], cells[1] == "holds" || cells[1] == "ends", cells[3]});
    }
  }
  return runs;
}

int RunModel(const std::string& arguments, const std::function<void(std::string_view)>& each_line) {
  const std::string command = "'" + kFolder + "/run' " + arguments + " 2>&1";
  std::FILE* const pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return -1;
  std::string line;
  std::array<char, 4096> read{};
  while (std::fgets(read.data(), read.size(), pipe) != nullptr) {
    line += read.data();
    if (line.back() != '\n') continue;
    line.pop_back();
    each_line(line);
    line.clear();
  }
  if (!line.empty()) each_line(line);
  const int status = pclose(pipe);
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace nhanrong::model

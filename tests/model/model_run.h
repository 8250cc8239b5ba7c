// Starts tests/model/run and reads what stands in runs.txt.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace nhanrong::model {

// One line of runs.txt.
struct Run {
  std::string name;
  bool must_hold;    // else it must break
  std::string flaw;  // where a sentence is left out: "rule", "gateway"; "-": nothing is
};
std::vector<Run> QuickRuns();

// `arguments` are words for sh. Each line of its output goes to `each_line`; returns its exit code,
// 128 + the signal as in a shell. Blocks until it ends.
int RunModel(const std::string& arguments, const std::function<void(std::string_view)>& each_line);

}  // namespace nhanrong::model

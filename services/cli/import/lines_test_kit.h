// Lines of imports, for tests of those who send them.
#pragma once

#include <string>
#include <vector>

namespace nhanrong::cli {

inline std::string Line(const std::string& id) {
  return R"({"submissionId":")" + id + R"(","command":{"submitModel":{"modelId":"m"}}})" + "\n";
}

// Different ones, in the order of their text.
inline std::vector<std::string> Ids(int count) {
  std::vector<std::string> ids;
  for (int i = 0; i < count; ++i) ids.push_back("s" + std::to_string(10'000 + i));
  return ids;
}

inline std::string FileOf(const std::vector<std::string>& ids) {
  std::string content;
  for (const std::string& id : ids) content += Line(id);
  return content;
}

}  // namespace nhanrong::cli

#include "tests/tidy/tree.h"

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "services/base/check.h"
#include "tests/tidy/command.h"
#include "tests/tidy/text.h"

namespace nhanrong::tidy {
namespace {

std::string ReadFile(const std::filesystem::path& path) {
  if (std::filesystem::file_size(path) > kFileBytesMax) {
    return {};
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return std::move(content).str();
}

}  // namespace

Tree ReadTree(const std::string& root) {
  // safe.directory: in a container the tree often belongs to another user than the one who tests.
  const CommandResult files =
      RunCommand(Concat("git -c safe.directory='*' -C ", Quoted(root),
                        " ls-files -z --cached --others --exclude-standard"));
  NR_CHECK(files.exit_code == 0, files.output.c_str());
  Tree tree;
  for (const std::string_view path : WordsOf(files.output, std::string_view("\0", 1))) {
    const std::filesystem::path full = std::filesystem::path(root) / path;
    // A file may be in the index and deleted from the disk; a link's target is read where it lies.
    if (std::filesystem::is_regular_file(std::filesystem::symlink_status(full))) {
      tree.emplace(path, ReadFile(full));
    }
  }
  return tree;
}

std::string_view FolderOf(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view FileNameOf(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::set<std::string> FoldersOf(const Tree& tree) {
  std::set<std::string> folders;
  for (const auto& [path, content] : tree) {
    for (std::string_view folder = FolderOf(path); !folder.empty(); folder = FolderOf(folder)) {
      folders.emplace(folder);
    }
  }
  return folders;
}

bool IsHeader(std::string_view path) { return path.ends_with(".h"); }
bool IsSource(std::string_view path) { return path.ends_with(".cc"); }
bool IsCpp(std::string_view path) { return IsHeader(path) || IsSource(path); }

bool IsTest(std::string_view path) {
  const std::string_view name = FileNameOf(path);
  return IsBelow(path, "tests") || name.starts_with("fake_") || name.starts_with("test_") ||
         name.ends_with("_test.cc") || name.ends_with("_test_kit.h") ||
         name.ends_with("_test_kit.cc");
}

bool IsBelow(std::string_view path, std::string_view folder) {
  return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

}  // namespace nhanrong::tidy

// The source tree as rules see it: path -> content, nothing else.
//
// Rules are pure functions over it, so that a test can show on a made-up tree that a rule can fail.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace nhanrong::tidy {

// A larger file is data, not something that a person wrote: its path counts, its content is empty.
inline constexpr std::size_t kFileBytesMax = 1'048'576;

// Paths are relative to the root, with '/'. "services/base/ids.h" -> "// Identifiers …".
using Tree = std::map<std::string, std::string, std::less<>>;

// The files that git knows, or would know after `git add`: build folders are not among them.
// REQUIRES: `root` is the top of a git work tree and git is on PATH; CHECKs otherwise.
Tree ReadTree(const std::string& root);

// "services/base/ids.h" -> "services/base", "ids.h". The folder of a file at the top is "".
std::string_view FolderOf(std::string_view path);
std::string_view FileNameOf(std::string_view path);
// All folders that have a file in or below them, "" left out.
std::set<std::string> FoldersOf(const Tree& tree);

bool IsHeader(std::string_view path);
bool IsSource(std::string_view path);
bool IsCpp(std::string_view path);
// A file that only test programs contain: *_test.cc, *_test_kit.{h,cc}, and everything below
// tests/.
bool IsTest(std::string_view path);
// Whether `path` lies in `folder` or below it.
bool IsBelow(std::string_view path, std::string_view folder);

}  // namespace nhanrong::tidy

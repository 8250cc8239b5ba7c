// One look through a file of lines before it is sent: what an import must know of the whole.
//
// Reads block by block and holds one of them, however long the file is.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace nhanrong::cli {

struct FileScan {
  // Differs for files of other content: the hashes of its blocks, in order.
  std::string identity;
  // Submissions and malformed lines: what `done/total` counts.
  std::uint64_t lines = 0;
  // Whether any line may refer to another line.
  bool references = false;
};

// NOT_FOUND, UNKNOWN: it cannot be read.
absl::StatusOr<FileScan> ScanFile(const std::string& path);

}  // namespace nhanrong::cli

// Small files of this machine, written so that a kill leaves the old content or the new one.
#pragma once

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace nhanrong::cli {

// What the system says of a file, `error` an errno: NOT_FOUND, ALREADY_EXISTS or UNKNOWN, each of
// them a fault of a local file and never of the command line.
absl::Status FileFault(int error, const std::string& what);

// Creates `path` with mode 0600 and makes it durable. ALREADY_EXISTS when it is there.
absl::Status CreateFile(const std::string& path, std::string_view content);
// Replaces `path` in one step: temporary file, fsync, rename, fsync of the folder.
absl::Status ReplaceFile(const std::string& path, std::string_view content);
// Adds to the end, durably; makes the file when it is not there.
absl::Status AppendFile(const std::string& path, std::string_view content);
// NOT_FOUND when it is not there; another fault when it cannot be read (a folder, say).
absl::StatusOr<std::string> ReadWholeFile(const std::string& path);
absl::StatusOr<std::string> ReadStandardInput();

}  // namespace nhanrong::cli

// Reads all segments of a log when it is opened: mends a torn tail, refuses any other damage.
//
// A frame is synced before the next one is written, so a crash can only leave the last frame of the
// last segment incomplete. Such a tail was never acknowledged and is cut off. Everything else, a
// damaged frame with a whole one after it, damage in an earlier segment, a missing segment, is
// kDataLoss with file and byte, and no file is changed.
#pragma once

#include <cstdint>

#include "absl/status/statusor.h"
#include "services/ledger/embedded/files.h"
#include "services/ledger/embedded/published_log.h"

namespace nhanrong::ledger {

// The last segment, open for writing, and where its next frame goes.
struct LogTail {
  File file;
  std::uint64_t offset = 0;
};

// Whether the directory holds a segment, so that the log was created; false if it is missing.
bool HasSegments(const std::string& directory);

// Publishes every frame of `log.directory()`. Reads the whole log once: about 1 s for each GB.
// REQUIRES: the directory is locked by the caller, `log` is empty.
absl::StatusOr<LogTail> OpenSegments(PublishedLog& log, Files& files);

}  // namespace nhanrong::ledger

// Versioned rows in memory: the fake beside the row store, with the same contract
// (row_contract_test.cc runs on both). For unit tests of folds and query functions.
//
// Threads: safe; a reader may be used while a writer writes. Writers and readers must not outlive
// the MemoryRows. Nothing blocks beyond a short lock; nothing fails.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/base/thread_annotations.h"
#include "absl/synchronization/mutex.h"
#include "services/projector/projection.h"

namespace nhanrong::projector {

class MemoryRows {
 public:
  MemoryRows() = default;
  MemoryRows(const MemoryRows&) = delete;
  MemoryRows& operator=(const MemoryRows&) = delete;

  // Writes versions at `position`; a second write of a key at the same position replaces the first.
  // REQUIRES: positions never decrease from one writer to the next.
  std::unique_ptr<RowWriter> Writer(Position position);
  std::shared_ptr<RowReader> AsOf(Position position) const;

 private:
  class VersionWriter;
  class VersionReader;
  // Absent: the version is a deletion.
  using Versions = std::map<std::uint64_t, std::optional<std::string>>;
  using LiveRows = std::vector<std::pair<std::string, std::string>>;

  void Write(Position position, std::string_view key, std::optional<std::string> value);
  std::optional<std::string> Get(Position as_of, std::string_view key) const;
  LiveRows Range(Position as_of, std::string_view prefix, std::string_view first) const;

  mutable absl::Mutex mutex_;
  std::map<std::string, Versions, std::less<>> rows_ ABSL_GUARDED_BY(mutex_);
};

}  // namespace nhanrong::projector

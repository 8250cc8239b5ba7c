// The log of one machine: segment files of our own, group commit, synced before the answer.
//
// Files: <root>/<ledger>/log/<first place, 20 digits>.seg. A log may be open once: Open locks its
// directory (flock) until the Log is destroyed; readers may outlive it. Create and Open block on
// the disk; Open reads the whole log once and mends a torn tail. Thread-safe.
//
// Failure: kFailedPrecondition when the log is open elsewhere; kDataLoss with file and byte when it
// is damaged in a way no crash explains; after a failed write every append is kUnavailable until
// the log is opened anew.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "services/ledger/embedded/files.h"
#include "services/ledger/embedded/group_writer.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

struct EmbeddedLogOptions {
  // <root>; made when missing.
  std::string root;
  // A segment takes frames until it has this many bytes: small enough to copy, few enough to list.
  std::uint64_t segment_bytes = 256 << 20;
  std::size_t queue_records_max = kQueueRecordsMax;
  // Tests give failing ones; null: the real. Outlives the store's logs.
  Files* files = nullptr;
};

class EmbeddedLogStore final : public LogStore {
 public:
  explicit EmbeddedLogStore(EmbeddedLogOptions options);

  absl::Status Create(std::string_view name) override;
  absl::StatusOr<std::unique_ptr<Log>> Open(std::string_view name) override;
  absl::StatusOr<std::vector<std::string>> List() override;
  // For reading alone, beside the process that has the log open (running_log.h). kNotFound.
  absl::StatusOr<std::unique_ptr<Log>> OpenBesideItsWriter(std::string_view name) const;

 private:
  std::string DirectoryOf(std::string_view name) const;
  Files& files() { return options_.files != nullptr ? *options_.files : real_files_; }

  const EmbeddedLogOptions options_;
  Files real_files_;
};

}  // namespace nhanrong::ledger

// Group commit: one thread takes every record that is queued, writes them as one frame, syncs it
// once, publishes it to readers and answers.
//
// Append copies nothing and never waits for the disk. After one failed write or sync the writer
// refuses everything until the log is opened anew: a later sync that succeeds says nothing about
// the pages of the failed one (fsyncgate, 2018). The destructor writes what is queued and answers
// it.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "services/ledger/embedded/files.h"
#include "services/ledger/embedded/frame.h"
#include "services/ledger/embedded/published_log.h"
#include "services/ledger/embedded/segment_scan.h"
#include "services/ledger/log_engine.h"

namespace nhanrong::ledger {

// A queue as deep as what a disk takes in about a third of a second (400,000 records a second).
inline constexpr std::size_t kQueueRecordsMax = 131'072;
// Bytes of records that may wait: what a slow disk (100 MB/s) takes in under a second.
inline constexpr std::size_t kQueueBytesMax = 64 << 20;

class GroupWriter {
 public:
  struct Options {
    std::uint64_t segment_bytes;  // a segment takes frames until it has this much
    std::size_t queue_records_max;
  };

  // `log` is shared with readers; `files` outlives the writer.
  GroupWriter(std::shared_ptr<PublishedLog> log, LogTail tail, Options options, Files& files);
  ~GroupWriter();
  GroupWriter(const GroupWriter&) = delete;
  GroupWriter& operator=(const GroupWriter&) = delete;

  // As Log::Append.
  void Append(std::string record, AppendDone done);
  // As Log::Writable.
  absl::Status status() const;

 private:
  struct Item {
    std::string record;
    AppendDone done;
    absl::Status refusal;  // not OK: never written, answered in its turn
  };
  using Group = std::vector<Item>;

  absl::Status Admit(const std::string& record);
  void Run(const std::stop_token& stop);
  // The next records for one frame; empty when told to stop and nothing is left.
  Group TakeGroup(const std::stop_token& stop);
  void Commit(Group group);
  absl::Status WriteFrame(std::string_view frame);
  absl::Status Rotate();

  const std::shared_ptr<PublishedLog> log_;
  const Options options_;
  Files& files_;

  LogTail tail_;  // of the thread alone, as are the next two
  FrameBuilder builder_;
  absl::Status failed_;

  mutable std::mutex mutex_;
  std::condition_variable_any queued_;
  std::deque<Item> queue_;  // guarded by mutex_, as are the next two
  std::size_t queue_bytes_ = 0;
  absl::Status told_failure_;  // failed_, for others to read

  std::jthread thread_;  // must be the last field
};

}  // namespace nhanrong::ledger

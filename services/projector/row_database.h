// The RocksDB side of the row store: options, iterators, reading rows of a position. Included by
// .cc files of this folder only: RocksDB's types stand here, and here alone.
//
// Threads: safe. Blocks on the disk.
#pragma once

#include <atomic>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/base/thread_annotations.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/synchronization/mutex.h"
#include "services/base/strong.h"

namespace rocksdb {
class DB;
class Iterator;
class Snapshot;
class WriteBatch;
}  // namespace rocksdb

namespace nhanrong::projector {

// Every version is at or before it.
inline constexpr Position kNewest{std::numeric_limits<std::uint64_t>::max()};

// Keeps the first failed read.
class ReadFailure {
 public:
  void Note(absl::Status status);
  absl::Status status() const;

 private:
  mutable absl::Mutex mutex_;
  absl::Status first_ ABSL_GUARDED_BY(mutex_);
};

class RowDatabase {
 public:
  static absl::StatusOr<std::shared_ptr<RowDatabase>> Open(const std::string& directory);
  static absl::Status Destroy(const std::string& directory);
  ~RowDatabase();

  // Whether the files are deleted when it is closed, which is when the last reader has gone.
  void RemoveWhenClosed(bool remove) { remove_when_closed_ = remove; }

  // One moment of the database; must not outlive it.
  class Snapshot {
   public:
    explicit Snapshot(const RowDatabase& database);
    ~Snapshot();
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

   private:
    friend class RowDatabase;
    rocksdb::DB& db_;
    const rocksdb::Snapshot* snapshot_;
  };

  absl::StatusOr<std::optional<std::string>> Get(const std::string& stored_key,
                                                 const Snapshot* snapshot = nullptr) const;
  bool Empty() const;
  // Atomic, in the write-ahead log, not synced.
  absl::Status Write(rocksdb::WriteBatch& batch);
  // Makes everything that was written durable.
  absl::Status Flush();

  // Finds versions of one row at a time, with the help of the bloom filter.
  std::unique_ptr<rocksdb::Iterator> RowIterator() const;
  // Walks over all rows whose key begins with `prefix`, which must stay alive only for this call.
  std::unique_ptr<rocksdb::Iterator> ScanIterator(std::string_view prefix) const;
  // Every row version in stored order. kDataLoss at the first key or value that is none.
  absl::Status ForEachVersion(
      const Snapshot& snapshot,
      const std::function<void(std::string_view, Position, std::string_view)>& version) const;

 private:
  explicit RowDatabase(std::unique_ptr<rocksdb::DB> db);
  std::unique_ptr<rocksdb::DB> db_;
  std::atomic<bool> remove_when_closed_{false};
};

std::optional<std::string> ReadRow(rocksdb::Iterator& rows, std::string_view key, Position as_of,
                                   ReadFailure& failure);
void ScanRows(rocksdb::Iterator& scan, std::string_view prefix, std::string_view first,
              Position as_of, const std::function<bool(std::string_view, std::string_view)>& row,
              ReadFailure& failure);

}  // namespace nhanrong::projector

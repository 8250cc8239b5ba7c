#include "services/projector/row_database.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <cstdarg>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/base/bytes.h"
#include "services/projector/row_key.h"
#include "services/projector/store_directory.h"

namespace nhanrong::projector {
namespace {

// A read model of a province is some hundred megabytes, and an installation has about ten for each
// ledger: buffers are small.
constexpr std::size_t kWriteBufferBytes = 16 << 20;
constexpr std::size_t kBlockCacheBytes = 16 << 20;
// Files that one store keeps open; RocksDB opens others when it needs them.
constexpr int kOpenFilesMax = 128;
// 1 % false positives (RocksDB wiki, "Bloom Filter").
constexpr double kBloomBitsPerRow = 10;
// One flush and one compaction beside the writer: the ledger's thread is the bound, not these.
constexpr int kBackgroundJobs = 2;
// A line of RocksDB's log, cut there.
constexpr std::size_t kLogLineBytesMax = 512;
// Most rows have few versions. RocksDB steps as often before it seeks
// (max_sequential_skip_in_iterations).
constexpr int kStepsBeforeSeek = 8;

absl::Status ToStatus(const rocksdb::Status& status, const std::string& doing) {
  if (status.ok()) return absl::OkStatus();
  const std::string message = absl::StrCat(doing, ": ", status.ToString());
  if (status.IsCorruption()) return absl::DataLossError(message);
  return absl::UnavailableError(message);
}

std::string_view AsView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

// The bloom filter knows rows, not versions: the part of a stored key before its position.
class RowOfKey final : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "nhanrong.row"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    return {key.data(), key.size() - kPositionBytes};
  }
  bool InDomain(const rocksdb::Slice& key) const override {
    return ParseStoredKey(AsView(key)).has_value();
  }
};

// RocksDB's warnings, in the program's log. Its own log file would bring the process down when the
// disk is full: a checked build of 7.8.3 asserts that the line before was written.
class ProgramLog final : public rocksdb::Logger {
 public:
  ProgramLog() : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL) {}
  using rocksdb::Logger::Logv;
  void LogHeader(const char* /*format*/, va_list /*arguments*/) override {}
  void Logv(const char* format, va_list arguments) override {
    std::array<char, kLogLineBytesMax> line;
    std::vsnprintf(line.data(), line.size(), format, arguments);
    spdlog::warn("rocksdb: {}", line.data());
  }
};

rocksdb::Options StoreOptions() {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(kBlockCacheBytes);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(kBloomBitsPerRow));
  table.whole_key_filtering = false;
  rocksdb::Options options;
  options.create_if_missing = true;
  // Set here because RocksDB's header takes DEBUG unless the program is built with NDEBUG.
  options.info_log_level = rocksdb::InfoLogLevel::WARN_LEVEL;
  options.info_log = std::make_shared<ProgramLog>();
  options.compression = rocksdb::kLZ4Compression;
  options.level_compaction_dynamic_level_bytes = true;
  options.write_buffer_size = kWriteBufferBytes;
  options.max_background_jobs = kBackgroundJobs;
  options.max_open_files = kOpenFilesMax;
  options.prefix_extractor = std::make_shared<RowOfKey>();
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

// Lets the read options point at a bound that lives as long as the iterator.
class BoundedIterator final : public rocksdb::Iterator {
 public:
  BoundedIterator(rocksdb::DB& db, rocksdb::ReadOptions options, std::string end)
      : end_(std::move(end)), end_slice_(end_) {
    options.iterate_upper_bound = &end_slice_;
    iterator_.reset(db.NewIterator(options));
  }
  bool Valid() const override { return iterator_->Valid(); }
  void SeekToFirst() override { iterator_->SeekToFirst(); }
  void SeekToLast() override { iterator_->SeekToLast(); }
  void Seek(const rocksdb::Slice& target) override { iterator_->Seek(target); }
  void SeekForPrev(const rocksdb::Slice& target) override { iterator_->SeekForPrev(target); }
  void Next() override { iterator_->Next(); }
  void Prev() override { iterator_->Prev(); }
  rocksdb::Slice key() const override { return iterator_->key(); }
  rocksdb::Slice value() const override { return iterator_->value(); }
  rocksdb::Status status() const override { return iterator_->status(); }

 private:
  const std::string end_;
  const rocksdb::Slice end_slice_;
  std::unique_ptr<rocksdb::Iterator> iterator_;
};

absl::Status NotARow(std::string_view stored) {
  return absl::DataLossError(absl::StrCat("stored under ", ToHex(stored), ": not a row version"));
}

// Leaves the iterator at the first stored key at or after `target`, stepping where that is near.
void Advance(rocksdb::Iterator& scan, const std::string& target) {
  for (int step = 0; step < kStepsBeforeSeek; ++step) {
    if (!scan.Valid() || AsView(scan.key()) >= target) return;
    scan.Next();
  }
  if (scan.Valid() && AsView(scan.key()) < target) scan.Seek(target);
}

}  // namespace

void ReadFailure::Note(absl::Status status) {
  if (status.ok()) return;
  absl::MutexLock lock(&mutex_);
  first_.Update(std::move(status));
}

absl::Status ReadFailure::status() const {
  absl::MutexLock lock(&mutex_);
  return first_;
}

RowDatabase::Snapshot::Snapshot(const RowDatabase& database)
    : db_(*database.db_), snapshot_(db_.GetSnapshot()) {}
RowDatabase::Snapshot::~Snapshot() { db_.ReleaseSnapshot(snapshot_); }

RowDatabase::RowDatabase(std::unique_ptr<rocksdb::DB> db) : db_(std::move(db)) {}
RowDatabase::~RowDatabase() {
  const std::string directory = db_->GetName();
  db_.reset();
  if (!remove_when_closed_) return;
  if (const absl::Status removed = RemoveDirectory(directory); !removed.ok()) {
    spdlog::warn("{}; it is removed at the next start", std::string(removed.message()));
  }
}

absl::StatusOr<std::shared_ptr<RowDatabase>> RowDatabase::Open(const std::string& directory) {
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(StoreOptions(), directory, &db);
  if (!status.ok()) return ToStatus(status, absl::StrCat("open ", directory));
  return std::shared_ptr<RowDatabase>(new RowDatabase(std::unique_ptr<rocksdb::DB>(db)));
}

absl::Status RowDatabase::Destroy(const std::string& directory) {
  std::error_code error;
  if (!std::filesystem::exists(directory, error) && !error) return absl::OkStatus();
  return ToStatus(rocksdb::DestroyDB(directory, rocksdb::Options()),
                  absl::StrCat("destroy ", directory));
}

absl::StatusOr<std::optional<std::string>> RowDatabase::Get(const std::string& stored_key,
                                                            const Snapshot* snapshot) const {
  rocksdb::ReadOptions options;
  if (snapshot != nullptr) options.snapshot = snapshot->snapshot_;
  std::string value;
  const rocksdb::Status status = db_->Get(options, stored_key, &value);
  if (status.IsNotFound()) return std::optional<std::string>();
  if (!status.ok()) return ToStatus(status, "read");
  return std::optional<std::string>(std::move(value));
}

bool RowDatabase::Empty() const {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  const std::unique_ptr<rocksdb::Iterator> all(db_->NewIterator(options));
  all->SeekToFirst();
  return !all->Valid() && all->status().ok();
}

absl::Status RowDatabase::Write(rocksdb::WriteBatch& batch) {
  return ToStatus(db_->Write(rocksdb::WriteOptions(), &batch), "write");
}

absl::Status RowDatabase::Flush() { return ToStatus(db_->Flush(rocksdb::FlushOptions()), "flush"); }

std::unique_ptr<rocksdb::Iterator> RowDatabase::RowIterator() const {
  rocksdb::ReadOptions options;
  options.prefix_same_as_start = true;
  return std::unique_ptr<rocksdb::Iterator>(db_->NewIterator(options));
}

std::unique_ptr<rocksdb::Iterator> RowDatabase::ScanIterator(std::string_view prefix) const {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  return std::make_unique<BoundedIterator>(*db_, options, After(ScanPrefix(prefix)));
}

absl::Status RowDatabase::ForEachVersion(
    const Snapshot& snapshot,
    const std::function<void(std::string_view, Position, std::string_view)>& version) const {
  rocksdb::ReadOptions options;
  options.total_order_seek = true;
  options.snapshot = snapshot.snapshot_;
  options.fill_cache = false;
  const std::string first = ScanPrefix("");
  BoundedIterator all(*db_, options, After(first));
  for (all.Seek(first); all.Valid(); all.Next()) {
    const std::optional<StoredKey> key = ParseStoredKey(AsView(all.key()));
    if (!key) return NotARow(AsView(all.key()));
    version(RowKeyOf(key->row_prefix), key->position, AsView(all.value()));
  }
  return ToStatus(all.status(), "scan");
}

std::optional<std::string> ReadRow(rocksdb::Iterator& rows, std::string_view key, Position as_of,
                                   ReadFailure& failure) {
  const std::string row_prefix = RowPrefix(key);
  rows.Seek(VersionKey(row_prefix, as_of));
  if (!rows.Valid() || !AsView(rows.key()).starts_with(row_prefix)) {
    failure.Note(ToStatus(rows.status(), "read a row"));
    return std::nullopt;
  }
  const std::string_view stored = AsView(rows.value());
  if (!IsStoredValue(stored)) failure.Note(NotARow(AsView(rows.key())));
  if (stored.empty() || stored[0] != kLiveTag) return std::nullopt;
  return std::string(stored.substr(1));
}

void ScanRows(rocksdb::Iterator& scan, std::string_view prefix, std::string_view first,
              Position as_of, const std::function<bool(std::string_view, std::string_view)>& row,
              ReadFailure& failure) {
  scan.Seek(ScanPrefix(std::max(prefix, first)));
  while (scan.Valid()) {
    const std::optional<StoredKey> key = ParseStoredKey(AsView(scan.key()));
    if (!key) return failure.Note(NotARow(AsView(scan.key())));
    std::string row_prefix(key->row_prefix);
    if (key->position > as_of) {
      Advance(scan, VersionKey(row_prefix, as_of));
      continue;
    }
    const std::string_view stored = AsView(scan.value());
    if (!IsStoredValue(stored)) return failure.Note(NotARow(AsView(scan.key())));
    if (stored[0] == kLiveTag && !row(RowKeyOf(row_prefix), stored.substr(1))) return;
    Advance(scan, After(std::move(row_prefix)));
  }
  failure.Note(ToStatus(scan.status(), "scan rows"));
}

}  // namespace nhanrong::projector

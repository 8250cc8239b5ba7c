#include "services/projector/row_store.h"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <utility>

#include "absl/strings/str_cat.h"
#include "nhanrong/rows/v1/store.pb.h"
#include "services/base/check.h"
#include "services/projector/row_database.h"
#include "services/projector/row_key.h"

namespace nhanrong::projector {
namespace {

// Keys of the store's own values; rows begin with 'r'.
constexpr char kIdentityKey[] = "m/identity";
constexpr char kProgressKey[] = "m/progress";
// Of rows that are copied, in one write: as much as one write buffer takes in a moment.
constexpr std::size_t kCopiedBytesMax = 1 << 20;

std::string Encode(const StoreProgress& progress) {
  rows::v1::StoreProgress row;
  row.set_commits(progress.commits);
  row.set_running_hash(std::string(AsBytes(progress.running)));
  row.set_row_versions(progress.row_versions);
  row.set_set_hash(progress.set.State());
  return row.SerializeAsString();
}

std::optional<StoreProgress> DecodeProgress(const std::string& bytes) {
  rows::v1::StoreProgress row;
  if (!row.ParseFromString(bytes)) return std::nullopt;
  const std::optional<Hash> running = HashFromBytes(row.running_hash());
  const std::optional<SetHash> set = SetHash::FromState(row.set_hash());
  if (!running || !set) return std::nullopt;
  return StoreProgress{row.commits(), *running, row.row_versions(), *set};
}

std::string Encode(const StoreIdentity& identity) {
  rows::v1::StoreIdentity row;
  row.set_projection(identity.projection);
  row.set_projection_version(identity.version);
  row.set_ledger(identity.ledger);
  row.set_ledger_id(identity.ledger_id);
  row.set_row_format(kRowFormat);
  return row.SerializeAsString();
}

std::string Described(const std::string& identity_bytes) {
  rows::v1::StoreIdentity row;
  row.ParseFromString(identity_bytes);
  return absl::StrCat("read model ", row.projection(), " version ", row.projection_version(),
                      " of ledger ", row.ledger(), " (", ToHex(row.ledger_id()), "), row format ",
                      row.row_format());
}

}  // namespace

// Rows as of a position; an iterator for each read.
class RowStore::PositionReader final : public RowReader {
 public:
  PositionReader(std::shared_ptr<RowDatabase> database, Position as_of)
      : database_(std::move(database)), as_of_(as_of) {}

  std::optional<std::string> Get(std::string_view key) const override {
    return ReadRow(*database_->RowIterator(), key, as_of_, failure_);
  }
  void Scan(std::string_view prefix, std::string_view first,
            const std::function<bool(std::string_view, std::string_view)>& row) const override {
    ScanRows(*database_->ScanIterator(prefix), prefix, first, as_of_, row, failure_);
  }
  absl::Status status() const override { return failure_.status(); }

 private:
  const std::shared_ptr<RowDatabase> database_;
  const Position as_of_;
  mutable ReadFailure failure_;
};

// The newest rows; one iterator for all single reads.
class RowStore::NewestReader final : public RowReader {
 public:
  explicit NewestReader(std::shared_ptr<RowDatabase> database)
      : database_(std::move(database)), rows_(database_->RowIterator()) {}

  std::optional<std::string> Get(std::string_view key) const override {
    return ReadRow(*rows_, key, kNewest, failure_);
  }
  void Scan(std::string_view prefix, std::string_view first,
            const std::function<bool(std::string_view, std::string_view)>& row) const override {
    ScanRows(*database_->ScanIterator(prefix), prefix, first, kNewest, row, failure_);
  }
  absl::Status status() const override { return failure_.status(); }

 private:
  const std::shared_ptr<RowDatabase> database_;
  const std::unique_ptr<rocksdb::Iterator> rows_;
  mutable ReadFailure failure_;
};

struct RowStore::Batch::Writes {
  rocksdb::WriteBatch batch;
};

RowStore::Batch::Batch(const RowStore& store)
    : progress_(store.progress_), writes_(std::make_unique<Writes>()) {}
RowStore::Batch::~Batch() = default;
RowStore::Batch::Batch(Batch&&) noexcept = default;
RowStore::Batch& RowStore::Batch::operator=(Batch&&) noexcept = default;

void RowStore::Batch::Add(std::string_view key, Position position,
                          const std::optional<std::string>& value) {
  AddStored(key, position, StoredValue(value));
}

void RowStore::Batch::AddStored(std::string_view key, Position position, std::string_view stored) {
  writes_->batch.Put(VersionKey(RowPrefix(key), position), stored);
  progress_.set.Add(key, position, stored);
  ++progress_.row_versions;
}

void RowStore::Batch::EndCommit(const Hash& running) {
  progress_.running = running;
  ++progress_.commits;
}

RowStore::RowStore(std::shared_ptr<RowDatabase> database, StoreIdentity identity,
                   StoreDirectory directory)
    : database_(std::move(database)),
      identity_(std::move(identity)),
      directory_(std::move(directory)) {}
RowStore::~RowStore() = default;

std::string RowStore::DirectoryOf(const std::string& root, const StoreIdentity& identity) {
  return DirectoryFromZero(root, identity).path();
}

absl::StatusOr<std::unique_ptr<RowStore>> RowStore::Open(const std::string& root,
                                                         const StoreIdentity& identity) {
  absl::StatusOr<StoreDirectory> directory = FindStore(root, identity);
  if (!directory.ok()) return directory.status();
  auto store = OpenAt(directory->path(), identity, *directory);
  if (!store.ok()) return store.status();
  if (absl::Status removed = RemoveOthers(*directory); !removed.ok()) return removed;
  return store;
}

absl::StatusOr<std::unique_ptr<RowStore>> RowStore::OpenAt(const std::string& path,
                                                           const StoreIdentity& identity,
                                                           StoreDirectory directory) {
  if (absl::Status made = MakeDirectory(path); !made.ok()) return made;
  absl::StatusOr<std::shared_ptr<RowDatabase>> database = RowDatabase::Open(path);
  if (!database.ok()) return database.status();
  std::unique_ptr<RowStore> store(
      new RowStore(*std::move(database), identity, std::move(directory)));
  if (absl::Status status = store->Load(); !status.ok()) return status;
  return store;
}

absl::StatusOr<std::unique_ptr<RowStore>> RowStore::BuildBeside(std::uint64_t commits,
                                                                const Hash& running) const {
  const std::string path = directory_.building();
  if (absl::Status removed = RemoveDirectory(path); !removed.ok()) return removed;
  auto built = OpenAt(path, identity_, directory_);
  if (!built.ok()) return built.status();
  (*built)->RemoveWhenClosed();
  if (absl::Status copied = CopyTo(**built, commits, running); !copied.ok()) return copied;
  return built;
}

absl::Status RowStore::CopyTo(RowStore& target, std::uint64_t commits, const Hash& running) const {
  const RowDatabase::Snapshot snapshot(*database_);
  Batch batch(target);
  absl::Status written;
  absl::Status read = database_->ForEachVersion(
      snapshot, [&](std::string_view key, Position position, std::string_view stored) {
        if (position.value() >= commits || !written.ok()) return;
        batch.AddStored(key, position, stored);
        if (batch.writes_->batch.GetDataSize() < kCopiedBytesMax) return;
        written = target.Write(std::move(batch));
        batch = Batch(target);
      });
  read.Update(written);
  if (!read.ok()) return read;
  batch.progress_.commits = commits;
  batch.progress_.running = running;
  return target.Write(std::move(batch));
}

absl::StatusOr<std::unique_ptr<RowStore>> RowStore::PutInPlace(std::unique_ptr<RowStore> built) {
  NR_CHECK(built->database_.use_count() == 1, "nobody reads what is put in place");
  // A build that lost its tail with the power would not be a prefix: it was not written in order.
  if (absl::Status flushed = built->database_->Flush(); !flushed.ok()) return flushed;
  const StoreDirectory before = built->directory_;
  const StoreIdentity identity = built->identity_;
  built->database_->RemoveWhenClosed(false);
  built.reset();
  if (absl::Status placed = projector::PutInPlace(before); !placed.ok()) return placed;
  return OpenAt(before.next().path(), identity, before.next());
}

void RowStore::RemoveWhenClosed() { database_->RemoveWhenClosed(true); }

absl::Status RowStore::Load() {
  const std::string mine = Encode(identity_);
  absl::StatusOr<std::optional<std::string>> stored = database_->Get(kIdentityKey);
  if (!stored.ok()) return stored.status();
  if (!*stored) {
    if (!database_->Empty()) return absl::DataLossError("rows without an identity: rebuild");
    rocksdb::WriteBatch first;
    first.Put(kIdentityKey, mine);
    first.Put(kProgressKey, Encode(progress_));
    return database_->Write(first);
  }
  if (**stored != mine) {
    return absl::FailedPreconditionError(
        absl::StrCat("the store holds ", Described(**stored), ", not ", Described(mine)));
  }
  absl::StatusOr<std::optional<std::string>> bytes = database_->Get(kProgressKey);
  if (!bytes.ok()) return bytes.status();
  const std::optional<StoreProgress> progress =
      *bytes ? DecodeProgress(**bytes) : std::optional<StoreProgress>();
  if (!progress) return absl::DataLossError("the stored position cannot be read: rebuild");
  progress_ = *progress;
  return absl::OkStatus();
}

absl::Status RowStore::Destroy(const std::string& directory) {
  return RowDatabase::Destroy(directory);
}

absl::Status RowStore::Write(Batch batch) {
  if (!write_status_.ok()) return write_status_;
  NR_CHECK(batch.progress_.commits >= progress_.commits, "a batch follows what is stored");
  batch.writes_->batch.Put(kProgressKey, Encode(batch.progress_));
  write_status_ = database_->Write(batch.writes_->batch);
  if (write_status_.ok()) progress_ = batch.progress_;
  return write_status_;
}

std::shared_ptr<RowReader> RowStore::AsOf(Position position) const {
  return std::make_shared<PositionReader>(database_, position);
}

std::unique_ptr<RowReader> RowStore::Newest() const {
  return std::make_unique<NewestReader>(database_);
}

absl::StatusOr<RowStore::Recount> RowStore::CountAgain() const {
  const RowDatabase::Snapshot snapshot(*database_);
  absl::StatusOr<std::optional<std::string>> bytes = database_->Get(kProgressKey, &snapshot);
  if (!bytes.ok()) return bytes.status();
  const std::optional<StoreProgress> stored =
      *bytes ? DecodeProgress(**bytes) : std::optional<StoreProgress>();
  if (!stored) return absl::DataLossError("the stored position cannot be read: rebuild");
  Recount recount{*stored, {stored->commits, stored->running, 0, SetHash()}};
  absl::Status status = database_->ForEachVersion(
      snapshot, [&](std::string_view key, Position position, std::string_view value) {
        recount.counted.set.Add(key, position, value);
        ++recount.counted.row_versions;
      });
  if (!status.ok()) return status;
  return recount;
}

}  // namespace nhanrong::projector

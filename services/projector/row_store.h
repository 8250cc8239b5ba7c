// The rows of one read model of one ledger, in a RocksDB directory of their own.
//
// Rows, position, running hash and digest go in one write batch with the write-ahead log on: after
// a kill the store holds a prefix of the ledger. Nothing is synced: after a loss of power it may
// hold a shorter prefix, and the fold goes on from there, for the ledger is what counts.
//
// Threads: one thread calls Write; readers are made and used by any. A reader needs no snapshot:
// versions at or before its position never change, and are all there when it is made. Readers keep
// the database open and may outlive the store. Write and reads block on the disk. Failure:
// kDataLoss (damaged), kUnavailable (the disk), kFailedPrecondition (another identity).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/projector/projection.h"
#include "services/projector/set_hash.h"
#include "services/projector/store_directory.h"

namespace nhanrong::projector {

class RowDatabase;

// How far a store is. commits == 0: nothing folded.
struct StoreProgress {
  std::uint64_t commits = 0;
  Hash running{};
  std::uint64_t row_versions = 0;
  SetHash set;
  friend bool operator==(const StoreProgress&, const StoreProgress&) = default;
};

class RowStore {
 public:
  // Where a store that was built from zero lies (store_directory.h).
  static std::string DirectoryOf(const std::string& root, const StoreIdentity& identity);
  // Opens or makes the store. A store of another projection, version, ledger or row format is
  // refused.
  static absl::StatusOr<std::unique_ptr<RowStore>> Open(const std::string& root,
                                                        const StoreIdentity& identity);
  // Deletes a store for a rebuild. OK if there is none. kUnavailable while it is open.
  static absl::Status Destroy(const std::string& directory);

  // Another store of the same read model with the first `commits` commits of this one, whose
  // running hash is `running`; it counts once it is put in place. What was built before is removed.
  // Any thread; does not disturb the writer.
  absl::StatusOr<std::unique_ptr<RowStore>> BuildBeside(std::uint64_t commits,
                                                        const Hash& running) const;
  // The built store in the place of the one that it was built beside, for good; readers of the
  // other one go on reading. REQUIRES: `built` is from BuildBeside and has no readers.
  static absl::StatusOr<std::unique_ptr<RowStore>> PutInPlace(std::unique_ptr<RowStore> built);
  // Deletes the store's files when its last reader has gone, or now.
  void RemoveWhenClosed();

  ~RowStore();

  const StoreIdentity& identity() const { return identity_; }
  // How often the rows were folded again and put in place; goes with them.
  std::uint64_t generation() const { return directory_.generation; }
  // As of the last Write. The writing thread only.
  const StoreProgress& progress() const { return progress_; }

  // Row versions that will be written together.
  class Batch {
   public:
    explicit Batch(const RowStore& store);
    ~Batch();
    Batch(Batch&&) noexcept;
    Batch& operator=(Batch&&) noexcept;
    // Absent value: a deletion. Each (key, position) at most once.
    void Add(std::string_view key, Position position, const std::optional<std::string>& value);
    // The batch holds the whole of the next commit.
    void EndCommit(const Hash& running);
    const StoreProgress& progress() const { return progress_; }

   private:
    friend class RowStore;
    struct Writes;
    void AddStored(std::string_view key, Position position, std::string_view stored);
    StoreProgress progress_;
    std::unique_ptr<Writes> writes_;
  };
  // All or nothing. After an error the store takes no more writes; open it again.
  absl::Status Write(Batch batch);

  // Rows as of a position. REQUIRES: the position was written.
  std::shared_ptr<RowReader> AsOf(Position position) const;
  // The newest rows at the moment of the call. For one thread; cheap for many reads.
  std::unique_ptr<RowReader> Newest() const;

  struct Recount {
    StoreProgress stored;
    StoreProgress counted;  // set and row_versions from the stored bytes; the rest as stored
    bool equal() const { return stored == counted; }
  };
  // Reads every row version of one moment. Any thread; does not disturb the writer.
  absl::StatusOr<Recount> CountAgain() const;

 private:
  class PositionReader;
  class NewestReader;
  RowStore(std::shared_ptr<RowDatabase> database, StoreIdentity identity, StoreDirectory directory);
  static absl::StatusOr<std::unique_ptr<RowStore>> OpenAt(const std::string& path,
                                                          const StoreIdentity& identity,
                                                          StoreDirectory directory);
  absl::Status Load();
  absl::Status CopyTo(RowStore& target, std::uint64_t commits, const Hash& running) const;

  std::shared_ptr<RowDatabase> database_;
  const StoreIdentity identity_;
  // While it is built: of the store that it is built beside.
  const StoreDirectory directory_;
  StoreProgress progress_;
  absl::Status write_status_;
};

}  // namespace nhanrong::projector

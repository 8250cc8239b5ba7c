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

namespace nhanrong::projector {

class RowDatabase;

struct StoreIdentity {
  std::string projection;
  std::uint32_t version = 0;
  std::string ledger;
  std::string ledger_id;  // 16 bytes
};

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
  // <root>/<ledger>/projections/<projection>-v<version>
  static std::string DirectoryOf(const std::string& root, const StoreIdentity& identity);
  // Opens or makes the store. A store of another projection, version, ledger or row format is
  // refused.
  static absl::StatusOr<std::unique_ptr<RowStore>> Open(const std::string& root,
                                                        const StoreIdentity& identity);
  // Deletes a store for a rebuild. OK if there is none. kUnavailable while it is open.
  static absl::Status Destroy(const std::string& directory);

  ~RowStore();

  const StoreIdentity& identity() const { return identity_; }
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
  RowStore(std::shared_ptr<RowDatabase> database, StoreIdentity identity);
  absl::Status Load();

  std::shared_ptr<RowDatabase> database_;
  const StoreIdentity identity_;
  StoreProgress progress_;
  absl::Status write_status_;
};

}  // namespace nhanrong::projector

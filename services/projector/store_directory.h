// Where the rows of a read model lie, and which of several directories counts.
//
//   <root>/<ledger>/projections/<projection>-v<version>              built from zero
//   <root>/<ledger>/projections/<projection>-v<version>.<n>          the nth time that it was
//   folded
//                                                                    again and put in its place
//   …<projection>-v<version>.<n>.building                            one that is not whole yet
//
// The highest number without "building" counts. Taking the place of another is one rename, so that
// a crash leaves the one or the other. Functions block on the disk; kUnavailable: it failed.
#pragma once

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace nhanrong::projector {

struct StoreIdentity {
  std::string projection;
  std::uint32_t version = 0;
  std::string ledger;
  std::string ledger_id;  // 16 bytes
};

struct StoreDirectory {
  std::string base;              // without number
  std::uint64_t generation = 0;  // 0: built from zero

  std::string path() const;
  // Of the next generation, while it is made.
  std::string building() const;
  StoreDirectory next() const { return {base, generation + 1}; }
};

StoreDirectory DirectoryFromZero(const std::string& root, const StoreIdentity& identity);
// The one that counts; generation 0 when there is none yet.
absl::StatusOr<StoreDirectory> FindStore(const std::string& root, const StoreIdentity& identity);
// Makes it when it is not there.
absl::Status MakeDirectory(const std::string& path);
// OK when there is none.
absl::Status RemoveDirectory(const std::string& path);
// Removes what neither counts nor is open: builds that were broken off, earlier generations.
// REQUIRES: `counting` is open, so that no other process has any of them.
absl::Status RemoveOthers(const StoreDirectory& counting);
// Gives what was built the name of the next generation, for good. REQUIRES: nobody has it open.
absl::Status PutInPlace(const StoreDirectory& before);

}  // namespace nhanrong::projector

#include "services/projector/store_directory.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace nhanrong::projector {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBuilding = ".building";

absl::Status Fault(const std::string& doing, const std::error_code& error) {
  if (!error) return absl::OkStatus();
  return absl::UnavailableError(absl::StrCat("cannot ", doing, ": ", error.message()));
}

struct Found {
  std::string path;
  std::optional<std::uint64_t> generation;  // absent: not whole
};

// The directories of one read model.
absl::StatusOr<std::vector<Found>> AllOf(const std::string& base) {
  const fs::path folder = fs::path(base).parent_path();
  const std::string name = fs::path(base).filename();
  std::vector<Found> all;
  std::error_code error;
  fs::directory_iterator entry(folder, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    const std::string found = entry->path().filename();
    std::string_view rest = found;
    if (!rest.starts_with(name)) continue;
    rest.remove_prefix(name.size());
    const bool building = rest.ends_with(kBuilding);
    if (building) rest.remove_suffix(kBuilding.size());
    std::uint64_t generation = 0;
    const bool numbered =
        rest.starts_with(".") &&
        absl::SimpleAtoi(absl::string_view(rest.data() + 1, rest.size() - 1), &generation);
    if (!rest.empty() && !numbered) continue;
    all.push_back({entry->path(), building ? std::nullopt : std::optional(generation)});
  }
  if (error == std::errc::no_such_file_or_directory) error.clear();
  if (absl::Status fault = Fault("look into " + folder.string(), error); !fault.ok()) return fault;
  return all;
}

absl::Status SyncDirectory(const fs::path& folder) {
  const int file = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  std::error_code error;
  if (file < 0 || ::fsync(file) != 0) error.assign(errno, std::generic_category());
  if (file >= 0) ::close(file);
  return Fault("sync " + folder.string(), error);
}

}  // namespace

std::string StoreDirectory::path() const {
  return generation == 0 ? base : absl::StrCat(base, ".", generation);
}

std::string StoreDirectory::building() const { return next().path().append(kBuilding); }

StoreDirectory DirectoryFromZero(const std::string& root, const StoreIdentity& identity) {
  return {absl::StrCat(root, "/", identity.ledger, "/projections/", identity.projection, "-v",
                       identity.version)};
}

absl::StatusOr<StoreDirectory> FindStore(const std::string& root, const StoreIdentity& identity) {
  StoreDirectory counting = DirectoryFromZero(root, identity);
  const auto all = AllOf(counting.base);
  if (!all.ok()) return all.status();
  for (const Found& found : *all) {
    counting.generation = std::max(counting.generation, found.generation.value_or(0));
  }
  return counting;
}

absl::Status MakeDirectory(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  return Fault("make " + path, error);
}

absl::Status RemoveDirectory(const std::string& path) {
  std::error_code error;
  fs::remove_all(path, error);
  return Fault("remove " + path, error);
}

absl::Status RemoveOthers(const StoreDirectory& counting) {
  const auto all = AllOf(counting.base);
  if (!all.ok()) return all.status();
  for (const Found& found : *all) {
    if (found.generation == counting.generation) continue;
    if (absl::Status removed = RemoveDirectory(found.path); !removed.ok()) return removed;
  }
  return absl::OkStatus();
}

absl::Status PutInPlace(const StoreDirectory& before) {
  std::error_code error;
  fs::rename(before.building(), before.next().path(), error);
  if (error) return Fault("rename " + before.building(), error);
  return SyncDirectory(fs::path(before.base).parent_path());
}

}  // namespace nhanrong::projector

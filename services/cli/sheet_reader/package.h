// The parts of a ZIP package, one after another in pieces: the adapter to libzip.
//
// Nothing is unpacked as a whole: a part that says that it is small and is not, or one of a
// gigabyte of blanks in a megabyte, ends with INVALID_ARGUMENT at the limit, not with the memory.
// Not thread-safe.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace nhanrong::cli {

// Parts in a package; a workbook of an office has some dozens.
inline constexpr int kPartsMax = 2'000;
// Unpacked bytes of one part: 100,000 rows of long text stay below a third of it.
inline constexpr std::size_t kPartBytesMax = 256 << 20;

class Package {
 public:
  // INVALID_ARGUMENT: no ZIP file, or damaged.
  static absl::StatusOr<std::unique_ptr<Package>> Open(const std::string& path);
  ~Package();
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;

  bool Has(const std::string& part) const;
  // Gives the part's bytes in pieces until the end or until `take` fails. NOT_FOUND.
  absl::Status Read(const std::string& part,
                    const std::function<absl::Status(std::string_view)>& take) const;

  // One part, pulled piece by piece. Lives no longer than the package.
  class Part;
  absl::StatusOr<std::unique_ptr<Part>> OpenPart(const std::string& part) const;

 private:
  class Handle;
  explicit Package(std::unique_ptr<Handle> handle);
  std::unique_ptr<Handle> handle_;
};

class Package::Part {
 public:
  virtual ~Part() = default;
  // The next piece; empty at the end.
  virtual absl::StatusOr<std::string_view> Next() = 0;
};

}  // namespace nhanrong::cli

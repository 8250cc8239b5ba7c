// A spreadsheet file as it was filled in: rows of cells, before anybody has understood them.
//
// Not thread-safe. Opening reads the whole file once, so that a file that is damaged further down
// is refused before its first row is used. Memory is bounded by the limits below. INVALID_ARGUMENT,
// with words in both languages: the file is not what it should be; other codes: it cannot be read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace nhanrong::cli {

// An official's file is some 100 kB; this leaves room for 100,000 rows.
inline constexpr std::size_t kFileBytesMax = 64 << 20;
// Rows with content. More are imported as several files.
inline constexpr std::size_t kRawRowsMax = 100'000;
inline constexpr std::size_t kRawColumnsMax = 256;
// Bytes of one cell; the format allows 32,767 characters, a summary is at most 4,000.
inline constexpr std::size_t kRawCellBytesMax = 64 << 10;

struct RawCell {
  enum class Kind {
    kEmpty,
    kText,
    kNumber,
    kDate,
    // TRUE or FALSE.
    kBoolean,
    // "#REF!" and the like.
    kError,
    // A formula that no program has computed.
    kFormula,
  };
  Kind kind = Kind::kEmpty;
  // kText: as it stands. kNumber: plain decimal, "-13.9". kDate: ISO day. kError: its name.
  std::string text = {};
  // kNumber: what the number format shows before and behind the figure ("hơn ", " triệu đồng").
  std::string before = {};
  std::string after = {};
  // kDate: which parts of the day its format shows.
  bool shows_day = true;
  bool shows_month = true;
  bool shows_year = true;

  friend bool operator==(const RawCell&, const RawCell&) = default;
};

struct RawRow {
  // In the file, from 1, as a spreadsheet shows it.
  std::uint32_t number = 0;
  std::vector<RawCell> cells = {};
};

enum class FileForm { kCsv, kXlsx };

// What a person should know about how the file was read.
struct SheetRemarks {
  // Columns (from 0) that the file hides.
  std::vector<std::size_t> hidden_columns;
  // Cells merged over several rows, whose value was taken for each of them: "B5:B9".
  std::vector<std::string> merged;
  std::size_t hidden_rows = 0;
};

// One table of a file. Empty rows are left out.
class RawSheet {
 public:
  virtual ~RawSheet() = default;
  virtual const std::string& name() const = 0;
  // The next row; absent at the end.
  virtual absl::StatusOr<std::optional<RawRow>> Next() = 0;
  virtual const SheetRemarks& remarks() const = 0;
};

class RawFile {
 public:
  virtual ~RawFile() = default;
  virtual FileForm form() const = 0;
  // Names of the tables, in order; a CSV has one, without a name.
  virtual std::vector<std::string> sheets() const = 0;
  // Begins at the first row, as often as it is called. The sheet lives no longer than the file.
  virtual absl::StatusOr<std::unique_ptr<RawSheet>> Open(std::size_t sheet) = 0;
  // CSV: what separates cells; it is kept when rows go back.
  virtual char separator() const { return ';'; }
};

// By content: a workbook begins like a ZIP file, everything else is text.
absl::StatusOr<std::unique_ptr<RawFile>> OpenRawFile(const std::string& path);

}  // namespace nhanrong::cli
